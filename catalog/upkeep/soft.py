"""What the soft rules say of published models. They warn, and stand against nothing."""

from django.db.models import Exists, F, OuterRef, Q

from catalog.checks import warnings_of
from catalog.models import AIModel, Derivation, Innovation, ModelPaper
from core.admin import row_number
from core.memory import lingering
from core.models import Status
from editorial.upkeep import Item, Open, Upkeep


def _warned():
    """The published models that lack what a finished one has, or are older than a parent: which of these, with each."""
    older = Derivation.objects.filter(child=OuterRef("pk"), parent__released__gt=F("child__released"))
    return (
        AIModel.objects.filter(status=Status.PUBLISHED)
        .annotate(
            innovative=Exists(Innovation.objects.filter(model=OuterRef("pk"))),
            researched=Exists(ModelPaper.objects.filter(model=OuterRef("pk"))),
            older=Exists(older),
        )
        .filter(Q(innovative=False) | Q(researched=False) | Q(older=True))
        .order_by("name", "pk")
        .values_list("pk", "innovative", "researched", "older")
    )


@lingering
def warned() -> Open:
    return {str(pk): _state(*why) for pk, *why in _warned()}


def _state(*why: bool) -> str:
    return " ".join(str(bool(one)) for one in why)


def load(key: str) -> Item | None:
    if row_number(key) is None:
        return None
    model = AIModel.objects.filter(pk=key, status=Status.PUBLISHED).first()
    texts = [problem.text for problem in warnings_of(model)] if model else []
    why = _warned().filter(pk=key).first() if texts else None
    return Item(key, _state(*why[1:]), model.name, model, {"texts": texts}) if why else None


SOFT = Upkeep(
    name="soft",
    title="Unfinished",
    purpose="A published model breaks a soft rule: it says nothing of what is new in it, or what it rests on.",
    open=warned,
    load=load,
    permission="catalog.change_aimodel",
    dismissal="Leave it so",
)
