import json

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from catalog.models import AIModel, Citation, Derivation, Milestone
from editorial.models import Proposal
from glossary.models import Term
from tests import factories as make
from tests.starter import family_files

pytestmark = pytest.mark.django_db


def record(model, /, **fields):
    return {"model": model, "fields": fields}


@pytest.fixture
def run(tmp_path, capsys):
    """Imports records from a file of its own; what the command says."""

    def run(*records, **options):
        path = tmp_path / "f.json"
        path.write_text(json.dumps(records))
        call_command("import_records", str(path), **options)
        return capsys.readouterr().out

    return run


def test_omitted_fields_tags_and_links_are_kept(run):
    lab = make.make_organization()
    make.make_model(slug="v3", summary="Kept.", tags=["moe"], organizations=[lab])

    run(record("catalog.aimodel", slug="v3", name="Renamed"), reason="Because")

    model = AIModel.objects.get()
    assert (model.name, model.summary, list(model.tags.names())) == ("Renamed", "Kept.", ["moe"])
    past = model.history.latest()
    assert (past.history_change_reason, [link.organization for link in past.organizations.all()]) == ("Because", [lab])


def test_second_run_changes_nothing(run):
    records = [
        record("catalog.aimodel", slug="v3", name="V3", tags=["moe"]),
        record("catalog.milestone", model=["v3"], text="Won"),
    ]
    assert run(*records) == "2 records: 2 created, 0 updated, 0 unchanged.\n"
    before = AIModel.history.count(), Milestone.history.count(), list(AIModel.objects.values())

    assert run(*records) == "2 records: 0 created, 0 updated, 2 unchanged.\n"
    assert (AIModel.history.count(), Milestone.history.count(), list(AIModel.objects.values())) == before


def test_dry_run_shows_each_field_and_writes_nothing(run):
    make.make_term(slug="a", name="Old")

    said = run(record("glossary.term", slug="a", name="New"), dry_run=True)

    assert said == (
        "~ glossary.term a\n    name: Old → New\n"
        "1 record: 0 created, 1 updated, 0 unchanged. Nothing was written: this was a dry run.\n"
    )
    assert (Term.objects.get().name, Term.history.count()) == ("Old", 1)


def test_prune_deletes_the_parts_that_are_gone_and_nothing_else(run):
    model = make.make_model(slug="v3")
    make.make_milestone(model=model, text="Kept")
    make.make_milestone(model=model, text="Gone")
    make.make_milestone(text="Another model's")
    records = [record("catalog.aimodel", slug="v3"), record("catalog.milestone", model=["v3"], text="Kept")]
    run(*records)
    assert Milestone.objects.count() == 3

    run(*records, prune=True, reason="r" * 120)

    assert set(Milestone.objects.values_list("text", flat=True)) == {"Kept", "Another model's"}
    past = Milestone.history.filter(history_type="-")
    assert [(one.text, one.history_change_reason) for one in past] == [("Gone", "r" * 100)]


def test_prune_keeps_the_rules(run):
    model = make.make_model(slug="v3", parameters_total=671_000_000_000)
    make.make_citation(model=model)

    with pytest.raises(CommandError, match="Parameters: a published model needs a citation for it"):
        run(record("catalog.aimodel", slug="v3"), prune=True)

    assert Citation.objects.count() == 1


def test_every_bad_file_is_told_and_nothing_is_written(tmp_path):
    (tmp_path / "good.json").write_text(json.dumps([record("glossary.term", name="A", slug="a", definition="It.")]))
    (tmp_path / "latin.json").write_bytes(b'["\xff"]')
    names = [str(tmp_path / name) for name in ("missing.json", "good.json", "latin.json")]

    with pytest.raises(CommandError) as error:
        call_command("import_records", *names)

    first, second, last = str(error.value).split("\n")
    assert first == f"{names[0]}: it cannot be read: No such file or directory"
    assert second.startswith(f"{names[2]}: it is not in UTF-8 (line 1)")
    assert last == "Nothing was written: 2 problems."
    assert Term.objects.count() == 0


WAITING = record("catalog.derivation", child=["r1"], kind="fine_tuned_from", parent_name="DeepSeek-V3", source=["s"])
PARENT = record("catalog.aimodel", slug="v3", name="DeepSeek V3", aliases="DeepSeek-V3")


def test_waiting_derivation_finds_its_parent_whichever_comes_first(run):
    make.make_model(slug="r1"), make.make_source(slug="s")
    run(WAITING)
    assert Derivation.objects.get().parent is None

    said = run(PARENT, dry_run=True)
    assert "~ catalog.derivation r1 / fine_tuned_from / DeepSeek-V3\n    parent: empty → v3\n" in said
    run(PARENT)

    assert Derivation.objects.get().parent.slug == "v3"
    assert Derivation.objects.get().history.count() == 2
    run(PARENT), run(WAITING)
    assert (Derivation.objects.get().parent.slug, Derivation.history.count()) == ("v3", 2)


def test_derivation_and_parent_may_come_together_and_a_stated_absence_stays(run):
    make.make_model(slug="r1"), make.make_source(slug="s")
    other = {**WAITING["fields"], "kind": "distilled_from", "parent": None}

    for _ in range(2):
        run(WAITING, record("catalog.derivation", **other), PARENT)

    assert list(Derivation.objects.order_by("kind").values_list("kind", "parent__slug")) == [
        ("distilled_from", None),
        ("fine_tuned_from", "v3"),
    ]
    assert Derivation.history.count() == 2


def test_name_that_two_entries_bear_and_a_circle_stay_names(run):
    child = make.make_model(slug="r1")
    make.make_model(name="DeepSeek-V3")
    make.make_derivation(child=child, parent_name="DeepSeek-V3")
    make.make_derivation(child=child, parent_name="Loop")

    run(
        PARENT,
        record("catalog.aimodel", slug="loop", name="Loop"),
        record(
            "catalog.derivation",
            child=["loop"],
            kind="merged_from",
            parent_name="R1",
            parent=["r1"],
            source=[make.make_source().slug],
        ),
    )

    assert [edge.parent for edge in child.derivations.all()] == [None, None]


def test_an_empty_database_becomes_the_same_by_either_door(tmp_path, capsys):
    files, dumps = list(map(str, family_files())), []
    for command in ("loaddata", "import_records"):
        with transaction.atomic():
            call_command(command, *files, verbosity=0)
            path = tmp_path / f"{command}.json"
            call_command("dumpdata", "glossary", "research", "catalog", output=str(path), verbosity=0)
            transaction.set_rollback(True)
        # Byte by byte.
        dumps.append(path.read_bytes())

    assert len(dumps[0]) > 10_000
    assert dumps[0] == dumps[1]


def test_proposing_writes_proposals_and_nothing_else(run):
    term = make.make_term(slug="kept", definition="As an editor left it.")
    changed = record("glossary.term", slug="kept", definition="As the newer collection has it.")
    new = record("glossary.term", name="New", slug="new", definition="A word.")

    said = run(changed, new, propose=True, reason="Newer collection")

    term.refresh_from_db()
    assert (term.definition, Term.objects.count()) == ("As an editor left it.", 1)
    waiting = Proposal.objects.waiting().order_by("slug").values_list("kind", "slug", "reason")
    assert list(waiting) == [("glossary.term", slug, "Newer collection") for slug in ("kept", "new")]
    assert said == "2 records: 2 proposals made.\n"


def test_proposing_the_same_again_makes_no_proposal(run):
    new = record("glossary.term", name="New", slug="new", definition="A word.")
    run(new, propose=True)

    assert run(new, propose=True) == "1 record: 0 proposals made.\n"
    assert Proposal.objects.count() == 1


def test_proposing_what_breaks_a_rule_makes_no_proposal(run):
    new = record("glossary.term", name="New", slug="new")

    with pytest.raises(CommandError, match="this field is required"):
        run(new, propose=True)

    assert Proposal.objects.count() == 0
