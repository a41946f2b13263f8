"""The entry on DeepSeek V3 as its editors want it shown, word for word."""

import re

import html5lib
import pytest
from django.test import Client

from tests.reading import text_of

# All tests of the module ask for the database, so that they run in one go and the pages are fetched once.
pytestmark = [pytest.mark.django_db, pytest.mark.same_everywhere]

WHY = (
    "Trained for just $5.5 million, proving frontier performance doesn't require billions in compute. Shook the AI "
    "industry's assumption that only big tech could compete."
)
DESCRIPTION = (
    "A 671 billion parameter model (37B active) that matched GPT-4 and Claude 3.5 Sonnet in performance while costing "
    "just $5.5 million to train — a fraction of what competitors spent. Used FP8 mixed-precision training (a technique "
    "that uses lower-precision numbers to speed up computation without losing quality) and multi-token prediction to "
    "achieve frontier results on a budget."
)
MILESTONES = [
    "Matched GPT-4 level performance at a fraction of training cost",
    "Caused significant stock market reactions in AI chip companies",
    "Demonstrated FP8 training at scale for the first time",
]
SCORES = [
    ("MMLU (Massive Multitask Language Understanding — 57 subjects)", "88.5%"),
    ("HumanEval (Code generation pass@1 — Python problems)", "82.6%"),
    ("MATH (MATH benchmark — competition-level problems)", "90.2%"),
]
INNOVATIONS = [
    (
        "MoE",
        "Architecture where only a fraction of the model's parameters are active for each input, allowing massive "
        "scale with lower compute.",
    ),
    (
        "Open Weight",
        "Model weights are publicly released but training data/code may not be. Enables fine-tuning but not full "
        "reproduction.",
    ),
    (
        "Scaling Laws",
        "Mathematical relationships showing how model performance improves predictably with more data, compute, and "
        "parameters.",
    ),
]
RESEARCH = [
    (
        "DeepSeek-V2 / MLA",
        "Architecture, 2024 · DeepSeek",
        "Introduced Multi-head Latent Attention (MLA), which compresses the key-value cache into a low-rank latent "
        "space, dramatically reducing the memory need",
    ),
    (
        "DeepSeek-R1",
        "Reasoning, 2025 · DeepSeek AI",
        "Demonstrated that pure RL training (without supervised fine-tuning on reasoning traces) can produce "
        "chain-of-thought reasoning, achieving performance",
    ),
]


@pytest.fixture(scope="module")
def html(collection, django_db_blocker):
    with django_db_blocker.unblock():
        return Client().get("/models/deepseek-v3/").text


@pytest.fixture(scope="module")
def text(html):
    return text_of(html)


def texts(html, css_class, tag="li"):
    """The text of every element of the class."""
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    found = [element for element in tree.iter(tag) if css_class in (element.get("class") or "").split()]
    return [text_of(html5lib.serialize(element, "etree", omit_optional_tags=False)) for element in found]


def between(text, start, end):
    """What stands between two headings."""
    return text.split(f" {start} ", 1)[1].split(f" {end} ", 1)[0]


def test_head_has_title_makers_month_badges_and_figures(text):
    assert text.startswith(
        "DeepSeek V3 DeepSeek · December 2024 active Open Weight mixture of experts text "
        "Parameters 671B (37B active) Context Window 128K tokens Why It Matters "
    )


def test_prose_is_the_editors_own(text):
    assert between(text, "Why It Matters", "Description") == WHY
    assert between(text, "Description", "Notable Milestones") == DESCRIPTION


def test_milestones(text):
    block = between(text, "Notable Milestones", "Benchmark Scores")

    assert re.sub(r" \d+ \w+ 20\d\d", "", block) == " ".join(MILESTONES)


def test_headline_scores_have_both_names(html):
    names = texts(html, "score-name", "p")[: len(SCORES)]
    values = texts(html, "score-value", "p")[: len(SCORES)]
    settings = texts(html, "score-setting", "p")[: len(SCORES)]

    assert list(zip(names, values, strict=True)) == SCORES
    assert [re.search(r"HumanEval-Mul|MATH-500|$", setting)[0] for setting in settings] == [
        "",
        "HumanEval-Mul",
        "MATH-500",
    ]
    assert all("chat model" in setting and "measured by the vendor" in setting for setting in settings)


def test_innovations(html):
    block = html.split('<h2 id="innovations">')[1].split("</section>")[0]
    names, definitions = (
        [text_of(part) for part in re.findall(rf"<{tag}>.*?</{tag}>", block, re.DOTALL)] for tag in ("dt", "dd")
    )

    assert list(zip(names, definitions, strict=True)) == INNOVATIONS


def test_built_on_lists_the_derivations_with_their_kinds(html):
    block = html.split("<h3>Built On</h3>")[1].split("<h3>")[0]
    edges = [text_of(edge) for edge in re.findall(r"<li>.*?</li>", block, re.DOTALL)]

    starts = [
        "architecture of DeepSeek-V2",
        "initialized from DeepSeek-V3-Base",
        "distilled from an R1-series model",
    ]
    assert [edge[: len(start)] for edge, start in zip(edges, starts, strict=True)] == starts


def test_lineage_runs_from_v1_to_v3(html):
    line = re.search(r'<ol class="line[ "].*?</ol>', html, re.DOTALL)[0]
    labels = re.findall(r"<(?:a|strong) [^>]*>(.*?)</(?:a|strong)>", line)

    assert labels == ["DeepSeek V1", "DeepSeek V2", "DeepSeek V3"]
    assert '<a href="/models/deepseek-llm-67b/">DeepSeek V1</a>' in line


def test_related_research_has_two_cards_that_are_cut(html, text):
    cards = texts(html, "card")

    assert " Related Research (2) " in text
    assert len(cards) == len(RESEARCH)
    for card, (title, line, summary) in zip(cards, RESEARCH, strict=True):
        assert re.fullmatch(rf"{re.escape(f'{title} {line} {summary}')} ?…", card)


@pytest.mark.parametrize(("slug", "beginning"), [("deepseek-v2", RESEARCH[0][2]), ("deepseek-r1", RESEARCH[1][2])])
@pytest.mark.django_db
@pytest.mark.usefixtures("collection")
def test_page_of_the_paper_shows_the_summary_whole(slug, beginning):
    page = text_of(Client().get(f"/papers/{slug}/").text)

    whole = page.split(" What it showed ")[1].split(" Authors ")[0]
    assert whole.startswith(beginning)
    assert len(whole) > len(beginning) + 20
    assert whole.endswith(".")


def test_epochs_day_stands_beside_the_release_date(html):
    figures = html.split('<h2 id="figures">')[1].split("</aside>")[0]
    released = text_of(re.search(r"<dt>Released</dt>.*?(?=<dt>|</dl>)", figures, re.DOTALL)[0])

    assert released.startswith("Released 26 December 2024")
    assert "Epoch AI: 24 December 2024" in released


@pytest.mark.parametrize(
    "label", ["Training cost", "Training compute", "Training tokens", "Licence", "Released", "Parameters"]
)
def test_figure_is_cited(html, label):
    figures = html.split('<h2 id="figures">')[1].split("</aside>")[0]
    row = re.search(rf"<dt>{label}</dt>.*?(?=<dt>|</dl>)", figures, re.DOTALL)[0]

    assert 'class="note"' in row
    assert "unknown" not in text_of(row)


def test_blocks_stand_in_the_editors_order(html):
    headings = [text_of(h) for h in re.findall(r"<h2[ >].*?</h2>", html, re.DOTALL)]

    assert headings == [
        "Why It Matters",
        "Description",
        "Notable Milestones",
        "Benchmark Scores",
        "Key Innovations",
        "Family Tree",
        "Related Research (2)",
        "Figures",
        "Sources",
        "Licence and citation",
    ]
