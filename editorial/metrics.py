"""What Prometheus reads: what `core.metrics` counts, and what stands in the database at that moment."""

import os
from collections.abc import Iterator
from functools import lru_cache, reduce

from django.conf import settings
from django.db import Error
from django.db.models import Count, Max, Value
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from prometheus_client import REGISTRY, CollectorRegistry, Metric, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.multiprocess import MultiProcessCollector

from core.backups import latest
from core.models import entry_kinds
from core.reading import PRIMARY
from core.replica import QUICKLY, patience
from editorial.models import Change, Proposal


def tell_metrics(get_response):
    """Middleware, before what asks for a host and for HTTPS: each instance is asked by its own address."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path_info != "/metrics" or not settings.METRICS_TOKEN or request.method not in ("GET", "HEAD"):
            return get_response(request)
        return _metrics(request)

    return middleware


def _metrics(request: HttpRequest) -> HttpResponse:
    """For whoever knows METRICS_TOKEN. By addresses it cannot tell: behind a proxy, all of them are the proxy's."""
    answer = {"Cache-Control": "no-store"}
    if not constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {settings.METRICS_TOKEN}"):
        answer["WWW-Authenticate"] = "Bearer"
        return HttpResponse("Who may read this knows a token.\n", "text/plain", 401, headers=answer)
    told = b"".join(map(generate_latest, (_counted(), _Collection())))
    return HttpResponse(told, CONTENT_TYPE_PLAIN_0_0_4, headers=answer)


def _counted() -> CollectorRegistry:
    """What was counted: in this process, or in all that share a folder."""
    if not settings.METRICS_FOLDER:
        return REGISTRY
    registry = CollectorRegistry()
    MultiProcessCollector(registry, settings.METRICS_FOLDER)
    return registry


class _Collection:
    """What the database says when it is asked, in three queries. Times are instants, from which an age follows."""

    def collect(self) -> Iterator[Metric]:
        up = GaugeMetricFamily("descent_database_up", "Whether the database answers.", value=0)
        try:
            with patience(PRIMARY, QUICKLY):
                told = [_entries(), _proposals(), _last_change()]
            up = GaugeMetricFamily("descent_database_up", "Whether the database answers.", value=1)
        except Error:
            told = []
        yield from [up, *told, _last_backup()]


def _entries() -> Metric:
    metric = GaugeMetricFamily("descent_entries", "Entries by kind and status.", labels=["kind", "status"])
    kinds = entry_kinds()
    counts = [
        model.objects.order_by().values_list(Value(model._meta.label_lower), "status").annotate(number=Count("*"))
        for model in kinds
    ]
    for kind, status, number in reduce(lambda all, one: all.union(one, all=True), counts):
        metric.add_metric([kind, status], number)
    return metric


def _proposals() -> Metric:
    number = Proposal.objects.waiting().count()
    return GaugeMetricFamily("descent_proposals_waiting", "Proposals that wait for a decision.", value=number)


def _last_change() -> Metric:
    at = Change.objects.aggregate(at=Max("at"))["at"]
    metric = GaugeMetricFamily("descent_last_change_timestamp_seconds", "When something was changed last, since 1970.")
    if at:
        metric.add_metric([], at.timestamp())
    return metric


def _last_backup() -> Metric:
    metric = GaugeMetricFamily("descent_last_backup_timestamp_seconds", "Of when the newest backup is, since 1970.")
    folder = settings.BACKUP_DIR
    if os.path.isdir(folder) and (newest := _newest(folder, os.stat(folder).st_mtime_ns)):
        metric.add_metric([], newest.made.timestamp())
    return metric


@lru_cache(maxsize=1)
def _newest(folder: str, changed: int):
    """Read once for each change of the folder: to see whether a backup is whole, all of it is read."""
    newest = latest(folder)
    return newest if newest and newest.whole else None
