"""The search page, its twin and its suggestions."""

import datetime
import re

import pytest
from django.test import Client

from tests import factories as make
from tests.reading import text_of

pytestmark = pytest.mark.django_db


def html(address="/search/", **query):
    answer = Client().get(address, query)
    assert answer.status_code == 200
    return answer.text


def names(page):
    rows = re.search(r'<div class="reading">.*', page, re.DOTALL)[0]
    return [text_of(link) for link in re.findall(r"<li><a [^>]*>.*?</a>", rows, re.DOTALL)]


KINDS = ["family", "organization", "term", "benchmark", "paper", "model", "source"]


def test_search_finds_every_kind_that_is_published():
    for kind in KINDS:
        getattr(make, f"make_{kind}")(name=f"Deep {kind}")
        getattr(make, f"make_{kind}")(name=f"Deep hidden {kind}", status="draft")
        getattr(make, f"make_{kind}")(name=f"Other {kind}")
    make.make_tagged_model(content_object=make.make_model(), tag=make.make_tag(name="deep tag"))
    make.make_tag(name="deep unused tag")

    page = html(q="deep")

    assert sorted(names(page)) == sorted([*(f"Deep {kind}" for kind in KINDS), "deep tag"])
    assert "Models 1 Deep model" in text_of(page)


def test_kind_with_the_best_hit_comes_first():
    make.make_family(name="Something", summary="Has attention in it.")
    make.make_model(name="Attention Net")
    make.make_paper(name="Attention", summary="The very thing.")

    assert names(html(q="attention")) == ["Attention", "Attention Net", "Something"]


def test_words_as_they_were_typed_come_before_other_forms_of_them():
    make.make_term(name="A", definition="So much said of how something was trained.")
    make.make_term(name="B", definition="Of training.")
    make.make_term(name="C", definition="Of more.", article="Models are trained at length, at length, at length.")
    make.make_term(name="D", definition="Of more.", article="A training.")
    make.make_term(name="E", definition="Of nothing.", article="At length, at length, at length.")

    assert names(html(q="training")) == ["B", "A", "D", "C"]
    assert names(html(q="training", type="term")) == ["B", "A", "D", "C"]


def test_a_few_of_each_kind_are_shown_and_the_way_to_all():
    for number in range(8):
        make.make_term(name=f"Deep & {number}")

    page, narrowed = html(q="deep &"), html(q="deep &", type="term")

    assert names(page) == [f"Deep & {number}" for number in range(5)]
    assert '<a href="?q=deep+%26&amp;type=term">All 8 terms</a>' in page
    assert len(names(narrowed)) == 8


def test_one_kind_is_shown_page_by_page():
    for number in range(45):
        make.make_term(name=f"Deep {number:02}")
    make.make_model(name="Deep")

    pages = [html(q="deep type:terms", page=number) for number in (1, 2, 3)]

    assert [len(names(page)) for page in pages] == [20, 20, 5]
    assert len({name for page in pages for name in names(page)}) == 45
    assert "Page 2 of 3" in text_of(pages[1])
    assert "All 46" in text_of(pages[0])
    assert "Models 1" in text_of(pages[0])


@pytest.mark.parametrize("page", ["0", "4", "-1", "banana", "\0", "9" * 30])
@pytest.mark.parametrize("query", ["deep", "deep type:term", "org:lab"])
def test_no_such_page_is_404(query, page):
    make.make_model(name="Deep", organizations=[make.make_organization(name="Lab")])
    make.make_term(name="Deep")

    assert Client().get("/search/", {"q": query, "page": page}).status_code == 404


def test_found_words_are_marked_and_the_rest_is_escaped():
    make.make_term(name="<b>Attention</b> & heads", definition="Of <i>attention</i> and “weights”.")

    page = html(q="ATTENTION weight")

    assert "&lt;b&gt;<mark>Attention</mark>&lt;/b&gt; &amp; heads" in page
    assert "Of &lt;i&gt;<mark>attention</mark>&lt;/i&gt; and “<mark>weights</mark>”." in page
    assert "<i>" not in page


def test_alias_is_shown_where_it_was_found_by_it():
    make.make_term(name="Mixture of Experts", abbreviation="MoE", aliases="sparse model\nmixture-of-experts")

    assert "· " not in re.search(r'<div class="reading">.*', html(q="mixture"), re.DOTALL)[0]
    assert '<span class="alias"><mark>MoE</mark></span>' in html(q="moe")
    assert '<span class="alias">sparse <mark>model</mark></span>' in html(q="model")


def test_excerpt_is_of_the_text_where_only_it_has_the_word():
    text = "Before it all. " * 20 + "Then **softmax** [came](https://x.org). " + "After it all. " * 20
    make.make_term(name="Attention", definition="A word.", article=text)

    excerpt = text_of(re.search(r'<span class="entry-summary">.*?</span>', html(q="softmax"))[0])

    assert "Then softmax came. After" in excerpt
    assert excerpt.startswith("… ")
    assert excerpt.endswith(" …")


def test_operators_leave_models_alone():
    lab = make.make_organization(name="DeepSeek")
    make.make_model(
        name="Deep one", organizations=[lab], parameters_total=10**11, released="2024-01-01", released_precision="day"
    )
    make.make_model(
        name="Deep two", organizations=[lab], parameters_total=10**12, released="2025-01-01", released_precision="day"
    )
    make.make_model(name="Deep three", parameters_total=10**12)
    make.make_term(name="Deep")

    assert names(html(q="org:deepseek")) == ["Deep two", "Deep one"]
    assert names(html(q="org:deepseek params:>500b")) == ["Deep two"]
    assert sorted(names(html(q="deep params:>=100b"))) == ["Deep one", "Deep three", "Deep two"]
    assert names(html(q="two org:deepseek type:model")) == ["Deep two"]
    assert names(html(q="one released:2024")) == ["Deep one"]
    assert "Models 2" in text_of(html(q="org:deepseek"))


def test_operators_never_let_other_kinds_through():
    """The keys of entries are those of their own table: a term with the key of a model is no model."""
    lab = make.make_organization(name="Lab")
    models = [make.make_model(name=f"Deep {n}", organizations=[lab]) for n in range(3)]
    terms = [make.make_term(name=f"Deep term {n}", id=model.pk) for n, model in enumerate(models)]

    page = html(q="deep org:lab")

    assert sorted(names(page)) == sorted(model.name for model in models)
    assert all(term.name not in page for term in terms)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("params:banana deep", "params:banana: Write a number, with K, M, B or T for thousands to trillions"),
        ("org:nobody", "org:nobody: “nobody” is not a value to choose from."),
        ("type:poem deep", "type:poem: This is no kind of entry. There are family, organization, term,"),
        ("type:paper params:>1b", "type:paper: The other operators are about models, and so are the results."),
        ("x" * 201, "at most 200 characters"),
        ("a\0", "Null characters are not allowed."),
    ],
)
def test_what_is_wrong_is_said_beside_the_box_and_by_the_twin(query, message):
    make.make_model(name="Deep")

    page, twin = html(q=query), Client().get("/search.json", {"q": query})

    assert message in text_of(page)
    assert 'aria-describedby="q-error"' in page
    assert twin.status_code == 400
    assert message in " ".join(twin.json()["errors"]["q"])


@pytest.mark.parametrize(
    ("query", "answer"),
    [
        ({}, "Type a name or a word: every kind of entry is searched"),
        ({"q": "<b>"}, "Nothing was found for “<b>”. Try fewer or other words"),
        ({"q": "+++"}, "Nothing was found for “+++”: it has no letter and no digit."),
        ({"q": "-deep"}, "Say also what to look for, not only what to leave out."),
        ({"q": "foo:Transformer"}, "“foo:” is no operator; it was read as words."),
        ({"q": "transfomer"}, "Nothing is called “transfomer”. Shown is transformer."),
        ({"q": "transformer zebra"}, "No entry has all of these words. These have some of them."),
        ({"q": "transformer", "type": "paper"}, "There are no papers among the 1 matches."),
    ],
)
def test_search_says_what_it_did(query, answer):
    make.make_term(name="Transformer")

    assert answer in text_of(html(**query))


def test_better_spelling_is_offered_where_only_a_text_has_the_word():
    make.make_term(name="Transformer")
    make.make_term(name="Other", article="A transfomer, says a text that nobody corrected.")

    page = html(q="transfomer")

    assert 'Did you mean <a href="?q=transformer">transformer</a>?' in page
    assert names(page) == ["Other"]


def test_twin_has_the_same_results():
    for number in range(7):
        make.make_term(name=f"Deep {number}", definition="What it is.")
    make.make_model(name="Deep")

    answer = Client().get("/search.json", {"q": "deep"}).json()
    narrowed = Client().get("/search.json", {"q": "deep", "type": "term"}).json()

    assert (answer["count"], answer["counts"]) == (8, {"term": 7, "model": 1})
    assert [one["name"] for one in answer["results"]] == ["Deep", *(f"Deep {number}" for number in range(5))]
    assert len(narrowed["results"]) == 7
    assert narrowed["results"][0] == {
        "kind": "term",
        "slug": "deep-0",
        "name": "Deep 0",
        "excerpt": "What it is.",
        "html": "http://testserver/glossary/deep-0/",
        "json": "http://testserver/glossary/deep-0.json",
    }
    assert Client().get("/search.json", {"q": "deep", "type": "term", "page": "9"}).status_code == 404


def test_suggestions_are_names_that_begin_so():
    make.make_model(name="DeepSeek V3", aliases="deepseek-chat")
    make.make_organization(name="DeepSeek")
    make.make_source(name="DeepSeek")
    make.make_term(name="Secret deepening", status="draft")
    make.make_term(name="Other", definition="Not deep.")

    answer = Client().get("/search/suggest.json", {"q": "dee"})
    chat = Client().get("/search/suggest.json", {"q": "deepseek c"}).json()["suggestions"]

    assert [(one["kind"], one["name"]) for one in answer.json()["suggestions"]] == [
        ("organization", "DeepSeek"),
        ("model", "DeepSeek V3"),
        ("source", "DeepSeek"),
    ]
    assert answer.json()["suggestions"][1]["url"] == "/models/deepseek-v3/"
    assert answer.headers["Cache-Control"] == "public, max-age=60"
    assert [(one["name"], one["alias"]) for one in chat] == [("DeepSeek V3", "deepseek-chat")]


@pytest.mark.parametrize("query", ["", " ", "+++", "org:deepseek", "type:paper deep", "nothinglikeit"])
def test_nothing_to_suggest_is_an_empty_list(query):
    make.make_model(name="DeepSeek")

    assert Client().get("/search/suggest.json", {"q": query}).json() == {"suggestions": []}


def test_suggestions_forgive_a_slip():
    make.make_model(name="Transformer")

    suggestions = Client().get("/search/suggest.json", {"q": "transfomer"}).json()["suggestions"]

    assert [one["name"] for one in suggestions] == ["Transformer"]


BEFORE, AFTER = datetime.date(2024, 6, 1), datetime.date(2024, 7, 1)
JUNE = {"as_of": "2024-06"}


@pytest.fixture
def old_and_new():
    """Entries of all kinds, of before and of after the end of June 2024; the latter are called Later."""
    for name, day in (("Deep", BEFORE), ("Deep later", AFTER)):
        family, lab = make.make_family(name=f"{name} family"), make.make_organization(name=f"{name} lab")
        released = {"released": day, "released_precision": "day", "parameters_total": 10**11}
        model = make.make_model(name=f"{name} model", family=family, organizations=[lab], **released)
        make.make_tagged_model(content_object=model, tag=make.make_tag(name=f"{name} tag"))
        published = {"published": day, "published_precision": "day"}
        paper = make.make_paper(name=f"{name} paper", **published)
        make.make_source(name=f"{name} source", **published)
        make.make_benchmark(name=f"{name} benchmark", paper=paper)
    make.make_model(name="Deep undated model")


def test_as_of_a_day_what_was_there_is_found(old_and_new):
    then, now = html(q="deep", **JUNE), html(q="deep")
    kinds = [html(q="deep", type=kind, **JUNE) for kind in ("model", "organization")]

    was_there = ["benchmark", "family", "lab", "model", "paper", "source", "tag"]
    assert sorted(names(then)) == sorted([*(f"Deep {kind}" for kind in was_there), "Deep later lab"])
    assert len(names(now)) == 15
    assert "All 8" in text_of(then)
    assert [names(page) for page in kinds] == [["Deep model"], ["Deep lab", "Deep later lab"]]
    assert names(html(q="deep params:>1b", **JUNE)) == names(html(q="params:>1b", **JUNE)) == ["Deep model"]


def test_as_of_a_day_the_page_says_so_stays_there_and_leads_back(old_and_new):
    page = html(q="deep", type="model", **JUNE)

    assert "The field as it stood on 30 June 2024" in text_of(page)
    assert '<a href="/search/?q=deep&amp;type=model">Back to today</a>' in page
    assert '<a href="/models/deep-model/?as_of=2024-06-30">' in page
    assert '<a href="?q=deep&amp;as_of=2024-06">All' in page
    assert page.count('data-suggest="/search/suggest.json?as_of=2024-06-30"') == 2
    assert page.count('name="as_of"') == 2


def test_as_of_a_day_no_other_spelling_is_one_of_later(old_and_new):
    make.make_model(name="Transformer", released=AFTER, released_precision="day")

    assert 'href="?q=transformer"' in html(q="transfomer")
    assert "transformer" not in html(q="transfomer", **JUNE)


def test_as_of_a_day_the_twin_has_the_same(old_and_new):
    twin = Client().get("/search.json", {"q": "deep", **JUNE}).json()

    assert twin["as_of"] == "2024-06-30"
    assert twin["counts"] == {
        "benchmark": 1, "family": 1, "model": 1, "organization": 2, "paper": 1, "source": 1, "tag": 1
    }  # fmt: skip
    assert "as_of" not in Client().get("/search.json", {"q": "deep"}).json()


def test_as_of_a_day_what_was_there_is_suggested(old_and_new):
    def suggested(query, **day):
        return Client().get("/search/suggest.json", {"q": query, **day}).json()["suggestions"]

    assert len(suggested("deep l")) == 8
    assert [one["name"] for one in suggested("deep l", **JUNE)] == ["Deep lab", "Deep later lab"]
    assert suggested("deep m", **JUNE)[0]["url"] == "/models/deep-model/?as_of=2024-06-30"
    assert suggested("deep later paper", **JUNE) == []


@pytest.mark.parametrize("day", ["banana", "2024-13", "\0", "9" * 40])
def test_bad_day_gets_a_message_and_today(old_and_new, day):
    page = html(q="deep", as_of=day)
    twins = [Client().get(address, {"q": "deep", "as_of": day}) for address in ("/search.json", "/search/suggest.json")]

    assert "All 15" in text_of(page)
    assert re.search(r'<input [^>]*name="as_of"[^>]* aria-describedby="id_as_of_error"', page)
    assert re.search(r'<p class="error" id="id_as_of_error">.+?</p>', page)
    assert 'id="q-error"' not in page
    assert [(twin.status_code, list(twin.json()["errors"])) for twin in twins] == [(400, ["as_of"])] * 2


@pytest.mark.parametrize("query", ["\0", "x" * 201])
def test_suggestions_refuse_what_is_no_query(query):
    answer = Client().get("/search/suggest.json", {"q": query})

    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["q"])


ODD = [
    '"', '""', '"unbalanced', "*", "deep*", "^deep", "NEAR(", "NEAR(deep x)", "AND", "OR deep", "NOT", "deep AND",
    "(", ")", "{title}: deep", "title : deep", "deep:*", "a & b | !c", "<->", "'; DROP TABLE search_document; --",
    "\\", "%", "%s", "_", "-", "--", "- deep", '-"', '-"deep x"', "deep -", ":", "org:", ":deep", "::", "org::",
    'org:""', "params:..", "params:....", "released:..", "大模型", "深度 学习", "😀", "ﬁ", "ß", "İ", "a\u0301",
    "\u202e",
    "e\u0301\u0301" * 60, "ab " * 66, "4o " * 60, "-a " * 66, '"a b" ' * 33, "a1b2c3d4e5f6g7h8i9" * 11, "x" * 200,
    "9" * 200, "params:" + "9" * 100, "arxiv.org/abs/", "https://arxiv.org/abs/1706.03762v7", "type:",
    "type:model,paper", "type:term type:model x", "\t\n", "\x01", "\ud7ff", "\ufffe",
]  # fmt: skip


@pytest.mark.parametrize("query", ODD)
def test_any_query_is_answered(query):
    make.make_model(name="Deep x", organizations=[make.make_organization(name="DeepSeek")])

    page = Client().get("/search/", {"q": query})
    twin = Client().get("/search.json", {"q": query})
    suggestions = Client().get("/search/suggest.json", {"q": query})

    assert page.status_code == 200
    assert "<h1>Search</h1>" in page.text
    assert twin.status_code in (200, 400)
    assert bool(page.context["asked"].errors) == (twin.status_code == 400)
    assert suggestions.status_code == 200


def test_search_asks_equally_often_for_one_row_and_for_three(django_assert_num_queries):
    def fill():
        make.make_model(name="Deep", slug=f"deep-{len(slugs)}")
        slugs.append("")

    slugs = []
    fill()
    queries = 4
    with django_assert_num_queries(queries):
        one = Client().get("/search/", {"q": "deep"})
    fill(), fill()
    with django_assert_num_queries(queries):
        three = Client().get("/search/", {"q": "deep"})

    assert [len(page.context["groups"][0].hits) for page in (one, three)] == [1, 3]
