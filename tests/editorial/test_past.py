"""The public history of an entry: what changed, and how it stood."""

import datetime

import pytest
from django.core.management import call_command
from django.test import Client

from catalog.models import AIModel
from core.models import Status
from editorial import log
from editorial.models import Act
from editorial.past import at_moment, narrowed, past_of
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
    assert second[0][2] == [("parameters", "", "671B")]


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
    assert "1B" not in before
    assert "Second words." in after
    assert "1B" in after
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


def test_rows_of_a_logged_change_are_one_whatever_their_time(model):
    began(model, 1)
    other = make.make_milestone(model=model, text="In between")
    began(other, 3)
    with log.change("Logged", make.make_editor(username="ada"), Act.ACCEPTED) as written:
        change(model, 2, summary="Second words.")
        change(make.make_milestone(model=model, text="Later"), 4, note="x", order=2)

    changes = past_of(model)

    assert [one.logged and one.logged.act for one in changes] == [None, None, Act.ACCEPTED]
    assert changes[2].key == str(written.id)
    assert {d.title for d in changes[2].differences} == {"model", "milestone: Later"}


def test_reason_is_told_in_full_and_without_addresses(model):
    began(model, 1)
    with log.change(f"Told by jane.doe@example.org (thanks!){' and more' * 20}"):
        model.summary = "Second words."
        model.save()

    page = Client().get("/models/old-name/history/").text

    assert past_of(model)[1].reason == f"Told by … (thanks!){' and more' * 20}"
    assert "jane" not in page
    assert "jane.doe@example.org" in past_of(model, everyone=True)[1].reason


def test_page_says_what_was_done_and_whether_alone(model):
    began(model, 1)
    with log.change("Why", act=Act.RESTORED, alone=True):
        model.summary = "Second words."
        model.save()

    assert "Restored, without a second reader: Why" in " ".join(Client().get("/models/old-name/history/").text.split())


def test_state_that_waited_for_its_time_and_was_replaced_stays_hidden(model):
    began(model, 1)
    model.history.update(status=Status.DRAFT)
    due = START + datetime.timedelta(days=4)
    change(model, 2, summary="Secret words.", publish_at=due)
    change(model, 3, summary="Public words.")

    changes = past_of(model)
    before, after = (Client().get("/models/old-name/history/", {"at": f"2026-01-0{day}"}).text for day in (3, 5))

    assert [one.standing[AIModel, model.pk].values["summary"] for one in changes] == ["Public words."]
    assert changes[0].at == due
    assert "Public words." not in before
    assert "Public words." in after
    assert "Secret words." in model.history.filter(summary="Secret words.").get().summary


def test_part_that_came_and_went_while_the_entry_was_hidden_stays_hidden(model):
    began(model, 1)
    change(model, 2, status=Status.DRAFT)
    milestone = make.make_milestone(model=model, text="Secret")
    began(milestone, 3)
    milestone._history_date = START + datetime.timedelta(days=3)
    milestone.delete()
    change(model, 5, status=Status.PUBLISHED, summary="Second words.")

    assert "Secret" not in str(told(past_of(model)))
    assert "Secret" in str(told(past_of(model, everyone=True)))
    assert "Second words." in str(told(past_of(model)))


def test_editors_see_the_past_of_what_is_deleted(model):
    make.make_milestone(model=model, text="Goes along")
    number = model.pk
    with log.change("Gone", act=Act.DELETED):
        model.delete()
    model.pk = number

    last = past_of(model, everyone=True)[-1]

    assert {(d.title, d.what) for d in last.differences} == {("model", "removed"), ("milestone: Goes along", "removed")}
    assert past_of(model)[-1].differences == []


def test_correction_of_a_figure_is_a_notice_with_both_values_and_the_reason(model):
    began(model, 1)
    change(model, 2, parameters_total=671 * 10**9, released="2024-12-01", released_precision="month")
    score = make.make_score(model=model, benchmark=make.make_benchmark(name="MMLU"), value=88.5, setting="5-shot")
    began(score, 3)
    change(model, 4, "Counted anew", parameters_total=685 * 10**9, summary="Second words.")
    model.refresh_from_db()
    change(model, 5, "Day known", released=datetime.date(2024, 12, 26), released_precision="day")
    change(score, 6, "Misread", value=87.1)

    page = Client().get("/models/old-name/history/")

    assert [
        (one.figure.partition(",")[0], one.old, one.new, one.change.reason) for one in page.context["corrections"]
    ] == [
        ("score: MMLU", "88.5", "87.1", "Misread"),
        ("released", "December 2024", "26 December 2024", "Day known"),
        ("parameters", "671B", "685B", "Counted anew"),
    ]
    assert page.text.count('class="corrected"') == 3
    assert first_fault(page.text) == ""


def test_filling_emptying_and_what_readers_never_saw_is_no_correction(model):
    began(model, 1)
    change(model, 2, parameters_total=1)
    change(model, 3, parameters_total=None)
    change(model, 4, status=Status.DRAFT, parameters_total=2)
    change(model, 5, parameters_total=3)
    change(model, 6, status=Status.PUBLISHED, summary="Second words.")

    page = Client().get("/models/old-name/history/")

    assert page.context["corrections"] == []
    assert 'id="corrections"' not in page.text


def test_many_corrections_are_counted_and_marked_in_the_list(model):
    began(model, 1)
    for day in range(2, 15):
        change(model, day, parameters_total=day)

    page = Client().get("/models/old-name/history/").text

    assert "2 earlier ones are marked below." in page
    assert page.count('class="corrected"') == 12


def test_long_text_is_told_around_what_changed(model):
    began(model, 1)
    long = "word " * 500
    change(model, 2, summary=f"{long}old ending. {long}")
    change(model, 3, summary=f"{long}new ending. {long}")

    [(label, old, new)] = told(past_of(model))[2][0][2]

    assert label == "summary"
    assert old == new.replace("new ending", "old ending")
    assert (old.startswith("…"), old.endswith("…"), len(old)) == (True, True, 165)


@pytest.mark.parametrize(
    ("old", "new"), [("", "a" * 999), ("a" * 999, ""), ("aa" * 300, "a" * 300), ("a" * 301, "b" * 301)]
)
def test_narrowed_texts_differ_as_the_whole_ones_do(old, new):
    short, other = narrowed(old, new)

    assert (short == other, bool(short), bool(other)) == (False, bool(old), bool(new))


def test_queries_do_not_grow_with_the_changes(model, django_assert_num_queries):
    began(model, 1)
    make.make_citation(model=model), make.make_milestone(model=model, source=make.make_source())
    with django_assert_num_queries(QUERIES):
        past_of(model)
    for number in range(5):
        change(model, number + 2, summary=f"Words {number}")
        make.make_citation(model=model)
    with django_assert_num_queries(QUERIES):
        assert len(past_of(model)) > 1


QUERIES = 22
