"""Form fields for sizes, numbers and dates as people type them, and for choices among many.

The `schema` of a field says in JSON Schema what may be typed; an empty field is one that was not filled in.
"""

import datetime
from typing import ClassVar

from django import forms
from django.core.exceptions import ValidationError

from core.quantities import last_day, parse_date, parse_moment, parse_number, parse_size
from core.schemas import EMPTY


class SizeField(forms.CharField):
    """“70B”, “128K” or “671,000,000,000”, as an int."""

    schema: ClassVar = {
        "type": "string",
        "description": "A number, with K, M, B or T for thousands to trillions: 128K, 70B. At most 9 × 10¹⁸.",
        "pattern": r"^\s*([0-9][0-9,]{0,5}(\.[0-9]{0,6})?[KMBTkmbt]?|[0-9][0-9,]{0,17}|[0-9](\.[0-9]+)?e1?[0-7])?\s*$",
    }

    def clean(self, value: str | None) -> int | None:
        return _parsed(super().clean(value), parse_size)


class NumberField(forms.CharField):
    """“3.3e24”, as a float."""

    schema: ClassVar = {"type": "number"}

    def clean(self, value: str | None) -> float | None:
        return _parsed(super().clean(value), parse_number)


class PartialDateField(forms.CharField):
    """“2024-12-26”, “2024-12” or “2024”, as a date and its precision."""

    schema: ClassVar = {
        "description": "A date as 2024-12-26, 2024-12 or 2024.",
        "anyOf": [
            {"type": "string", "format": "date"},
            {"type": "string", "pattern": "^[12][0-9]{3}-(0[1-9]|1[0-2])$"},
            {"type": "string", "pattern": "^[12][0-9]{3}$"},
            EMPTY,
        ],
    }

    def clean(self, value: str | None) -> tuple | None:
        return _parsed(super().clean(value), parse_date)


class DayField(PartialDateField):
    """A day; the last one of “2024-06” or “2024”."""

    # What the description of the data says instead of its label.
    about = "Everything as it stood on that day; of a month or a year, on its last"

    def clean(self, value: str | None) -> datetime.date | None:
        date = super().clean(value)
        return date and last_day(*date)


class MomentField(forms.CharField):
    """“2026-11-27T04:30:00Z”, or a day or month, whose end it means, as a time in UTC."""

    def clean(self, value: str | None) -> datetime.datetime | None:
        return _parsed(super().clean(value), parse_moment)


class ChosenField(forms.MultipleChoiceField):
    """Some of the values of a mapping from values to labels, which may be large; or none."""

    def __init__(self, labels: dict[str, str], **kwargs):
        super().__init__(
            required=False, error_messages={"invalid_choice": "“%(value)s” is not a value to choose from."}, **kwargs
        )
        self.labels = labels

    def to_python(self, value: list[str] | None) -> list[str]:
        return list(dict.fromkeys(super().to_python(value)))

    def valid_value(self, value: str) -> bool:
        return value in self.labels


class NamesField(ChosenField):
    """Likewise, and also with commas between them: “a,b”."""

    def to_python(self, value: list[str] | None) -> list[str]:
        names = [name.strip() for names in super().to_python(value) for name in names.split(",")]
        return list(dict.fromkeys(filter(None, names)))


def _parsed(text: str, parse):
    try:
        return parse(text) if text else None
    except ValueError as error:
        raise ValidationError(str(error)) from error
