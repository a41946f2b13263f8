"""Figures without a source: what keeps drafts from being published."""

from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q

from catalog import rules
from catalog.evidence import ABSENT
from catalog.figures import FIGURES
from catalog.models import AIModel, Citation
from core.admin import row_number
from core.memory import lingering
from core.models import Status
from editorial.upkeep import Item, Open, Upkeep

_UNFINISHED = (Status.DRAFT, Status.IN_REVIEW)


@lingering
def uncited() -> Open:
    """Drafts and entries in review with a figure that nothing bears; what waits for a reviewer first."""
    cited = Citation.objects.filter(model=OuterRef("pk")).exclude(basis__in=ABSENT)
    bare = reduce(or_, (_filled(figure) & ~Exists(cited.filter(field=figure.field)) for figure in FIGURES))
    models = AIModel.objects.filter(bare, status__in=_UNFINISHED).order_by("-status", "name", "pk")
    return dict.fromkeys(map(str, models.values_list("pk", flat=True)), "")


def _filled(figure) -> Q:
    column = AIModel._meta.get_field(figure.field)
    return ~Q(**{figure.field: ""}) if not column.null else ~Q(**{figure.field: None})


def load(key: str) -> Item | None:
    if row_number(key) is None:
        return None
    model = AIModel.objects.filter(pk=key, status__in=_UNFINISHED).first()
    missing = rules.uncited_figures(model, model.citations.all()) if model else []
    texts = [f"{figure.label}: {figure.write(figure.column(model))}" for figure in missing]
    return Item(key, "", model.name, model, {"texts": texts, "anchor": "citations-group"}) if texts else None


UNCITED = Upkeep(
    name="uncited",
    title="Uncited figures",
    purpose="A draft has a figure without a citation, so that it cannot be published.",
    open=uncited,
    load=load,
    permission="catalog.change_aimodel",
)
