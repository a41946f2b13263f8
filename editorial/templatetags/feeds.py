"""The feed of an entry."""

from django import template
from django.urls import reverse

from core.models import Record

register = template.Library()


@register.simple_tag
def feed_of(entry: Record) -> str:
    """The address of the feed that tells what becomes of the entry."""
    return reverse(f"{entry._meta.model_name}_feed", args=[entry.slug])
