"""Fields of the page on lineage."""

from django import template

from catalog.lineage.forms import LineageForm

register = template.Library()


@register.inclusion_tag("catalog/_lineage_field.html")
def lineage_field(form: LineageForm, name: str):
    """A field with its label, what is wrong with it, and the entries that may have been meant."""
    return {"field": form[name], "offers": form.offers(name)}
