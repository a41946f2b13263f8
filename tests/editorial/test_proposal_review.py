"""The page where proposals are read and decided: what it shows, who may do what, and what happens meanwhile."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import AIModel, Milestone
from core.documents import document
from editorial.log import change
from editorial.models import Change, Proposal
from editorial.proposals import propose_document
from editorial.review import CHOICE
from glossary.models import Term
from tests import factories as make
from tests.editorial import desk
from tests.project.test_pages import first_fault

pytestmark = pytest.mark.django_db

REVIEW = "/admin/editorial/proposal/review/?ids="
LIST = "/admin/editorial/proposal/"
KINDS = ["add_term", "change_term"]


def edit(entry, user=None, **fields):
    """A pending edit of the entry."""
    original = document(entry)
    proposed = [{**one, "fields": dict(one["fields"])} for one in original]
    proposed[0]["fields"] |= fields
    return propose_document(type(entry), entry.slug, entry.name, proposed, original, "Read again", user)


def client_of(*permissions, user=None):
    """The browser of an editor with these permissions."""
    user = user or make.make_editor(is_superuser=False)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return desk.client_of(user)


@pytest.fixture
def reviewer():
    return client_of("view_proposal", "review_entry", *KINDS)


@pytest.fixture
def author():
    return make.make_editor(is_superuser=False)


@pytest.fixture
def conflict(author):
    """A proposal and its entry, of which both have changed the same."""
    term = make.make_term(name="Old", slug="a", definition="Old words.")
    made = edit(term, author, name="Proposed", definition="Proposed words.")
    Term.objects.update(name="Meanwhile", abbreviation="MW")
    return made


def messages(response):
    return [str(message) for message in response.context["messages"]]


def test_page_says_who_proposed_what_and_why(reviewer, author):
    author.username = "ada"
    author.save()
    made = edit(make.make_term(name="Attention"), author, definition="<b>New</b>")

    page = reviewer.get(f"{REVIEW}{made.pk}")

    assert "proposed by ada" in page.text
    assert "Read again" in page.text
    assert "<ins>&lt;b&gt;New&lt;/b&gt;</ins>" in page.text
    assert "<del>What the word means.</del>" in page.text
    assert page.context["counts"] == {"created": 0, "changed": 1, "deleted": 0}
    assert first_fault(page.text) == ""


def test_parts_and_tags_are_in_the_difference():
    model = make.make_model(tags=["moe"])
    make.make_milestone(model=model, text="Announced")
    original = document(model)
    proposed = [{**original[0], "fields": original[0]["fields"] | {"tags": ["moe", "fp8"]}}]
    made = propose_document(AIModel, model.slug, model.name, proposed, original, "Why")

    (section,) = client_of("view_proposal").get(f"{REVIEW}{made.pk}").context["sections"]

    assert [(one.title, one.what) for one in section.differences] == [
        ("model", "changed"),
        ("milestone: Announced", "removed"),
    ]
    assert section.differences[0].values == [("Tags", "moe", "fp8, moe")]


def test_base_that_has_moved_is_shown_with_both_changes_and_what_is_to_choose(reviewer, conflict):
    page = reviewer.get(f"{REVIEW}{conflict.pk}")

    (section,) = page.context["sections"]
    assert [one.values for one in section.meanwhile] == [[("name", "Old", "Meanwhile"), ("abbreviation", "", "MW")]]
    assert [one.values for one in section.differences] == [
        [("name", "Old", "Proposed"), ("definition", "Old words.", "Proposed words.")]
    ]
    (decision,) = section.decisions
    assert (decision.label, decision.original) == ("name", "Old")
    assert [text for _, text in decision.sides] == ["Meanwhile", "Proposed"]
    assert page.text.count(f'name="{decision.name}"') == 2
    assert "choose what is to stand" in page.text
    assert first_fault(page.text) == ""


def test_changes_since_are_told_with_author_and_reason(client, reviewer, conflict):
    editor = make.make_editor(username="grace")
    client.force_login(editor)
    term = Term.objects.get()
    with change("Found in the paper", editor):
        term.article = "More."
        term.save()

    page = reviewer.get(f"{REVIEW}{conflict.pk}").text

    assert "by grace" in page
    assert "Found in the paper" in page


@pytest.mark.parametrize(("choice", "name"), [("now", "Meanwhile"), ("proposed", "Proposed")])
def test_choice_decides_and_the_rest_is_merged(reviewer, conflict, choice, name):
    address = f"{REVIEW}{conflict.pk}"
    (section,) = reviewer.get(address).context["sections"]

    answer = reviewer.post(address, {"accept": "1", section.decisions[0].name: choice})

    term = Term.objects.get()
    assert answer.url == LIST
    assert (term.name, term.abbreviation, term.definition) == (name, "MW", "Proposed words.")
    assert Proposal.objects.get().status == "accepted"


@pytest.mark.parametrize("data", [{}, {f"{CHOICE}banana": "now"}, {"choice-": "\0"}, {"tampered": "banana"}])
def test_without_a_choice_nothing_is_written(reviewer, conflict, data):
    address = f"{REVIEW}{conflict.pk}"
    (section,) = reviewer.get(address).context["sections"]
    data = {section.decisions[0].name: data["tampered"]} if "tampered" in data else data

    page = reviewer.post(address, {"accept": "1", **data})

    assert "Choose what is to stand." in page.text
    assert (Term.objects.get().name, Proposal.objects.get().status) == ("Meanwhile", "waiting")


def test_what_was_chosen_and_typed_stays_in_a_refused_form(conflict):
    client = client_of("view_proposal", "review_entry", *KINDS)
    address = f"{REVIEW}{conflict.pk}"
    seen = client.get(address).context
    name = seen["sections"][0].decisions[0].name

    page = client.post(address, {"return": "1", "answer": "", name: "proposed"})

    assert page.context["form"].errors["answer"] == ["Say what is to be changed."]
    assert 'value="proposed" checked' in page.text
    assert Proposal.objects.get().status == "waiting"


@pytest.mark.parametrize("moves", ["entry", "proposal"])
def test_decision_on_what_was_not_seen_is_refused(reviewer, author, moves):
    term = make.make_term(slug="a")
    made = edit(term, author, definition="New.")
    address = f"{REVIEW}{made.pk}"
    seen = reviewer.get(address).context["seen"]
    if moves == "entry":
        Term.objects.update(abbreviation="MW")
    else:
        made.document[0]["fields"]["definition"] = "Other."
        made.save()

    page = reviewer.post(address, {"accept": "1", "seen": seen})

    assert "Look at it again" in page.text
    assert Term.objects.get().definition == "What the word means."
    assert reviewer.post(address, {"accept": "1", "seen": page.context["seen"]}).url == LIST


def test_sent_back_with_a_comment_that_its_author_reads(reviewer, author):
    made = edit(make.make_term(), author, definition="New.")

    assert reviewer.post(f"{REVIEW}{made.pk}", {"return": "1", "answer": "Which paper?"}).url == LIST

    page = client_of("view_proposal", user=author).get(f"{REVIEW}{made.pk}").text
    assert Proposal.objects.get().status == "returned"
    assert "Which paper?" in page
    assert f"/admin/glossary/term/{Term.objects.get().pk}/change/?proposal={made.pk}" in page
    assert "Accept and write" not in page


@pytest.mark.parametrize(("button", "word"), [("accept", "accepted"), ("return", "sent back"), ("decline", "declined")])
def test_author_is_written_to_once_however_many_were_decided(
    reviewer, author, button, word, mailoutbox, django_capture_on_commit_callbacks
):
    author.email = "ada@example.org"
    author.save()
    both = [edit(make.make_term(name=name), author, definition="New.") for name in "AB"]

    with django_capture_on_commit_callbacks(execute=True):
        reviewer.post(f"{REVIEW}{both[0].pk},{both[1].pk}", {button: "1", "answer": "Because."})

    (letter,) = mailoutbox
    assert letter.to == ["ada@example.org"]
    assert f"your change of “A” and 1 more – {word} by" in letter.subject
    assert "Because." in letter.body
    assert f"{REVIEW}{both[0].pk}-{both[1].pk}" in letter.body


def test_author_withdraws_and_nobody_else_does(reviewer, author):
    made = edit(make.make_term(), author, definition="New.")
    address = f"{REVIEW}{made.pk}"

    refused = reviewer.post(address, {"withdraw": str(made.pk)}, follow=True)
    assert messages(refused) == ["It is not yours to withdraw, or is decided already."]
    done = client_of("view_proposal", user=author).post(address, {"withdraw": str(made.pk)}, follow=True)

    assert "is withdrawn" in messages(done)[0]
    assert Proposal.objects.get().status == "declined"


@pytest.mark.parametrize("button", ["accept", "return", "decline"])
def test_decision_takes_the_permission_and_another_author(button, author):
    term = make.make_term()
    made = edit(term, author, definition="New.")
    address, data = f"{REVIEW}{made.pk}", {button: "1", "answer": "Because."}
    everything = ["view_proposal", "review_entry", *KINDS]

    assert client_of("view_proposal", "change_proposal", *KINDS).post(address, data).status_code == 403
    own = client_of(*everything, user=author)
    assert "somebody else decides on it" in own.post(address, data).text
    assert "Accept and write" not in own.get(address).text
    assert Proposal.objects.get().status == "waiting"

    assert client_of(*everything).post(address, data).url == LIST
    assert Proposal.objects.get().status != "waiting"


def test_who_may_publish_alone_accepts_their_own_and_the_log_says_so(author):
    made = edit(make.make_term(), author, definition="New.")
    client = client_of("view_proposal", "review_entry", "publish_alone", *KINDS, user=author)

    assert client.post(f"{REVIEW}{made.pk}", {"accept": "1"}).url == LIST

    assert Change.objects.get().alone is True


def test_seeing_the_queue_takes_the_permission(author):
    made = edit(make.make_term(), author, definition="New.")

    for address in (LIST, f"{REVIEW}{made.pk}"):
        assert client_of("review_entry", "change_term").get(address).status_code == 403
        assert client_of("view_proposal").get(address).status_code == 200
        assert client_of("view_proposal", user=author).get(address).status_code == 200


def test_deleting_a_part_takes_its_permission():
    model = make.make_model()
    make.make_milestone(model=model)
    original = document(model)
    made = propose_document(AIModel, model.slug, model.name, original[:1], original, "Why")
    rights = ["view_proposal", "review_entry"]

    assert client_of(*rights).post(f"{REVIEW}{made.pk}", {"accept": "1"}).status_code == 403
    assert Milestone.objects.count() == 1
    assert client_of(*rights, "delete_milestone").post(f"{REVIEW}{made.pk}", {"accept": "1"}).url == LIST
    assert (Milestone.objects.count(), AIModel.objects.count()) == (0, 1)


def test_second_of_two_reviewers_is_told_that_it_is_decided(reviewer, author):
    made = edit(make.make_term(), author, definition="New.")
    address, other = f"{REVIEW}{made.pk}", client_of("view_proposal", "review_entry", *KINDS)
    data = {"accept": "1", "seen": reviewer.get(address).context["seen"]}
    assert reviewer.post(address, data).url == LIST

    page = other.post(address, {**data, "accept": "", "decline": "1"})

    assert "All of these are decided already." in page.text
    assert Proposal.objects.get().status == "accepted"
    assert Change.objects.count() == 1


def test_entry_that_was_deleted_meanwhile_is_told(reviewer, author):
    term = make.make_term()
    made = edit(term, author, definition="New.")
    term.delete()

    page = reviewer.get(f"{REVIEW}{made.pk}").text
    answer = reviewer.post(f"{REVIEW}{made.pk}", {"accept": "1"})

    assert "The entry was deleted" in page
    assert "the entry was deleted" in answer.text
    assert (Term.objects.count(), Proposal.objects.get().status) == (0, "waiting")
    assert reviewer.post(f"{REVIEW}{made.pk}", {"decline": "1"}).url == LIST


@pytest.mark.parametrize("answer", ["x" * 1001, "a\0b"])
def test_bad_comment_has_its_message_and_decides_nothing(reviewer, author, answer):
    made = edit(make.make_term(), author, definition="New.")

    page = reviewer.post(f"{REVIEW}{made.pk}", {"decline": "1", "answer": answer})

    assert page.status_code == 200
    assert list(page.context["form"].errors) == ["answer"]
    assert Proposal.objects.get().status == "waiting"


def test_decided_proposal_is_still_readable(reviewer, author):
    made = edit(make.make_term(), author, definition="New.")
    reviewer.post(f"{REVIEW}{made.pk}", {"accept": "1", "answer": "Thanks."})

    page = reviewer.get(f"{REVIEW}{made.pk}").text

    assert "<ins>New.</ins>" in page
    assert "Thanks." in page
    assert "Accept and write" not in page


def test_page_asks_as_often_for_three_as_for_one(reviewer, author):
    def numbers(count):
        terms = [edit(make.make_term(see_also=[make.make_term()]), author, definition="New.") for _ in range(count)]
        Term.objects.update(abbreviation=f"MW{make.next_number()}")
        return ",".join(str(one.pk) for one in terms)

    first, second = numbers(1), numbers(3)
    with CaptureQueriesContext(connection) as one:
        reviewer.get(f"{REVIEW}{first}")
    with CaptureQueriesContext(connection) as three:
        page = reviewer.get(f"{REVIEW}{second}")

    assert len(page.context["sections"]) == 3
    assert len(three) == len(one)
