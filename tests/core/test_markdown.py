import sys

import html5lib
import pytest

from core.admin import LONGEST_TEXT
from core.markdown import MOST_SIGNS, TAGS, shortened, to_html, to_text


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One *two* **three**.", "<p>One <em>two</em> <strong>three</strong>.</p>"),
        ("## Part", "<h2>Part</h2>"),
        ("# Title", "Title"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("`a < b`", "<p><code>a &lt; b</code></p>"),
        ("R&D, 1 < 2", "<p>R&amp;D, 1 &lt; 2</p>"),
        ("A <em>tag</em>", "<p>A &lt;em&gt;tag&lt;/em&gt;</p>"),
        ("[x](ftp://example.org/)", '<p><a rel="noopener noreferrer">x</a></p>'),
        ("", ""),
    ],
)
def test_markdown_becomes_html(text, html):
    assert to_html(text).strip() == html


@pytest.mark.parametrize(
    "address", ["https://example.org/a?b=c", "http://example.org/", "mailto:a@example.org", "/models/deepseek-v3/"]
)
def test_link_is_kept(address):
    assert to_html(f"[x]({address})") == f'<p><a href="{address}" rel="noopener noreferrer">x</a></p>\n'


def test_table_keeps_its_cells_and_loses_its_styles():
    html = to_html("| a | b |\n|:--|--:|\n| 1 | 2 |\n")

    assert "<td>2</td>" in html
    assert "style" not in html


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<b onmouseover=alert(1)>x</b>",
        "<style>body{display:none}</style>",
        "<svg/onload=alert(1)>",
        "<iframe src=https://example.org></iframe>",
        "<a href='javascript:alert(1)'>x</a>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](java\tscript:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](data:text/html,<script>alert(1)</script>)",
        "[x](vbscript:msgbox)",
        '[x](https://example.org "onclick=alert(1)")',
        "![x](https://example.org/pixel.png)",
        '<https://example.org/"onclick="alert(1)>',
        "| a |\n|---|\n| <td onclick=alert(1)> |",
        "[x]: javascript:alert(1)\n\n[x]",
        "<!-- comment --><h1 class=x>Title</h1>",
        "```\n</code></pre><script>alert(1)</script>\n```",
    ],
)
def test_nothing_dangerous_survives(attack):
    # As the browser would build it: what is left as text does no harm.
    tree = html5lib.parseFragment(to_html(attack), namespaceHTMLElements=False)
    elements = [element for element in tree.iter() if element is not tree]

    assert {element.tag for element in elements} <= TAGS
    assert {name for element in elements for name in element.attrib} <= {"href", "rel", "title"}
    assert all(element.get("href", "https:").startswith("https:") for element in elements)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("One *two*\n\n- three & `four`", "One two three & four"),
        ("A [link](https://example.org/)", "A link"),
        ("Said [@a-source, Table 6], and so [@b].", "Said, and so."),
        ("a < b <script>", "a < b <script>"),
        ("&amp;lt;", "&lt;"),
        ("", ""),
    ],
)
def test_markdown_becomes_plain_text(text, plain):
    assert to_text(text) == plain


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("Short.", "Short."),
        ("Here is a sentence. Another one follows.", "Here is a sentence."),
        ("A. The first sentence ends too early.", "A. The first sentence…"),
        ("No sentence ends here, not one of them", "No sentence ends here…"),
        ("x" * 40, "x" * 23 + "…"),
        ("exactly four and twenty.", "exactly four and twenty."),
    ],
)
def test_line_is_cut_after_a_sentence_or_a_word(text, short):
    assert shortened(text, 24) == short
    assert len(short) <= 24


def calls_of(text: str) -> int:
    """How many calls it takes to make HTML of a text: its work, whatever the machine does meanwhile."""
    calls = 0

    def count(frame, event, argument):
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        to_html(text)
    finally:
        sys.setprofile(None)
    return calls


HOSTILE = ["[", "![", "[](", "*a", "<", "|a|\n|-|\n", "- a\n", "> a\n\n", "`a", "\\", "&", "[a]: b\n", "* * a\n"]


@pytest.mark.parametrize("piece", HOSTILE)
def test_longest_text_of_nothing_but_signs_costs_nothing(piece):
    longest = (piece * LONGEST_TEXT)[:LONGEST_TEXT]

    assert calls_of(longest) < 200
    assert to_html(longest).startswith("<p>")


@pytest.mark.parametrize("piece", HOSTILE)
def test_five_times_the_signs_cost_five_times_the_work(piece):
    few, many = (calls_of(piece * number) for number in (100, 500))

    assert 200 < few < many < 7 * few


def test_text_with_as_many_signs_as_are_read_is_read():
    most, more = "*a* " * (MOST_SIGNS // 2), "*a* " * (MOST_SIGNS // 2 + 1)

    assert to_html(most).count("<em>a</em>") == MOST_SIGNS // 2
    assert to_html(more).startswith("<p>*a* *a*")
    assert to_html(more + "<script>").endswith("&lt;script&gt;</p>\n")
