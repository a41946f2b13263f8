"""The description of the open data in words: what stands on the page at /api/."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import groupby

from core.fields import PartialDateField, SizeField
from core.memory import remembered
from core.open_api import Operation, operations
from core.parameters import Parameter
from core.schemas import ADDRESS, DATE, ENTRY, TIME, Schema

# What nearly all lists take; told once.
EVERYWHERE = ("q", "as_of", "per_page", "page")
_NAMES = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "null": "null",
    "object": "object",
}


@dataclass(frozen=True)
class Row:
    """A parameter, or a key of a record: its name, its type in words, what it is."""

    name: str
    kind: str
    about: str


@dataclass(frozen=True)
class Block:
    """Addresses that take the same and tell the same: as JSON, CSV …"""

    paths: list[tuple[str, str]]
    about: str
    as_in: str
    parameters: list[Row]
    fields: list[Row]
    component: str


@remembered
def groups() -> list[tuple[str, list[Block]]]:
    """All blocks, by what they are about."""
    found: dict[str, list[Block]] = {}
    told: dict[str, list[Parameter]] = {}
    all_ = list(operations())
    shared = _shared(all_)
    for (group, about), same in groupby(all_, lambda o: (o.group, o.about)):
        same = list(same)
        as_in = next((path for path, others in told.items() if _are_among(others, same[0].parameters)), "")
        found.setdefault(group, []).append(_block(about, same, as_in, told.get(as_in, []), shared))
        told[same[0].path] = _own(same[0])
    return list(found.items())


def _own(operation: Operation) -> list[Parameter]:
    """What it takes that not nearly all take; the columns of a list are told as its keys."""
    return [p for p in operation.parameters if p["name"] not in EVERYWHERE and p["in"] == "query"]


def _are_among(some: list[Parameter], parameters: list[Parameter]) -> bool:
    """Whether all of them but the columns and orders, which differ, are taken as well; and are worth not to be told."""
    return len(some) > 9 and all(p in parameters for p in some if p["name"] not in ("columns", "order"))


@remembered
def everywhere() -> list[Row]:
    """The parameters that nearly all lists take."""
    of_list = next(o for o in operations() if "order" in {p["name"] for p in o.parameters})
    return [_parameter(p) for p in of_list.parameters if p["name"] in EVERYWHERE]


def _block(about: str, same: list[Operation], as_in: str, told: list[Parameter], shared: Schema) -> Block:
    first = same[0]
    own = [p for p in _own(first) if p not in told]
    but = shared["properties"] if first.component else ()
    result = first.schema.get("properties", {}).get("results", {}).get("items", first.schema)
    return Block(
        paths=[(o.path, _example(o)) for o in same],
        about=about,
        as_in=as_in,
        parameters=[_parameter(p) for p in own],
        # A list tells of each entry what the entry itself tells, and less.
        fields=[] if first.component and "results" in first.schema["properties"] else list(_fields(result, but=but)),
        component=first.component,
    )


def _example(operation: Operation) -> str:
    """An address to try."""
    examples = {p["name"]: p["example"] for p in operation.parameters if "example" in p}
    if "{" in operation.path and "slug" not in examples:
        return ""
    needed = [
        f"{p['name']}={','.join(p['example'])}" for p in operation.parameters if p["in"] == "query" and "example" in p
    ]
    return operation.path.format(**examples) + ("?" + "&".join(needed) if needed else "")


def _parameter(parameter: Parameter) -> Row:
    schema = parameter["schema"]
    about = (schema.get("items") or {}).get("description", "")
    kind = words(schema)
    match parameter["name"]:
        case "columns":
            kind, about = "list of keys", "With commas between them."
        case "order":
            kind = words({"enum": [value for value in schema["enum"] if not value.startswith("-")]})
            about = "A minus before it turns it round."
    return Row(parameter["name"], kind, f"{parameter['description'].removesuffix('.')}. {about}".strip())


@remembered
def in_every_entry() -> list[Row]:
    """The keys that entries of all kinds have."""
    return list(_fields(_shared(list(operations()))))


def _shared(found: list[Operation]) -> Schema:
    own = [o.schema["properties"] for o in found if o.component and "results" not in o.schema["properties"]]
    return {"properties": {key: schema for key, schema in own[0].items() if all(key in other for other in own)}}


def _fields(schema: Schema, before: str = "", but: Collection[str] = ()) -> Iterator[Row]:
    """The keys of an object, those of its parts below them; what is like another part, without."""
    told: list[dict] = []
    for name, inner in schema.get("properties", {}).items():
        if name in but:
            continue
        yield Row(before + name, words(inner), inner.get("description", inner.get("title", "")))
        rows = _rows(inner)
        if rows and not before.count(".") and rows["properties"] not in told:
            told.append(rows["properties"])
            yield from _fields(rows, f"{before}{name}.")


def _rows(schema: Schema) -> Schema | None:
    """What a part has rows of, where these are more than entries."""
    inner = schema.get("items") or schema.get("additionalProperties") or {}
    keys = inner.get("properties", {}) if isinstance(inner, dict) else {}
    return inner if keys.keys() - ENTRY["properties"].keys() else None


def words(schema: Schema) -> str:
    """The type in words: “whole number or null”, “list of texts”, “one of preview, active”."""
    if schema in (PartialDateField.schema, SizeField.schema):
        return "date" if "anyOf" in schema else "size"
    if "enum" in schema:
        return " | ".join("null" if value is None else str(value) for value in schema["enum"] if value != "")
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(map(words, schema["anyOf"])))
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    return " or ".join(_kind(kind, schema) for kind in kinds)


def _kind(kind: str, schema: Schema) -> str:
    if kind == "array":
        return f"list of {words(schema.get('items', {}))}"
    if kind == "object":
        keys = schema.get("properties", {}).keys()
        return "entry" if keys and keys == ENTRY["properties"].keys() else "object"
    if kind == "string" and schema.get("pattern") == DATE["pattern"]:
        return "date"
    if kind == "string":
        return {ADDRESS["format"]: "address", TIME["format"]: "time", "date": "date"}.get(schema.get("format"), "text")
    ends = [str(schema[end]) for end in ("minimum", "maximum") if end in schema]
    return _NAMES[kind] + (f" ({' to '.join(ends)})" if len(ends) == 2 else "")
