import re

import pytest
from django.template import Context, Template

from glossary.lexicon import Lexicon
from tests import factories as make
from tests.reading import text_of

pytestmark = pytest.mark.django_db


def marked(text, page_of=None):
    """The words of `text` that carry a definition, as they stand there."""
    return re.findall(r'<button class="term-name"[^>]*>(.*?)</button>', Lexicon.load(page_of).prose(text), re.DOTALL)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A mixture of experts works.", ["mixture of experts"]),
        ("A Mixture-of-Experts works.", ["Mixture-of-Experts"]),
        ("A MIXTURE of\nexperts works.", ["MIXTURE of\nexperts"]),
        ("An MoE works.", ["MoE"]),
        ("MoEs work.", ["MoEs"]),
        ("A gated expert works.", ["gated expert"]),
        ("A mixture of expert works.", []),
        ("A mixture, of experts, works.", []),
        ("A mixture of of experts works.", []),
        ("MoEing is no word, remoe is none.", []),
        ("*MoE* works.", ["MoE"]),
        ("A mixture of *experts* works.", []),
        ("(MoE).", ["MoE"]),
    ],
)
def test_term_is_found_by_every_way_of_writing_it(text, words):
    make.make_term(name="Mixture of Experts", abbreviation="MoE", aliases="gated expert\n")

    assert marked(text) == words


@pytest.mark.parametrize(
    ("name", "text", "word"),
    [
        ("pass@1", "It gets a pass@1 of 5.", "pass@1"),
        ("GPT-4.1", "Like GPT-4.1 does.", "GPT-4.1"),
        ("A/B test", "After an A/B test.", "A/B test"),
        ("Token", "Many tokens.", "tokens"),
        ("Scaling Laws", "The scaling laws hold.", "scaling laws"),
        ("Véritable", "Une véritable.", "véritable"),
    ],
)
def test_term_with_signs_in_its_name_is_found(name, text, word):
    make.make_term(name=name)

    assert marked(text) == [word]


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("ZeRO", "R1-Zero falls from zero to ZERO with ZeRO.", ["ZeRO"]),
        ("RAG", "A rag, RAGs.", ["RAGs"]),
        ("GAN", "Gan began with the GAN's loss.", ["GAN"]),
        ("KV Cache", "A kv cache, KV-caches.", ["KV-caches"]),
        ("FP8", "In fp8 and FP8.", ["FP8"]),
        ("pass@1", "The first to pass 1,400 points has a pass@1 of 5.", ["pass@1"]),
        ("Muon", "The muon is Muon.", ["muon"]),
        ("Transformer", "The transformer's and the transformers’ heads.", ["transformer"]),
    ],
)
def test_abbreviation_is_found_in_its_own_letters_alone(name, text, words):
    make.make_term(name="The word", aliases=name)

    assert marked(text) == words


def test_idiom_is_left_alone_and_the_word_after_it_is_found():
    make.make_term(name="Attention", idioms="drew attention\npaid attention")

    assert marked("What drew attention, and Drew-attention, was nothing.") == []
    assert marked("It paid attention to its attention.") == ["attention"]
    assert Lexicon.load().find("drew attention") is None


def test_longest_name_wins():
    make.make_term(name="Attention")
    make.make_term(name="Attention head")
    make.make_term(name="Attention head pruning")
    make.make_term(name="Multi-head attention")
    make.make_term(name="Multi-head latent attention")

    assert marked("Multi-head latent attention.") == ["Multi-head latent attention"]
    assert marked("Multi-head attention, then attention.") == ["Multi-head attention", "attention"]
    assert marked("Attention heads and attention.") == ["Attention heads", "attention"]
    assert marked("Attention head pruning.") == ["Attention head pruning"]


def test_only_the_first_mention_on_a_page_is_explained():
    make.make_term(name="Mixture of Experts", abbreviation="MoE")
    lexicon = Lexicon.load()

    first, second = lexicon.prose("MoE and mixture of experts."), lexicon.prose("An MoE.")

    assert first.count("<button") == 1
    assert text_of(first) == "MoE and mixture of experts."
    assert second == "<p>An MoE.</p>\n"


def test_term_that_was_explained_elsewhere_becomes_a_link():
    term = make.make_term(name="Token", definition="A piece.")
    lexicon = Lexicon.load()
    lexicon.prose("A token.")

    assert lexicon.explain(term, "tokens") == '<a href="/glossary/token/">tokens</a>'


@pytest.mark.parametrize(
    "text",
    [
        "See [the token](https://example.org/).",
        "Write `token`.",
        "```\ntoken\n```",
        "## The token",
        "[a *token*](https://example.org/)",
    ],
)
def test_nothing_is_marked_in_links_code_and_headings(text):
    make.make_term(name="Token")

    assert marked(text) == []
    assert marked(f"{text}\n\nThen a token.") == ["token"]


def test_nothing_is_marked_in_a_cited_source():
    make.make_term(name="Attention")

    assert marked("It is new [@attention-is-all-you-need, Table 6].") == []
    assert marked("Attention is new [@attention-is-all-you-need].") == ["Attention"]


def test_entities_are_no_words():
    make.make_term(name="Automatic mixed precision", abbreviation="amp")
    make.make_term(name="lt")

    html = Lexicon.load().prose("R&D, 1 < 2, AMP.")

    assert html.startswith("<p>R&amp;D, 1 &lt; 2, <span")
    assert text_of(html) == "R&D, 1 < 2, AMP."


def test_definitions_and_names_are_escaped():
    term = make.make_term(name='A <b> & "c"', aliases="token", slug="x", definition="<script>alert(1)</script>")

    html = Lexicon.load().prose("<i>A</i> token & more.")

    assert html.startswith("<p>&lt;i&gt;A&lt;/i&gt; <span")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "A &lt;b&gt; &amp; &quot;c&quot;" in html
    assert Lexicon.load().explain(term, "<b>").count("&lt;b&gt;") == 2


def test_terms_own_page_does_not_explain_it():
    token = make.make_term(name="Token")
    make.make_term(name="Attention")

    assert marked("Attention to a token.", page_of=token) == ["Attention"]


def test_each_page_explains_anew_what_the_same_text_mentions():
    make.make_term(name="Token")
    first = Lexicon.load()
    second = Lexicon(first.index)

    explained = [lexicon.prose("A token.") for lexicon in (first, second, second)]

    assert explained[0] == explained[1] != explained[2]
    assert "popover" in explained[1]
    assert "popover" not in explained[2]


@pytest.mark.parametrize("status", ["draft", "in_review", "archived"])
def test_unpublished_terms_are_not_explained(status):
    term = make.make_term(name="Token")
    assert marked("A token.") == ["token"]

    term.status = status
    term.save()

    assert marked("A token.") == []
    assert Lexicon.load().find("token") is None


@pytest.mark.parametrize(
    ("label", "found"),
    [
        ("Open Weight", True),
        ("open-weight", True),
        ("OW", True),
        ("weights open", True),
        ("open", False),
        ("an open weight model", False),
        ("", False),
        ("…", False),
    ],
)
def test_find_takes_labels_that_are_exactly_a_name(label, found):
    term = make.make_term(name="Open Weight", abbreviation="OW", aliases="weights open")

    assert Lexicon.load().find(label) == (term if found else None)


def test_lexicon_takes_one_query(django_assert_num_queries):
    for _ in range(3):
        make.make_term(aliases="a\nb")

    with django_assert_num_queries(1):
        Lexicon.load().prose("A b.")


def test_tip_explains_a_label_and_escapes_another():
    make.make_term(name="Token", definition="A piece.")
    template = "{% load glossary %}{% lexicon as words %}{% tip words a %}|{% tip words b %}|{% prose words c %}"

    html = Template(template).render(Context({"a": "Tokens & <b>", "b": "Token", "c": "*c*"}))

    first, second, third = html.split("|")
    assert first == "Tokens &amp; &lt;b&gt;"
    assert '<span id="definition-token">A piece.</span>' in second
    assert third == "<p><em>c</em></p>\n"
