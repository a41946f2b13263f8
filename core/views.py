"""The two shapes of public pages: a list of entries and an entry. Both have twins for programs."""

import csv
from collections.abc import Callable, Collection, Iterable
from functools import cache, cached_property
from typing import Any

from django import forms
from django.conf import settings
from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.utils.module_loading import import_string
from django.views.generic import DetailView, ListView

from core import linked_data
from core.cards import Card
from core.citing import entry_reference
from core.columns import Column, Part, as_record
from core.fields import DayField
from core.filters import MAX_PER_PAGE, EntryFilters
from core.licences import OWN_URL
from core.linked_data import Absolute, Node
from core.markdown import to_text
from core.models import Record
from core.prepared import Prepared
from core.quantities import format_date
from core.record_cells import defused
from core.references import Reference
from core.routes import path_to
from core.site import NAME
from core.together import of_all

# A page that is read is lean; its twins hold more.
MAX_PER_PAGE_READ = 100


class EntryList(ListView):
    """A filtered, sorted and paged list of published entries, as HTML or (`twin`) as JSON or CSV."""

    filters: type[EntryFilters] = EntryFilters
    columns: tuple[Column, ...] = ()
    intro = ""
    twin = ""
    http_method_names = ["get", "head", "options"]
    paginate_by = 40
    # The name of the form's field that picked rows fill; empty where none can be picked.
    pick = ""
    # How the list is called and addressed, where not by its model.
    plural = ""
    name = ""
    # What JSON says of each entry besides its columns, if none are chosen; `get_records` fetches it.
    parts: tuple[Part, ...] = ()

    @classmethod
    def filters_for(cls, query: QueryDict, most: int = MAX_PER_PAGE) -> EntryFilters:
        return cls.filters(query, cls.model.objects, columns=cls.columns, most=most)

    def get_queryset(self):
        self.filterset = self.filters_for(self.request.GET, MAX_PER_PAGE if self.twin else MAX_PER_PAGE_READ)
        return self.filterset.found

    def get_paginate_by(self, queryset) -> int:
        return self.filterset.cleaned.get("per_page") or self.paginate_by

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not self.twin:
            return super().get(request, *args, **kwargs)
        self.object_list = self.get_queryset()
        if self.filterset.errors:
            return JsonResponse({"errors": self.filterset.errors}, status=400)
        try:
            page = self.paginate_queryset(self.object_list, self.get_paginate_by(self.object_list))[1]
        except Http404 as error:
            return JsonResponse({"errors": {"page": [str(error)]}}, status=404)
        return getattr(self, f"as_{self.twin}")(page)

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        context = super().get_context_data(
            filter=self.filterset,
            columns=self.shown_columns(),
            intro=self.intro,
            plural=self.plural_name(),
            list_url=self.list_url(),
            facet=self.filterset.opened,
            pick=self.pick,
            as_of=self.filterset.cleaned.get("as_of"),
            **kwargs,
        )
        # Of a list that is filtered or sorted, search engines are to keep the whole one.
        if any(value for name, value in self.request.GET.items() if name in self.filterset.filters):
            return context | {"canonical": self.request.path}
        page = context["page_obj"]
        address = f"{self.request.path}?page={page.number}" if page.number > 1 else self.request.path
        return context | {"canonical": address, "linked_data": self.schema_page(address, page)}

    @classmethod
    def plural_name(cls) -> str:
        return cls.plural or str(cls.model._meta.verbose_name_plural)

    @classmethod
    def list_url(cls) -> str:
        return path_to(cls.name or f"{cls.model._meta.model_name}_list")

    @classmethod
    def dataset(cls, request: HttpRequest) -> Node:
        """The list as data, in schema.org's words."""
        url, plural = cls.list_url(), cls.plural_name()
        files = {end: f"{url.rstrip('/')}.{end}" for end in ("csv", "json")}
        what = f"{cls.intro} All {plural} of {NAME}, an open encyclopedia of AI models."
        return linked_data.dataset(f"{plural.capitalize()} of {NAME}", what, url, files, request.build_absolute_uri)

    def schema_page(self, address: str, page: Page) -> Node:
        """A page of the whole list in schema.org's words: the entries on it, and the data behind it."""
        return linked_data.page(
            "CollectionPage",
            self.request,
            [(self.plural_name().capitalize(), address)],
            mainEntity=linked_data.listed(page, page.paginator.count),
            hasPart=self.dataset(self.request),
        )

    def get_template_names(self) -> list[str]:
        if self.filterset.opened:
            return ["core/facet.html"]
        return [*super().get_template_names(), "core/entry_list.html"]

    def shown_columns(self) -> list[Column]:
        """The first, and those that were chosen; by default the listed ones, in a twin all."""
        chosen = self.filterset.cleaned.get("columns")
        if not chosen:
            return [column for column in self.columns if column.listed or self.twin]
        return [column for number, column in enumerate(self.columns) if not number or column.key in chosen]

    def as_json(self, page: Page) -> JsonResponse:
        return JsonResponse(page_document(self.request, page) | {"results": self.get_records(page)})

    def get_records(self, page: Page) -> list[dict[str, Any]]:
        """The entries of a page as JSON objects."""
        columns, root = self.shown_columns(), self.request.build_absolute_uri("/")[:-1]
        parts = () if self.filterset.cleaned.get("columns") else self.parts

        def absolute(path: str) -> str:
            return f"{root}{path}"

        return [
            as_record(entry, columns)
            | {part.key: part.write(entry, absolute) for part in parts}
            | {"html": absolute(entry.get_absolute_url())}
            for entry in page.object_list
        ]

    def as_csv(self, page: Page) -> HttpResponse:
        columns = self.shown_columns()
        header = ["slug", *(column.key for column in columns)]
        return csv_response(header, (as_record(entry, columns).values() for entry in page))


def page_document(request: HttpRequest, page: Page) -> dict[str, Any]:
    """What JSON says of a page of a list: how much there is, and the addresses around it."""

    def link(number: int | None) -> str | None:
        query = request.GET.copy()
        query["page"] = number
        return number and request.build_absolute_uri(f"{request.path}?{query.urlencode()}")

    return {
        "count": page.paginator.count,
        "pages": page.paginator.num_pages,
        "self": request.build_absolute_uri(),
        "html": request.build_absolute_uri(html_address(request)),
        "previous": link(page.previous_page_number() if page.has_previous() else None),
        "next": link(page.next_page_number() if page.has_next() else None),
        "data_licence": OWN_URL,
    }


def html_address(request: HttpRequest) -> str:
    """The page that shows what this twin tells, with the same filters; no page holds as much as a twin."""
    query = request.GET.copy()
    for name in ("page", "per_page"):
        query.pop(name, None)
    return f"{request.path.rpartition('.')[0]}/{'?' if query else ''}{query.urlencode()}"


def csv_response(header: Iterable[str], rows: Iterable[Iterable]) -> HttpResponse:
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    writer = csv.writer(response)
    writer.writerow(header)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return response


def _cell(value: Any) -> Any:
    """A value as one cell: lists joined; a text that a spreadsheet would run as a formula is quoted."""
    text = "; ".join(value) if isinstance(value, list) else value
    return defused(text) if isinstance(text, str) else text


class AsOfForm(forms.Form):
    """The day on which a reader looks at the field; empty: today."""

    as_of = DayField(required=False, label="As of", widget=forms.TextInput(attrs={"placeholder": "today"}))


@cache
def _detailed(kind: type[Record]) -> Prepared:
    return Prepared(lambda slug, as_of: kind.objects.published().for_detail(as_of).filter(slug=slug))


class EntryDetail(DetailView):
    """A published entry, as HTML or as its `twin`; with `as_of` in the address, as it stood on that day.

    Its twins tell the `columns` of its list, `details` and `parts` that no list has.
    """

    columns: tuple[Column, ...] = ()
    details: tuple[Column, ...] = ()
    parts: tuple[Part, ...] = ()
    # What answers for this view, whose `object` is the entry, where not the page: see `core.urls.TWINS`, whose `ends`
    # its addresses may have.
    twin: Callable[["EntryDetail"], HttpResponse] | None = None
    ends: tuple[str, ...] = ()
    http_method_names = ["get", "head", "options"]
    context_object_name = "entry"

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        # Most addresses name no day, and a form takes as long as a query.
        form = AsOfForm(request.GET) if "as_of" in request.GET else None
        self.errors = form.errors if form else {}
        self.as_of = form.cleaned_data["as_of"] if form and not self.errors else None
        if self.twin and self.errors:
            return JsonResponse({"errors": self.errors}, status=400)
        if self.twin:
            try:
                self.object = self.get_object()
            except Http404 as error:
                return JsonResponse({"errors": {"as_of" if self.as_of else "slug": [str(error)]}}, status=404)
            return self.twin(self)
        return super().get(request, *args, **kwargs)

    def get_queryset(self):
        return self.model.objects.published().for_detail(self.as_of)

    def get_object(self, queryset=None):
        entry = self._read_with_others() or self._read()
        if self.as_of and not self.model.objects.as_of(self.as_of).filter(pk=entry.pk).exists():
            raise Http404(f"On {format_date(self.as_of)}, {entry} was not there yet.")
        return entry

    def _read(self) -> Record:
        for entry in _detailed(self.model)(self.kwargs["slug"], self.as_of):
            return entry
        raise Http404(f"No {self.model._meta.verbose_name} found matching the query")

    def _read_with_others(self) -> Record | None:
        def read(numbers: Collection[int]) -> dict[str, Record]:
            return {entry.slug: entry for entry in self.get_queryset().filter(pk__in=numbers)}

        return None if self.as_of else of_all(self.model, "entry", self.kwargs["slug"], read)

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        address = self.object.get_absolute_url()
        return super().get_context_data(
            plural=self.model._meta.verbose_name_plural,
            list_url=self.list_url(),
            as_of=self.as_of,
            as_of_errors=self.errors.get("as_of"),
            description=self.description(),
            # As of a day and with whatever filters, it is the same entry.
            canonical=address,
            card=self.card(),
            card_url=f"{address[:-1]}.png",
            linked_data=self.schema_page(),
            **kwargs,
        )

    @cached_property
    def references(self) -> list[Reference]:
        """What is cited from here: the works that the entry is about, then the entry itself."""
        return [*self.works(), entry_reference(self.object, self.request)]

    def works(self) -> list[Reference]:
        """The entry as a work that can be read elsewhere; most are none."""
        return []

    # What search engines and previews are told. Each kind says what is its own.

    def description(self) -> str:
        """What the entry is, in plain words."""
        text = to_text(self.object.summary)
        return text or f"{self.object}: {self.kind()} in {NAME}, an open encyclopedia of AI models."

    def byline(self) -> str:
        """Who made it, or what else says which one it is."""
        return ""

    def headline(self) -> list[tuple[str, str]]:
        """Labels and values of the figures that its card shows."""
        return []

    def thing(self, absolute: Absolute) -> Node:
        """What the entry is about, in schema.org's words."""
        raise NotImplementedError

    def kind(self) -> str:
        return str(self.model._meta.verbose_name)

    def list_url(self) -> str:
        return path_to(f"{self.model._meta.model_name}_list")

    def card(self) -> Card:
        entry = self.object
        kind = self.kind().capitalize()
        return Card(kind, entry.name, entry.slug, self.byline(), self.description(), tuple(self.headline()))

    def schema_page(self) -> Node:
        """The entry's page in schema.org's words, with what it is about."""
        entry, absolute = self.object, self.request.build_absolute_uri
        plural = str(self.model._meta.verbose_name_plural).capitalize()
        address = entry.get_absolute_url()
        return linked_data.page(
            "WebPage",
            self.request,
            [(plural, self.list_url()), (entry.name, address)],
            mainEntity=self.thing(absolute),
            **self.dates(),
        )

    def dates(self) -> dict[str, str]:
        """When the page was begun, last changed, and last held against its sources."""
        entry = self.object
        checked = getattr(entry, "checked_on", None)
        return {
            "dateCreated": entry.created_at.isoformat(timespec="seconds"),
            "dateModified": entry.updated_at.isoformat(timespec="seconds"),
            "lastReviewed": checked and checked.isoformat(),
        }

    @cached_property
    def notes(self):
        """The sources of what the twins tell, numbered: for most kinds, those that its prose cites."""
        notes = import_string(settings.ENTRY_NOTES)()
        notes.read(*(getattr(self.object, name) for name in getattr(self.model, "markdown", ())))
        return notes

    def lists(self) -> dict[str, str]:
        """The addresses of data about the entry, by what they list, besides the lists that a filter narrows to it."""
        return {}

    def related(self, name: str) -> QuerySet:
        """What a relation of the entry leads to, as far as readers see it."""
        return getattr(self.object, name).published().as_of(self.as_of)
