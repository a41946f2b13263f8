"""The fields, choices and bars of a list's filters, and the choice of its columns."""

from collections.abc import Collection, Iterable
from weakref import WeakKeyDictionary

from django import template
from django.forms import BoundField, Field
from django.utils.safestring import SafeString

from core.columns import Column
from core.markup import fill, fill_each, prefill

register = template.Library()

FIELD = '<div class="field">\n<label for="{}">{}</label>\n{}\n{}</div>\n'
ERROR = '<p class="error" id="{}_error">{}</p>\n'
CHOICE = (
    '<li><label><input type="checkbox" name="{}" value="{{}}"{{}}> {{}} <span class="count">{{}}</span></label></li>'
)
COLUMN = '<li><label><input type="checkbox" name="columns" value="{}"{}> {}</label></li>'
BAR = '<a href="?{0}"{1}><title>{2}: {3}</title><path d="M{4} 0h{5}v40H{4}z"/><path d="M{4} 40h{6}v-{7}H{4}z"/></a>'
CHECKED, WITHIN, NOTHING = map(SafeString, (" checked", ' class="within"', ""))


@register.simple_tag
def labelled(field: BoundField) -> SafeString:
    """A field of a form with its label and messages. One that nobody filled in is written once."""
    if field.data or field.errors:
        return _write(field)
    if field.field not in _untouched:
        _untouched[field.field] = _write(field)
    return _untouched[field.field]


# Of filters, forms share the fields: a list has a dozen.
_untouched: WeakKeyDictionary[Field, SafeString] = WeakKeyDictionary()


def _write(field: BoundField) -> SafeString:
    errors = fill(ERROR, field.auto_id, " ".join(field.errors)) if field.errors else NOTHING
    return fill(FIELD, field.id_for_label, field.label, field.as_widget(), errors)


@register.simple_tag
def choices(facet: dict, options: Iterable[dict]) -> SafeString:
    """Options of the facet, each with its count."""
    rows = ((o["value"], CHECKED if o["chosen"] else NOTHING, o["label"], o["count"]) for o in options)
    return fill_each(prefill(CHOICE, facet["name"]), rows)


@register.simple_tag
def bars(range: dict) -> SafeString:
    """The bars of a histogram, links to what each counts."""
    step = range["step"]
    return fill_each(
        BAR,
        (
            (
                *(bar["query"], WITHIN if bar["within"] else NOTHING, bar["text"], bar["count"]),
                *(bar["x"], step, step - 2, bar["height"]),
            )
            for bar in range["bars"]
        ),
    )


@register.simple_tag
def column_choices(columns: Iterable[Column], shown: Collection[Column]) -> SafeString:
    """All columns as boxes to tick."""
    keys = {column.key for column in shown}
    return fill_each(COLUMN, ((c.key, CHECKED if c.key in keys else NOTHING, c.label) for c in columns))


@register.filter
def any_chosen(options: Iterable[dict]) -> bool:
    return any(option["chosen"] for option in options)
