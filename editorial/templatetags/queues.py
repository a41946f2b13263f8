from django import template
from django.contrib.auth.models import AbstractBaseUser

from editorial.queues import waiting_for
from editorial.upkeep import counts

register = template.Library()


@register.inclusion_tag("admin/editorial/_queues.html")
def queues(user: AbstractBaseUser) -> dict:
    """What waits for the user, on the admin's first page."""
    return {"queues": waiting_for(user)}


@register.inclusion_tag("admin/editorial/upkeep/_counts.html")
def upkeep(user: AbstractBaseUser) -> dict:
    """What the user may look after, with the number of what is open, on the admin's first page."""
    return {"counts": counts(user)}
