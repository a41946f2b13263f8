"""The id of the request that is being answered, by which the log tells of it."""

from django import template

from core.requests import now_asked

register = template.Library()


@register.simple_tag
def request_id() -> str:
    asked = now_asked.get()
    return asked.id if asked else ""
