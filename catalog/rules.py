"""Rules across rows, which no single constraint can state: called by forms and by whatever checks the whole collection.

Each looks at plain values or instances and answers with the message for the editor, "" where all is well.
"""

import datetime
import re
from collections.abc import Collection, Hashable, Iterable, Mapping
from typing import TypeVar

from catalog.evidence import ABSENT, differs
from catalog.figures import FIGURE, FIGURES, Figure
from catalog.models import AIModel, Citation, DerivationKind
from core.markdown import to_html
from core.quantities import format_date, format_number, format_size, iso_date
from research.models import Benchmark

# What takes over weights cannot, even through others, come from itself; what is distilled can.
WEIGHT_CARRYING = {
    DerivationKind.INITIALIZED_FROM,
    DerivationKind.FINE_TUNED_FROM,
    DerivationKind.MERGED_FROM,
    DerivationKind.QUANTIZED_FROM,
    DerivationKind.BASED_ON,
}

Node = TypeVar("Node", bound=Hashable)


def uncited_figures(model: AIModel, citations: Iterable[Citation]) -> list[Figure]:
    """The figures that have a value and no citation that could bear it. A published model has none."""
    cited = {citation.field for citation in citations if citation.basis not in ABSENT}
    return [figure for figure in FIGURES if figure.column(model) not in (None, "") and figure.field not in cited]


def uncited(figure: Figure) -> str:
    return f"{figure.label}: a published model needs a citation for it. Add one, or empty the figure."


def off_scale(value: float, benchmark: Benchmark) -> str:
    """A score below or above what the benchmark can give."""
    low, high = benchmark.scale_min, benchmark.scale_max
    if low is not None and value < low:
        return f"{benchmark} has no score below {format_number(low)}."
    if high is not None and value > high:
        return f"{benchmark} has no score above {format_number(high)}."
    return ""


def cited_value(figure: Figure, value: str, stated: str) -> str:
    """`value` in the figure's own notation; where it is empty, `stated`, if that can be read. ValueError otherwise."""
    if value:
        return _notation(figure, value)
    try:
        return _notation(figure, stated)
    except ValueError:
        return ""


def _notation(figure: Figure, text: str) -> str:
    parsed = figure.parse(text)
    # A date's own text tells its precision as well.
    return str(parsed) if isinstance(parsed, int | float) else text.strip()


def shown_elsewise(model: AIModel, citation: Citation) -> str:
    """A citation that the page's figure is said to follow, and does not."""
    figure = FIGURE[citation.field]
    column = figure.column(model)
    known = column not in (None, "")
    absent = citation.basis in ABSENT
    silent = not (absent or citation.value)
    agrees = not known if absent else known and not differs(figure, citation, column)
    if not citation.shown or silent or agrees:
        return ""
    says = citation.get_basis_display() if absent else citation.value
    return f"{figure.label} is {figure.write(column) if known else 'empty'}, but the shown citation says “{says}”."


def unreadable(citation: Citation) -> str:
    """A citation whose value is not in its figure's notation."""
    try:
        FIGURE[citation.field].parse(citation.value) if citation.value else None
    except ValueError as error:
        return f"{FIGURE[citation.field].label}: “{citation.value}”. {error}"
    return ""


def circle(parents: Mapping[Node, Collection[Node]], child: Node, parent: Node) -> list[Node]:
    """The way from `parent` back to `child`, which an edge between them makes a circle; empty where there is none."""
    ways, seen = [[parent]], {parent}
    while ways:
        way = ways.pop()
        if way[-1] == child:
            return way
        onward = [node for node in parents.get(way[-1], ()) if node not in seen]
        seen.update(onward)
        ways += ([*way, node] for node in onward)
    return []


def closes_circle(names: Iterable[str]) -> str:
    return f"This closes a circle: {' ← '.join(names)}."


def variant_of_variant(original: AIModel, has_variants: bool) -> str:
    """Variants are one level deep: `original` is none itself, and the model has none of its own."""
    if original.variant_of_id:
        return f"{original} is a variant itself. Choose the model that it is a variant of."
    if has_variants:
        return "This model has variants of its own, so it cannot be one."
    return ""


# Figures and scores


def active_over_total(model: AIModel) -> str:
    """More parameters in use than there are."""
    total, active = model.parameters_total, model.parameters_active
    if not total or not active or active <= total:
        return ""
    return f"{format_size(active)} of {format_size(total)} parameters are active."


def output_over_context(model: AIModel) -> str:
    """An answer longer than all that the model can hold at once."""
    context, output = model.context_window, model.max_output
    if not context or not output or output <= context or FIGURE["max_output"].same(output, context):
        return ""
    return f"It writes {format_size(output)} tokens at most, more than its context window of {format_size(context)}."


def another_variant(text: str, benchmark: str, variants: Iterable[str]) -> str:
    """A score on `benchmark` whose text names one of its variants: MATH-500, said of MATH."""
    for name in sorted(variants, key=len, reverse=True):
        words = r"[\s-]".join(map(re.escape, re.split(r"[\s-]", name)))
        if re.search(rf"(?<![\w+-]){words}(?![\w+]|-\w)", text, re.IGNORECASE):
            return f"“{text}” names {name}, but the score is entered on {benchmark}."
    return ""


# Time


def certainly_before(date: datetime.date, precision: str, other: datetime.date, other_precision: str) -> bool:
    """Whether the first date lies before the other as far as both are known."""
    known = zip(iso_date(date, precision).split("-"), iso_date(other, other_precision).split("-"), strict=False)
    here, there = zip(*known, strict=True)
    return here < there


def released_before(model: AIModel, other: AIModel) -> bool:
    """Whether the model certainly came out before the other."""
    if not model.released or not other.released:
        return False
    return certainly_before(model.released, model.released_precision, other.released, other.released_precision)


def out_of_time(model: AIModel, relation: str, other: AIModel) -> str:
    """The model came before what it followed: `relation` says what the other is to it."""
    if not released_before(model, other):
        return ""
    date, before = FIGURE["released"].column(model), FIGURE["released"].column(other)
    return f"Released {format_date(*date)}, before its {relation} {other} ({format_date(*before)})."


# Prose

_SENTENCE_END = re.compile(r"(?<=[.!?])[”’\"')*]*\s+|\n+")
_TIME = re.compile(r"\b(?:1[89]|20)\d\d\b|\b(?:as of|until then|at the time|at that time|by then)\b", re.IGNORECASE)
_PRESENT = re.compile(
    r"\b(?:is|are|remains?) (?:still )?(?:one of )?the (?:\w+ )?"
    r"(?:largest|biggest|best|fastest|smallest|strongest|longest|cheapest|newest|most \w+)\b"
    r"|\b(?:currently|nowadays|today|to date|recently|now the|latest (?:model|version|release|generation))\b"
    r"|\b(?:\w+est|most \w+)\b[^,;]* so far\b",
    re.IGNORECASE,
)
# One of these is in whatever `_PRESENT` matches; most texts have none, and looking for them costs next to nothing.
_SIGNS = (
    *("largest", "biggest", "best", "fastest", "smallest", "strongest", "longest", "cheapest", "newest", "the most "),
    *("currently", "nowadays", "today", "to date", "recently", "now the", "latest ", " so far"),
)
# What is left in the text of a page where Markdown was not understood.
_CODE = re.compile(r"<(code|pre)>.*?</\1>", re.DOTALL)
_ESCAPED = re.compile(r"\\[*_`<\[\]#]")
_UNRENDERED = (
    (re.compile(r"&lt;/?[a-z][^&]*&gt;|&lt;!--", re.IGNORECASE), "raw HTML"),
    (re.compile(r"\*\*|(?<!\w)\*(?=\w)|(?<![\w_])_(?=\w)"), "emphasis that is not closed"),
    (re.compile(r"`"), "code that is not closed"),
    (re.compile(r'<a(?! href="[^"])|\]\('), "a link without a target"),
)
_TITLE = re.compile(r"^ {0,3}#{1,6} ", re.MULTILINE)


def sentences(text: str) -> list[str]:
    """The sentences of `text`, roughly: what stands between full stops or lines."""
    return [sentence.strip() for sentence in _SENTENCE_END.split(text) if sentence.strip()]


def words(text: str) -> int:
    """How many words: dashes and other lone signs are none."""
    return sum(bool(re.search(r"\w", word)) for word in text.split())


def length(label: str, text: str, least: int, most: int) -> str:
    """Fewer or more words than a text may have."""
    count = words(text)
    if least <= count <= most:
        return ""
    return f"{label} has {count} {'word' if count == 1 else 'words'}; write {least} to {most}."


def dateless(text: str) -> list[str]:
    """The sentences that will be false some day and do not say when they were true."""
    lower = text.casefold()
    if not any(sign in lower for sign in _SIGNS):
        return []
    return [sentence for sentence in sentences(text) if _PRESENT.search(sentence) and not _TIME.search(sentence)]


def unrendered(text: str, html: str) -> list[str]:
    """What in the Markdown `text` did not become part of its `html`."""
    # Escaped signs are meant to be read.
    printed = _CODE.sub("", html if not _ESCAPED.search(text) else to_html(_ESCAPED.sub("", text)))
    found = [name for pattern, name in _UNRENDERED if pattern.search(printed)]
    return [*found, "an image"] if "![" in text else found


def has_heading(text: str, html: str) -> bool:
    return bool(re.search(r"<h[1-6]>", html) or _TITLE.search(text))
