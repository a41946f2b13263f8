"""Links that stay on the day on which the reader looks at the field."""

import datetime

from django import template

register = template.Library()


@register.simple_tag
def on(as_of: datetime.date | None) -> str:
    """What an address ends in on that day: `?as_of=2024-06-30`; nothing today."""
    return f"?as_of={as_of.isoformat()}" if as_of else ""
