"""Models for the timeline, and what is drawn of them."""

from django.http import QueryDict
from django.test import Client

from catalog.models import AIModel
from catalog.timeline.drawing import timeline
from catalog.timeline.filters import TimelineFilters
from tests import factories as make


def model(name, day="2024-05-01", parameters=10**9, **fields):
    dated = {"released": day, "released_precision": "day"} if day else {}
    return make.make_model(name=name, parameters_total=parameters, **dated, **fields)


def scored(name, value, benchmark, day="2024-05-01", **fields):
    scored_model = model(name, day, None)
    make.make_score(model=scored_model, benchmark=benchmark, value=value, **fields)
    return scored_model


def filters(query):
    return TimelineFilters(QueryDict(query), AIModel.objects)


def drawn(query=""):
    return timeline(filters(query))


def points(query=""):
    return {mark.point.name: mark.point for mark in drawn(query).chart.marks}


def html(query=""):
    return Client().get(f"/timeline/?{query}").text
