import pytest

from search.query import Way, fold, parse, squeeze, words_of

OPERATORS = frozenset({"org", "params", "type"})


def typed(query: str) -> list[str]:
    return [group.typed for group in parse(query, OPERATORS).groups]


@pytest.mark.parametrize(
    ("text", "folded"), [("Mémoire À", "memoire a"), ("PanGu-α", "pangu-α"), ("e\u0301", "e"), ("大模型", "大模型")]
)
def test_fold_takes_case_and_accents_away(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("name", "squeezed"),
    [("GPT-4.1", "gpt41"), ("Command R+", "commandr+"), ("C++", "c++"), ("Humanity’s Last Exam", "humanityslastexam")],
)
def test_squeeze_leaves_the_letters_of_a_name(name, squeezed):
    assert squeeze(name) == squeezed


@pytest.mark.parametrize(
    ("query", "groups"),
    [
        ("deepseek v3", ["deepseek", "v3"]),
        ("GPT-4.1", ["gpt", "4", "1"]),
        ('"mixture of experts" sparse', ['"mixture of experts"', "sparse"]),
        ('"not closed yet', ['"not closed yet"']),
        ("attention -flash", ["attention"]),
        ('attention -"flash attention"', ["attention"]),
        ("well-known - dash", ["well", "known", "dash"]),
        ("org:deepseek moe", ["moe"]),
        ('org:"mistral ai" moe', ["moe"]),
        ("foo:bar", ["foo", "bar"]),
        ("arXiv:1706.03762", ["1706", "03762"]),
        ("https://arxiv.org/abs/1706.03762", ["1706", "03762"]),
        ("What is a mixture of experts", ["mixture", "of", "experts"]),
        ("how does attention work", ["attention", "work"]),
        ("what", ["what"]),
        ("+++ !", []),
        ("", []),
    ],
)
def test_parse_finds_the_words(query, groups):
    assert typed(query) == groups


def test_parse_takes_operators_apart():
    query = parse('org:deepseek params:>100b org:"mistral ai" x foo:bar ORG:meta', OPERATORS)

    assert query.operators == (("org", "deepseek"), ("params", ">100b"), ("org", "mistral ai"), ("org", "meta"))
    assert query.unknown == ("foo",)
    assert query.text == "x foo:bar"


def test_parse_takes_what_is_left_out_apart():
    query = parse('attention -flash -"multi head" -"" -+')

    assert query.excluded == (Way(("flash",)), Way(("multi", "head")))


def ways(query: str, at: int = 0, **options) -> set[tuple]:
    return {(*way.words, "*") if way.prefix else way.words for way in parse(query, **options).groups[at].ways}


def test_last_word_may_be_only_begun():
    assert ("softm", "*") in ways("softm")
    assert ("so", "*") in ways("so", typing=True)
    assert ("att", "*") not in ways("att")
    assert ("att", "*") in ways("att", typing=True)
    assert ("att", "*") not in ways("att more", typing=True)
    assert ("att", "*") not in ways("att ", typing=True)


@pytest.mark.parametrize(
    ("word", "way"),
    [
        ("distillation", ("distill", "*")),
        ("quantized", ("quantiz", "*")),
        ("experts", ("expert", "*")),
        ("laws", ("law",)),
        ("law", ("laws",)),
        ("gpt4o", ("gpt", "4o")),
        ("gpt4o", ("gpt", "4", "o")),
    ],
)
def test_word_may_stand_in_other_ways(word, way):
    assert way in ways(f"{word} x")


def test_letters_and_digits_may_be_one_word():
    assert ("qwen2",) in ways("qwen 2 5")
    assert ("qwen2",) in ways("qwen 2 5", at=1)
    assert ("25",) not in ways("qwen 2 5", at=1)


def test_phrase_stands_as_it_is():
    assert ways('"scaling laws"') == {("scaling", "laws")}


@pytest.mark.parametrize(
    ("way", "found"),
    [
        (Way(("b",)), True),
        (Way(("x",)), False),
        (Way(("a", "b")), True),
        (Way(("b", "a")), False),
        (Way(("b", "c"), prefix=True), True),
        (Way(("cc",), prefix=True), True),
        (Way(("d", "e")), False),
    ],
)
def test_way_is_found_in_words_in_their_order(way, found):
    assert way.found_in(["a", "b", "ccc", "d"]) is found


@pytest.mark.parametrize(
    ("query", "widest"),
    [
        ("training", {("train", "*")}),
        ("softm", {("softm", "*")}),
        ("laws x", {("laws",), ("law",)}),
        ("gpt4o", {("gpt4o", "*"), ("gpt", "4o", "*"), ("gpt", "4", "o", "*")}),
    ],
)
def test_ways_that_another_covers_are_not_looked_for(query, widest):
    group = parse(query).groups[0]

    assert {(*way.words, "*") if way.prefix else way.words for way in group.widest} == widest
    assert set(group.widest) < set(group.ways) or query == "laws x"


def test_words_are_letters_and_digits():
    assert words_of("GPT-4.1 (mini), α_β 大模型!") == ["gpt", "4", "1", "mini", "α", "β", "大模型"]


@pytest.mark.parametrize(
    ("text", "looks_for_the_name"),
    # “train*” is found wherever “training*” is; “spar* attention*” is not found in “sparseattention”.
    [("training", False), ("gpt4", False), ("sparse attention", True), ("gpt 4.1", True)],
)
def test_name_as_a_whole_is_looked_for_only_where_the_words_do_not_find_it(text, looks_for_the_name):
    assert (parse(text).name is not None) is looks_for_the_name
