"""The way on through a queue: what comes after the entry or proposal that was opened from it.

Its address names both: `?queue=review&item=…`, or a queue of upkeep likewise.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from editorial import upkeep
from editorial.queues import waiting_for


@dataclass(frozen=True)
class Onward:
    """Where somebody goes on who works through a queue."""

    title: str
    url: str
    # Whether nothing else is in it: then it leads back to where the queue is listed.
    ended: bool


def onward(request: HttpRequest) -> Onward | None:
    """What comes next in the queue that the address names; None where it names none of the user's."""
    name, item = (request.GET.get(key, "") for key in ("queue", "item"))
    if not name:
        return None
    for queue in upkeep.queues():
        if queue.name == name and request.user.has_perm(queue.permission):
            address, key = reverse("upkeep", args=[name]), _after(queue.left(upkeep.judged(name)[name]), item)
            return Onward(queue.title, f"{address}?{urlencode({'item': key})}" if key else address, not key)
    for queue in waiting_for(request.user):
        if queue.name == name:
            waiting = {item.key: item for item in queue.ordered}
            key = _after([*waiting], item)
            return Onward(queue.title, queue.address(waiting[key]) if key else reverse("admin:index"), not key)
    return None


def _after(keys: Sequence[str], key: str) -> str:
    """The key behind this one, round to the first behind the last; empty where there is no other."""
    place = keys.index(key) + 1 if key in keys else 0
    following = keys[place % len(keys)] if keys else ""
    return following if following != key else ""
