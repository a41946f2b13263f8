"""A week of a team: two contributors, an editor and a reviewer write a glossary, and at its end all accounts agree."""

import json

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from core.documents import document
from core.models import Status
from editorial.models import Change, ChangedEntry, Proposal
from editorial.past import past_of
from editorial.restoring import Restoration
from glossary.models import Term
from tests.editorial.desk import begin, form, member, refusals, take
from tests.forms import send, typed

pytestmark = pytest.mark.django_db


class Week:
    """The team, and what it has done: each step says how many changes it makes."""

    def __init__(self):
        self.ana, self.ben = member("Contributor"), member("Contributor")
        self.eda, self.rex = member("Editor"), member("Reviewer")
        self.changes = 0

    def done(self, response, changes: int = 1) -> None:
        """The form was taken: it led on. A proposal is no change yet."""
        assert response.status_code == 302
        self.changes += changes
        assert Change.objects.count() == self.changes

    def review(self, proposal: Proposal, button: str, **values):
        address = f"{reverse('admin:proposal_review')}?ids={proposal.pk}"
        return self.rex.post(address, {button: "on", **values})

    def monday(self) -> list[Term]:
        """Both contributors begin five terms each, and hand them in."""
        terms = []
        for writer, names in ((self.ana, "ABCDE"), (self.ben, "FGHIJ")):
            for name in names:
                terms.append(begin(writer, name=f"Term {name}", definition=f"What {name} means."))
                self.changes += 1
                self.done(take(writer, "submit", terms[-1], reason=f"{name} is in use"))
        return terms

    def tuesday(self, terms: list[Term]) -> None:
        """The reviewer publishes eight and sends back two, which are mended and published."""
        for term in terms[:8]:
            self.done(take(self.rex, "publish", term))
        for term in terms[8:]:
            self.done(take(self.rex, "send_back", term, reason="Where is that written?"))
            self.done(take(self.ben, "submit", term, article="It is written in the paper.", reason="Said"))
            self.done(take(self.rex, "publish", term))

    def wednesday(self, terms: list[Term]) -> Term:
        """The first conflict: the editor saves a draft that its author has open, who looks and saves over it."""
        draft = begin(self.ana, name="Term K", definition="What K means.")
        self.changes += 1
        opened = typed(self.ana.get(form(draft)))
        self.done(send(self.eda, form(draft), definition="What K means, says Eda.", aliases="Kay"))

        refused = self.ana.post(form(draft), opened | {"definition": "What K means, says Ana."})

        assert "Nothing of yours was saved yet" in refusals(refused)[0]
        assert "What K means, says Ana." in refused.text
        seen = {"seen": refused.context["newest"], "aliases": "Kay"}
        self.done(self.ana.post(form(draft), typed(refused) | seen))
        return draft

    def thursday(self, terms: list[Term]) -> None:
        """The second: two changes of one published entry, of which the second finds the entry moved."""
        first, second = terms[0], terms[1]
        for words in ("first", "second"):
            self.done(send(self.eda, form(first), definition=f"Put better, the {words} time.", reason=words), 0)
        self.done(send(self.eda, form(second), see_also=[terms[2].pk], reason="They belong together"), 0)
        former, latter, linked = Proposal.objects.order_by("pk")
        assert Term.objects.get(pk=first.pk).definition == "What A means."
        self.done(self.review(former, "accept"))
        self.done(self.review(linked, "accept"))

        undecided = self.review(latter, "accept")

        assert "Choose what is to stand." in undecided.text
        decision = undecided.context["sections"][0].decisions[0].name
        self.done(self.review(latter, "accept", **{decision: "proposed"}))

    def friday(self, terms: list[Term], draft: Term) -> None:
        """A draft is restored as its author first had it; another is deleted, brought back, and merged into it."""
        earliest = past_of(draft, everyone=True)[0].key
        restore = reverse("admin:glossary_term_restore", args=[draft.pk, earliest])
        self.done(self.rex.post(restore, typed_at(self.rex, restore)))
        assert Term.objects.get(pk=draft.pk).definition == "What K means."
        doomed = begin(self.ben, name="Term L", definition="What L means.", see_also=[terms[3].pk])
        self.changes += 1
        delete = reverse("admin:glossary_term_delete", args=[doomed.pk])
        self.done(self.rex.post(delete, {"post": "yes", "reason": "A duplicate"}))
        assert not Term.objects.filter(pk=doomed.pk).exists()

        gone = past_of(doomed, everyone=True)[-1].key
        back = reverse("admin:glossary_term_restore", args=[doomed.pk, gone])
        self.done(self.rex.post(back, typed_at(self.rex, back)))

        assert Term.objects.get(pk=doomed.pk).see_also.get() == terms[3]

        # The two drafts turn out to be one.
        merge = f"{reverse('admin:glossary_term_merge')}?stays={draft.pk}&goes={doomed.pk}"
        chosen = {choice.name: choice.choice.value for choice in self.rex.get(merge).context["choices"]}
        self.done(send(self.rex, merge, reason="The same word", **chosen))
        assert Term.objects.get(pk=draft.pk).see_also.get() == terms[3]
        assert "Term L" in Term.objects.get(pk=draft.pk).alias_list


def typed_at(client: Client, url: str) -> dict:
    """What the page's form would send: its reason, and the version that it was opened at."""
    page = client.get(url)
    return {"reason": "As it was", "opened": page.context["opened"]}


def test_week_of_a_team_ends_with_all_accounts_in_agreement(tmp_path):
    week = Week()
    terms = week.monday()
    week.tuesday(terms)
    draft = week.wednesday(terms)
    week.thursday(terms)
    week.friday(terms, draft)
    assert week.changes >= 40

    # The history says of every entry what the tables say.
    everything = list(Term.objects.order_by("pk"))
    assert len(everything) == 11
    for term in everything:
        changes = past_of(term, everyone=True)
        assert Restoration(term, changes[-1].key).document == document(term)
        logged = ChangedEntry.objects.of(term).order_by("pk").values_list("change", flat=True)
        assert [change.key for change in changes] == [str(key) for key in logged]
    # A merge touches two.
    assert ChangedEntry.objects.count() == week.changes + 1
    assert Change.objects.filter(author=None).count() == Change.objects.filter(alone=True).count() == 0

    # The public site says what the dump says, and nothing of what is not published.
    file = tmp_path / "terms.json"
    call_command("dumpdata", "glossary.term", output=str(file), verbosity=0)
    dumped = {record["fields"]["slug"]: record["fields"] for record in json.loads(file.read_text())}
    reader = Client()
    published = {slug for slug, fields in dumped.items() if fields["status"] == Status.PUBLISHED}
    assert published == {term.slug for term in terms}
    for slug, fields in dumped.items():
        page = reader.get(f"/glossary/{slug}/")
        assert page.status_code == (200 if slug in published else 404)
        assert slug not in published or fields["definition"] in page.text
    assert {row["slug"] for row in reader.get("/glossary.json").json()["results"]} == published
    assert dumped["term-a"]["definition"] == "Put better, the second time."

    # A reader sees who corrected what, and why.
    history = reader.get("/glossary/term-a/history/").text
    assert "Put better, the first time." in history
    assert "What K means" not in reader.get("/glossary/").text

    # The dump, loaded into an empty table, is the same again.
    Term.objects.all().delete()
    call_command("loaddata", str(file), verbosity=0)
    again = tmp_path / "again.json"
    call_command("dumpdata", "glossary.term", output=str(again), verbosity=0)
    assert sorted(json.loads(again.read_text()), key=str) == sorted(json.loads(file.read_text()), key=str)
