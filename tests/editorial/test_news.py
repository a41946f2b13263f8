"""The feeds: what is new, what was corrected, and what becomes of an entry."""

import datetime

import pytest
from django.db import connection
from django.test import Client
from lxml import etree

from core.models import Status
from editorial.log import change
from editorial.models import Act, Installation
from editorial.permanent_ids import name_installation
from tests import factories as make
from tests.editorial.test_redirects import rename
from tests.project.feed_validator import ATOM
from tests.project.test_feeds import ids

pytestmark = pytest.mark.django_db

START = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)


def entries(address: str) -> list[etree._Element]:
    return etree.fromstring(Client().get(address).content).findall(f"{ATOM}entry")


def titles(address: str) -> list[str]:
    return [entry.findtext(f"{ATOM}title") for entry in entries(address)]


def told(address: str) -> list[tuple[str, str]]:
    """Title and day of each entry."""
    return [(entry.findtext(f"{ATOM}title"), entry.findtext(f"{ATOM}updated")[:10]) for entry in entries(address)]


def on(day: int) -> datetime.datetime:
    return START + datetime.timedelta(days=day - 1)


def written(row, day: int, **fields):
    """Save the row as if on that day of January 2026; without fields, let its first record be of that day."""
    if not fields:
        row.history.update(history_date=on(day))
        return row
    row._history_date = on(day)
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    return row


# New entries


def test_new_entries_of_all_kinds_come_the_newest_first():
    written(make.make_model(name="V3"), 3)
    written(make.make_term(name="Token"), 5)
    written(make.make_source(name="Report"), 4)

    assert told("/feeds/new.atom") == [
        ("New term: Token", "2026-01-05"),
        ("New source: Report", "2026-01-04"),
        ("New model: V3", "2026-01-03"),
    ]


def test_draft_is_new_when_it_is_published_and_not_when_it_is_published_again():
    draft = written(make.make_model(name="Long a draft", status=Status.DRAFT), 1)
    written(make.make_model(name="Soon public"), 2)
    written(draft, 3, status=Status.PUBLISHED)
    written(draft, 4, status=Status.ARCHIVED)
    written(draft, 5, status=Status.PUBLISHED)

    assert told("/feeds/new.atom") == [
        ("New model: Long a draft", "2026-01-03"),
        ("New model: Soon public", "2026-01-02"),
    ]


def test_entry_with_a_time_of_publication_is_new_then():
    due = written(make.make_model(name="Waited", publish_at=on(9)), 1)
    written(make.make_model(name="Between"), 5)
    make.make_model(name="Waits", publish_at=datetime.datetime(2999, 1, 1, tzinfo=datetime.UTC))

    assert told("/feeds/new.atom") == [("New model: Waited", "2026-01-09"), ("New model: Between", "2026-01-05")]
    assert told("/feeds/models/waited.atom") == [("New model: Waited", "2026-01-09")]
    assert due.is_public


def test_loaded_entry_without_a_record_is_new_since_it_was_begun():
    make.make_term(name="Loaded", created_at=on(2)).history.all().delete()

    assert told("/feeds/new.atom") == [("New term: Loaded", "2026-01-02")]
    assert told("/feeds/glossary/loaded.atom") == [("New term: Loaded", "2026-01-02")]


def test_new_entry_leads_to_its_page_with_its_summary_and_kind():
    make.make_model(name="V3", summary="A <large> model.")

    [entry] = entries("/feeds/new.atom")

    assert entry.find(f"{ATOM}link").get("href") == "http://testserver/models/v3/"
    assert entry.findtext(f"{ATOM}summary") == "A &lt;large&gt; model."
    assert "<p>A &lt;large&gt; model.</p>" in entry.findtext(f"{ATOM}content")
    assert entry.find(f"{ATOM}category").get("term") == "model"


def test_feed_holds_fifty_however_many_there_are():
    for number in range(55):
        written(make.make_term(name=f"Term {number:02}"), number + 1)

    found = titles("/feeds/new.atom")

    assert (len(found), found[0], found[-1]) == (50, "New term: Term 54", "New term: Term 05")


# Corrections


def test_correction_tells_old_and_new_value_and_the_reason():
    model = written(make.make_model(name="V3", parameters_total=671 * 10**9, summary="Words."), 1)
    with change("Counted by ada@example.org anew"):
        written(model, 2, parameters_total=685 * 10**9, summary="Other words.")

    [entry] = entries("/feeds/corrections.atom")

    content = entry.findtext(f"{ATOM}content")
    assert entry.findtext(f"{ATOM}title") == "Correction: V3: parameters"
    assert entry.findtext(f"{ATOM}summary") == "Edited: Counted by … anew"
    assert "<del>671B</del> <ins>685B</ins>" in content
    assert "words" not in content
    assert entry.find(f"{ATOM}link").get("href") == "http://testserver/models/v3/"


def test_corrected_score_is_told_of_its_model():
    model = written(make.make_model(name="V3"), 1)
    benchmark = make.make_benchmark(name="MMLU")
    score = written(make.make_score(model=model, benchmark=benchmark, value=88.5), 2)
    written(score, 3, value=87.1)

    assert [title.partition(",")[0] for title in titles("/feeds/corrections.atom")] == ["Correction: V3: score: MMLU"]


def test_what_readers_never_saw_and_what_was_filled_or_emptied_is_no_correction():
    draft = written(make.make_model(name="Draft", status=Status.DRAFT, parameters_total=1), 1)
    written(draft, 2, parameters_total=2)
    written(draft, 3, status=Status.PUBLISHED)
    model = written(make.make_model(name="Filled"), 1)
    written(model, 2, parameters_total=1, licence="MIT")
    written(model, 3, parameters_total=None, licence="")
    hidden = written(make.make_model(name="Hidden", parameters_total=1), 1)
    written(hidden, 2, parameters_total=2)
    assert titles("/feeds/corrections.atom") == ["Correction: Hidden: parameters"]
    written(hidden, 3, status=Status.ARCHIVED)

    assert titles("/feeds/corrections.atom") == []


def test_correction_made_while_the_entry_was_hidden_is_told_when_it_is_seen():
    model = written(make.make_model(name="V3", parameters_total=1), 1)
    written(model, 2, status=Status.DRAFT, parameters_total=2)
    written(model, 3, status=Status.PUBLISHED)

    assert told("/feeds/corrections.atom") == [("Correction: V3: parameters", "2026-01-03")]


def test_corrections_are_found_behind_many_other_changes():
    model = written(make.make_model(name="V3", parameters_total=1), 1)
    written(model, 2, parameters_total=2)
    for day in range(3, 30):
        written(model, day, summary=f"Words of day {day}.")

    assert titles("/feeds/corrections.atom") == ["Correction: V3: parameters"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seen", [["/changes/", "/feeds/corrections.atom"], ["/feeds/corrections.atom", "/changes/"]])
def test_correction_is_told_at_once_wherever_it_was_looked_for_before(seen):
    model = make.make_model(name="V3", parameters_total=1)
    for address in seen:
        assert "V3" not in Client().get(address).text

    with change("Counted anew"):
        model.parameters_total = 2
        model.save()

    for address in seen:
        assert "V3" in Client().get(address).text


# An entry's own feed


def test_changes_of_an_entry_tell_what_changed_and_why():
    model = written(make.make_model(name="V3", summary="First words."), 1)
    with change("Typo", act=Act.ACCEPTED):
        written(model, 2, summary="Second words.", licence="MIT", parameters_total=1, context_window=2)
        written(make.make_milestone(model=model, text="Announced"), 2)

    change_, new = entries("/feeds/models/v3.atom")

    assert change_.findtext(f"{ATOM}title") == "V3: summary, licence, parameters and 2 more"
    assert change_.findtext(f"{ATOM}summary") == "Proposal accepted: Typo"
    assert "<del>First words.</del> <ins>Second words.</ins>" in change_.findtext(f"{ATOM}content")
    assert "Milestone: Announced" in change_.findtext(f"{ATOM}content")
    assert new.findtext(f"{ATOM}title") == "New model: V3"


def test_entry_tells_nothing_of_the_time_before_it_was_public():
    model = written(make.make_model(name="V3", status=Status.DRAFT, summary="Secret."), 1)
    with change("Secret reason"):
        written(model, 2, summary="Secret too.")
    written(model, 3, status=Status.PUBLISHED, summary="Public.")

    page = Client().get("/feeds/models/v3.atom").text

    assert titles("/feeds/models/v3.atom") == ["New model: V3"]
    assert "Secret" not in page
    assert "Public." in page


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.ARCHIVED])
def test_entry_that_is_not_public_has_no_feed(status):
    make.make_model(name="V3", status=status)

    assert Client().get("/feeds/models/v3.atom").status_code == 404
    assert titles("/feeds/new.atom") == []


@pytest.mark.parametrize("slug", ["none", "UPPER", "x" * 300, "a.b", "%00"])
def test_unknown_feed_is_404(slug):
    assert Client().get(f"/feeds/models/{slug}.atom").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
@pytest.mark.parametrize(
    "address", ["/feeds/new.atom", "/feeds/corrections.atom", "/feeds/models/v3.atom", "/changes/"]
)
def test_feeds_are_for_reading_only(address, method):
    assert getattr(Client(), method)(address).status_code == 405


def test_feed_of_a_renamed_entry_leads_to_the_new_one(client):
    term = make.make_term(name="First", slug="first")
    before = ids("/feeds/glossary/first.atom")

    rename(term, "second")

    moved = client.get("/feeds/glossary/first.atom")
    assert (moved.status_code, moved.url) == (301, "/feeds/glossary/second.atom")
    assert before.items() <= ids("/feeds/glossary/second.atom").items()


def test_what_belongs_to_an_entry_comes_when_readers_see_it():
    benchmark = written(make.make_benchmark(name="MMLU", slug="mmlu"), 2)
    old = written(make.make_model(name="Old"), 1)
    late = written(make.make_model(name="Late", status=Status.DRAFT), 1)
    written(make.make_score(model=old, benchmark=benchmark, value=70), 5)
    written(make.make_score(model=late, benchmark=benchmark, value=90), 3)
    assert told("/feeds/benchmarks/mmlu.atom") == [
        ("Score: Old on MMLU: 70", "2026-01-05"),
        ("New benchmark: MMLU", "2026-01-02"),
    ]

    written(late, 8, status=Status.PUBLISHED)

    assert told("/feeds/benchmarks/mmlu.atom")[0] == ("Score: Late on MMLU: 90", "2026-01-08")


def test_what_belonged_to_an_entry_before_it_was_public_comes_with_it():
    tie = make.make_score(benchmark=written(make.make_benchmark(name="MMLU", slug="mmlu"), 9), value=70)
    written(tie, 2), written(tie.model, 1)

    assert {day for _, day in told("/feeds/benchmarks/mmlu.atom")} == {"2026-01-09"}


# The installation


def test_installation_keeps_its_name():
    [installation] = Installation.objects.all()

    name_installation(using="default")

    assert [*Installation.objects.all()] == [installation]


def test_another_installation_gives_other_ids():
    make.make_model(name="V3")
    before = ids("/feeds/models/v3.atom")
    Installation.objects.all().delete()
    name_installation(using="default")

    assert before.keys() & ids("/feeds/models/v3.atom").keys() == set()
    assert len(before) == 2


def test_who_migrates_back_to_before_there_was_one_is_not_stopped(own):
    with connection.schema_editor() as editor:
        editor.delete_model(Installation)

    name_installation(using="default")

    assert Installation._meta.db_table not in connection.introspection.table_names()
