"""The history of a row in the admin: its changes, each state, restoring, and deleting with a way back."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from catalog.models import AIModel, Milestone, Modality, Score, Tag
from core.models import Status
from editorial.log import change
from editorial.models import Act, Change, ChangedEntry, Proposal, Redirect
from glossary.models import Term
from research.models import Organization
from tests import factories as make
from tests.forms import typed

pytestmark = pytest.mark.django_db

RESTORE = "restore_entry"


@pytest.fixture
def editor(client):
    client.force_login(editor := make.make_editor(username="ada"))
    return editor


def somebody(client, *codenames: str):
    """Logs in somebody who may do just this."""
    user = make.make_editor(is_superuser=False)
    user.user_permissions.set(found := Permission.objects.filter(codename__in=codenames))
    assert len(found) == len(codenames)
    client.force_login(user)
    return user


def page_of(row, name: str, *more) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{name}", args=[row.pk, *more])


def edit(row, reason="Why", user=None, **fields) -> str:
    """Saves the row as one change; its key."""
    with change(reason, user) as written:
        for name, value in fields.items():
            setattr(row, name, value)
        row.save()
    return str(written.id)


def full_model(**fields) -> tuple[AIModel, str]:
    """A model with everything that can go with it, and the key of the change that made it."""
    with change("Begun") as written:
        model = make.make_model(name="Full", organizations=[make.make_organization(name="Lab")], **fields)
        model.tags.add("fp8")
        make.make_milestone(model=model, text="First of its kind")
        make.make_score(model=model, benchmark=make.make_benchmark(name="MMLU"), source=make.make_source(name="Report"))
        make.make_citation(model=model, source=make.make_source(name="Paper"))
    return model, str(written.id)


def contents(model) -> tuple:
    return (
        model.summary,
        [str(row) for row in model.organizations.all()],
        sorted(model.tags.names()),
        [(row.pk, row.text) for row in model.milestones.all()],
        [(row.pk, row.value) for row in model.scores.all()],
        [(row.pk, row.stated) for row in model.citations.all()],
    )


def restore(client, row, key, **values):
    """Open the page that asks, and confirm it; None takes a field out."""
    address = page_of(row, "restore", key)
    sent = typed(client.get(address)) | values
    return client.post(address, {name: value for name, value in sent.items() if value is not None}, follow=True)


def told(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


# Looking


def test_history_shows_entry_parts_and_tags_of_a_change_together(client, editor):
    model, begun = full_model(summary="Old words.")
    with change("Read the report", editor) as written:
        model.summary = "New words."
        model.save()
        model.tags.add("moe")
        make.make_milestone(model=model, text="Opened")

    page = client.get(page_of(model, "history"))

    newest, oldest = page.context["page_obj"]
    assert (newest.key, oldest.key) == (str(written.id), begun)
    assert (newest.author, newest.reason, newest.logged.act) == ("ada", "Read the report", Act.EDITED)
    assert {(one.title, one.what) for one in newest.differences} == {
        ("model", "changed"),
        ("milestone: Opened", "added"),
        ("tag on a model: moe", "added"),
    }
    assert "<del>Old words.</del> <ins>New words.</ins>" in page.text
    assert page_of(model, "state", begun) in page.text


def test_history_tells_editors_of_drafts_steps_and_accounts(client, editor):
    term = make.make_term(name="Word", status=Status.DRAFT, definition="Secret.")
    edit(term, "Ready", make.make_editor(username="eve@example.org"), status=Status.IN_REVIEW)
    with change("Seen", editor, Act.PUBLISHED, alone=True):
        term.status = Status.PUBLISHED
        term.save()

    page = client.get(page_of(term, "history")).text

    assert "<del>Draft</del> <ins>In review</ins>" in page
    assert "by eve@example.org" in page
    assert "Published by ada, without a second reader: “Seen”" in page
    assert "Secret." in page


def test_long_reason_is_told_in_full(client, editor):
    term = make.make_term()
    edit(term, reason="long " * 100, definition="New.")

    assert ("long " * 100).strip() in client.get(page_of(term, "history")).text


def test_state_shows_all_that_stood(client, editor):
    model, begun = full_model(summary="Old words.")
    edit(model, summary="New words.")

    page = client.get(page_of(model, "state", begun)).text

    assert "Old words." in page
    assert "New words." not in page
    assert all(text in page for text in ("First of its kind", "MMLU", "fp8", "Lab", "671B"))


def test_history_is_paged(client, editor):
    term = make.make_term()
    for number in range(25):
        edit(term, definition=f"Words {number}.")

    pages = [client.get(page_of(term, "history"), {"page": page}) for page in ("1", "2", "banana", "999")]

    assert [len(page.context["page_obj"]) for page in pages] == [20, 6, 20, 6]
    assert "Words 24." in pages[0].text


@pytest.mark.parametrize("factory", [make.make_tag, make.make_modality, make.make_score, make.make_model])
def test_every_kind_with_a_form_has_a_history(client, editor, factory):
    row = factory()
    row.save()

    page = client.get(page_of(row, "history"))

    assert len(page.context["page_obj"]) > 0


def test_queries_of_a_history_do_not_grow_with_its_changes(client, editor, django_assert_num_queries):
    model, _ = full_model()
    edit(model, user=editor, summary="Words")
    client.get(page_of(model, "history"))
    with django_assert_num_queries(QUERIES):
        client.get(page_of(model, "history"))
    for number in range(4):
        edit(model, user=make.make_editor(), summary=f"Words {number}")
        make.make_milestone(model=model)
    with django_assert_num_queries(QUERIES):
        assert len(client.get(page_of(model, "history")).context["page_obj"]) == 7


QUERIES = 33


@pytest.mark.parametrize("page", ["history/", "history/{key}/", "history/{key}/restore/"])
def test_addresses_without_a_row_or_a_change_are_not_found(client, editor, page):
    term, other = make.make_term(), make.make_term()
    key, foreign = edit(term, definition="New."), edit(other, definition="New.")
    base = "/admin/glossary/term"

    for number in ("banana", "0", "9" * 30, "-1", "%00"):
        assert client.get(f"{base}/{number}/{page.format(key=key)}").status_code == 404
    if "key" in page:
        for wrong in (foreign, "banana", "%00", "9" * 300, "00000000-0000-0000-0000-000000000000"):
            assert client.get(f"{base}/{term.pk}/{page.format(key=wrong)}").status_code == 404
            assert client.post(f"{base}/{term.pk}/{page.format(key=wrong)}").status_code in (404, 405)
    assert client.get(f"{base}/{term.pk}/{page.format(key=key)}").status_code == 200


@pytest.mark.parametrize("name", ["history", "state", "restore"])
def test_history_needs_the_permission_to_look_at_the_kind(client, name):
    term = make.make_term()
    more = [] if name == "history" else [edit(term, definition="New.")]
    assert client.get(page_of(term, name, *more)).url.startswith(reverse("admin:login"))

    somebody(client, "view_family", RESTORE)
    assert client.get(page_of(term, name, *more)).status_code == 403
    somebody(client, "view_term")
    assert client.get(page_of(term, name, *more)).status_code == (403 if name == "restore" else 200)


# Restoring


def test_entry_is_restored_whole_with_its_parts_tags_and_numbers(client, editor):
    model, begun = full_model(summary="Old words.")
    before = contents(model)
    with change("Vandalized"):
        AIModel.objects.get(pk=model.pk).tags.set(["spam"])
        model.organizations.clear()
        model.milestones.get().delete()
        score = model.scores.get()
        score.value = 1
        score.save()
        citation = model.citations.get()
        citation.stated = "9"
        citation.save()
        model.summary = "Spam."
        model.save()
    vandalized = contents(AIModel.objects.get())
    assert all(one != other for one, other in zip(vandalized, before, strict=True))

    asked = client.get(page_of(model, "restore", begun)).text
    response = restore(client, model, begun, reason="Undo it")

    assert contents(AIModel.objects.get()) == before
    assert "<del>Spam.</del> <ins>Old words.</ins>" in asked
    assert told(response) == ["“Full” is restored."]
    logged = Change.objects.latest("at")
    assert (logged.act, logged.reason, logged.author, logged.alone) == (Act.RESTORED, "Undo it", editor, True)
    # Readers see the corrected figures as what they are: nothing but the change back.
    assert [one.what for one in response.context["page_obj"][0].differences if "citation" in one.title] == ["changed"]


def test_address_and_publication_stay_as_they_are(client, editor):
    model, begun = full_model(summary="Old words.", status=Status.DRAFT)
    edit(model, summary="New words.", slug="renamed", status=Status.PUBLISHED)

    restore(client, model, begun)

    model.refresh_from_db()
    assert (model.summary, model.slug, model.status) == ("Old words.", "renamed", Status.PUBLISHED)
    assert [row.text for row in model.milestones.all()] == ["First of its kind"]


def test_what_it_refers_to_is_found_under_its_new_address(client, editor):
    model, begun = full_model()
    lab = Organization.objects.get()
    edit(lab, slug="lab-renamed")
    model.organizations.clear()

    restore(client, model, begun)

    assert list(model.organizations.all()) == [lab]


def test_parts_that_exchanged_their_keys_get_them_back(client, editor):
    model, begun = full_model()
    old = model.milestones.get()
    with change("Moved"):
        old.text = "Other"
        old.save()
        make.make_milestone(model=model, text="First of its kind", order=7)

    restore(client, model, begun)

    assert [(row.text, row.order) for row in model.milestones.all()] == [("First of its kind", 0)]


def test_number_that_another_row_has_by_now_is_not_taken(client, editor):
    model, begun = full_model()
    milestone, other = model.milestones.get(), make.make_model()
    Milestone.objects.filter(pk=milestone.pk).update(model=other, text="Moved there")

    response = restore(client, model, begun)

    assert told(response) == ["“Full” is restored."]
    assert Milestone.objects.get(pk=milestone.pk).text == "Moved there"
    assert [row.text for row in model.milestones.all()] == ["First of its kind"]


def test_part_without_a_record_at_that_time_stays(client, editor):
    model, begun = full_model()
    loaded = make.make_milestone(model=model, text="Loaded, not written")
    loaded.history.all().delete()
    edit(model, summary="New words.")
    edit(loaded, note="x", order=3)

    restore(client, model, begun)

    assert {row.text for row in model.milestones.all()} == {"First of its kind", "Loaded, not written"}


def test_nothing_is_written_by_looking(client, editor):
    term = make.make_term(definition="Old.")
    begun, now = term.history.latest().history_date, edit(term, definition="New.")
    key = f"{begun:%Y%m%dT%H%M%S%f}"

    page = client.get(page_of(term, "restore", key), {"reason": "x", "opened": "x"})

    assert "<del>New.</del> <ins>Old.</ins>" in page.text
    assert Term.objects.get().definition == "New."
    assert str(Change.objects.get().pk) == now


def test_state_that_stands_is_not_restored_again(client, editor):
    term = make.make_term()
    key = edit(term, definition="New.")

    page = client.get(page_of(term, "restore", key)).text
    client.post(page_of(term, "restore", key), {"opened": "x"})

    assert "Nothing would change" in page
    assert Change.objects.count() == 1


@pytest.mark.parametrize("opened", [None, "", "banana", "\0", "0 "])
def test_form_that_is_tampered_with_restores_nothing(client, editor, opened):
    term = make.make_term()
    begun = edit(term, definition="Old.")
    edit(term, definition="New.")

    page = restore(client, term, begun, opened=opened)

    assert "Nothing was written." in page.text
    assert Term.objects.get().definition == "New."


def test_form_opened_before_somebody_else_saved_restores_nothing_and_keeps_the_reason(client, editor):
    term = make.make_term()
    begun = edit(term, definition="Old.")
    edit(term, definition="New.")
    sent = typed(client.get(page_of(term, "restore", begun))) | {"reason": "Typed"}
    edit(term, "Meanwhile", make.make_editor(username="eve"), definition="Newer.")

    page = client.post(page_of(term, "restore", begun), sent)

    assert (page.status_code, Term.objects.get().definition) == (200, "Newer.")
    assert "eve saved" in page.text
    assert ">Typed</textarea>" in page.text


def test_reason_with_null_characters_and_of_any_length_is_kept_as_far_as_it_goes(client, editor):
    term = make.make_term()
    begun = edit(term, definition="Old.")
    edit(term, definition="New.")

    restore(client, term, begun, reason="a\0b" * 9999)

    assert Term.objects.get().definition == "Old."
    assert Change.objects.latest("at").reason == ("ab" * 500)


def test_source_that_is_gone_is_named_and_nothing_written(client, editor):
    model, begun = full_model(summary="Old words.")
    source = model.citations.get().source
    with change("Gone"):
        model.citations.all().delete()
        source.delete()
    edit(model, summary="New words.")

    page = restore(client, model, begun)

    assert "It refers to the source “Paper”, which is gone." in page.text
    model.refresh_from_db()
    assert model.summary == "New words."
    assert not Change.objects.filter(act=Act.RESTORED).exists()


def test_rule_that_would_be_broken_is_told_and_nothing_written(client, editor):
    model, begun = full_model(parameters_total=671 * 10**9, status=Status.DRAFT)
    with change("No source"):
        model.citations.all().delete()
        model.parameters_total = None
        model.save()
    without = edit(model, parameters_total=10**9, summary="Uncited.")
    with change("Published"):
        model.parameters_total, model.status = None, Status.PUBLISHED
        model.save()

    page = restore(client, model, without)

    assert "Nothing was written." in page.text
    assert "Parameters" in page.text
    assert AIModel.objects.get().parameters_total is None
    restore(client, model, begun)
    assert AIModel.objects.get().parameters_total == 671 * 10**9


@pytest.mark.parametrize("factory", [make.make_modality, make.make_organization])
def test_restoring_needs_its_permission_and_that_of_the_kind(client, factory):
    row = factory(name="Old")
    kind = row._meta.model_name
    begun = edit(row, name="Old")
    edit(row, name="New")
    key = page_of(row, "restore", begun)

    somebody(client, f"view_{kind}", f"change_{kind}", "edit_others")
    assert (client.get(key).status_code, client.post(key).status_code) == (403, 403)
    assert key not in client.get(page_of(row, "history")).text
    somebody(client, f"view_{kind}", RESTORE)
    assert (client.get(key).status_code, client.post(key).status_code) == (403, 403)
    somebody(client, f"view_{kind}", f"change_{kind}", "edit_others", "publish_alone", RESTORE)
    assert key in client.get(page_of(row, "history")).text
    restore(client, row, begun)

    row.refresh_from_db()
    assert row.name == "Old"


def test_published_entry_of_whoever_may_not_publish_alone_waits_for_a_reviewer(client):
    model, begun = full_model(summary="Old words.")
    edit(model, summary="New words.")
    user = somebody(client, "view_aimodel", "change_aimodel", "edit_others", "view_proposal", RESTORE)

    response = restore(client, model, begun, reason="Better before")

    proposal = Proposal.objects.get()
    assert "waits for a reviewer" in told(response)[0]
    assert AIModel.objects.get().summary == "New words."
    assert (proposal.kind, proposal.slug, proposal.reason, proposal.created_by) == (
        "catalog.aimodel",
        "full",
        "Better before",
        user,
    )
    was, wanted = proposal.original[0]["fields"], proposal.document[0]["fields"]
    assert {name for name in was if was[name] != wanted[name]} == {"summary"}
    assert not Change.objects.filter(act=Act.RESTORED).exists()


# Deleting and bringing back


def test_deleting_is_a_change_with_its_reason(client, editor):
    term = make.make_term(name="Gone")
    address = page_of(term, "delete")

    assert 'name="reason"' in client.get(address).text
    client.post(address, {"post": "yes", "reason": "A duplicate"})

    entry = ChangedEntry.objects.get()
    assert (entry.change.act, entry.change.reason, entry.change.author, entry.fate) == (
        Act.DELETED,
        "A duplicate",
        editor,
        "removed",
    )
    assert not Term.objects.exists()


def test_deleting_several_is_one_change(client, editor):
    terms = [make.make_term(name=name) for name in ("One", "Two")]
    data = {"action": "delete_selected", "_selected_action": [term.pk for term in terms]}

    asked = client.post("/admin/glossary/term/", data).text
    client.post("/admin/glossary/term/", data | {"post": "yes", "reason": "Not ours"})

    assert 'name="reason"' in asked
    change = Change.objects.get()
    assert (change.act, change.reason, change.entries.count()) == (Act.DELETED, "Not ours", 2)


def test_deleted_entry_comes_back_whole_from_the_list_of_its_kind(client, editor):
    model, _ = full_model(summary="Words.")
    before, number = contents(model), model.pk
    listing = "/admin/catalog/aimodel/"
    assert f"{listing}deleted/" not in client.get(listing).text
    client.post(page_of(model, "delete"), {"post": "yes", "reason": "By mistake"})
    assert not AIModel.objects.filter(name="Full").exists()
    assert not Score.objects.exists()

    assert f"{listing}deleted/" in client.get(listing).text
    deleted = client.get(f"{listing}deleted/").text
    model.pk = number
    history = client.get(page_of(model, "history")).text
    key = str(Change.objects.get(act=Act.DELETED).pk)
    response = restore(client, model, key, reason="Sorry")

    assert page_of(model, "history") in deleted
    assert "By mistake" in deleted
    assert "This model is deleted." in history
    assert page_of(model, "restore", key) in history
    assert told(response) == ["“Full” is back."]
    back = AIModel.objects.get(name="Full")
    assert (back.pk, back.status, contents(back)) == (number, Status.PUBLISHED, before)
    assert [one.logged.act for one in response.context["page_obj"]] == [Act.RESTORED, Act.DELETED, Act.EDITED]
    assert f"{listing}deleted/" not in client.get(listing).text
    assert client.get(back.get_absolute_url()).status_code == 200


def test_deleted_entry_comes_back_as_of_an_earlier_change_under_its_last_address(client, editor):
    model, begun = full_model(summary="Old words.")
    before, number = contents(model), model.pk
    edit(model, summary="New words.", slug="renamed")
    client.post(page_of(model, "delete"), {"post": "yes"})
    model.pk = number

    restore(client, model, begun)

    back = AIModel.objects.get(pk=number)
    assert (back.slug, contents(back)) == ("renamed", before)


def test_entry_that_was_loaded_without_history_comes_back_with_its_links(client, editor):
    model, _ = full_model()
    before, number = contents(model), model.pk
    for kind in (AIModel, Milestone, Score, type(model.citations.get()), model.tags.through):
        kind.history.all().delete()
    client.post(page_of(model, "delete"), {"post": "yes"})
    model.pk = number

    restore(client, model, str(Change.objects.get(act=Act.DELETED).pk))

    assert contents(AIModel.objects.get(name="Full")) == before


def test_address_taken_meanwhile_is_told_and_nothing_written(client, editor):
    term = make.make_term(name="Word")
    number = term.pk
    client.post(page_of(term, "delete"), {"post": "yes"})
    make.make_term(name="Other", slug="word")
    term.pk = number

    page = restore(client, term, str(Change.objects.get(act=Act.DELETED).pk))

    assert "Its address is taken by another term, “Other”." in page.text
    assert [row.name for row in Term.objects.all()] == ["Other"]


def test_address_that_leads_elsewhere_meanwhile_is_told_and_nothing_written(client, editor):
    term, other = make.make_term(name="Word"), make.make_term(name="Other")
    number = term.pk
    client.post(page_of(term, "delete"), {"post": "yes"})
    Redirect.objects.create(kind="glossary.term", slug="word", row=other.pk)
    term.pk = number

    page = restore(client, term, str(Change.objects.get(act=Act.DELETED).pk))

    assert "Its address leads to “Other” by now." in page.text
    assert [row.name for row in Term.objects.all()] == ["Other"]


@pytest.mark.parametrize("factory", [make.make_tag, make.make_modality])
def test_what_is_no_entry_comes_back_too(client, editor, factory):
    row = factory(name="Gone")
    kind, number = type(row), row.pk
    client.post(page_of(row, "delete"), {"post": "yes"})
    row.pk = number
    assert not kind.objects.exists()

    restore(client, row, str(Change.objects.get(act=Act.DELETED).pk))

    assert (kind.objects.get().pk, kind.objects.get().name) == (number, "Gone")
    assert {Tag, Modality} > {kind}


def test_bringing_back_needs_its_permission_and_that_to_add(client, editor):
    term = make.make_term(name="Word")
    number = term.pk
    client.post(page_of(term, "delete"), {"post": "yes"})
    term.pk = number
    key = str(Change.objects.get(act=Act.DELETED).pk)
    address = page_of(term, "restore", key)

    for may in (["view_term", RESTORE], ["view_term", "add_term"]):
        somebody(client, *may)
        assert (client.get(address).status_code, client.post(address).status_code) == (403, 403)
        assert address not in client.get(page_of(term, "history")).text
    somebody(client, "view_term", "add_term", RESTORE)
    restore(client, term, key)

    assert Term.objects.get().pk == number


def test_list_of_the_deleted_needs_the_permission_to_look(client):
    somebody(client, "view_family")
    assert client.get("/admin/glossary/term/deleted/").status_code == 403

    somebody(client, "view_term")
    assert "None is deleted." in client.get("/admin/glossary/term/deleted/?page=banana").text


def test_entry_deleted_twice_is_listed_once(client, editor):
    term = make.make_term(name="Word")
    number = term.pk
    for _ in range(2):
        term.pk = number
        client.post(page_of(term, "delete"), {"post": "yes"})
        deleted = client.get("/admin/glossary/term/deleted/").context["page_obj"]
        assert len(deleted) == 1
        restore(client, term, str(Change.objects.filter(act=Act.DELETED).latest("at").pk))

    assert Term.objects.get().pk == number
