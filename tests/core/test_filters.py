"""The machinery of the filters, on terms; what each filter of the models means is in tests/catalog/test_filters.py."""

import datetime

import pytest
from django.http import QueryDict

from glossary.filters import TermFilters
from glossary.models import Term
from research.filters import PaperFilters, SourceFilters
from research.models import Paper, Source
from tests import factories as make

pytestmark = pytest.mark.django_db


def filtered(kind, filters, query):
    return filters(QueryDict(query), kind.objects)


def names(kind, filters, query):
    return [entry.name for entry in filtered(kind, filters, query).found]


def test_search_finds_entries_in_which_every_word_occurs_somewhere():
    make.make_term(name="Attention", definition="Looks at everything.")
    make.make_term(name="Sparse attention", definition="Looks at some.")
    make.make_term(name="Token", aliases="attention unit", definition="A piece.")

    assert names(Term, TermFilters, "q=ATTENTION") == ["Attention", "Sparse attention", "Token"]
    assert names(Term, TermFilters, "q=some++attention") == ["Sparse attention"]
    assert names(Term, TermFilters, "q=attention+nothing") == []
    assert names(Term, TermFilters, "q=%25") == []
    assert names(Term, TermFilters, "q=") == ["Attention", "Sparse attention", "Token"]


def test_order_goes_both_ways_and_falls_back_to_the_usual():
    for name, day in (("B", 1), ("A", 3), ("C", 2)):
        make.make_term(name=name, updated_at=datetime.datetime(2024, 1, day, tzinfo=datetime.UTC))

    assert names(Term, TermFilters, "order=updated") == ["B", "C", "A"]
    assert names(Term, TermFilters, "order=-updated") == ["A", "C", "B"]
    assert names(Term, TermFilters, "order=-name") == ["C", "B", "A"]
    assert names(Term, TermFilters, "") == names(Term, TermFilters, "order=;drop") == ["A", "B", "C"]
    assert filtered(Term, TermFilters, "order=-updated").order == "-updated"
    assert filtered(Term, TermFilters, "order=;drop").order == "name"


def test_entries_of_the_same_name_are_ordered_by_slug():
    for slug in ("b", "a", "c"):
        make.make_term(name="Same", slug=slug)

    assert [term.slug for term in filtered(Term, TermFilters, "").found] == ["a", "b", "c"]


def test_unknown_dates_come_last_in_both_directions():
    make.make_source(name="Undated")
    for year in (2023, 2025):
        make.make_source(name=str(year), published=datetime.date(year, 1, 1), published_precision="year")

    assert names(Source, SourceFilters, "order=published") == ["2023", "2025", "Undated"]
    assert names(Source, SourceFilters, "order=-published") == ["2025", "2023", "Undated"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("published_after=2024-04-01", ["April", "May"]),
        ("published_after=2024-03", ["April", "March", "May"]),
        ("published_before=2024-03", ["February", "March"]),
        ("published_before=2024-03-30", ["February"]),
        ("published_before=2023", []),
        ("published_before=2024", ["April", "February", "March", "May"]),
        ("published_after=2024-03&published_before=2024-04", ["April", "March"]),
    ],
)
def test_dates_reach_to_the_end_of_what_was_typed(query, found):
    days = {"February": "2024-02-29", "March": "2024-03-31", "April": "2024-04-01", "May": "2024-05-31"}
    for name, date in days.items():
        make.make_paper(name=name, published=date, published_precision="day")

    assert names(Paper, PaperFilters, query) == found


def test_marks_remove_one_filter_each():
    query = "kind=paper&kind=news&q=deep+seek&order=name&page=2&per_page=10"

    marks = filtered(Source, SourceFilters, query).active

    assert [(str(mark["label"]), mark["text"], mark["query"]) for mark in marks] == [
        ("Search in this list", "deep seek", "kind=paper&kind=news&order=name&per_page=10"),
        ("Kind", "Paper", "kind=news&q=deep+seek&order=name&per_page=10"),
        ("Kind", "News", "kind=paper&q=deep+seek&order=name&per_page=10"),
    ]


def test_bad_value_makes_no_mark_and_has_a_message():
    filters = filtered(Source, SourceFilters, "kind=paper&kind=gossip&q=x")

    assert filters.errors == {"kind": ["“gossip” is not a value to choose from."]}
    assert [mark["text"] for mark in filters.active] == ["x"]


def test_facets_count_what_the_other_filters_leave():
    make.make_source(name="Deep one", kind="paper", publisher="X")
    make.make_source(name="Deep two", kind="news", publisher="X")
    make.make_source(name="Deep three", kind="news", publisher="Y")
    make.make_source(name="Shallow", kind="news", publisher="X")

    facets = {f["name"]: f["options"] for f in filtered(Source, SourceFilters, "q=deep&publisher=X").facets}

    assert [(o["value"], o["label"], o["count"], o["chosen"]) for o in facets["kind"]] == [
        ("news", "News", 1, False),
        ("paper", "Paper", 1, False),
    ]
    assert [(o["value"], o["count"], o["chosen"]) for o in facets["publisher"]] == [("X", 2, True), ("Y", 1, False)]


def test_chosen_value_stays_in_its_facet_with_a_count_of_zero():
    make.make_source(name="Deep", kind="paper")

    facets = {f["name"]: f["options"] for f in filtered(Source, SourceFilters, "q=deep&kind=news").facets}

    assert [(o["value"], o["count"], o["chosen"]) for o in facets["kind"]] == [("paper", 1, False), ("news", 0, True)]


def test_facet_without_values_is_not_offered():
    make.make_source(publisher="")

    assert [facet["name"] for facet in filtered(Source, SourceFilters, "").facets] == ["kind"]


def test_entry_with_two_of_the_chosen_values_is_found_once():
    a, b = make.make_term(name="A"), make.make_term(name="B")
    make.make_paper(name="Both", introduces=[a, b])

    assert names(Paper, PaperFilters, "term=a&term=b") == ["Both"]


def test_field_is_made_once_and_what_one_request_changes_of_it_no_other_sees():
    few, many = (TermFilters(QueryDict("per_page=200"), Term.objects, most=most) for most in (100, 1000))

    assert few.errors == {"per_page": ["Ensure this value is less than or equal to 100."]}
    assert many.errors == {}
    assert many.cleaned["per_page"] == 200
    assert few.form.fields["q"] is many.form.fields["q"]
