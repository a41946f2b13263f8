"""An entry as a fixture: what it holds, and that another installation can take it, whether empty or full."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog.models import AIModel, Citation, Tag
from core.documents import document
from core.models import Status
from editorial.models import Proposal, ReadingStep
from glossary.models import Term
from research.models import Organization
from tests import factories as make
from tests.emptying import empty

pytestmark = pytest.mark.django_db


def fixture(entry) -> list[dict]:
    answer = Client().get(f"{entry.get_absolute_url()[:-1]}.fixture.json")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/json")
    return answer.json()


def named(records) -> set[tuple]:
    """What is only named: kind and name."""
    return {(one["model"], one["fields"]["name"]) for one in records if one.get("by_name")}


def whole(records) -> list[str]:
    return [one["model"] for one in records if not one.get("by_name")]


@pytest.fixture
def surrounded():
    """A model with something in all that its fixture reaches."""
    lab = make.make_organization(name="Lab", parent=make.make_organization(name="Group"))
    cited = make.make_source(name="Cited", slug="cited")
    paper = make.make_paper(organizations=[make.make_organization(name="Uni")], source=make.make_source(name="Record"))
    model = make.make_model(
        name="Second",
        slug="second",
        family=make.make_family(name="Line", organization=lab),
        organizations=[lab],
        predecessor=make.make_model(name="First", slug="first", summary="Kept to itself."),
        input_modalities=[make.make_modality(name="text")],
        parameters_total=671 * 10**9,
        description="It is [@cited, Table 6].",
        tags=["plain words", "C++"],
    )
    Tag.objects.filter(name="C++").update(slug="cpp")
    make.make_citation(model=model, source=make.make_source(name="Report"), shown=True)
    make.make_model_paper(model=model, paper=paper)
    make.make_innovation(model=model, term=make.make_term(name="MoE", see_also=[make.make_term(name="Expert")]))
    parent = make.make_model(name="Root", slug="root")
    make.make_derivation(child=model, parent=parent, source=cited)
    return model


def test_fixture_holds_the_entry_what_it_refers_to_and_the_names_of_what_that_does(surrounded):
    records = fixture(surrounded)

    assert named(records) == {
        ("catalog.aimodel", "First"),
        ("catalog.aimodel", "Root"),
        ("research.organization", "Uni"),
        ("research.organization", "Group"),
        ("research.source", "Record"),
        ("glossary.term", "Expert"),
    }
    assert whole(records) == [
        "catalog.family",
        "catalog.modality",
        "catalog.tag",  # “C++”: the other's address follows from its name
        "glossary.term",
        "research.organization",
        "research.paper",
        "research.source",
        "research.source",  # cited in prose, and by the derivation
        *(one["model"] for one in document(surrounded)),
    ]
    assert records[-len(document(surrounded)) :] == document(surrounded)
    assert "Kept to itself" not in json.dumps(records)


def test_what_is_only_named_has_what_a_new_row_requires_and_no_more(surrounded):
    names = {one["fields"]["slug"]: one["fields"] for one in fixture(surrounded) if one.get("by_name")}

    assert names["first"] == {"name": "First", "slug": "first"}
    assert set(names["expert"]) == {"name", "slug", "definition"}


@pytest.fixture
def empty_site(surrounded):
    """Nothing in the database, and the fixture of an entry of another one in a file."""

    def emptied(path):
        path.write_text(json.dumps(fixture(surrounded)))
        before = document(surrounded)
        empty()
        return before

    return emptied


@pytest.mark.parametrize("command", ["import_records", "loaddata"])
def test_an_empty_installation_takes_it(empty_site, tmp_path, command):
    before = empty_site(tmp_path / "f.json")

    call_command(command, str(tmp_path / "f.json"), verbosity=0)

    model = AIModel.objects.get(slug="second")
    assert document(model) == before
    assert (model.status, model.tags.get(name="C++").slug) == (Status.PUBLISHED, "cpp")
    assert {m.slug: m.status for m in AIModel.objects.exclude(pk=model.pk)} == {"first": "draft", "root": "draft"}
    assert Organization.objects.get(name="Lab").status == Status.PUBLISHED
    assert Term.objects.get(name="Expert").status == Status.DRAFT


def test_an_empty_installation_takes_it_as_proposals(empty_site, tmp_path):
    empty_site(tmp_path / "f.json")

    call_command("import_records", str(tmp_path / "f.json"), propose=True, verbosity=0)

    slugs = set(Proposal.objects.filter(kind="catalog.aimodel").values_list("slug", flat=True))
    assert (slugs, AIModel.objects.count()) == ({"second", "first", "root"}, 0)


def test_an_installation_that_has_it_all_is_left_as_it_is(surrounded, tmp_path, capsys):
    path = tmp_path / "f.json"
    path.write_text(json.dumps(fixture(surrounded)))

    call_command("import_records", str(path))
    call_command("import_records", str(path), propose=True)

    said = capsys.readouterr().out
    assert ": 0 created, 0 updated, " in said
    assert ": 0 proposals made." in said


def test_names_overwrite_nothing(surrounded, tmp_path):
    path = tmp_path / "f.json"
    path.write_text(json.dumps(fixture(surrounded)))
    AIModel.objects.filter(slug="first").update(name="Called otherwise here")
    Term.objects.filter(name="Expert").update(definition="Said otherwise here.", status="archived")
    milestone = make.make_milestone(model=AIModel.objects.get(slug="first"))

    call_command("import_records", str(path), prune=True, verbosity=0)
    call_command("import_records", str(path), propose=True, verbosity=0)

    assert AIModel.objects.get(slug="first").name == "Called otherwise here"
    assert Term.objects.get(name="Expert").definition == "Said otherwise here."
    assert AIModel.objects.get(slug="first").milestones.get() == milestone
    assert Proposal.objects.count() == 0


def test_rules_hold_for_what_comes_by_fixture(empty_site, tmp_path):
    empty_site(tmp_path / "f.json")
    records = json.loads((tmp_path / "f.json").read_text())
    uncited = [one for one in records if one["model"] != "catalog.citation"]
    (tmp_path / "f.json").write_text(json.dumps(uncited))

    with pytest.raises(CommandError, match="a published model needs a citation for it"):
        call_command("import_records", str(tmp_path / "f.json"))

    assert Citation.objects.count() == AIModel.objects.count() == 0


def test_a_fixture_is_of_today():
    term = make.make_term()

    answer = Client().get(f"{term.get_absolute_url()[:-1]}.fixture.json?as_of=2024-01-01")

    assert answer.status_code == 400
    assert answer.json() == {"errors": {"as_of": ["A fixture holds the entry as it is today."]}}


def test_fixture_asks_equally_often_for_one_part_and_for_three():
    def fill(model):
        make.make_milestone(model=model, source=make.make_source()), make.make_citation(model=model)
        make.make_innovation(model=model, term=make.make_term(see_also=[make.make_term()]))
        make.make_model_paper(model=model, paper=make.make_paper(source=make.make_source()))
        make.make_score(model=model), make.make_derivation(child=model, parent=make.make_model())

    def asked(model):
        with CaptureQueriesContext(connection) as queries:
            assert len(fixture(model)) > 10
        return len(queries)

    model = make.make_model(organizations=[make.make_organization(parent=make.make_organization())], tags=["a"])
    fill(model)
    one = asked(model)
    fill(model), fill(model)

    assert asked(model) == one


def test_reading_order_comes_as_a_fixture_of_what_readers_see():
    for place, status in enumerate((Status.PUBLISHED, Status.DRAFT), 1):
        term = make.make_term(status=status)
        ReadingStep.objects.create(order=place, address=term.get_absolute_url(), why="Because.")
    ReadingStep.objects.create(order=3, address="/nowhere/", why="Loaded without a look.")

    records = Client().get("/start.fixture.json").json()

    (seen,) = Term.objects.published()
    assert [one["fields"]["address"] for one in records] == [seen.get_absolute_url()]
