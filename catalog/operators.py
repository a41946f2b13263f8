"""Operators of the search box, as values of the model list's filters: `org:deepseek params:>100b`."""

import calendar
import datetime
from contextlib import suppress

from django.http import QueryDict

from catalog.filters import ModelFilters
from catalog.models import AIModel
from core.models import DatePrecision
from core.quantities import parse_date, parse_size
from core.slugs import make_slug

TYPE = "type"
# Each operator with the filter it sets, or the two that it sets the ends of.
CHOICES = {
    "org": "organization",
    "organization": "organization",
    "family": "family",
    "openness": "openness",
    "lifecycle": "lifecycle",
    "arch": "architecture",
    "architecture": "architecture",
    "modality": "modality",
    "innovation": "innovation",
    "tag": "tag",
}
RANGES = {
    "params": ("parameters_min", "parameters_max"),
    "parameters": ("parameters_min", "parameters_max"),
    "context": ("context_min", "context_max"),
    "released": ("released_after", "released_before"),
}
# Values of these filters are written with underscores, slugs with dashes.
UNDERSCORED = ("openness", "lifecycle", "architecture")
STEP = {">": 1, "<": -1}
OPERATORS = frozenset({TYPE, *CHOICES, *RANGES})


def model_filters(operators: list[tuple[str, str]]) -> tuple[ModelFilters, list[str]]:
    """The filters of the model list that the operators set, and what was wrong with these: “params:x: Write …”."""
    data, said = QueryDict(mutable=True), {}
    for name, value in operators:
        if name in CHOICES:
            filters = [(CHOICES[name], _choice(CHOICES[name], one)) for one in value.split(",")]
        else:
            filters = list(zip(RANGES[name], _ends(name, value), strict=True))
        for filter_, one in filters:
            if one:
                data.appendlist(filter_, one)
                said.setdefault(filter_, f"{name}:{value}")
    filters = ModelFilters(data, AIModel.objects)
    errors = [f"{said[name]}: {' '.join(messages)}" for name, messages in filters.errors.items()]
    return filters, list(dict.fromkeys(errors))


def _choice(filter_: str, value: str) -> str:
    slug = make_slug(value)
    return slug.replace("-", "_") if filter_ in UNDERSCORED and slug else slug or value


def _ends(name: str, value: str) -> tuple[str, str]:
    """The least and the greatest value that “>100b”, “70b..400b”, “<=2024” or “2024” says; "" is no bound."""
    if ".." in value:
        low, high = value.split("..", 1)
        return low, high
    sign = next((sign for sign in (">=", "<=", ">", "<", "=") if value.startswith(sign)), "=")
    bound = value.removeprefix(sign) or value
    if sign in "<>":
        # What is none stays as it was typed: the filter says what is wrong with it.
        with suppress(ValueError, OverflowError):
            bound = _next_date(bound, sign) if name == "released" else str(parse_size(bound) + STEP[sign])
    return ("" if "<" in sign else bound), ("" if ">" in sign else bound)


def _next_date(text: str, sign: str) -> str:
    """The first day after a day, month or year, or the last one before it."""
    first, precision = parse_date(text)
    if sign == "<":
        return (first - datetime.timedelta(days=1)).isoformat()
    if precision != DatePrecision.DAY:
        month = 12 if precision == DatePrecision.YEAR else first.month
        first = first.replace(month=month, day=calendar.monthrange(first.year, month)[1])
    return (first + datetime.timedelta(days=1)).isoformat()
