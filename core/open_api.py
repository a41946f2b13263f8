"""The OpenAPI 3.1 description of all addresses for programs, read from the URLconf and from what views declare."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.text import capfirst

from core import parameters, schemas
from core.addresses import Address, addresses, details, is_a, lists
from core.licences import OWN, OWN_URL
from core.memory import remembered
from core.parameters import Parameter
from core.schemas import Schema
from core.twins import document_schema
from core.views import AsOfForm, EntryDetail, EntryList

MEDIA = {"json": "application/json", "csv": "text/csv", "svg": "image/svg+xml", "atom": "application/atom+xml"}


@dataclass(frozen=True)
class Description:
    """What a view says of itself that is neither a list nor an entry: see `described`."""

    about: str
    gives: Schema
    takes: Callable[[], list[Parameter]]


def described(about: str, gives: Schema, takes: Callable[[], list[Parameter]]) -> Callable:
    """Puts a view's twins into the description: what its JSON `gives`, and the parameters that it `takes`."""

    def describe(view: Callable) -> Callable:
        view.description = Description(about, gives, takes)
        return view

    return describe


@dataclass(frozen=True)
class Operation:
    """A request that can be made, and what answers it."""

    address: Address
    about: str
    parameters: list[Parameter]
    media: str
    schema: Schema = field(default_factory=dict)
    # Where a schema of its own is published.
    component: str = ""

    @property
    def path(self) -> str:
        return self.address.path

    @property
    def group(self) -> str:
        """What it is about: “Models” of “/models.json” and “/models/{slug}.md”."""
        return capfirst(re.match(r"/(\w+)", self.path)[1])

    @property
    def is_json(self) -> bool:
        return self.media == MEDIA["json"]


def operations() -> Iterator[Operation]:
    """All of them, in the order of the site map."""
    for address in addresses():
        if is_a(address.view, EntryList):
            yield _of_list(address)
        elif is_a(address.view, EntryDetail):
            if media := getattr(address.options["twin"], "media", ""):
                yield _of_entry(address, media)
        elif description := getattr(address.view, "description", None):
            takes = [*_slug(address), *description.takes()]
            media = MEDIA[address.end.rpartition(".")[2]]
            yield Operation(address, description.about, takes, media, description.gives)


def _of_list(address: Address) -> Operation:
    view = address.view
    columns = () if address.end == "svg" else view.columns
    takes = parameters.of_filters(view.filters_for(QueryDict()), columns)
    component = str(view.model._meta.verbose_name_plural) if is_own(view) else ""
    return Operation(address, view.intro, takes, MEDIA[address.end], list_schema(view), component)


def _of_entry(address: Address, media: str) -> Operation:
    meta = address.view.model._meta
    # A fixture is of today.
    dated = [] if address.end == "fixture.json" else parameters.of_fields(AsOfForm.base_fields)
    takes = [*_slug(address), *dated]
    about = f"One of the {meta.verbose_name_plural}, with all that is known of it."
    if address.end != "json":
        return Operation(address, about, takes, media, schemas.rows({}) if media.endswith("json") else schemas.TEXT)
    return Operation(address, about, takes, media, document_schema(address.view), str(meta.verbose_name))


def is_own(view: type[EntryList]) -> bool:
    """Whether it is the list of a kind of entry, and not another one of the same."""
    return next((kept for kept in lists() if kept.model is view.model), None) is view and view.model in details()


def _slug(address: Address) -> list[Parameter]:
    """The entry that the address names; as an example, the first there is."""
    if "{slug}" not in address.path:
        return []
    by_path = (k for k, view in details().items() if address.path.startswith(_home(view)))
    kind = address.options.get("model") or next(by_path)
    first = kind.objects.published().order_by("slug").values_list("slug", flat=True).first()
    example = {"example": first} if first else {}
    return [
        {
            "name": "slug",
            "in": "path",
            "required": True,
            "description": "As in the address of its page.",
            "schema": schemas.SLUG,
        }
        | example
    ]


def _home(view: type[EntryDetail]) -> str:
    return next(address.path for address in addresses() if address.view is view).partition("{")[0]


def published_schemas() -> dict[str, Schema]:
    """Those of each kind of entry and of its list, by name: “model”, “models”."""
    entries = {str(kind._meta.verbose_name): document_schema(view) for kind, view in details().items()}
    return entries | {str(v.model._meta.verbose_name_plural): list_schema(v) for v in lists() if is_own(v)}


def list_schema(view: type[EntryList]) -> Schema:
    """What a page of a list promises. With `columns`, the others are left out of its results."""
    return schemas.record(**schemas.page_schema(record_schema(view)))


def record_schema(view: type[EntryList]) -> Schema:
    """What a list says of each entry: always its slug, its first column and its address."""
    first = view.columns[0].key
    properties = schemas.of_columns((*view.columns, *view.parts), view.model)
    record = schemas.record(slug=schemas.SLUG, **properties, html=schemas.about(schemas.ADDRESS, "Its page."))
    return record | {"required": ["slug", first, "html"]}


ERRORS = {
    "400": "A parameter was not understood.",
    "404": "There is no such entry or page.",
    "405": "Only GET, HEAD and OPTIONS are answered.",
    "414": "The query is longer than 8 kB.",
}
ABOUT = """\
Everything that the pages of this encyclopedia show, for programs: no key, no limit but good manners, answers to any \
other site (CORS). Dates are ISO 8601 as far as they are known: 2024-12-26, 2024-12 or 2024. Numbers have their unit \
in their name or beside them. `as_of` shows all as it stood on a day.

{promise}"""
PROMISE = (
    "Keys are added, never removed and never given another meaning; addresses stay. Programs ignore what they do not "
    "know. Anything else gets a new address, and the changelog announces it."
)


@remembered
def description() -> dict[str, Any]:
    """The whole, without the address of the site. The values of open sets are named as they are now."""
    found = list(operations())
    shared = _Shared()
    paths = {o.path: {"get": _operation(o, shared)} for o in found}
    components = {o.component: o.schema for o in found if o.component and o.is_json}
    return {
        "openapi": "3.1.0",
        "jsonSchemaDialect": schemas.DRAFT,
        "info": {
            "title": "Descent: open data",
            "version": "1",
            "description": ABOUT.format(promise=PROMISE),
            "license": {"name": OWN, "url": OWN_URL},
        },
        "tags": [{"name": name} for name in dict.fromkeys(o.group for o in found)],
        "paths": paths,
        "components": {
            "schemas": {"errors": schemas.ERRORS, **components},
            "parameters": shared.by_name,
            "responses": {code: _error(about) for code, about in ERRORS.items()},
        },
    }


class _Shared:
    """The parameters of all operations, each told once."""

    def __init__(self):
        self.by_name: dict[str, Parameter] = {}

    def refer(self, group: str, parameter: Parameter) -> dict[str, str]:
        """Where it is told. What is the same for all has its bare name, else that of the first group that has it."""
        names = (
            parameter["name"],
            f"{group}.{parameter['name']}",
            *(f"{group}.{parameter['name']}.{n}" for n in range(2, 99)),
        )
        name = next(name for name in names if self.by_name.setdefault(name, parameter) == parameter)
        return {"$ref": f"#/components/parameters/{name}"}


def _operation(operation: Operation, shared: _Shared) -> dict[str, Any]:
    ref = {"$ref": f"#/components/schemas/{operation.component}"} if operation.component else operation.schema
    return {
        "operationId": operation.address.name,
        "tags": [operation.group],
        "summary": operation.about,
        "parameters": [shared.refer(operation.group, parameter) for parameter in operation.parameters],
        "responses": {
            "200": {
                "description": "What was asked for.",
                "content": {operation.media: _body(operation, ref)},
            },
            **{code: {"$ref": f"#/components/responses/{code}"} for code in ERRORS},
        },
    }


def _body(operation: Operation, schema: Schema) -> dict[str, Any]:
    """What JSON holds; all else is text, but for pictures, of which there is nothing to say."""
    if operation.media == "image/png":
        return {}
    return {"schema": schema if operation.media.endswith("json") else schemas.TEXT}


def _error(about: str) -> dict[str, Any]:
    return {
        "description": about,
        "content": {MEDIA["json"]: {"schema": {"$ref": "#/components/schemas/errors"}}},
    }
