"""Two entries made one: nothing points at the one that is gone, and where they differ the editor chooses."""

import pytest
from django.urls import reverse

from catalog.models import AIModel, Derivation, Score
from editorial.models import Act, Change, Fate, ReadingStep
from glossary.models import Term
from research.models import Benchmark, Source
from tests.editorial.desk import form, member
from tests.editorial.merges import (
    MAKERS,
    address,
    choice,
    collection,
    columns_to,
    merge,
    pair,
    pointing,
    surround,
    undo,
)
from tests.factories import (
    make_benchmark,
    make_citation,
    make_derivation,
    make_milestone,
    make_model,
    make_organization,
    make_paper,
    make_score,
    make_source,
    make_term,
)
from tests.forms import send

pytestmark = pytest.mark.django_db


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
