"""Records of one thing in several files: each may tell a part of it, and none may contradict another."""

import json

import pytest
from django.core.management import CommandError, call_command

from catalog.models import AIModel, Milestone
from editorial.models import Proposal
from glossary.models import Term
from tests import factories as make

pytestmark = pytest.mark.django_db


def record(model, /, **fields):
    return {"model": model, "fields": fields}


def named(model, /, **fields):
    return {"model": model, "by_name": True, "fields": fields}


TERM = record("glossary.term", name="Attention", slug="attention", definition="Looks.")


@pytest.fixture
def run(tmp_path, capsys):
    """Imports files, each a list of records; what the command says."""

    def run(*files, **options):
        paths = []
        for number, records in enumerate(files, 1):
            paths.append(tmp_path / f"{number}.json")
            paths[-1].write_text(json.dumps(records))
        call_command("import_records", *map(str, paths), **options)
        return capsys.readouterr().out

    return run


def problems(run, *files) -> list[str]:
    with pytest.raises(CommandError) as refused:
        run(*files)
    return [line.rpartition("/")[2] for line in str(refused.value).splitlines()[:-1]]


def test_files_tell_parts_of_one_record(run):
    article = record("glossary.term", slug="attention", article="At length.")

    said = run([TERM], [article], [TERM])

    term = Term.objects.get()
    assert (term.name, term.article, said) == (
        "Attention",
        "At length.",
        "1 record: 1 created, 0 updated, 0 unchanged.\n",
    )


def test_files_may_say_the_same_in_another_order_or_notation(run):
    one = record("catalog.aimodel", name="V3", slug="v3", tags=["a", "b"], training_compute=3.29e24)
    other = record("catalog.aimodel", name="V3", slug="v3", tags=["B", "a"], training_compute="3.29e24")

    run([one], [other])

    assert sorted(AIModel.objects.get().tags.names()) == ["a", "b"]


def test_contradictions_are_told_with_both_places(run):
    other = record("glossary.term", slug="attention", name="Attention!", definition="Looks away.")

    assert problems(run, [TERM], [other]) == [
        "1.json, record 1 (glossary.term attention) has another value.",
        "1.json, record 1 (glossary.term attention) has another value.",
    ]
    with pytest.raises(CommandError, match=r"2\.json, record 1 \(glossary\.term attention\), name: "):
        run([TERM], [other])
    assert Term.objects.count() == 0


def test_two_records_of_one_key_in_one_file_stay_an_error(run):
    assert problems(run, [TERM, TERM]) == ["1.json, record 1 (glossary.term attention) has the same key."]
    assert problems(run, [record("glossary.term", slug="attention")], [TERM, TERM]) == [
        "1.json, record 1 (glossary.term attention) has the same key."
    ]


@pytest.mark.parametrize("turn", [1, -1])
def test_a_name_yields_to_a_record_of_another_file(run, turn):
    name = named("glossary.term", slug="attention", name="Known as this", definition="No more is known.")
    files = [[name], [TERM]][::turn]

    run(*files)

    assert Term.objects.get().name == "Attention"


def test_names_do_not_contradict_each_other(run):
    run(
        [named("glossary.term", slug="a", name="A", definition="One.")],
        [named("glossary.term", slug="a", name="B", definition="Other.")],
    )

    assert (Term.objects.get().name, Term.objects.get().status) == ("A", "draft")


def test_a_name_fills_in_what_a_record_needs(run):
    run(
        [record("glossary.term", slug="a", article="At length.")],
        [named("glossary.term", slug="a", name="A", definition="One.")],
    )

    assert (Term.objects.get().name, Term.objects.get().article) == ("A", "At length.")


def test_a_name_changes_nothing_where_there_is_a_row(run):
    model = make.make_model(slug="v3", name="Called so")
    make.make_milestone(model=model)
    name = named("catalog.aimodel", slug="v3", name="Called otherwise")

    said = run([name], prune=True)
    proposed = run([name], propose=True)

    assert said == "1 record: 0 created, 0 updated, 1 unchanged, 0 deleted.\n"
    assert proposed == "1 record: 0 proposals made.\n"
    assert (AIModel.objects.get().name, Milestone.objects.count()) == ("Called so", 1)


def test_proposals_are_of_what_all_files_say(run):
    run([TERM], [record("glossary.term", slug="attention", article="At length.")], propose=True)

    (fields,) = [one["fields"] for one in Proposal.objects.get().document]
    assert (fields["name"], fields["article"]) == ("Attention", "At length.")
