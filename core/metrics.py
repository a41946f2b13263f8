"""What is counted for Prometheus, of each request as it is answered: see docs/operating.md.

Every label has few values: names of the site map, known methods, statuses. All have one, since a metric without any
opens its file as soon as it is imported, by whatever command, where several processes share a folder of them.
"""

from functools import lru_cache

from prometheus_client import Counter, Histogram, disable_created_metrics

# When each was begun, which nobody asks.
disable_created_metrics()

_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"})

REQUESTS = Counter("descent_requests", "Requests that were answered.", ["view", "method", "status"])
SECONDS = Histogram(
    "descent_request_seconds",
    "How long answers took.",
    ["view"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
PAGES = Counter("descent_pages", "Public pages by where they are from: hit, miss, or stale.", ["stored"])
QUERIES = Counter("descent_database_queries", "Queries that requests asked.", ["view"])
QUERY_SECONDS = Counter("descent_database_seconds", "How long these took.", ["view"])
SLOW_QUERIES = Counter("descent_slow_queries", "Those that took longer than SLOW_QUERY_MS.", ["view"])

# `labels` takes a lock and looks each up by its texts.
_requests = lru_cache(maxsize=4096)(REQUESTS.labels)
_pages = lru_cache(maxsize=8)(PAGES.labels)
_seconds = lru_cache(maxsize=1024)(SECONDS.labels)
_queries = lru_cache(maxsize=1024)(QUERIES.labels)
_query_seconds = lru_cache(maxsize=1024)(QUERY_SECONDS.labels)


def count(view: str, method: str, status: int, seconds: float, stored: str) -> None:
    """A request; `stored` is "" where the store of pages was not asked."""
    _requests(view, method if method in _METHODS else "other", status).inc()
    _seconds(view).observe(seconds)
    if stored:
        _pages(stored).inc()


def count_queries(view: str, number: int, seconds: float, slow: int) -> None:
    """What a request asked of the databases."""
    if number:
        _queries(view).inc(number)
        _query_seconds(view).inc(seconds)
        if slow:
            SLOW_QUERIES.labels(view).inc(slow)
