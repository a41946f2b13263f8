from django import template
from django.contrib.auth.models import AbstractBaseUser

from editorial.queues import waiting_for

register = template.Library()


@register.inclusion_tag("admin/editorial/_queues.html")
def queues(user: AbstractBaseUser) -> dict:
    """What waits for the user, on the admin's first page."""
    return {"queues": waiting_for(user)}
