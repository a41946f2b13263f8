"""The public history of an entry: what changed, and how it stood."""

import datetime

import pytest
from django.core.management import call_command
from django.test import Client

from catalog.models import AIModel
from core.models import Status
from editorial.past import at_moment, past_of
from tests import factories as make
from tests.project.test_pages import first_fault

pytestmark = pytest.mark.django_db

START = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)


@pytest.fixture
def model():
    return make.make_model(name="Old name", summary="First words.")


def change(row, day: int, reason: str = "", user=None, **fields):
    """Save the row as if on that day of January 2026."""
    row._history_date = START + datetime.timedelta(days=day - 1)
    row._change_reason, row._history_user = reason, user
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()


def began(row, day: int):
    """Let the first record of the row, and of what it is made of, be of that day."""
    row.history.update(history_date=START + datetime.timedelta(days=day - 1))


def told(changes) -> list:
    return [[(d.title, d.what, d.values) for d in change.differences] for change in changes]


def test_change_tells_old_and_new_value_reason_and_author(model):
    began(model, 1)
    change(model, 2, "Typo", make.make_editor(username="ada"), summary="Second words.")

    changes = past_of(model)

    assert [(c.first, c.author, c.reason) for c in changes] == [(True, "", ""), (False, "ada", "Typo")]
    assert told(changes)[1] == [("model", "changed", [("summary", "First words.", "Second words.")])]


def test_author_who_signs_with_an_address_is_not_named(model):
    began(model, 1)
    change(model, 2, user=make.make_editor(username="ada@example.org"), summary="Second words.")

    assert past_of(model)[1].author == ""


def test_entry_and_parts_written_together_are_one_change(model):
    began(model, 1)
    source = make.make_source(name="Report")
    citation = make.make_citation(model=model, source=source)
    began(citation, 2)
    change(model, 2, parameters_total=671 * 10**9)

    [_, second] = told(past_of(model))

    assert [(title, what) for title, what, _ in second] == [
        ("model", "changed"),
        ("citation: Parameters, Report, 671B", "added"),
    ]
    assert second[0][2] == [("parameters", "", "671,000,000,000")]


def test_part_that_is_deleted_is_removed(model):
    began(model, 1)
    milestone = make.make_milestone(model=model, text="First of its kind")
    began(milestone, 2)
    milestone._history_date = START + datetime.timedelta(days=9)
    milestone.delete()

    last = told(past_of(model))[-1]

    assert last == [("milestone: First of its kind", "removed", [("text", "First of its kind", "")])]


def test_part_that_was_loaded_without_a_record_is_removed_with_what_it_said(model):
    began(model, 1)
    milestone = make.make_milestone(model=model, text="Loaded, not written")
    milestone.history.all().delete()
    milestone._history_date = START + datetime.timedelta(days=9)
    milestone.delete()

    assert told(past_of(model))[-1] == [
        ("milestone: Loaded, not written", "removed", [("text", "Loaded, not written", "")])
    ]


def test_first_record_of_a_loaded_part_says_that_it_is_the_first(model):
    began(model, 1)
    milestone = make.make_milestone(model=model, text="Loaded, not written")
    milestone.history.all().delete()
    change(milestone, 2, text="Written")

    assert told(past_of(model))[-1] == [("milestone: Written", "recorded for the first time", [])]


def test_organizations_and_tags_are_in_it(model):
    began(model, 1)
    model.organizations.add(make.make_organization(name="DeepSeek"))
    tag = make.make_tagged_model(content_object=model, tag=make.make_tag(name="fp8"))
    began(tag, 2)

    titles = [line for change in told(past_of(model)) for _, _, values in change for line in values]

    assert ("organizations", "", "DeepSeek") in titles
    assert ("tag", "", "fp8") in titles


def test_moment_shows_the_entry_as_it_stood(model):
    began(model, 1)
    change(model, 5, summary="Second words.", parameters_total=10**9)

    before = Client().get("/models/old-name/history/", {"at": "2026-01-03"}).text
    after = Client().get("/models/old-name/history/", {"at": "2026-01-05"}).text

    assert "First words." in before
    assert "1,000,000,000" not in before
    assert "Second words." in after
    assert "1,000,000,000" in after
    assert "3 January 2026" in before


def test_moment_before_the_first_record_shows_nothing(model):
    began(model, 5)

    assert at_moment(past_of(model), START) is None
    assert "No state of the entry" in Client().get("/models/old-name/history/", {"at": "2026-01-01"}).text


def test_what_was_written_before_publication_stays_hidden():
    model = make.make_model(name="Entry", status=Status.DRAFT, summary="Secret words.")
    began(model, 1)
    change(model, 2, "Secret reason", summary="Public words.", status=Status.PUBLISHED)
    change(model, 3, "Withdrawn", summary="Secret again.", status=Status.DRAFT)
    change(model, 4, "Back", summary="Public again.", status=Status.PUBLISHED)

    page = Client().get("/models/entry/history/").text
    moment = Client().get("/models/entry/history/", {"at": "2026-01-03"}).text

    assert "Secret words." in model.history.earliest().summary
    assert [c.standing[AIModel, model.pk].values["summary"] for c in past_of(model)] == [
        "Public words.",
        "Public again.",
    ]
    assert "Public words." in page
    assert "Secret words" not in page
    assert "Secret again" not in page
    assert "Secret again" not in moment


def test_part_of_a_draft_source_stays_hidden(model):
    began(model, 1)
    make.make_citation(model=model, stated="Secret", source=make.make_source(name="Secret", status=Status.DRAFT))
    model.family = make.make_family(name="Secret family", status=Status.DRAFT)
    change(model, 2, summary="Second words.")

    page = Client().get("/models/old-name/history/").text

    assert "Second words." in page
    assert "Secret" not in page


def test_part_without_a_record_stands_as_it_is_today(model):
    began(model, 1)
    make.make_milestone(model=model, text="Loaded, not written").history.all().delete()
    change(model, 2, summary="Second words.")

    assert len(told(past_of(model))[1]) == 1
    assert [heading for heading, _ in past_of(model)[1].blocks()] == ["model", "milestones"]
    assert "Loaded, not written" in Client().get("/models/old-name/history/", {"at": "2026-01-01"}).text


def test_entry_that_was_loaded_says_that_nothing_changed(tmp_path):
    make.make_term(name="Token")
    call_command("dumpdata", "glossary", output=tmp_path / "t.json", verbosity=0)
    from glossary.models import Term

    Term.objects.all().delete()
    Term.history.all().delete()
    call_command("loaddata", tmp_path / "t.json", verbosity=0)

    page = Client().get("/glossary/token/history/").text

    assert "No change has been recorded since" in page


def test_entry_that_is_no_more_or_a_draft_has_no_history():
    draft = make.make_model(status=Status.DRAFT)

    assert Client().get(f"{draft.get_absolute_url()}history/").status_code == 404
    assert Client().get("/models/none/history/").status_code == 404


@pytest.mark.parametrize("at", ["banana", "\0", "9999999", "2026-13-01", "0001-01-01T00:00:00+23:59", "9" * 300])
def test_bad_moment_gets_a_message_and_the_changes(model, at):
    page = Client().get("/models/old-name/history/", {"at": at})

    assert page.status_code == 200
    assert page.context["form"].errors["at"]
    assert "The first state that this site recorded." in page.text


def test_pages_are_well_formed_and_escape_what_was_written(model):
    began(model, 1)
    change(model, 2, "<i>why</i>", summary="<b>bold</b>")

    pages = [Client().get("/models/old-name/history/", {"at": at}).text for at in ("", "2026-01-02")]

    assert [first_fault(page) for page in pages] == ["", ""]
    assert "&lt;i&gt;why" in pages[0]
    assert all("&lt;b&gt;bold" in page and "<b>bold" not in page for page in pages)


def test_queries_do_not_grow_with_the_changes(model, django_assert_num_queries):
    make.make_citation(model=model), make.make_milestone(model=model, source=make.make_source())
    with django_assert_num_queries(QUERIES):
        past_of(model)
    for number in range(5):
        change(model, number + 2, summary=f"Words {number}")
        make.make_citation(model=model)
    with django_assert_num_queries(QUERIES):
        assert len(past_of(model)) > 1


QUERIES = 23
