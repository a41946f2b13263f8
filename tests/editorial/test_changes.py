from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import AIModel, Citation, Tag, TaggedModel
from editorial.changes import BATCH, Changes
from glossary.models import Term
from search import index
from tests import factories as make

pytestmark = pytest.mark.django_db


def reasons(row):
    return list(row.history.order_by("history_id").values_list("history_type", "history_change_reason"))


def test_changes_are_false_until_there_is_one():
    term = make.make_term()
    changes = Changes()

    assert not changes
    changes.update(term, "name")
    assert changes


def test_nothing_is_written_before_write():
    term = make.make_term(name="Old")
    changes = Changes()
    term.name = "New"
    changes.update(term, "name")
    changes.create(Term(name="Other", slug="other", definition="It."))

    assert list(Term.objects.values_list("name", flat=True)) == ["Old"]


def test_each_row_has_one_record_in_its_history_with_reason_and_user():
    editor, old = make.make_editor(), make.make_term(name="Old")
    new = Term(name="Other", slug="other", definition="It.")
    changes = Changes()
    old.name = "New"
    changes.update(old, "name")
    changes.create(new)
    changes.link(new, "see_also", [old])

    changes.write("r" * 101, editor)

    assert reasons(old)[1:] == [("~", "r" * 100)]
    assert reasons(new) == [("+", "r" * 100)]
    assert {old.history.latest().history_user, new.history.latest().history_user} == {editor}


def test_history_holds_the_links_as_they_became():
    first, second, term = make.make_term(), make.make_term(), make.make_term()
    term.see_also.set([first])
    changes = Changes()

    changes.link(term, "see_also", [second])
    changes.write("Linked")

    assert [link.to_term for link in term.history.latest().see_also.all()] == [second]
    assert list(Term.objects.get(pk=term.pk).see_also.all()) == [second]


def test_only_the_named_fields_are_written():
    term = make.make_term(name="Old", abbreviation="o")
    stale = Term.objects.get()
    Term.objects.update(abbreviation="typed meanwhile")
    changes = Changes()
    stale.name = "New"

    changes.update(stale, "name")
    changes.write("Renamed")

    term.refresh_from_db()
    assert (term.name, term.abbreviation) == ("New", "typed meanwhile")


def test_new_rows_may_refer_to_each_other_in_any_order():
    v2 = AIModel(name="V2", slug="v2")
    v1 = AIModel(name="V1", slug="v1", predecessor=v2)
    source = make.make_source()
    changes = Changes()
    changes.create(Citation(model=v1, field="released", source=source, stated="2024", value="2024"))
    changes.create(v1)
    changes.create(v2)

    changes.write("Together")

    assert AIModel.objects.get(slug="v1").predecessor == v2
    assert v1.history.latest().predecessor_id == v2.pk
    assert Citation.objects.get().model == v1


def test_of_two_citations_the_shown_one_can_change_places():
    model = make.make_model()
    shown, other = (make.make_citation(model=model, shown=on) for on in (True, False))
    changes = Changes()
    shown.shown, other.shown = False, True
    changes.update(other, "shown")
    changes.update(shown, "shown")

    changes.write("Moved")

    assert list(Citation.objects.filter(shown=True)) == [other]


def test_links_of_many_rows_ask_no_more_than_those_of_one():
    def asked(count):
        terms = [make.make_term() for _ in range(count + 1)]
        changes = Changes()
        for term, other in pairwise(terms):
            changes.link(term, "see_also", [other])
        with CaptureQueriesContext(connection) as queries:
            changes.write("Linked")
        assert [list(term.see_also.all()) for term in terms] == [*([other] for other in terms[1:]), []]
        return len(queries)

    assert asked(1) == asked(3)


def test_links_stated_twice_are_made_once_in_the_order_given():
    term, first, second = make.make_term(), make.make_term(), make.make_term()
    changes = Changes()

    changes.link(term, "see_also", [second, first, second])
    changes.write("Linked")

    assert list(Term.see_also.through.objects.order_by("pk").values_list("to_term", flat=True)) == [second.pk, first.pk]


def test_tags_are_made_kept_and_removed_each_with_its_reason():
    model = make.make_model(tags=["kept", "gone"])
    before = TaggedModel.history.count()
    changes = Changes()

    changes.link(model, "tags", ["KEPT", "c++"])
    changes.write("Tagged")

    assert sorted(AIModel.objects.get().tags.names()) == ["c++", "kept"]
    assert reasons(Tag.objects.get(name="c++")) == [("+", "Tagged")]
    # The newest first: what was added last, and before it what was taken away.
    past = TaggedModel.history.order_by("-history_id")[: TaggedModel.history.count() - before]
    assert sorted((one.history_type, one.history_change_reason, one.tag.name) for one in past) == [
        ("+", "Tagged", "c++"),
        ("-", "Tagged", "gone"),
    ]


@pytest.mark.parametrize("more", [0, 1])
def test_what_is_new_is_found_however_much_it_is(more):
    changes = Changes()
    for number in range(BATCH + more):
        changes.create(Term(name=f"Term {number}", slug=f"t{number}", definition="x", status="published"))
    changes.write("Imported")

    assert len(index.find("words", "term", limit=BATCH * 2)) == BATCH + more


def test_a_failure_in_the_middle_takes_everything_back(monkeypatch):
    term = make.make_term(name="Old")
    changes = Changes()
    term.name = "New"
    changes.update(term, "name")
    changes.create(AIModel(name="V1", slug="v1"))
    monkeypatch.setattr("editorial.changes._record", lambda *args, **options: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        changes.write("Broken")

    assert Term.objects.get().name == "Old"
    assert AIModel.objects.count() == 0
