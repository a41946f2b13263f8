"""Which models are worth comparing: with one that a reader has in mind, or to begin with."""

import datetime
import math
from collections.abc import Iterable
from dataclasses import dataclass

from catalog.models import AIModel, Openness

# How many of each kind are suggested.
KIN, PEERS = 6, 3


@dataclass(frozen=True)
class Companions:
    """`kin` are of its family and line; `peers` were released next before and after it by others, as open as it is."""

    kin: list[AIModel]
    peers: list[AIModel]

    def __iter__(self):
        yield from (*self.kin, *self.peers)


def companions(model: AIModel, but: Iterable[AIModel] = (), *, as_of: datetime.date | None = None) -> Companions:
    """Those of a model, without `but`; three queries."""
    known = {model.pk, *(other.pk for other in but)}
    near = [other for other in AIModel.objects.around(model, as_of) if other.pk not in known]
    near.sort(key=lambda other: _distance(model, other))
    return Companions(near[:KIN], _peers(model, known | {other.pk for other in near}, as_of))


def _distance(model: AIModel, other: AIModel) -> tuple[bool, float]:
    """Next of kin first: what came before and after it, and what it is a form of; then what was released nearest."""
    direct = other.pk in (model.predecessor_id, model.variant_of_id)
    direct = direct or model.pk in (other.predecessor_id, other.variant_of_id)
    dated = model.released and other.released
    return not direct, abs((model.released - other.released).days) if dated else math.inf


def _peers(model: AIModel, known: set[int], as_of: datetime.date | None) -> list[AIModel]:
    """What it could have been chosen instead of: as open as it is, writing the same, released about when it was."""
    if not model.released:
        return []
    alike = AIModel.objects.published().as_of(as_of).filter(openness=model.openness, variant_of=None)
    alike = alike.exclude(pk__in=known)
    # Of several, text is what most others write too.
    written = min(
        model.output_modalities.all(), key=lambda modality: (modality.slug != "text", modality.name), default=None
    )
    if written:
        alike = alike.filter(output_modalities=written)
    return alike.nearest_in_time(model, PEERS)


def examples(*, as_of: datetime.date | None = None) -> list[tuple[str, list[AIModel]]]:
    """Comparisons to begin with, each with what it shows; at most six queries."""
    public = AIModel.objects.published().as_of(as_of).newest_first()
    later = public.filter(predecessor__in=AIModel.objects.published()).select_related("predecessor").first()
    open_one, closed_one = (
        public.filter(openness=Openness.OPEN_WEIGHT)[:1],
        public.filter(openness=Openness.API_ONLY)[:1],
    )
    found = [
        ("The newest of three makers", _one_of_each_maker(public)),
        ("A model and the version before it", [later.predecessor, later] if later else []),
        ("Open and closed", [*open_one, *closed_one]),
    ]
    return [(title, models) for title, models in found if len(models) > 1]


def _one_of_each_maker(public) -> list[AIModel]:
    by_maker: dict[tuple, AIModel] = {}
    for model in public.for_list()[:24]:
        by_maker.setdefault(tuple(maker.pk for maker in model.organizations.all()), model)
    return list(by_maker.values())[:3]
