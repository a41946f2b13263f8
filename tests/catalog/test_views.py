import re

import pytest
from django.test import Client

from catalog.models import AIModel
from tests import factories as make
from tests.reading import text_of

pytestmark = pytest.mark.django_db


def html(address, **query):
    return Client().get(address, query).text


def headings(page):
    return [text_of(heading) for heading in re.findall(r"<h[23][ >].*?</h[23]>", page, re.DOTALL)]


def test_home_shows_the_newest_models_the_ways_in_and_the_totals():
    for month in range(1, 9):
        make.make_model(name=f"Model of {month}", released=f"2024-0{month}-01", released_precision="month")
    make.make_model(name="Draft", status="draft", released="2024-12-01", released_precision="month")
    make.make_term()
    make.make_source()
    make.make_source()

    page = html("/")
    text = text_of(page)

    cards = re.findall(r"Model of (\d) · \w+ 2024|Model of (\d) \w+ 2024", text)
    assert ["".join(card) for card in cards] == ["8", "7", "6", "5", "4", "3"]
    assert "Draft" not in text
    assert "8 models 1 term 2 sources" in text.replace("  ", " ")
    assert 'action="/search/"' in page
    for address in ("models", "families", "glossary", "papers", "benchmarks", "organizations", "sources"):
        assert f'<li><a href="/{address}/">' in page


def test_home_of_an_empty_encyclopedia_says_where_to_begin():
    assert "No model is published yet. Editors begin in the admin." in text_of(html("/"))


@pytest.fixture
def v3():
    """A model with something in every block of its page."""
    lab = make.make_organization(name="DeepSeek", slug="deepseek")
    family = make.make_family(name="The family", slug="family", organization=lab)
    v2 = make.make_model(
        name="V2", line_label="DeepSeek V2", family=family, released="2024-05-06", released_precision="day"
    )
    model = make.make_model(
        name="V3",
        organizations=[lab],
        family=family,
        predecessor=v2,
        released="2024-12-26",
        released_precision="day",
        lifecycle="active",
        openness="open_weight",
        parameters_total=671_000_000_000,
        parameters_active=37_000_000_000,
        context_window=128_000,
        why_it_matters="It was *cheap*.",
        description="An MoE.",
        tags=["fp8"],
        checked_on="2026-11-22",
        updated_at="2026-11-23T00:00:00Z",
    )
    report = make.make_source(name="Report", publisher="DeepSeek")
    epoch = make.make_source(name="Database", publisher="Epoch AI")
    make.make_citation(model=model, source=report, shown=True, locator="Table 1")
    make.make_citation(model=model, source=epoch, stated="685B", value="685000000000", note="With MTP.")
    make.make_milestone(model=model, text="Matched GPT-4", source=report, date="2024-12-26", date_precision="day")
    math = make.make_benchmark(name="MATH", full_name="MATH benchmark", measures="problems")
    variant = make.make_benchmark(name="MATH-500", parent=math)
    make.make_score(model=model, benchmark=variant, value=90.2, headline=True, source=report, setting="0-shot")
    make.make_score(model=model, benchmark=math, value=61.6, source=report)
    make.make_score(benchmark=variant, value=97.3)
    term = make.make_term(name="Mixture of Experts", abbreviation="MoE", definition="Only a fraction is active.")
    make.make_innovation(model=model, term=term, note="256 experts.")
    make.make_derivation(child=model, parent=v2, kind="architecture_of", parent_name="DeepSeek-V2", note="No weights.")
    make.make_derivation(child=model, kind="distilled_from", parent_name="an R1")
    make.make_derivation(child=make.make_model(name="R1"), parent=model)
    make.make_model(name="V3 Base", variant_of=model)
    dated = {"published": "2024-05-01", "published_precision": "month"}
    paper = make.make_paper(name="Long", short_name="MLA", credit="DeepSeek AI", summary="w " * 200, **dated)
    make.make_model_paper(model=model, paper=paper, featured=True)
    make.make_model_paper(model=model, paper=make.make_paper(name="Second"))
    make.make_link(model=model, url="https://example.org/weights")
    return model


def test_model_page_has_its_blocks_in_reading_order(v3):
    page = html("/models/v3/")

    assert page.count("<h1") == 1
    assert headings(page) == [
        "Why It Matters",
        "Description",
        "Notable Milestones",
        "Benchmark Scores",
        "Key Innovations",
        "Family Tree",
        "Built On",
        "Lineage",
        "Variants",
        "Built on It",
        "Related Research (1)",
        "MLA",
        "More Papers",
        "Figures",
        "Family",
        "Compare",
        "Links",
        "Tags",
        "Sources",
        "Licence and citation",
    ]


def test_model_page_prints_each_block(v3):
    text = text_of(html("/models/v3/"))

    for part in (
        "V3 DeepSeek · December 2024 active Open Weight Parameters 671B (37B active) Context Window 128K tokens",
        "Why It Matters It was cheap. Description An MoE. Notable Milestones Matched GPT-4 26 December 2024",
        "MATH (MATH benchmark — problems) 90.2%",
        "MATH-500 · 0-shot · measured by the vendor",
        "best known here: 97.3%",
        "1 more score MATH (MATH benchmark — problems) 61.6%",
        "Key Innovations MoE Only a fraction is active. 256 experts.",
        "Built On architecture of DeepSeek-V2 No weights. distilled from an R1 Lineage DeepSeek V2 May 2024 V3",
        "Variants V3 Base Built on It R1 initialized from it",
        "Related Research (1) MLA Architecture, 2024 · DeepSeek AI w w w",
        "More Papers Second",
        "Figures Parameters 671B",
        "Epoch AI: 685B With MTP.",
        "Released 26 December 2024",
        "Family The family Compare With V2, V3 Base, others Links Weights Tags fp8",
        "Last checked against its sources on 22 November 2026. Last changed on 23 November 2026.",
    ):
        assert part in text


def test_model_page_cuts_the_summaries_of_papers(v3):
    card = re.search(r'<li class="card">.*?</li>', html("/models/v3/"), re.DOTALL)[0]

    assert re.fullmatch(r"MLA Architecture, 2024 · DeepSeek AI (w ?){50,100}…", text_of(card))


def test_every_note_leads_to_a_source_of_the_page(v3):
    page = html("/models/v3/")

    notes = set(re.findall(r'href="#(note-[\w-]+)"', page))

    assert len(notes) >= 3
    assert notes <= set(re.findall(r'id="(note-[\w-]+)"', page))


def test_scores_are_drawn_on_their_scale_with_the_best_marked(v3):
    bar = re.search(r'<svg class="bar".*?</svg>', html("/models/v3/"), re.DOTALL)[0]

    assert re.search(r'class="bar-value"[^>]* width="90.2"', bar)
    assert re.search(r'class="bar-best[^>]* x="96.7"', bar)


def test_lineage_is_a_list_that_names_the_model_itself(v3):
    line = re.search(r'<ol class="line">.*?</ol>', html("/models/v3/"), re.DOTALL)[0]

    assert text_of(line) == "DeepSeek V2 May 2024 V3 December 2024"
    assert '<strong aria-current="page">V3</strong>' in line


def test_model_without_anything_says_what_is_unknown():
    make.make_model(name="Bare")

    text = text_of(html("/models/bare/"))

    assert text.startswith("Bare Parameters unknown Context Window unknown Family Tree")
    assert "Built On No source says that it was made from another model. Lineage It stands in no version line." in text
    assert "Figures No figure is known yet." in text
    assert "Sources No source is cited yet." in text


def test_figure_that_is_not_disclosed_says_so():
    make.make_citation(model=make.make_model(name="Closed"), basis="not_disclosed", stated="")

    text = text_of(html("/models/closed/"))

    assert "Parameters not disclosed Context Window unknown" in text
    assert "Figures Parameters not disclosed" in text


def test_model_as_json_has_the_figures_and_what_each_source_says(v3):
    document = Client().get("/models/v3.json").json()

    assert document["name"] == "V3"
    assert document["organizations"] == ["DeepSeek"]
    assert document["released"] == "2024-12-26"
    assert document["parameters_total"] == 671_000_000_000
    assert document["html"] == "http://testserver/models/v3/"
    figure = document["figures"]["parameters_total"]
    assert (figure["unit"], figure["text"]) == ("parameters", "671B")
    assert [(c["source"], c["value"], c["shown"], c["differs"]) for c in figure["citations"]] == [
        ("report", "671000000000", True, False),
        ("database", "685000000000", False, True),
    ]


def test_model_as_json_is_whole(v3):
    document = Client().get("/models/v3.json").json()

    def named(slug, name, kind="models"):
        return {"slug": slug, "name": name, "html": f"http://testserver/{kind}/{slug}/"}

    report = named("report", "Report", "sources")
    assert (document["why_it_matters"], document["description"]) == ("It was *cheap*.", "An MoE.")
    assert document["makers"] == [named("deepseek", "DeepSeek", "organizations")]
    assert document["predecessor"]["slug"] == document["derivations"][0]["parent"]["slug"] == "v2"
    assert document["variants"] == [named("v3-base", "V3 Base")]
    assert document["tags"] == [named("fp8", "fp8", "tags")]
    assert document["milestones"] == [{"text": "Matched GPT-4", "date": "2024-12-26", "source": report}]
    score = document["scores"][0]
    assert score["benchmark"] == named("math-500", "MATH-500", "benchmarks")
    assert (score["value"], score["unit"], score["setting"], score["source"]) == (90.2, "%", "0-shot", report)
    assert document["innovations"] == [
        {"term": named("mixture-of-experts", "Mixture of Experts", "glossary"), "note": "256 experts."}
    ]
    assert [(edge["kind"], edge["parent_name"]) for edge in document["derivations"]] == [
        ("architecture_of", "DeepSeek-V2"),
        ("distilled_from", "an R1"),
    ]
    assert document["derivations"][1]["parent"] is None
    assert [edge["child"]["name"] for edge in document["descendants"]] == ["R1"]
    assert [(paper["paper"]["name"], paper["featured"]) for paper in document["papers"]] == [
        ("Long", True),
        ("Second", False),
    ]
    assert document["links"] == [{"kind": "weights", "url": "https://example.org/weights"}]
    assert {"report", "database"} <= {source["slug"] for source in document["sources"]}
    assert document["checked_on"] == "2026-11-22"
    assert document["updated_at"] == "2026-11-23T00:00:00+00:00"
    assert document["self"] == document["twins"]["json"] == "http://testserver/models/v3.json"
    assert document["twins"]["md"] == "http://testserver/models/v3.md"
    assert document["lists"] == {"lineage": "http://testserver/lineage.json?model=v3"}


def test_model_as_json_names_all_that_was_made_from_it():
    base = make.make_model(name="Base")
    for _ in range(45):
        make.make_derivation(child=make.make_model(), parent=base)

    assert len(Client().get("/models/base.json").json()["descendants"]) == 45


def test_list_of_models_says_in_short_who_says_what(v3):
    figures = {m["slug"]: m["figures"] for m in Client().get("/models.json").json()["results"]}

    assert figures["v3-base"] == {}
    assert figures["v3"]["parameters_total"]["citations"] == [
        {
            "source": "report",
            "stated": "671B",
            "value": "671000000000",
            "basis": "disclosed",
            "locator": "Table 1",
            "shown": True,
        },
        {
            "source": "database",
            "stated": "685B",
            "value": "685000000000",
            "basis": "disclosed",
            "locator": "",
            "shown": False,
        },
    ]
    assert "figures" not in Client().get("/models.json?columns=released").json()["results"][0]


def test_model_as_markdown_reads_from_its_name_to_its_sources(v3):
    AIModel.objects.filter(pk=v3.pk).update(description="An MoE [@report, Table 2]. <b>| *bold*")

    answer = Client().get("/models/v3.md")

    assert answer.headers["Content-Type"] == "text/markdown; charset=utf-8"
    lines = answer.text.splitlines()
    assert lines[0] == "# V3"
    assert [line for line in lines if line.startswith("## ")] == [
        "## Why it matters",
        "## Description",
        "## Figures",
        "## Notable milestones",
        "## Benchmark scores",
        "## Key innovations",
        "## Built on",
        "## Built on it",
        "## Related research",
        "## Links",
        "## Sources",
    ]
    for line in (
        "- **By**: [DeepSeek](http://testserver/organizations/deepseek/)",
        "- **Openness**: Open Weight",
        "An MoE [1, Table 2]. <b>| *bold*",
        "| Matched GPT-4 | 2024-12-26 | [1] |",
        "1. [Report](http://testserver/sources/report/), DeepSeek. <" + v3.citations.first().source.url + ">",
    ):
        assert line in lines
    (figure,) = (line for line in lines if line.startswith("| Parameters | "))
    assert figure == "| Parameters | 671B | parameters | [1], Table 1; [2], says 685B, With MTP. |"
    assert lines[-3].startswith("From Descent, an open encyclopedia of AI models: <http://testserver/models/v3/>.")


def test_names_stay_text_in_markdown():
    make.make_model(name="A | *B* <i>", slug="a", aliases="[x](javascript:1)")

    text = Client().get("/models/a.md").text

    assert text.startswith(r"# A \| \*B\* \<i>")
    assert r"\[x\](javascript:1)" in text


KINDS = {
    make.make_family: "models",
    make.make_term: "models papers",
    make.make_organization: "models families papers",
    make.make_source: "",
    make.make_paper: "",
    make.make_benchmark: "scores",
}


@pytest.mark.parametrize(("factory", "lists"), KINDS.items(), ids=[factory.__name__ for factory in KINDS])
def test_every_entry_leads_to_lists_of_what_has_to_do_with_it(factory, lists):
    address = factory(name="One").get_absolute_url()[:-1]

    document = Client().get(f"{address}.json").json()

    assert " ".join(document["lists"]) == lists
    assert {Client().get(url).status_code for url in document["lists"].values()} <= {200}
    assert "# One" in Client().get(f"{address}.md").text


def test_tag_as_json_and_markdown(v3):
    document = Client().get("/tags/fp8.json").json()

    assert (document["name"], document["models"]) == ("fp8", 1)
    assert document["lists"] == {"models": "http://testserver/models.json?tag=fp8"}
    assert "- **Models**: 1" in Client().get("/tags/fp8.md").text


def test_relations_of_other_kinds_are_told():
    parent = make.make_benchmark(name="MATH", summary="It asks [@s].")
    paper = make.make_paper(
        name="Paper",
        organizations=[make.make_organization(name="Lab")],
        published="2024-05-01",
        published_precision="day",
    )
    make.make_benchmark(name="MATH-500", parent=parent, paper=paper)
    make.make_source(name="S", slug="s")
    make.make_paper(name="Second", source=make.make_source(name="Record"), introduces=[make.make_term(name="Word")])

    whole, variant, second, record = (
        Client().get(address).json()
        for address in (
            "/benchmarks/math.json",
            "/benchmarks/math-500.json",
            "/papers/second.json",
            "/sources/record.json",
        )
    )

    assert [one["slug"] for one in whole["variants"]] == ["math-500"]
    assert [source["slug"] for source in whole["sources"]] == ["s"]
    assert (variant["parent"]["slug"], variant["paper"]["name"]) == ("math", "Paper")
    assert (variant["unit"], variant["scale_min"], variant["scale_max"]) == ("%", 0, 100)
    assert (second["source"]["slug"], second["introduces"][0]["slug"]) == ("record", "word")
    assert record["paper"]["slug"] == "second"
    assert "It asks [1]." in Client().get("/benchmarks/math.md").text


def test_model_list_shows_what_it_declares(v3):
    row = re.search(
        r"<tr><th scope=\"row\"><input[^>]*>\s*<a href=\"/models/v3/\">.*?</tr>", html("/models/"), re.DOTALL
    )[0]
    cells = [text_of(cell) for cell in re.findall(r"<td.*?</td>", row, re.DOTALL)]

    assert cells == ["DeepSeek", "2024-12-26", "671B", "37B", "128K", "Open Weight"]


def test_family_page_draws_its_line_and_lists_its_models(v3):
    text = text_of(html("/families/family/"))

    assert (
        "The family DeepSeek Version line DeepSeek V2 May 2024 V3 December 2024 In the timeline Models V3 DeepSeek"
        in text
    )


def test_tag_page_lists_its_models(v3):
    text = text_of(html("/tags/fp8/"))

    assert text.startswith("Tag fp8 Models V3 DeepSeek · December 2024")


@pytest.mark.parametrize("address", ["/models/nobody/", "/families/nobody/", "/tags/nobody/"])
def test_unknown_entry_is_404_with_a_page_that_helps(address):
    page = Client().get(address)

    assert page.status_code == 404
    assert "There is no page here" in text_of(page.text)


def test_tag_of_drafts_alone_is_404():
    model = make.make_model(tags=["fp8"])
    assert Client().get("/tags/fp8/").status_code == 200

    model.status = "draft"
    model.save()

    assert Client().get("/tags/fp8/").status_code == 404


def test_tag_has_a_twin_with_its_number_of_models():
    tag = make.make_tagged_model().tag

    assert Client().get(f"{tag.get_absolute_url()[:-1]}.json").json()["models"] == 1
