"""Dates with their precision: `{{ entry|dated:"released" }}` reads `released` and `released_precision`."""

import datetime

from django import template

from core.models import DatePrecision
from core.quantities import format_date, iso_date, iso_of

register = template.Library()


@register.filter
def dated(row, field: str) -> str:
    """“26 December 2024”, “December 2024” or “2024”, by what is known; "" where nothing is."""
    return _write(row, field, format_date)


@register.filter(expects_localtime=True)
def day(date: datetime.date) -> str:
    """“26 December 2024”, as `date:"j F Y"` writes it in ten times as long."""
    return format_date(date)


@register.filter(expects_localtime=True)
def iso_day(date: datetime.date) -> str:
    """“2024-12-26”, likewise."""
    return iso_date(date)


@register.filter
def iso(row, field: str) -> str:
    """“2024-12-26”, “2024-12” or “2024”, for programs."""
    return iso_of(row, field)


@register.filter
def instant(moment: datetime.datetime) -> str:
    """“2026-11-27T04:30:00Z”: HTML takes no smaller parts of a second than thousandths."""
    return f"{moment.astimezone(datetime.UTC):%Y-%m-%dT%H:%M:%SZ}"


@register.filter
def month(row, field: str) -> str:
    """“December 2024”, also where the day is known."""
    return _write(
        row,
        field,
        lambda date, precision: format_date(
            date, precision if precision == DatePrecision.YEAR else DatePrecision.MONTH
        ),
    )


def _write(row, field: str, write) -> str:
    date = getattr(row, field)
    return write(date, getattr(row, f"{field}_precision")) if date else ""
