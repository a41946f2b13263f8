"""Fields of many entries are changed at once: shown entry by entry first, then written as saving each would."""

import re

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import AIModel
from editorial import bulk_admin
from editorial.models import Act, Change, ChangedEntry, Fate, Proposal
from glossary.models import Term
from research.models import Source
from tests import factories as make
from tests.editorial.desk import begin, member
from tests.editorial.lists import choose, list_of, offered, press

# What reaches a page in vain: the kinds' own names.
NEVER = {"name", "slug", "status", "publish_at", "created_at", "updated_at"}


def draft(**fields):
    return make.make_term(status="draft", **fields)


def ask(client, rows, **values):
    """Choose the action, and send its form with these values, each ticked."""
    page = choose(client, "edit_selected", rows)
    ticks = {f"change-{name}": "on" for name in values if name != "reason"}
    return press(client, page, list_of(type(rows[0])), _selected_action=[row.pk for row in rows], **ticks, **values)


def write(client, page, rows, **values):
    values |= {"_selected_action": [row.pk for row in rows], "write": "1"}
    return press(client, page, list_of(type(rows[0])), **values)


def told(response, client):
    return [str(message) for message in client.get(response.url).context["messages"]]


def errors(page):
    return {name: list(found) for name, found in page.context["form"].errors.items()}


def test_form_offers_what_is_not_each_entrys_own(db):
    page = choose(member("Administrator"), "edit_selected", [make.make_model()])

    offered = set(page.context["form"].offered)
    assert not offered & NEVER
    assert {"openness", "context_window", "family", "organizations", "tags", "released", "summary"} <= offered


def test_preview_shows_old_and_new_and_writes_nothing(db):
    editor, rows = member("Editor"), [draft(abbreviation="A"), draft(abbreviation="B"), draft(abbreviation="N")]
    changes = Change.objects.count()

    page = ask(editor, rows, abbreviation="N", reason="Why")

    plan = page.context["plan"]
    assert [(entry, found[0].values) for entry, found in plan.changes] == [
        (rows[0], [("abbreviation", "A", "N")]),
        (rows[1], [("abbreviation", "B", "N")]),
    ]
    assert (plan.unchanged, plan.left_out) == ([rows[2]], [])
    assert f"1 unchanged, for they say it already: {rows[2]}." in page.text
    assert (Term.objects.filter(abbreviation="N").count(), Change.objects.count()) == (1, changes)


def test_confirmed_changes_of_drafts_are_one_change_with_its_reason(db):
    editor, rows = member("Editor"), [draft(abbreviation="A"), draft(abbreviation="B")]
    before = Change.objects.count()

    response = write(editor, ask(editor, rows, abbreviation="N", reason="A wave"), rows)

    assert told(response, editor) == ["Entries: 2 changed."]
    assert {row.abbreviation for row in Term.objects.all()} == {"N"}
    change = Change.objects.get(reason="A wave")
    assert (change.author, change.act, change.alone) == (editor.user, Act.EDITED, False)
    assert {entry.slug for entry in change.entries.all()} == {row.slug for row in rows}
    assert Change.objects.count() == before + 1
    assert all(Term.objects.get(pk=row.pk).updated_at > row.updated_at for row in rows)


def test_published_entries_wait_for_a_reviewer_who_is_told_once(db, django_capture_on_commit_callbacks):
    reviewer, editor = member("Reviewer"), member("Editor")
    reviewer.user.email = "reviewer@example.org"
    reviewer.user.save()
    rows = [make.make_term(abbreviation="A"), make.make_term(abbreviation="B"), draft(abbreviation="C")]

    page = ask(editor, rows, abbreviation="N", reason="A wave")
    with django_capture_on_commit_callbacks(execute=True):
        response = write(editor, page, rows)

    assert page.text.count("the change waits for a reviewer") == 2
    assert told(response, editor) == ["Entries: 1 changed, 2 proposed, and waiting for a reviewer."]
    assert sorted(Term.objects.values_list("abbreviation", flat=True)) == ["A", "B", "N"]
    assert {one.slug: one.reason for one in Proposal.objects.all()} == {row.slug: "A wave" for row in rows[:2]}
    assert {one.document[0]["fields"]["abbreviation"] for one in Proposal.objects.all()} == {"N"}
    assert [letter.subject for letter in mail.outbox] == [f"Descent: 2 entries – changes proposed by {editor.user}"]
    assert told(write(editor, ask(editor, rows, abbreviation="N"), rows), editor) == [
        "Entries: 2 waiting like this already, 1 as they were."
    ]


def test_administrator_writes_published_entries_alone_and_the_log_says_so(db):
    administrator, rows = member("Administrator"), [make.make_term(abbreviation="A"), draft()]

    write(administrator, ask(administrator, rows, abbreviation="N", reason="Alone"), rows)

    assert Term.objects.filter(abbreviation="N").count() == 2
    assert Change.objects.get(reason="Alone").alone
    assert Proposal.objects.count() == 0


def test_what_is_not_the_users_is_listed_and_left_out(db):
    contributor = member("Contributor")
    own, others, published = begin(contributor), draft(), make.make_term()

    page = ask(contributor, [own, others, published], abbreviation="N")
    write(contributor, page, [own, others, published])

    assert set(page.context["plan"].left_out) == {others, published}
    assert "2 left out, for they are not yours to change:" in page.text
    assert list(Term.objects.filter(abbreviation="N")) == [own]
    assert Proposal.objects.count() == 0


def test_editing_needs_the_permission_to_change(db):
    rows = [draft()]
    looking = member("", "glossary.view_term", "editorial.edit_others")

    assert offered(looking, Term) == {"export_selected"}
    assert "plan" not in (choose(looking, "edit_selected", rows, reason="").context or {})
    assert "edit_selected" in offered(member("", "glossary.change_term"), Term)


@pytest.mark.parametrize("part", ["same field", "gone", "published"])
def test_what_changed_since_the_preview_is_told_and_shown_first(db, part):
    editor, rows = member("Editor"), [draft(abbreviation="A"), draft(abbreviation="B")]
    page = ask(editor, rows, abbreviation="N", reason="Why")

    if part == "gone":
        Term.objects.get(pk=rows[0].pk).delete()
    else:
        fields = {"abbreviation": "Theirs"} if part == "same field" else {"status": "published"}
        Term.objects.filter(pk=rows[0].pk).update(**fields)
    again = write(editor, page, rows)

    assert "Something changed while you were reading" in again.text
    assert not Term.objects.filter(abbreviation="N").exists()
    assert not Proposal.objects.exists()
    assert write(editor, again, rows).status_code == 302
    assert Term.objects.get(pk=rows[1].pk).abbreviation == "N"


def test_values_that_were_changed_after_the_preview_are_shown_first(db):
    editor, rows = member("Editor"), [draft(abbreviation="A")]
    page = ask(editor, rows, abbreviation="N")

    again = write(editor, page, rows, abbreviation="Else")

    assert "Something changed while you were reading" in again.text
    assert Term.objects.get().abbreviation == "A"


def test_other_fields_saved_meanwhile_stay(db):
    editor, rows = member("Editor"), [draft(abbreviation="A")]
    page = ask(editor, rows, abbreviation="N")
    Term.objects.update(article="Theirs.")

    write(editor, page, rows)

    assert Term.objects.values_list("abbreviation", "article").get() == ("N", "Theirs.")


def test_fields_are_typed_as_in_the_form_of_an_entry(db):
    editor = member("Administrator")
    family, modality, maker = make.make_family(), make.make_modality(), make.make_organization()
    rows = [make.make_model(status="draft"), make.make_model(status="draft")]
    values = {
        "context_window": "128K",
        "openness": "open_weight",
        "family": str(family.pk),
        "organizations": [str(maker.pk)],
        "input_modalities": [str(modality.pk)],
        "tags": "fp8, moe",
        "released": "2024-12-26",
        "released_precision": "day",
        "training_compute": "3.3e24",
    }

    write(editor, ask(editor, rows, **values), rows)

    for model in AIModel.objects.filter(pk__in=[row.pk for row in rows]):
        assert (model.context_window, model.openness, model.family) == (128_000, "open_weight", family)
        assert (list(model.organizations.all()), list(model.input_modalities.all())) == ([maker], [modality])
        assert sorted(model.tags.names()) == ["fp8", "moe"]
        assert (str(model.released), model.training_compute) == ("2024-12-26", 3.3e24)


def test_ticked_and_empty_field_is_emptied(db):
    editor = member("Editor")
    rows = [make.make_model(status="draft", family=make.make_family(), context_window=5, licence="MIT")]

    write(editor, ask(editor, rows, family="", context_window="", licence=""), rows)

    assert AIModel.objects.values_list("family", "context_window", "licence").get(pk=rows[0].pk) == (None, None, "")


def test_bad_values_are_told_beside_their_fields_and_stay(db):
    rows = [make.make_model(status="draft")]

    page = ask(member("Editor"), rows, context_window="banana", released="May", licence="a" * 200, family="x")

    assert set(errors(page)) == {"context_window", "released", "licence", "family"}
    assert 'value="banana"' in page.text
    assert page.context["plan"] is None


def test_value_without_its_tick_is_not_lost_silently(db):
    editor, rows = member("Editor"), [draft()]

    typed = press(editor, choose(editor, "edit_selected", rows), list_of(Term), abbreviation="N")
    none = press(editor, choose(editor, "edit_selected", rows), list_of(Term))

    assert errors(typed) == {"change-abbreviation": ["You typed a value here: tick the box if it is to be written."]}
    assert errors(none) == {"__all__": ["Tick at least one field."]}


def test_required_field_cannot_be_emptied(db):
    rows = [make.make_source(status="draft")]

    assert errors(ask(member("Editor"), rows, kind="")) == {"kind": ["This field is required."]}
    assert Source.objects.get().kind


def test_every_entry_that_would_break_a_rule_is_told_and_none_is_written(db):
    editor = member("Editor")
    rows = [make.make_model(status="draft", parameters_total=total) for total in (5, 10**12, 7)]

    page = ask(editor, rows, parameters_active="1B")
    refused = write(editor, page, rows, seen=page.context["plan"].digest)

    assert [problem.partition(":")[0] for problem in page.context["plan"].problems] == [str(rows[0]), str(rows[2])]
    assert 'name="write"' not in page.text
    assert refused.status_code == 200
    assert not AIModel.objects.exclude(parameters_active=None).exists()


def test_script_is_shown_as_text_and_null_characters_are_told(db):
    editor, rows = member("Editor"), [draft(name="<script>alert(1)</script>")]

    assert "<script>alert(1)" not in ask(editor, rows, abbreviation="<script>alert(1)").text
    assert errors(ask(editor, rows, abbreviation="a\0")) == {"abbreviation": ["Null characters are not allowed."]}


def test_too_many_entries_are_refused(db, monkeypatch):
    monkeypatch.setattr(bulk_admin, "MOST", 1)
    editor, rows = member("Editor"), [draft(), draft()]

    response = choose(editor, "edit_selected", rows)

    assert told(response, editor) == ["At most 1 entries are changed at once: select fewer."]


def test_changes_of_an_entry_begun_by_the_user_stay_theirs(db):
    contributor = member("Contributor")
    term = begin(contributor)

    write(contributor, ask(contributor, [term], abbreviation="N", reason="Mine"), [term])

    log = ChangedEntry.objects.of(term)
    assert [(entry.fate, entry.change.author) for entry in log] == [
        (Fate.CHANGED, contributor.user),
        (Fate.ADDED, contributor.user),
    ]


def test_preview_asks_equally_often_for_one_entry_and_for_three(db):
    editor = member("Administrator")

    def full():
        model = make.make_model(organizations=[make.make_organization()], family=make.make_family(), status="draft")
        make.make_tagged_model(content_object=model)
        return model

    rows = [full()]
    page = choose(editor, "edit_selected", rows)
    values = {"change-licence": "on", "licence": "MIT"}
    press(editor, page, list_of(AIModel), **values)
    with CaptureQueriesContext(connection) as first:
        one = press(editor, page, list_of(AIModel), **values)
    rows += [full(), full()]

    with CaptureQueriesContext(connection) as second:
        three = press(editor, page, list_of(AIModel), _selected_action=[row.pk for row in rows], **values)
    assert [len(page.context["plan"].changes) for page in (one, three)] == [1, 3]
    assert len(re.findall("<h3>", three.text)) == 3
    assert len(first) == len(second) <= 50
