import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog.models import AIModel, Milestone
from core import snapshot
from core.models import Status
from core.prepared import Prepared
from glossary.models import Term
from research.models import Paper, Source
from tests import factories as make

pytestmark = pytest.mark.django_db

DAY = datetime.date(2024, 6, 1)


def build(slug, as_of):
    return AIModel.objects.published().for_detail(as_of).filter(slug=slug)


def whole_model(**fields):
    """A model with something in everything that its page reads along."""
    fields = {"organizations": [make.make_organization(), make.make_organization()], "released": DAY, **fields}
    model = make.make_model(
        family=make.make_family(), input_modalities=[make.make_modality()], released_precision="day", **fields
    )
    make.make_tagged_model(content_object=model)
    for part in (make.make_innovation, make.make_model_paper, make.make_link, make.make_citation, make.make_score):
        part(model=model)
    make.make_milestone(model=model, date=DAY, date_precision="day", text="Then")
    make.make_milestone(model=model, date=DAY + datetime.timedelta(days=9), date_precision="day", text="Later")
    return model


def read(model):
    """What Django has fetched: the entries that a model refers to, and the rows of its relations with theirs."""
    names = {
        lookup.prefetch_through for lookup in build("", None)._prefetch_related_lookups if hasattr(lookup, "queryset")
    }
    lists = sorted(names - {"family"} | {"links", "tags", "input_modalities", "output_modalities"})
    rows = {name: [(row, row._state.fields_cache) for row in getattr(model, name).all()] for name in lists}
    return model, model.family, rows


def test_entry_is_read_with_all_that_django_would_prefetch_by_the_same_queries(django_assert_num_queries):
    models, prepared = [whole_model(), whole_model()], Prepared(build)

    for model in models:
        [found] = prepared(model.slug, None)
        with CaptureQueriesContext(connection) as ours:
            [found] = prepared(model.slug, None)
        with CaptureQueriesContext(connection) as djangos:
            [expected] = build(model.slug, None)

        assert len(ours) == len(djangos) == 12
        with django_assert_num_queries(0):
            assert read(found) == read(expected)
            assert len(read(found)[2]["organizations"]) == 2


def test_query_is_built_once_for_all_values_and_again_for_none():
    asked = []

    def terms(slug, name):
        asked.append((slug, name))
        found = Term.objects.filter(slug=slug)
        return found if name is None else found.filter(name=name)

    one, two = make.make_term(slug="one", name="One"), make.make_term(slug="two", name="Two")
    prepared = Prepared(terms)

    assert [prepared("one", None), prepared("two", None), prepared("three", None)] == [[one], [two], []]
    assert [prepared("one", "One"), prepared("one", "Two"), prepared("two", "Two")] == [[one], [], [two]]
    assert len(asked) == 2


def test_lists_of_any_length_are_asked_for():
    terms = [make.make_term() for _ in range(6)]
    prepared = Prepared(lambda numbers: Term.objects.filter(pk__in=numbers).order_by("pk").values_list("pk", flat=True))

    for length in range(7):
        numbers = [term.pk for term in terms[:length]]
        assert prepared(numbers) == numbers
    # 0, 1, 2, 4 and 8.
    assert len(prepared._queries) == 5


def test_rows_stand_for_the_numbers_that_they_have_and_refer_to():
    first, family = make.make_model(), make.make_family()
    second, third = make.make_model(predecessor=first, family=family), make.make_model(family=family)
    prepared = Prepared(AIModel.objects.around)

    found = [{model.pk for model in prepared(model, None)} for model in (first, second, third)]

    assert found == [{second.pk}, {first.pk, second.pk, third.pk}, {second.pk, third.pk}]


def test_day_reaches_what_is_read_along():
    model, prepared = whole_model(), Prepared(build)

    texts = [[one.text for one in prepared(model.slug, day)[0].milestones.all()] for day in (DAY, None, DAY)]

    assert texts == [["Then"], ["Then", "Later"], ["Then"]]


def test_what_is_due_is_seen_at_its_time_and_not_before():
    now = timezone.now()
    make.make_term(slug="due", publish_at=now)
    prepared = Prepared(lambda slug: Term.objects.published().filter(slug=slug))

    found = []
    for seconds in (-1, 1, -1):
        with snapshot.at(now + datetime.timedelta(seconds=seconds)):
            found.append(len(prepared("due")))

    assert found == [0, 1, 0]


def test_entry_referred_to_by_one_alone_is_hidden_as_any_other(django_assert_num_queries):
    prepared = Prepared(lambda slug: Paper.objects.published().for_detail().filter(slug=slug))
    shown, draft = make.make_source(), make.make_source(status=Status.DRAFT)
    papers = [make.make_paper(source=source) for source in (shown, draft, None)]

    found = [prepared(paper.slug)[0] for paper in papers]

    with django_assert_num_queries(0):
        assert [paper.source for paper in found] == [shown, None, None]


def test_relations_of_several_rows_are_told_apart_however_the_path_leads_there(django_assert_num_queries):
    one, two = make.make_organization(name="One"), make.make_organization(name="Two")
    for makers in ([one, two], [two], []):
        make.make_milestone(model=make.make_model(organizations=makers))
    prepared = Prepared(
        lambda: Milestone.objects.order_by("pk").select_related("model").prefetch_related("model__organizations")
    )

    with django_assert_num_queries(2):
        found = [[maker.name for maker in milestone.model.organizations.all()] for milestone in prepared()]

    assert found == [["One", "Two"], ["Two"], []]


def test_relation_that_was_read_cannot_be_narrowed_unnoticed():
    model = whole_model()
    [found] = Prepared(build)(model.slug, None)

    with pytest.raises(AttributeError):
        found.organizations.filter(name="One")


def test_relation_to_a_single_row_that_refers_back_is_refused():
    prepared = Prepared(lambda: Source.objects.prefetch_related("paper"))

    with pytest.raises(TypeError, match="neither a foreign key nor a list"):
        prepared()
