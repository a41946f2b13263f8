import datetime

import pytest
from django.core.paginator import InvalidPage
from django.test import Client

from catalog.adoption import ON_A_PAGE, adoption
from tests import factories as make
from tests.reading import text_of

pytestmark = pytest.mark.django_db


def use(term, name, released=None, **fields):
    dated = {"released": released, "released_precision": "day"} if released else {}
    return make.make_innovation(term=term, model=make.make_model(name=name, **dated), **fields)


@pytest.fixture
def spread():
    """A term that one model of 2020, two of 2022 and one of an unknown day use; hidden ones do as well."""
    term = make.make_term(name="Attention")
    use(term, "B", datetime.date(2022, 1, 1))
    use(term, "Undated")
    use(term, "First", datetime.date(2020, 12, 31), note="With heads.").model.organizations.add(
        make.make_organization(name="Lab")
    )
    use(term, "A", datetime.date(2022, 1, 1))
    use(term, "Hidden", datetime.date(2019, 1, 1)).model.__class__.objects.filter(name="Hidden").update(status="draft")
    use(make.make_term(), "Other", datetime.date(2018, 1, 1))
    return term


def test_models_come_in_the_order_of_their_dates_and_undated_last(spread):
    found = adoption(spread)

    assert [one.model.name for one in found.page] == ["First", "A", "B", "Undated"]
    assert found.first.model.name == "First"


def test_years_are_counted_without_gaps(spread):
    found = adoption(spread)

    assert found.years == [(2020, 1, 1), (2021, 0, 1), (2022, 2, 3)]
    assert found.undated == 1


def test_chart_has_a_bar_for_each_year_with_models_that_leads_to_them(spread):
    chart = adoption(spread).chart

    first, last = (column.bar for column in chart.columns)
    assert [(bar.name, bar.detail, bar.y) for bar in (first, last)] == [
        ("2020: 1", "1 by its end", 1),
        ("2022: 2", "3 by its end", 2),
    ]
    page = Client().get(last.url)
    assert sorted(model.name for model in page.context["page_obj"]) == ["A", "B"]


def test_single_year_makes_no_chart():
    term = make.make_term()
    use(term, "A", datetime.date(2022, 1, 1))
    use(term, "B", datetime.date(2022, 5, 1))

    assert adoption(term).chart is None


def test_as_of_a_day_later_models_are_left_out(spread):
    found = adoption(spread, as_of=datetime.date(2021, 12, 31))

    assert [one.model.name for one in found.page] == ["First"]
    assert (found.years, found.undated) == ([(2020, 1, 1)], 0)


def test_nobody_is_first_where_no_date_is_known():
    term = make.make_term()
    use(term, "Undated")

    found = adoption(term)

    assert (found.first, found.years, found.undated) == (None, [], 1)


def test_term_without_models_has_a_first_page():
    assert list(adoption(make.make_term()).page) == []


@pytest.mark.parametrize("page", ["0", "2", "-1", "banana", "\0", "9" * 30])
def test_there_is_no_such_page(spread, page):
    with pytest.raises(InvalidPage):
        adoption(spread, page)
    assert Client().get("/glossary/attention/", {"page": page}).status_code == 404


def test_page_of_a_term_lists_its_models_with_notes_and_draws_them(spread):
    html = Client().get("/glossary/attention/").text

    text = text_of(html)
    assert "Models known for it 4 First used by First of Lab, 31 December 2020, as far as is recorded here." in text
    assert "Year Models In all 2020 1 1 2021 0 1 2022 2 3 1 more without a date." in text
    assert "First Lab · December 2020 With heads. A January 2022 B January 2022 Undated" in text
    assert '<svg class="plot" role="group" aria-label="Models known for it, by the year of their release">' in html


def test_second_page_goes_on_and_still_names_the_first_model():
    term = make.make_term(name="Attention")
    for number in range(ON_A_PAGE + 1):
        use(term, f"M{number:02}", datetime.date(2000, 1, 1) + datetime.timedelta(days=number))

    first, second = (Client().get("/glossary/attention/", {"page": page}).text for page in (1, 2))

    assert "Page 1 of 2" in text_of(first)
    assert "First used by M00, 1 January 2000" in text_of(second)
    assert second.count('<li><a href="/models/m') == 1
    assert '<li><a href="/models/m50/">M50</a>' in second
