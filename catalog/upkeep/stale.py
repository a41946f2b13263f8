"""Published models that nobody has held against their sources for a year."""

import datetime
from bisect import bisect_left
from operator import itemgetter

from django.db.models import F
from django.utils import timezone

from catalog.models import AIModel
from core.admin import row_number
from core.memory import lingering
from core.models import Status
from core.quantities import format_date
from editorial.upkeep import Action, Item, Open, Upkeep

A_YEAR = datetime.timedelta(days=365)


@lingering
def last_checked() -> list[tuple[str, str]]:
    """Every published model and its day (“2025-11-27”, or “” for never), the one first that was longest ago."""
    models = AIModel.objects.filter(status=Status.PUBLISHED).order_by(F("checked_on").asc(nulls_first=True), "pk")
    return [(str(pk), _state(day)) for pk, day in models.values_list("pk", "checked_on")]


def stale() -> Open:
    models = last_checked()
    return dict(models[: bisect_left(models, _state(_a_year_ago()), key=itemgetter(1))])


def _state(day: datetime.date | None) -> str:
    return day.isoformat() if day else ""


def _a_year_ago() -> datetime.date:
    return timezone.localdate() - A_YEAR


def load(key: str) -> Item | None:
    if row_number(key) is None:
        return None
    model = AIModel.objects.filter(pk=key, status=Status.PUBLISHED).first()
    if model is None or (model.checked_on and model.checked_on >= _a_year_ago()):
        return None
    last = f"Last checked on {format_date(model.checked_on)}." if model.checked_on else "It was never checked."
    return Item(key, _state(model.checked_on), model.name, model, {"texts": [last]})


def check(item: Item) -> None:
    item.entry.checked_on = timezone.localdate()


STALE = Upkeep(
    name="stale",
    title="Not checked for a year",
    purpose="A published model was not held against its sources for a year, or never.",
    open=stale,
    load=load,
    permission="catalog.change_aimodel",
    action=Action("check", "Checked today", "c", check, lambda item: "Held against its sources"),
)
