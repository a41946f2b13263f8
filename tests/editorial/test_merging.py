"""Two entries made one, through the admin: nothing points at the one that is gone, and all can be undone."""

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalog.models import AIModel, Derivation, Family, Innovation, Score
from core.documents import document
from core.models import Record
from editorial.models import Act, Change, Fate, Proposal, ReadingStep, Redirect
from glossary.models import Term
from research.models import Benchmark, Organization, Paper, Source
from tests.editorial.desk import form, member
from tests.factories import (
    make_benchmark,
    make_citation,
    make_derivation,
    make_family,
    make_innovation,
    make_link,
    make_milestone,
    make_modality,
    make_model,
    make_model_paper,
    make_organization,
    make_paper,
    make_score,
    make_source,
    make_tag,
    make_tagged_model,
    make_term,
)
from tests.forms import send

pytestmark = pytest.mark.django_db

MAKERS = {
    Term: make_term,
    Organization: make_organization,
    Source: make_source,
    Paper: make_paper,
    Benchmark: make_benchmark,
    Family: make_family,
    AIModel: make_model,
}


def pair(kind, **fields):
    """The one that stays and the one that goes."""
    return MAKERS[kind](name="Stays", slug="stays"), MAKERS[kind](name="Goes", slug="goes", **fields)


def address(stays, goes):
    page = reverse(f"admin:{stays._meta.app_label}_{stays._meta.model_name}_merge")
    return f"{page}?stays={stays.pk}&goes={goes.pk}"


def merge(client, stays, goes, **values):
    """Open the page, choose, and confirm."""
    page = client.get(address(stays, goes))
    chosen = {one.name: one.choice.value for one in page.context["choices"]}
    return send(client, address(stays, goes), reason="The same", **chosen | values)


def choice(page, heading):
    """The name of the choice under this heading."""
    return next(one.name for one in page.context["choices"] if one.label == heading)


def undo(client, change, **values):
    page = reverse("admin:editorial_change_change", args=[change.pk])
    assert "Undo this merge" in client.get(page).text
    return client.post(reverse("admin:editorial_change_undo", args=[change.pk]), values, follow=True)


def columns_to(kind):
    """Every column of every table that refers to the kind, links between tables included."""
    for model in apps.get_models(include_auto_created=True):
        if not model.__name__.startswith("Historical"):
            for column in model._meta.concrete_fields:
                if column.is_relation and column.related_model is kind:
                    yield column


def pointing(kind, number):
    """How many rows refer to the entry by each column."""
    rows = {column: column.model._base_manager.filter(**{column.attname: number}) for column in columns_to(kind)}
    return {f"{column.model._meta.label}.{column.name}": found.count() for column, found in rows.items()}


def collection():
    """All that there is, history aside; links between tables without their numbers."""
    rows = {}
    for model in apps.get_models(include_auto_created=True):
        linking = model._meta.auto_created and issubclass(model._meta.auto_created, Record)
        if (issubclass(model, Record) or linking or model is Redirect) and not model.__name__.startswith("Historical"):
            names = [column.attname for column in model._meta.concrete_fields if not (linking and column.primary_key)]
            rows[model._meta.label] = sorted(model._base_manager.values_list(*names), key=repr)
    return rows


def surround(kind, goes):
    """Let something point at the entry by every relation that there is."""
    other = MAKERS[kind](name="Other")
    ReadingStep.objects.create(order=1, address=goes.get_absolute_url(), why="To begin with.")
    model = make_model(name="Pointing")
    if kind is Term:
        make_innovation(model=model, term=goes)
        make_paper(introduces=[goes])
        other.see_also.add(goes)
        goes.see_also.add(other)
    elif kind is Organization:
        make_family(organization=goes)
        make_paper(organizations=[goes, other])
        model.organizations.add(goes)
        Organization.objects.filter(pk=other.pk).update(parent=goes)
    elif kind is Source:
        make_paper(source=goes)
        make_milestone(model=model, source=goes)
        make_score(model=model, source=goes)
        make_citation(model=model, source=goes)
        make_derivation(child=model, source=goes)
        AIModel.objects.filter(pk=model.pk).update(description="It is [@goes, Table 6] so[@goes]; not [@goes-on].")
    elif kind is Paper:
        make_model_paper(model=model, paper=goes)
        make_benchmark(paper=goes)
        goes.organizations.add(make_organization())
        goes.introduces.add(make_term())
    elif kind is Benchmark:
        make_score(model=model, benchmark=goes)
        Benchmark.objects.filter(pk=other.pk).update(parent=goes)
    elif kind is Family:
        AIModel.objects.filter(pk=model.pk).update(family=goes)
    elif kind is AIModel:
        AIModel.objects.filter(pk=model.pk).update(predecessor=goes)
        AIModel.objects.filter(pk=other.pk).update(variant_of=goes)
        make_derivation(child=model, parent=goes, parent_name="Goes 1.0")
        make_derivation(child=goes, parent=make_model(name="Ancestor"))
        make_milestone(model=goes, text="Announced")
        make_innovation(model=goes, term=make_term())
        make_model_paper(model=goes, paper=make_paper())
        make_link(model=goes)
        make_score(model=goes)
        make_citation(model=goes, field="parameters_total", stated="7B", value="7000000000")
        make_tagged_model(content_object=goes, tag=make_tag())
        goes.organizations.add(make_organization())
        goes.input_modalities.add(make_modality(name="text"))
        goes.output_modalities.add(make_modality(name="speech"))
    return other


# What moves


@pytest.mark.parametrize("kind", MAKERS)
def test_nothing_points_at_the_entry_that_is_gone(client, kind):
    stays, goes = pair(kind)
    surround(kind, goes)
    editor = member("Administrator")
    send(editor, form(goes), slug="went")
    goes.refresh_from_db()
    before, number = pointing(kind, goes.pk), goes.pk

    response = merge(editor, stays, goes)

    assert response.status_code == 302
    assert min(before.values()) > 0
    assert set(pointing(kind, number).values()) == {0}
    moved = pointing(kind, stays.pk)
    # But for what would be a link of the entry to itself, all arrived.
    assert {name: count for name, count in before.items() if moved[name] < count} == {}
    assert not kind.objects.filter(pk=number).exists()
    for old in ("went", "goes"):
        found = client.get(goes.get_absolute_url().replace("went", old))
        assert (found.status_code, found.url) == (301, stays.get_absolute_url())
    assert ReadingStep.objects.get().address == goes.get_absolute_url().replace("went", "stays")


def test_relations_of_every_kind_are_looked_at():
    assert {kind.__name__: len(list(columns_to(kind))) for kind in MAKERS} == {
        "Term": 4,
        "Organization": 4,
        "Source": 5,
        "Paper": 4,
        "Benchmark": 2,
        "Family": 1,
        "AIModel": 14,
    }


@pytest.mark.parametrize("kind", MAKERS)
def test_merge_is_one_change_and_undoing_it_brings_all_back(client, kind):
    stays, goes = pair(kind)
    surround(kind, goes)
    editor, before, changes = member("Administrator"), collection(), Change.objects.count()

    merge(editor, stays, goes)
    merged = Change.objects.get(act=Act.MERGED)
    assert Change.objects.count() == changes + 1
    assert (merged.author, merged.reason, merged.alone) == (editor.user, "The same", True)
    assert merged.entries.get(fate=Fate.REMOVED).title == "Goes"
    assert merged.entries.filter(title="Stays", fate=Fate.CHANGED).exists()
    assert collection() != before
    undo(editor, merged, reason="They differ")

    assert collection() == before
    assert Change.objects.filter(act=Act.RESTORED, reason="They differ").count() == 1
    assert client.get(goes.get_absolute_url()).status_code == 200
    assert "Undo this merge" not in editor.get(reverse("admin:editorial_change_change", args=[merged.pk])).text


def test_prose_cites_the_source_that_stays():
    stays, goes = pair(Source)
    surround(Source, goes)

    merge(member("Administrator"), stays, goes)

    assert AIModel.objects.get(name="Pointing").description == "It is [@stays, Table 6] so[@stays]; not [@goes-on]."


# What is chosen


def test_where_the_two_differ_the_editor_chooses():
    stays = make_organization(name="Stays", country="US", website="", kind="company", aliases="One\nTwo")
    goes = make_organization(
        name="Goes", country="CN", website="https://example.org", kind="company", aliases="two\nThree"
    )
    editor = member("Administrator")
    page = editor.get(address(stays, goes))
    # What is equal, and what only one says, needs no thought; the latter can still be refused.
    assert [(one.label, one.choice) for one in page.context["choices"]] == [
        ("name", "now"),
        ("country", "now"),
        ("website", "proposed"),
    ]

    merge(editor, stays, goes, **{choice(page, "country"): "proposed"})

    stays.refresh_from_db()
    assert (stays.name, stays.slug, stays.country, stays.website) == ("Stays", "stays", "CN", "https://example.org")
    assert stays.aliases.split("\n") == ["One", "Two", "Goes", "Three"]


def test_name_that_does_not_stand_is_an_alias():
    stays, goes = pair(Term)
    editor = member("Administrator")

    merge(editor, stays, goes, **{choice(editor.get(address(stays, goes)), "name"): "proposed"})

    stays.refresh_from_db()
    assert (stays.name, stays.aliases) == ("Goes", "Stays")


def test_precision_goes_with_its_date():
    stays = make_model(name="Stays", released="2024-01-01", released_precision="year")
    goes = make_model(name="Goes", released="2024-03-02", released_precision="day")
    make_citation(model=goes, field="released", stated="2024-03-02", value="2024-03-02")
    editor = member("Administrator")
    page = editor.get(address(stays, goes))
    dates = next(one for one in page.context["choices"] if one.label == "released")
    assert [text for _, _, text in dates.sides] == ["2024", "2 March 2024"]

    merge(editor, stays, goes, **{dates.name: "proposed"})

    stays.refresh_from_db()
    assert (str(stays.released), stays.released_precision) == ("2024-03-02", "day")


@pytest.mark.parametrize(("side", "total", "shown"), [("now", 7 * 10**9, "7B"), ("proposed", 8 * 10**9, "8B")])
def test_shown_citation_is_that_of_the_figure_that_was_chosen(side, total, shown):
    stays, goes = (
        make_model(name="Stays", parameters_total=7 * 10**9),
        make_model(name="Goes", parameters_total=8 * 10**9),
    )
    make_citation(model=stays, stated="7B", value="7000000000", shown=True)
    make_citation(model=goes, stated="8B", value="8000000000", shown=True)
    editor = member("Administrator")

    merge(editor, stays, goes, **{choice(editor.get(address(stays, goes)), "parameters"): side})

    stays.refresh_from_db()
    assert stays.parameters_total == total
    assert {one.stated: one.shown for one in stays.citations.all()} == {"7B": shown == "7B", "8B": shown == "8B"}


def test_parts_are_united_by_what_tells_them_apart():
    stays, goes = pair(AIModel)
    source, benchmark = make_source(), make_benchmark()
    for model, value in ((stays, 80), (goes, 81)):
        make_score(model=model, benchmark=benchmark, source=source, value=value, order=1)
        make_milestone(model=model, text="Announced", order=1)
    make_milestone(model=goes, text="Retired", order=2)
    stays.tags.add("open"), goes.tags.add("Open", "small")
    editor = member("Administrator")
    page = editor.get(address(stays, goes))
    score = next(one for one in page.context["choices"] if one.label.endswith("value"))
    assert [text for _, _, text in score.sides] == ["80", "81"]

    merge(editor, stays, goes, **{score.name: "proposed"})

    assert [one.value for one in stays.scores.all()] == [81]
    assert [(one.text, one.order) for one in stays.milestones.all()] == [("Announced", 1), ("Retired", 3)]
    assert sorted(stays.tags.names()) == ["open", "small"]


def test_row_that_would_stand_twice_is_dropped_if_equal_and_else_chosen():
    stays, goes = pair(Benchmark)
    same, other, source = make_model(), make_model(), make_source()
    for benchmark, value in ((stays, 80), (goes, 81)):
        make_score(model=same, benchmark=benchmark, source=source, value=70)
        make_score(model=other, benchmark=benchmark, source=source, value=value)
    editor = member("Administrator")
    page = editor.get(address(stays, goes))
    scores = [one for one in page.context["choices"] if "score" in one.label]
    assert [one.label.startswith(f"{other}, score: ") for one in scores] == [True]
    assert [text for _, _, text in scores[0].sides] == ["value: 80", "value: 81"]

    merge(editor, stays, goes, **{scores[0].name: "proposed"})

    assert [one.value for one in Score.objects.filter(benchmark=stays).order_by("model")] == [70, 81]
    assert Score.objects.count() == 2


def test_step_of_the_reading_order_that_would_stand_twice_is_chosen():
    stays, goes = pair(Term)
    for number, term in enumerate((stays, goes), 1):
        ReadingStep.objects.create(order=number, address=term.get_absolute_url(), why=f"Because {number}.")
    editor = member("Administrator")
    before = collection()

    merge(editor, stays, goes, **{choice(editor.get(address(stays, goes)), "reading step"): "proposed"})

    assert [(one.address, one.why) for one in ReadingStep.objects.all()] == [("/glossary/stays/", "Because 2.")]
    undo(editor, Change.objects.get(act=Act.MERGED))
    assert collection() == before


def test_only_one_paper_keeps_the_source_as_its_own():
    stays, goes = pair(Source)
    kept, left = make_paper(name="Kept", source=stays), make_paper(name="Left", source=goes)
    editor = member("Administrator")
    assert "Left: source" in editor.get(address(stays, goes)).text

    merge(editor, stays, goes)

    kept.refresh_from_db(), left.refresh_from_db()
    assert (kept.source, left.source) == (stays, None)


def test_what_would_point_at_itself_goes_and_is_told():
    goes = make_model(name="Goes", slug="goes")
    stays = make_model(name="Stays", slug="stays", predecessor=goes)
    make_derivation(child=stays, parent=goes)
    AIModel.objects.filter(pk=goes.pk).update(predecessor=make_model(name="First"))
    editor = member("Administrator")
    before, page = collection(), editor.get(address(stays, goes))
    before_it = next(one for one in page.context["choices"] if one.label == "predecessor")
    assert [text for _, _, text in before_it.sides] == ["", "First"]
    assert page.context["dropped"] == [
        "predecessor: Goes",
        "derivation: initialized from, Goes",
    ]

    merge(editor, stays, goes)

    stays.refresh_from_db()
    assert (stays.predecessor.name, Derivation.objects.count()) == ("First", 0)
    undo(editor, Change.objects.get(act=Act.MERGED))
    assert collection() == before


def test_value_that_only_one_may_have_passes_over():
    stays, goes = make_paper(name="Stays"), make_paper(name="Goes", arxiv_id="2412.19437", source=make_source())
    editor, before = member("Administrator"), collection()

    merge(editor, stays, goes)

    stays.refresh_from_db()
    assert (stays.arxiv_id, stays.source.name) == ("2412.19437", goes.source.name)
    undo(editor, Change.objects.get(act=Act.MERGED))
    assert collection() == before


def test_merge_of_a_merge_leads_on(client):
    one, two, three = (make_term(slug=name) for name in ("one", "two", "three"))
    editor = member("Administrator")

    merge(editor, two, one), merge(editor, three, two)

    assert [client.get(f"/glossary/{name}/").url for name in ("one", "two")] == ["/glossary/three/"] * 2
    undo(editor, Change.objects.filter(act=Act.MERGED).first())
    assert client.get("/glossary/one/").url == "/glossary/two/"
    assert client.get("/glossary/two/").status_code == 200


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


# Undoing


def test_merge_that_was_written_upon_is_undone_entry_by_entry(client):
    stays, goes = pair(Term)
    editor, before = member("Administrator"), document(goes)
    number = goes.pk
    merge(editor, stays, goes)
    merged = Change.objects.get(act=Act.MERGED)
    send(editor, form(stays), definition="Written since.")
    page = reverse("admin:editorial_change_change", args=[merged.pk])
    assert "“Stays” was changed since." in editor.get(page).text

    refused = editor.post(reverse("admin:editorial_change_undo", args=[merged.pk]), follow=True)
    assert "Nothing was undone." in refused.text
    send(editor, reverse("admin:glossary_term_restore", args=[number, merged.pk]))

    back = Term.objects.get(slug="goes")
    assert back.pk == number
    assert [one["fields"] | {"updated_at": 0} for one in document(back)] == [
        one["fields"] | {"updated_at": 0} for one in before
    ]
    assert client.get("/glossary/goes/").status_code == 200
    assert not Redirect.objects.exists()


def test_undoing_needs_both_permissions_and_that_to_publish_alone():
    stays, goes = pair(Term)
    merge(member("Administrator"), stays, goes)
    merged = Change.objects.get(act=Act.MERGED)
    page = reverse("admin:editorial_change_undo", args=[merged.pk])

    assert member("Reviewer").post(page).status_code == 403
    own = ("editorial.view_change", "editorial.publish_alone")
    for missing in ("editorial.merge_entries", "editorial.restore_entry"):
        assert member("", *own, missing).post(page).status_code == 403
    assert member("Administrator").get(page).status_code == 405
    assert Term.objects.count() == 1
    assert member("", *own, "editorial.merge_entries", "editorial.restore_entry").post(page).status_code == 302
    assert Term.objects.count() == 2


def test_other_changes_are_not_undone():
    term, editor = make_term(), member("Administrator")
    send(editor, form(term), definition="Another.")

    assert editor.post(reverse("admin:editorial_change_undo", args=[Change.objects.get().pk])).status_code == 404


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


def test_merge_is_not_undone_where_something_it_needs_is_gone():
    stays, goes = pair(AIModel)
    score = make_score(model=goes)
    editor = member("Administrator")
    merge(editor, stays, goes)
    score = stays.scores.get()
    source = score.source
    score.delete(), source.delete()
    merged = Change.objects.get(act=Act.MERGED)

    page = editor.get(reverse("admin:editorial_change_change", args=[merged.pk])).text

    assert "“Goes” referred to a source that is gone." in page
    assert "Undo this merge" not in page
