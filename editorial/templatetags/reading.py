"""Where an entry stands in the reading order for newcomers."""

from django import template

from core.models import Entry
from editorial.reading import place_of

register = template.Library()


@register.inclusion_tag("editorial/_place.html")
def reading_place(entry: Entry):
    """“Step 7 of 32 in the reading order for newcomers. Next: Attention”; nothing where it is in none."""
    return {"place": place_of(entry)}
