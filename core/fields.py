"""Form fields for sizes and dates as people type them."""

import datetime

from django import forms
from django.core.exceptions import ValidationError

from core.quantities import parse_date, parse_moment, parse_size


class SizeField(forms.CharField):
    """“70B”, “128K” or “671,000,000,000”, as an int."""

    def clean(self, value: str | None) -> int | None:
        return _parsed(super().clean(value), parse_size)


class PartialDateField(forms.CharField):
    """“2024-12-26”, “2024-12” or “2024”, as a date and its precision."""

    def clean(self, value: str | None) -> tuple | None:
        return _parsed(super().clean(value), parse_date)


class MomentField(forms.CharField):
    """“2026-11-27T04:30:00Z”, or a day or month, whose end it means, as a time in UTC."""

    def clean(self, value: str | None) -> datetime.datetime | None:
        return _parsed(super().clean(value), parse_moment)


def _parsed(text: str, parse):
    try:
        return parse(text) if text else None
    except ValueError as error:
        raise ValidationError(str(error)) from error
