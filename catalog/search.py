"""The search page over all kinds of entries, its twin, and suggestions for who is typing."""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from django import forms
from django.core.paginator import InvalidPage, Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from catalog.operators import OPERATORS, TYPE, model_filters
from core import parameters
from core.open_api import described
from core.parameters import Parameter
from core.quantities import iso_date
from core.schemas import ADDRESS, INTEGER, SLUG, TEXT, about, record, rows
from core.urls import on
from core.views import AsOfForm
from search.engine import RANKED, Hit, Results, hits_of, search, suggest
from search.kinds import KINDS
from search.query import Query, parse

# How many entries of a kind a search over all of them shows; on a page of one kind; while typing.
OF_A_KIND, ON_A_PAGE, SUGGESTED = 5, 20, 8
MODEL, SOURCE = "model", "source"


class SearchForm(AsOfForm):
    """What is typed into a search box, and the day on which it is asked."""

    q = forms.CharField(required=False, max_length=200)


@dataclass
class Group:
    """What was found of one kind."""

    kind: str
    count: int
    hits: list[Hit]

    @property
    def plural(self) -> str:
        return str(KINDS[self.kind]._meta.verbose_name_plural)

    @property
    def list_url(self) -> str:
        return reverse(f"{KINDS[self.kind]._meta.model_name}_list")


@dataclass
class Search:
    """What was asked for, and what was found."""

    form: SearchForm
    query: Query
    kind: str

    @classmethod
    def read(cls, data) -> "Search":
        form = SearchForm(data)
        form.full_clean()
        query = parse(form.cleaned_data.get("q", ""), OPERATORS)
        # What is typed says more than what was clicked.
        kinds = [value for name, value in query.operators if name == TYPE] or data.getlist(TYPE)
        known = {name: kind for kind, model in KINDS.items() for name in (kind, str(model._meta.verbose_name_plural))}
        kind = known.get(kinds[-1].lower(), "") if kinds else ""
        asked = cls(form, query, kind)
        if kinds and kinds[-1] and not kind:
            form.add_error("q", f"type:{kinds[-1]}: This is no kind of entry. There are {', '.join(KINDS)}.")
        for error in asked.filtered[1]:
            form.add_error("q", error)
        if asked.is_filtered and kind not in ("", MODEL):
            form.add_error("q", f"type:{kind}: The other operators are about models, and so are the results.")
        return asked

    @property
    def errors(self) -> dict[str, list[str]]:
        return self.form.errors

    @property
    def as_of(self) -> datetime.date | None:
        return self.form.cleaned_data.get("as_of")

    @property
    def is_filtered(self) -> bool:
        return any(name != TYPE for name, _ in self.query.operators)

    @cached_property
    def filtered(self) -> tuple:
        """The models that the operators leave, if there are any, and the errors in these."""
        if not self.is_filtered:
            return None, []
        filters, errors = model_filters([said for said in self.query.operators if said[0] != TYPE])
        return filters.qs.as_of(self.as_of).newest_first(), errors

    @cached_property
    def results(self) -> Results:
        models = self.filtered[0]
        if self.is_filtered and not self.query.groups:
            return Results(self.query, counts={MODEL: models.count()})
        among = {MODEL: models.order_by().values("pk")} if self.is_filtered else KINDS.as_of(self.as_of)
        return search(self.query, among)

    @property
    def shown(self) -> str:
        """The one kind that is shown, or "" for a few of each."""
        return MODEL if self.is_filtered else self.kind

    @cached_property
    def groups(self) -> list[Group]:
        """A few of each kind, the kind with the best hit first."""
        ranks = self.results.ranks(OF_A_KIND, *self.results.counts)
        hits = defaultdict(list)
        for hit in self.results.hits(ranks):
            hits[hit.document.kind].append(hit)
        groups = [Group(kind, count, hits[kind]) for kind, count in self.results.counts.items() if kind in hits]
        return sorted(groups, key=lambda group: group.hits[0].rank[:2])

    def page(self, number: str) -> Page:
        """A page of the one kind that is shown. Http404 where there is none."""
        count = self.results.counts.get(self.shown, 0)
        try:
            page = Paginator(range(min(count, RANKED)), ON_A_PAGE).page(number)
        except InvalidPage as error:
            raise Http404(str(error)) from None
        page.object_list = self._hits(page.start_index() - 1 if count else 0, page.end_index())
        return page

    def hits(self, number: str) -> list[Hit]:
        """What a page has; of all kinds together, there is one page. Http404 where there is none."""
        if self.shown:
            return self.page(number).object_list
        if number != "1":
            raise Http404("There is no such page of results.")
        return [hit for group in self.groups for hit in group.hits]

    def _hits(self, start: int, end: int) -> list[Hit]:
        if self.is_filtered and not self.query.groups:
            keys = [entry.pk for entry in self.filtered[0].only("pk")[start:end]]
            return hits_of(MODEL, keys, self.query)
        ranks = self.results.ranks(end, self.shown)
        return self.results.hits(dict(list(ranks.items())[start:]))


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """The best entries of every kind; with `type`, all of one kind, page by page."""
    asked = Search.read(request.GET)
    text = request.GET.get("q", "").strip().replace("\0", "")
    context = {
        "typed": text,
        "asked": asked,
        "as_of": asked.as_of,
        "results": asked.results,
        "better": "" if asked.is_filtered else asked.results.better,
        "kinds": [Group(kind, asked.results.counts[kind], []) for kind in KINDS if asked.results.counts.get(kind)],
        "limit": RANKED,
    }
    if asked.shown:
        context["page_obj"] = asked.page(request.GET.get("page", "1"))
        context["group"] = Group(asked.shown, asked.results.counts.get(asked.shown, 0), context["page_obj"].object_list)
    elif request.GET.get("page", "1") != "1":
        raise Http404("There is no such page of results.")
    else:
        context["groups"] = asked.groups
    return render(request, "catalog/search.html", context)


def _takes() -> list[Parameter]:
    kind = {"name": TYPE, "in": "query", "description": "Only this kind of entry, page by page."}
    return [*parameters.of_fields(SearchForm.base_fields), kind | {"schema": {"enum": list(KINDS)}}, parameters.PAGE]


FOUND = record(
    query=TEXT,
    instead=about({}, "What was searched for instead, where nothing was found; null otherwise."),
    count=INTEGER,
    counts=about({"type": "object", "additionalProperties": INTEGER}, "How many were found of each kind."),
    results=rows(record(kind=TEXT, slug=SLUG, name=TEXT, excerpt=TEXT, html=ADDRESS, json=ADDRESS)),
)


@described("The best entries of every kind that have the words; operators work as in the search box.", FOUND, _takes)
@require_safe
def search_json(request: HttpRequest) -> JsonResponse:
    """The same for programs."""
    asked = Search.read(request.GET)
    if asked.errors:
        return JsonResponse({"errors": asked.errors}, status=400)
    try:
        hits = asked.hits(request.GET.get("page", "1"))
    except Http404 as error:
        return JsonResponse({"errors": {"page": [str(error)]}}, status=404)
    return JsonResponse(
        {
            "query": asked.query.text,
            **({"as_of": iso_date(asked.as_of)} if asked.as_of else {}),
            "instead": asked.results.instead or None,
            "count": asked.results.count,
            "counts": asked.results.counts,
            "results": [_record(request, hit) for hit in hits],
        }
    )


@require_safe
@cache_control(public=True, max_age=60)
def suggest_json(request: HttpRequest) -> JsonResponse:
    """The best names for what has been typed so far."""
    form = SearchForm(request.GET)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=400)
    query, as_of = parse(form.cleaned_data["q"], OPERATORS, typing=True), form.cleaned_data["as_of"]
    asks = query.groups and not query.operators
    hits = suggest(query, SUGGESTED, last=SOURCE, among=KINDS.as_of(as_of)) if asks else []
    return JsonResponse({"suggestions": [_suggestion(hit, as_of) for hit in hits]})


def _record(request: HttpRequest, hit: Hit) -> dict:
    url = request.build_absolute_uri(hit.url)
    return {
        "kind": hit.document.kind,
        "slug": hit.document.slug,
        "name": hit.document.title,
        "excerpt": "".join(piece.text for piece in hit.excerpt),
        "html": url,
        "json": f"{url[:-1]}.json",
    }


def _suggestion(hit: Hit, as_of: datetime.date | None) -> dict:
    return {
        "kind": hit.document.kind,
        "name": hit.document.title,
        "alias": "".join(piece.text for piece in hit.alias),
        "url": hit.url + on(as_of),
    }
