"""The way from the admin to previews."""

from django import template
from django.db import models
from django.urls import reverse

from editorial.preview import has_page

register = template.Library()


@register.simple_tag
def preview_link(row: models.Model | None) -> str:
    """Where whoever may see the row in the admin gets its preview; "" where there is none to make, or no need."""
    needed = row and has_page(row) and not getattr(row, "is_public", False)
    return reverse("preview_link", args=[row._meta.label_lower, row.pk]) if needed else ""
