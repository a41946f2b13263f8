"""The feed of an entry."""

from django import template

from core.models import Record, address_of

register = template.Library()


@register.simple_tag
def feed_of(entry: Record) -> str:
    """The address of the feed that tells what becomes of the entry."""
    return address_of(type(entry), entry.slug, "feed")
