"""What load balancers ask: `/healthz`, whether this process answers, and `/readyz`, whether it can serve readers.

Both are answered before all else: by whatever name or address one asks, without HTTPS, and with nothing in them that
tells of versions or places.
"""

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse

from core.reading import PRIMARY, REPLICA
from core.replica import QUICKLY, patience, version_of

# Once all migrations are done, no code of this process can miss any.
_migrated = False


def tell_health(get_response):
    """Middleware, the outermost that may answer."""
    answers = {"/healthz": lambda: (True, {"status": "ok"}), "/readyz": _readiness}

    def middleware(request: HttpRequest):
        if request.path_info not in answers or request.method not in ("GET", "HEAD"):
            return get_response(request)
        good, said = answers[request.path_info]()
        return JsonResponse(said, status=200 if good else 503, headers={"Cache-Control": "no-store"})

    return middleware


def _readiness() -> tuple[bool, dict[str, str]]:
    """Whether readers can be served, and how each part is: `degraded` where one is missing that they can do without."""
    primary = version_of(PRIMARY)
    parts = {"database": "down" if primary is None else "ok"}
    replica = version_of(REPLICA) if REPLICA in settings.DATABASES else None
    if REPLICA in settings.DATABASES:
        parts["replica"] = "down" if replica is None else "ok" if primary in (replica, None) else "behind"
    if primary is not None:
        parts["migrations"] = "ok" if _is_migrated() else "missing"
    parts["cache"] = "ok" if _cache_answers() else "down"
    good = (primary is not None or replica is not None) and parts.get("migrations") != "missing"
    whole = set(parts.values()) == {"ok"}
    return good, {"status": "ready" if whole else "degraded" if good else "unavailable", **parts}


def _is_migrated() -> bool:
    global _migrated
    if not _migrated:
        with patience(PRIMARY, QUICKLY):
            executor = MigrationExecutor(connection)
            _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _migrated


def _cache_answers() -> bool:
    try:
        cache.get("health")
    # Each kind of cache has errors of its own.
    except Exception:
        return False
    return True
