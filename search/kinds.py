"""The kinds of entries that are searched, and what of them goes into the index."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.apps import apps
from django.db import models

# What stands between the parts of a name and is left out where it is squeezed: GPT-4.1, GPT 4.1 and gpt41 are one.
JOINERS = " -._/@:()'’"
# The bits of a document's id below its kind's place: 16 for its importance, 1 for SEEN, 39 for its key.
IMPORTANCE, KEY = 16, 39
PLACE = IMPORTANCE + 1 + KEY
# Set where no time and no other row hides the document: of others alone, a search asks whether readers see them yet.
SEEN = 1 << KEY


@dataclass(frozen=True)
class Searched:
    """What of a kind is searched: said as `searched` by its model; the triggers read it.

    `place` says which of equal hits stands first, and never changes its kind. `aliases`, `summary` and `text` name
    columns. After a change here, `migrate` or `rebuild_search` puts the database in step.
    """

    place: int
    aliases: tuple[str, ...] = ()
    summary: tuple[str, ...] = ("summary",)
    text: tuple[str, ...] = ()

    @property
    def ids(self) -> tuple[int, int]:
        """The first and the last id that a document of this kind can have."""
        first = self.place << PLACE
        return first, first + (1 << PLACE) - 1


class Kinds(Mapping):
    """The models that say what of them is `searched`, by the name of their kind, in the order of their places."""

    @cached_property
    def _models(self) -> dict[str, type[models.Model]]:
        found = [model for model in apps.get_models() if isinstance(getattr(model, "searched", None), Searched)]
        return {model._meta.verbose_name: model for model in sorted(found, key=lambda model: model.searched.place)}

    @cached_property
    def _places(self) -> dict[int, str]:
        return {model.searched.place: kind for kind, model in self._models.items()}

    def __getitem__(self, kind: str) -> type[models.Model]:
        return self._models[kind]

    def __iter__(self):
        return iter(self._models)

    def __len__(self) -> int:
        return len(self._models)

    def as_of(self, day: datetime.date | None) -> dict[str, models.QuerySet] | None:
        """The keys of the entries of each kind that were in the world on that day; None is today, with all of them."""
        return {kind: model.objects.as_of(day).order_by().values("pk") for kind, model in self.items()} if day else None

    def of_id(self, document: int) -> str:
        """The kind of the document with this id."""
        return self._places[document >> PLACE]

    def key_of(self, document: int) -> tuple[type[models.Model], int]:
        """The model of the document with this id, and the key of its row."""
        return self[self.of_id(document)], document & ((1 << KEY) - 1)


KINDS = Kinds()


def columns_sql(model: type[models.Model], least: str) -> dict[str, str]:
    """The columns of a document as SQL over a row `new` of the model's table; `least` names the smaller of two."""
    searched, has = model.searched, {field.column for field in model._meta.concrete_fields}
    aliases = _joined(searched.aliases)
    prose = _joined((*searched.summary, *searched.text))
    importance = f"(65535 - {least}(65535, length({prose}))) * {2 * SEEN}"
    seen = f"CASE WHEN new.publish_at IS NULL THEN {SEEN} ELSE 0 END" if "publish_at" in has else "0"
    return {
        "id": f"{searched.ids[0]} + {importance} + {seen} + new.id",
        "kind": f"'{model._meta.verbose_name}'",
        "key": "new.id",
        "slug": "new.slug",
        "title": "new.name",
        "aliases": aliases,
        "squeezed": squeezed_sql(_joined(("name", *searched.aliases, "slug"))),
        "summary": _joined(searched.summary),
        "text": _joined(searched.text),
        "publish_at": "new.publish_at" if "publish_at" in has else "NULL",
    }


def is_searched_sql(model: type[models.Model]) -> str:
    """Whether the row `new` is in the index at all."""
    has = {field.column for field in model._meta.concrete_fields}
    return "new.status = 'published'" if "status" in has else "1 = 1"


def read_sql(model: type[models.Model]) -> str:
    """The columns of the model's table that its document is made of; when others change, it stays as it is."""
    said = " ".join((*columns_sql(model, "min").values(), is_searched_sql(model)))
    return ", ".join(sorted(set(re.findall(r"\bnew\.(\w+)", said))))


def squeezed_sql(text: str) -> str:
    sql = f"lower({text})"
    for joiner in JOINERS:
        sql = "replace({}, '{}', '')".format(sql, joiner.replace("'", "''"))
    return sql


def _joined(columns: tuple[str, ...]) -> str:
    return " || '\n' || ".join(f"new.{column}" for column in columns) or "''"
