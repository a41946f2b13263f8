import pytest

from catalog.models import AIModel
from catalog.page import model_page
from tests import factories as make

pytestmark = pytest.mark.django_db


def page_of(model):
    return model_page(AIModel.objects.published().for_detail().get(pk=model.pk))


def test_badges_come_from_columns_in_reading_order():
    text, images = make.make_modality(name="text"), make.make_modality(name="images")
    model = make.make_model(
        lifecycle="active",
        openness="open_weight",
        architecture="mixture_of_experts",
        input_modalities=[text, images],
        output_modalities=[text],
    )

    assert sorted(page_of(model).badges[3:]) == ["images", "text"]
    assert page_of(model).badges[:3] == ["active", "Open Weight", "mixture of experts"]
    assert page_of(make.make_model()).badges == []


@pytest.mark.parametrize(
    ("total", "active", "text"),
    [
        (671_000_000_000, 37_000_000_000, "671B (37B active)"),
        (67_000_000_000, None, "67B"),
        (None, 37_000_000_000, ""),
        (None, None, ""),
    ],
)
def test_parameters_are_printed_with_the_active_ones(total, active, text):
    assert page_of(make.make_model(parameters_total=total, parameters_active=active)).parameters == text


@pytest.mark.parametrize(("window", "text"), [(128_000, "128K tokens"), (None, "")])
def test_context_window_is_printed_in_tokens(window, text):
    assert page_of(make.make_model(context_window=window)).context_window == text


def test_edges_stand_above_and_below():
    model = make.make_model(name="V3")
    above = make.make_derivation(child=model, parent_name="An R1")
    below = make.make_derivation(child=make.make_model(name="R1"), parent=model)
    make.make_derivation()

    page = page_of(model)

    assert [edge for edge, _ in page.built_on] == [above]
    assert [edge for edge, _ in page.descendants] == [below]


def test_line_runs_through_the_family_and_beyond_and_variants_stand_apart():
    family = make.make_family()
    v1 = make.make_model(name="V1", family=family)
    v2 = make.make_model(name="V2", family=family, predecessor=v1)
    v3 = make.make_model(name="V3", family=family, predecessor=v2)
    base = make.make_model(name="V3 Base", family=family, variant_of=v3)
    v4 = make.make_model(name="V4", predecessor=v3)
    make.make_model(name="V5", predecessor=v3, status="draft")

    page = page_of(v3)

    assert [version.model for version in page.line] == [v1, v2, v3, v4]
    assert page.variants == [base]
    # V4 is of no family: only whom it follows knows of it.
    assert [version.model for version in page_of(base).line] == [v1, v2, v3]


def test_papers_are_featured_or_listed_in_order():
    model = make.make_model()
    for order, featured in ((1, False), (2, True), (3, True), (4, False)):
        make.make_model_paper(model=model, order=order, featured=featured)

    page = page_of(model)

    assert [paper.order for paper in page.featured] == [2, 3]
    assert [paper.order for paper in page.more_papers] == [1, 4]


def test_sources_are_numbered_from_the_top_of_the_page():
    model = make.make_model(parameters_total=671_000_000_000, training_tokens=10**12)
    aside = make.make_citation(model=model, field="training_tokens", stated="1T", value="1T")
    edge = make.make_derivation(child=model)
    score = make.make_score(model=model)
    milestone = make.make_milestone(model=model, source=make.make_source())
    citation = make.make_citation(model=model)

    page = page_of(model)

    sources = [citation.source, milestone.source, score.source, edge.source, aside.source]
    assert [(cited.number, cited.source) for cited in page.notes] == list(enumerate(sources, 1))
    assert page.milestones[0][1].label == "2"


def test_disagreements_are_the_figures_about_which_sources_differ():
    model = make.make_model(parameters_total=671_000_000_000, context_window=128_000)
    make.make_citation(model=model, stated="685B", value="685000000000")
    make.make_citation(model=model, field="context_window", stated="131072", value="131072")

    assert [row.figure.field for row in page_of(model).disagreements] == ["parameters_total"]


@pytest.mark.parametrize("part", ["milestone", "score", "innovation", "model_paper", "citation", "derivation"])
def test_part_whose_subject_is_a_draft_is_left_out(part):
    model = make.make_model(parameters_total=5)
    field = {"innovation": "term", "model_paper": "paper"}.get(part, "source")
    owner = {"child": model} if part == "derivation" else {"model": model}
    row = getattr(make, f"make_{part}")(**owner, **{field: getattr(make, f"make_{field}")()})
    shown = {
        "milestone": lambda page: page.milestones,
        "score": lambda page: page.scores,
        "innovation": lambda page: page.model.innovations.all(),
        "model_paper": lambda page: page.more_papers,
        "citation": lambda page: page.figures["parameters_total"].others,
        "derivation": lambda page: page.built_on,
    }[part]
    assert len(shown(page_of(model))) == 1

    subject = getattr(row, field)
    subject.status = "draft"
    subject.save()

    assert len(shown(page_of(model))) == 0
