"""Scripts, tags and formulas in every text of every kind, brought in as files are: nothing of it runs anywhere."""

import csv
import io
import json
import re
from collections.abc import Iterator
from types import SimpleNamespace
from xml.etree import ElementTree

import html5lib
import pytest
from django.apps import apps
from django.contrib import admin
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import CharField, SlugField, TextField, URLField
from django.test import Client

from catalog.models import AIModel, Derivation, Tag
from core.models import Entry, Record
from core.record_cells import RUN
from core.routes import routes
from editorial.models import Proposal, ReadingStep
from tests import factories as make
from tests.editorial.desk import member
from tests.project.crawler import crawl
from tests.project.test_drafts import plant

pytestmark = [pytest.mark.django_db, pytest.mark.same_everywhere]

MARK = "xqpwn"
# Begins as a formula, ends attributes, elements and comments, and is longest where there is room.
ATTACKS = [
    f"=<i onclick={MARK}()>",
    f"=\"'><script>{MARK}()</script>",
    f"=\"'><script>{MARK}()</script><img src=x onerror={MARK}()>]]></style></title><svg/onload={MARK}()>",
]
MARKDOWN = f"""[x](javascript:{MARK}()) <javascript:{MARK}()> ![x](https://evil.example/{MARK}) [x](https://a.example/"onclick={MARK}())

[x]: data:text/html,<script>{MARK}()</script>

[x] --> </script><script>{MARK}()</script> {{% {MARK} %}} {{{{ {MARK} }}}}
"""
OWN_SCRIPTS = ("/static/", "/admin/jsi18n/")
ADDRESSES = ("href", "src", "action", "formaction", "data", "poster", "{http://www.w3.org/1999/xlink}href")


def hostile(model: type[Record], fields: dict, number: int) -> dict:
    """The same record, with an attack in each text that its kind lets anybody write."""
    changed = dict(fields)
    if model is Tag:  # is known by its name
        return changed
    for column in model._meta.fields:
        if column.name not in fields or not isinstance(column, (CharField, TextField)) or column.choices:
            continue
        if isinstance(column, SlugField) or column.name in ("value", "country", "address", "arxiv_id", "doi"):
            continue  # whose rules let no attack through: see below
        if isinstance(column, URLField):
            changed[column.name] = f'https://example.org/{number}?"><script>{MARK}()</script>'
        elif isinstance(column, TextField) and column.name in getattr(model, "markdown", ()):
            changed[column.name] = f"{ATTACKS[-1]} {number}\n\n{MARKDOWN}"
        else:
            attack = max((a for a in ATTACKS if len(a) + 4 <= (column.max_length or 999)), key=len, default=ATTACKS[0])
            changed[column.name] = f"{attack}{number}"[: column.max_length]
    if "tags" in fields:
        changed["tags"] = [*fields["tags"], ATTACKS[1]]
    return changed


@pytest.fixture(scope="module")
def attacked(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[SimpleNamespace]:
    """All that the site answers, to readers and to an administrator, after such a file was brought in."""
    with django_db_blocker.unblock(), transaction.atomic():
        term = plant()[0]
        make_publishable()
        ReadingStep.objects.create(order=1, chapter="One", address=term.get_absolute_url(), why="It begins.")
        file = tmp_path_factory.mktemp("hostile") / "records.json"
        call_command("dumpdata", "glossary", "research", "catalog", "editorial.readingstep", output=str(file))
        records = json.loads(file.read_text())
        for reason, options in ((ATTACKS[-1][:80], []), (ATTACKS[1], ["--propose"])):
            for number, record in enumerate(records):
                record["fields"] = hostile(
                    apps.get_model(record["model"]), record["fields"], number + 1000 * len(options)
                )
            file.write_text(json.dumps(records))
            call_command("import_records", str(file), *options, reason=reason, verbosity=0)
        reader = Reader()
        crawl(reader)
        for address in reflecting():
            reader.get(address)
        editor = member("Administrator")
        pages = {address: editor.get(address, follow=True) for address in admin_pages()}
        yield SimpleNamespace(records=records, public=reader.answers, admin=pages)
        transaction.set_rollback(True)


def make_publishable() -> None:
    """By the rules that hold for files: each figure of a model has a citation, and nothing is made of itself."""
    source = make.make_source()
    for model in AIModel.objects.all():
        for figure, stated in (("released", "2024-05-01"), ("licence", MARK), ("training_hardware", MARK)):
            make.make_citation(model=model, field=figure, source=source, stated=stated, value=stated)
    Derivation.objects.filter(parent__slug="public").delete()


class Reader(Client):
    """Keeps what it was answered."""

    def __init__(self):
        super().__init__()
        self.answers = {}

    def get(self, address):
        self.answers[address] = super().get(address, follow=True)
        return self.answers[address]


def reflecting() -> list[str]:
    """Every address without a slug, asked with an attack as each of the things that it can be asked."""
    names = [
        *("q", "order", "page", "per_page", "as_of", "columns", "facet", "find", "view", "models", "model", "kind")
    ]
    names += [
        *("organization", "tag", "parameters_min", "released_after", "openness", "y", "color", "from", "to", "at")
    ]
    query = "&".join(f"{name}=%22'%3E%3Cscript%3E{MARK}()%3C/script%3E%0d%0aX-Evil:1" for name in names)
    plain = [route.path for route in routes() if not route.parameters]
    return [f"/{path}?{query}" for path in plain]


def admin_pages() -> list[str]:
    found = ["/admin/", f"/admin/search/?q={MARK}", "/admin/editorial/proposal/upload/"]
    found += [f"/admin/upkeep/{name}/" for name in ("offers", "parents", "names", "uncited", "stale", "claims", "soft")]
    for model in admin.site._registry:
        home = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        found.append(f"{home}?q={MARK}")
        if model.__name__ == "User" or not issubclass(model, Record | Proposal | apps.get_model("editorial.change")):
            continue
        if issubclass(model, Record) and not issubclass(model, Entry):
            continue
        row = model._base_manager.order_by("-pk").first()
        found += [f"{home}{row.pk}/{page}/" for page in ("change", "history", "delete")] if row else []
    return found


def dangers(page: str) -> list[str]:
    """What a browser would run of an HTML page, or fetch from elsewhere, beyond what the site's templates say."""
    found = []
    for element in html5lib.parse(page, namespaceHTMLElements=False).iter():
        if not isinstance(element.tag, str):
            continue
        tag = element.tag.rpartition("}")[2]
        found += [f"{tag} {name}" for name in element.attrib if name.lower().startswith("on")]
        for name in ADDRESSES:
            address = re.sub(r"[\x00-\x20]", "", element.get(name) or "").lower()
            if address.startswith(("javascript:", "vbscript:", "data:")):
                found.append(f"{tag} {name}={address}")
        if tag in ("iframe", "object", "embed", "base", "frame", "applet"):
            found.append(tag)
        if tag == "script" and element.get("type") == "application/ld+json":
            json.loads(element.text)
        elif tag == "script" and ((element.text or "").strip() or not element.get("src", "").startswith(OWN_SCRIPTS)):
            found.append(f"script {element.text}")
        if tag in ("img", "link") and not element.get("src", element.get("href", "/")).startswith(
            ("/", "http://testserver/")
        ):
            found.append(f"{tag} {element.attrib}")
    return found


@pytest.mark.parametrize(
    "page",
    [
        "<p onclick=x>",
        "<script>x</script>",
        "<script src=//evil.example/x.js></script>",
        "<a href=' java\tscript:x'>x</a>",
        "<svg><a xlink:href='javascript:x'/></svg>",
        "<form action=javascript:x>",
        "<img src=https://evil.example/x>",
        "<iframe></iframe>",
        "<base href=/x>",
    ],
)
def test_danger_is_seen(page):
    assert len(dangers(page)) == 1


def of_kind(answers: dict, *kinds: str) -> dict[str, str]:
    return {a: answer.text for a, answer in answers.items() if answer["Content-Type"].startswith(kinds)}


def test_attacks_stand_in_every_text(attacked):
    texts = {(r["model"], name) for r in attacked.records for name, value in r["fields"].items() if MARK in str(value)}
    kinds = {model._meta.label_lower for model in apps.get_models() if issubclass(model, Entry)}

    assert {model for model, _ in texts} > kinds
    assert len(texts) > 45
    # What is shown of them is the text itself, escaped.
    pages = of_kind(attacked.public, "text/html")
    assert sum(MARK in page for page in pages.values()) > 35
    assert f"&lt;script&gt;{MARK}()" in pages["/models/public/"]


@pytest.mark.parametrize("whose", ["public", "admin"])
def test_no_page_runs_or_fetches_any_of_it(attacked, whose):
    pages = of_kind(getattr(attacked, whose), "text/html")

    assert {address: found for address, page in pages.items() if (found := dangers(page))} == {}
    assert len(pages) > {"public": 45, "admin": 50}[whose]


def test_no_page_breaks_over_it(attacked):
    statuses = {address: answer.status_code for address, answer in (attacked.public | attacked.admin).items()}

    assert {address: status for address, status in statuses.items() if status not in (200, 400, 403, 404)} == {}


def test_no_header_is_written_by_it(attacked):
    assert [a for a, answer in attacked.public.items() if "X-Evil" in answer or MARK in str(answer.headers)] == []


def test_no_feed_or_drawing_runs_any_of_it(attacked):
    files = of_kind(attacked.public, "application/atom+xml", "image/svg+xml", "application/xml")
    marked = 0

    for address, text in files.items():
        for element in ElementTree.fromstring(text).iter():
            assert not element.tag.endswith("}script"), address
            assert not [name for name in element.attrib if name.lower().startswith("on")], address
            # HTML within a feed, as its reader shows it.
            if element.get("type") == "html":
                marked += MARK in (element.text or "")
                assert dangers(element.text or "") == [], address
    assert len(files) > 8
    assert marked > 3


def test_no_table_holds_a_formula(attacked):
    files = of_kind(attacked.public, "text/csv")
    cells = [cell for text in files.values() for row in csv.reader(io.StringIO(text)) for cell in row]

    assert [c for c in cells if c.startswith(RUN[:-1]) and not re.fullmatch(r"-?[\d.e+-]+", c)] == []
    assert [cell for cell in cells if cell.startswith("'=") and MARK in cell]
    assert len(files) > 8


def test_every_other_file_says_what_it_is(attacked):
    kinds = {answer["Content-Type"].partition(";")[0] for answer in attacked.public.values()}

    assert {answer["X-Content-Type-Options"] for answer in attacked.public.values()} == {"nosniff"}
    assert "application/json" in kinds
    for text in of_kind(attacked.public, "application/json").values():
        json.loads(text)


@pytest.mark.parametrize(
    ("model", "field"),
    [
        ("research.source", "url"),
        ("research.organization", "website"),
        ("research.organization", "country"),
        ("research.paper", "doi"),
        ("research.paper", "arxiv_id"),
        ("glossary.term", "slug"),
        ("editorial.readingstep", "address"),
    ],
)
@pytest.mark.parametrize("value", [f"javascript:{MARK}()", f"data:text/html,{MARK}", f'"><script>{MARK}()</script>'])
def test_address_that_would_run_is_not_taken_in(model, field, value, tmp_path):
    needed = {"research.source": {"kind": "paper"}, "glossary.term": {"definition": "It."}}.get(model, {})
    fields = {"slug": "evil", "name": "Evil", **needed, field: value}
    file = tmp_path / "records.json"
    file.write_text(json.dumps([{"model": model, "fields": fields}]))

    with pytest.raises(CommandError, match=f", {field}: "):
        call_command("import_records", str(file), verbosity=0)
