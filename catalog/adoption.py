"""How an idea spread: the models that use a term of the glossary, in the order in which they came."""

import datetime
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Prefetch, QuerySet
from django.urls import reverse

from catalog.models import Innovation
from core.charts import Bar, Chart, draw
from core.scales import linear_scale, time_scale
from glossary.models import Term
from research.models import Organization

ON_A_PAGE = 50


@dataclass(frozen=True)
class Adoption:
    """The uses of a term: a page of them, the first model's, and how many there were by the end of each year."""

    term: Term
    page: Page
    first: Innovation | None
    years: list[tuple[int, int, int]]

    @property
    def undated(self) -> int:
        """How many models have no date."""
        return self.page.paginator.count - (self.years[-1][2] if self.years else 0)

    @property
    def chart(self) -> Chart | None:
        """The models of each year as bars that lead to them; none for a single year."""
        if len(self.years) < 2:
            return None
        bars = [self._bar(*year) for year in self.years if year[1]]
        ends = (datetime.date(self.years[0][0], 1, 1), datetime.date(self.years[-1][0], 12, 31))
        return draw(time_scale(ends), linear_scale([bar.y for bar in bars], zero=True, count=5), bars=bars)

    def _bar(self, year: int, models: int, total: int) -> Bar:
        query = f"innovation={self.term.slug}&released_after={year}&released_before={year}"
        return Bar(
            # A gap on either side, so that years stand apart.
            datetime.date(year, 2, 1),
            datetime.date(year, 12, 1),
            models,
            f"{year}: {models}",
            detail=f"{total} by its end",
            url=f"{reverse('aimodel_list')}?{query}",
        )


def adoption(term: Term, page: object = 1, as_of: datetime.date | None = None) -> Adoption:
    """The models that use the term; with `as_of`, those released by that day. InvalidPage where there is no such page.

    `years` has the year, the models of that year and those up to its end, without gaps.
    """
    uses = Innovation.objects.published().as_of(as_of).filter(term=term)
    years = _years(uses)
    paginator = Paginator(_in_order(uses), ON_A_PAGE)
    here = paginator.page(page)
    first = here.object_list[0] if here.number == 1 and here.object_list else _in_order(uses).first()
    return Adoption(term, here, first if first and first.model.released else None, years)


def _in_order(uses: QuerySet[Innovation]) -> QuerySet[Innovation]:
    """By the date of the model, those without one last; with the model and its makers."""
    makers = Prefetch("model__organizations", Organization.objects.published())
    return (
        uses.select_related("model")
        .defer("model__why_it_matters", "model__description")
        .prefetch_related(makers)
        .order_by(F("model__released").asc(nulls_last=True), "model__name", "model__slug")
    )


def _years(uses: QuerySet[Innovation]) -> list[tuple[int, int, int]]:
    found = dict(
        uses.exclude(model__released=None)
        .order_by()
        .values_list("model__released__year")
        .annotate(models=Count("pk"))
        .values_list("model__released__year", "models")
    )
    years, total = [], 0
    for year in range(min(found, default=1), max(found, default=0) + 1):
        total += found.get(year, 0)
        years.append((year, found.get(year, 0), total))
    return years
