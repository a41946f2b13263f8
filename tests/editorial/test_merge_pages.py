"""The pages that merge two entries: what they refuse, and who may."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalog.models import AIModel, Innovation
from editorial.models import Act, Change, Proposal
from glossary.models import Term
from research.models import Benchmark, Organization
from tests.editorial.desk import form, member
from tests.editorial.merges import (
    address,
    collection,
    merge,
    pair,
)
from tests.factories import (
    make_citation,
    make_family,
    make_innovation,
    make_model,
    make_paper,
    make_score,
    make_source,
    make_term,
)
from tests.forms import send

pytestmark = pytest.mark.django_db


# What is refused


def test_list_offers_to_merge_exactly_two():
    stays, goes, third = make_term(status="draft"), make_term(), make_term()
    reviewer, listed = member("Reviewer"), reverse("admin:glossary_term_changelist")

    def select(*terms):
        return reviewer.post(
            listed, {"action": "merge_selected", "_selected_action": [one.pk for one in terms]}, follow=True
        )

    # The published one stays, whichever is older.
    assert select(stays, goes).redirect_chain[0][0] == address(goes, stays)
    for terms in ([stays], [stays, goes, third]):
        assert f"Select exactly two entries to merge: {len(terms)} were selected." in select(*terms).text


@pytest.mark.parametrize(
    "query",
    ["", "stays={0}&goes={0}", "stays={0}", "stays={0}&goes=x", "stays={0}&goes=99999", f"stays={{0}}&goes={'9' * 30}"],
)
def test_address_that_names_no_two_entries_is_told_so(query):
    term, client = make_term(), member("Administrator")
    page = reverse("admin:glossary_term_merge")

    for method in (client.get, client.post):
        response = method(f"{page}?{query.format(term.pk)}", follow=True)
        assert "Two different entries are merged. One of these is gone, or both are the same." in response.text


def test_entries_of_two_kinds_are_no_pair():
    term = make_term()
    make_model()

    AIModel.objects.update(id=4711)
    page = f"{reverse('admin:glossary_term_merge')}?stays={term.pk}&goes=4711"

    assert "Two different entries" in member("Administrator").get(page, follow=True).text


def test_entry_deleted_meanwhile_is_told():
    stays, goes = pair(Term)
    client = member("Administrator")
    client.get(address(stays, goes))
    goes.delete()

    response = client.post(f"{reverse('admin:glossary_term_merge')}?stays={stays.pk}&goes=4711", {}, follow=True)

    assert "One of these is gone" in response.text


def test_merge_of_what_was_saved_meanwhile_is_refused_and_keeps_the_choices():
    stays, goes = pair(Term)
    editor, other = member("Administrator"), member("Administrator")
    opened = editor.get(address(stays, goes)).context
    name = opened["choices"][0].name
    send(other, form(goes), definition="Saved meanwhile.")

    response = editor.post(address(stays, goes), {"opened": opened["opened"], name: "proposed", "reason": "My reason"})

    assert "One of the two was saved after you opened this page." in response.text
    assert (response.context["choices"][0].choice, response.context["reason"]) == ("proposed", "My reason")
    assert Term.objects.count() == 2


def test_choice_that_is_neither_is_refused():
    stays, goes = pair(Term)
    editor = member("Administrator")
    name = editor.get(address(stays, goes)).context["choices"][0].name

    response = merge(editor, stays, goes, **{name: "\0<script>"})

    assert "One choice is neither of the two" in response.text
    assert Term.objects.count() == 2


def test_choice_that_came_up_meanwhile_is_shown_first():
    stays, goes = pair(Benchmark)
    editor, model, source = member("Administrator"), make_model(), make_source()
    opened = editor.get(address(stays, goes)).context
    for benchmark, value in ((stays, 80), (goes, 81)):
        make_score(model=model, benchmark=benchmark, source=source, value=value)

    sent = {"opened": opened["opened"]} | {one.name: one.choice.value for one in opened["choices"]}
    response = editor.post(address(stays, goes), sent)

    assert "Something to choose came up while you were reading." in response.text
    assert Benchmark.objects.count() == 2


def test_published_entry_does_not_go_into_a_draft():
    stays, goes = make_term(status="draft"), make_term(name="Public")

    response = merge(member("Administrator"), stays, goes)

    assert "let the published one stay" in response.text
    assert Term.objects.count() == 2


def test_rule_that_the_merged_entry_breaks_is_told_and_nothing_is_written():
    stays, goes = make_model(name="Stays"), make_model(name="Goes", max_output=7)
    between = make_model(name="Between", predecessor=goes)
    AIModel.objects.filter(pk=stays.pk).update(predecessor=between)
    make_citation(model=goes, field="max_output", stated="7", value="7")
    before = collection()

    response = merge(member("Administrator"), stays, goes)

    assert "closes a circle" in response.text
    assert collection() == before
    assert not Change.objects.filter(act=Act.MERGED).exists()


# Who may


def test_merging_needs_its_permission():
    stays, goes = pair(Term, status="draft")
    Term.objects.update(status="draft")
    for client in (member("Editor"), member("", "glossary.change_term", "glossary.view_term", "editorial.edit_others")):
        assert client.get(address(stays, goes)).status_code == 403
        assert "merge_selected" not in client.get(reverse("admin:glossary_term_changelist")).text
    with_it = ("glossary.change_term", "glossary.view_term", "editorial.merge_entries")
    # With it, but on what somebody else began.
    assert member("", *with_it).get(address(stays, goes)).status_code == 403

    assert merge(member("", *with_it, "editorial.edit_others"), stays, goes).status_code == 302
    assert list(Term.objects.all()) == [stays]


def test_merge_of_what_readers_see_waits_for_somebody_else(client):
    stays, goes = pair(Term)
    make_innovation(term=goes)
    reviewer, second = member("Reviewer"), member("Reviewer")

    review = merge(reviewer, stays, goes).url
    proposal = Proposal.objects.get()
    assert (proposal.slug, proposal.merges, Term.objects.count()) == ("stays", "goes", 2)
    assert "Goes” goes, its addresses lead here" in second.get(review, follow=True).text
    page = reverse("admin:proposal_review") + f"?ids={proposal.pk}"
    assert "somebody else decides" in reviewer.post(page, {"accept": "on"}).text
    assert Term.objects.count() == 2

    response = second.post(page, {"accept": "on"})

    assert response.status_code == 302
    assert list(Term.objects.all()) == [stays]
    assert Innovation.objects.get().term == stays
    change = Change.objects.get(act=Act.MERGED)
    assert (change.author, change.alone, change.reason) == (second.user, False, "Proposal: The same")
    assert client.get("/glossary/goes/").url == "/glossary/stays/"


def test_proposed_merge_of_what_has_moved_can_only_be_declined():
    stays, goes = pair(Term)
    reviewer = member("Reviewer")
    merge(reviewer, stays, goes)
    send(member("Administrator"), form(goes), definition="Saved meanwhile.")
    page = reverse("admin:proposal_review") + f"?ids={Proposal.objects.get().pk}"
    second = member("Reviewer")

    assert "One of the two was changed or is gone" in second.get(page).text
    assert "Decline it, and propose it anew" in second.post(page, {"accept": "on"}).text
    assert Term.objects.count() == 2
    assert second.post(page, {"decline": "on"}).status_code == 302


def test_page_asks_as_much_for_three_pointers_as_for_one():
    stays, goes = pair(Organization)
    editor = member("Administrator")

    def look() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert editor.get(address(stays, goes)).status_code == 200
        return len(queries)

    def point(times: int) -> None:
        for _ in range(times):
            make_model(organizations=[goes]), make_paper(organizations=[goes]), make_family(organization=goes)

    point(1)
    look()
    once = look()
    point(2)

    assert look() == once
