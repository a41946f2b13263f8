"""Forms that were opened before somebody else saved: nothing of theirs may be written over unseen."""

from typing import Any

from core.models import Record
from editorial.models import ChangedEntry


def version(row: Record, last: ChangedEntry | None) -> str:
    """What tells one state of a row and its parts from the next; `last` is its last change."""
    saved = getattr(row, "updated_at", None)
    return f"{last.pk if last else 0} {saved.isoformat() if saved else ''}"


def stale(data: Any, row: Record) -> str:
    """Why a form with this data is not saved, where the row is not as it was when the form was opened; else empty.

    Whoever has seen what was saved meanwhile says so, and saves over it.
    """
    last = ChangedEntry.objects.last_of(row)
    now = version(row, last)
    if now in (data.get("opened"), data.get("seen")):
        return ""
    if not data.get("opened"):
        return "The form came without the version it was opened at, so nothing was saved. Open it anew."
    if last is None:
        return f"“{row}” was saved after you opened this form. Nothing of yours was saved yet."
    who = last.change.author or "A command"
    why = f", with the reason “{last.change.reason}”" if last.change.reason else ""
    return (
        f"{who} saved “{row}” on {last.change.at:%-d %B %Y at %H:%M} UTC, after you opened this form{why}. "
        "Nothing of yours was saved yet: all that you typed is still here."
    )
