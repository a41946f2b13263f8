"""Dates as templates write them."""

import datetime

import pytest
from django.template import Context, Template
from django.utils import timezone

DAY = datetime.date(2024, 3, 9)


@pytest.mark.parametrize("moment", [DAY, datetime.datetime(2024, 3, 9, 22, 30, tzinfo=datetime.UTC)])
def test_days_are_written_as_django_writes_them(moment):
    written = Template("{% load dates %}{{ moment|day }}, {{ moment|iso_day }}")
    djangos = Template('{{ moment|date:"j F Y" }}, {{ moment|date:"Y-m-d" }}')

    with timezone.override("Asia/Tokyo"):
        printed = [template.render(Context({"moment": moment})) for template in (written, djangos)]

    assert printed[0] == printed[1]
    assert printed[0].startswith("10 March" if isinstance(moment, datetime.datetime) else "9 March")
