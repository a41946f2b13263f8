"""The filters of a leaderboard: as those of a list (`core.filters`), worked on lines in memory."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from django import forms
from django.http import QueryDict

from catalog.leaderboard import Board, Line, best_of_each_model
from catalog.models import Measurer, Openness
from core.fields import DayField
from core.filters import DIRECTIONS, MAX_PER_PAGE

# How the address and the page call a value that nobody states.
UNKNOWN = "unknown"
BEST = "best"
# How many choices a facet offers; those that are chosen beyond them.
OFFERED = 16


@dataclass(frozen=True)
class Facet:
    """Choices to tick: the values of a line, and what they are called on a board."""

    name: str
    label: str
    values: Callable[[Line], Iterable[str]]
    labels: Callable[[Board], dict[str, str]]


FACETS = (
    Facet("measured_by", "Measured by", lambda line: (line.measured_by,), lambda board: dict(Measurer.choices)),
    Facet(
        "setting",
        "Setting",
        lambda line: (line.setting or UNKNOWN,),
        lambda board: {UNKNOWN: "not stated"} | {line.setting: line.setting for line in board.lines if line.setting},
    ),
    Facet(
        "openness",
        "Openness",
        lambda line: (line.openness or UNKNOWN,),
        lambda board: dict(Openness.choices) | {UNKNOWN: UNKNOWN},
    ),
    Facet("organization", "Organization", lambda line: line.organizations, lambda board: board.organizations),
)
ORDERS = {
    "score": ("Score", None),
    "date": ("Date", lambda line: line.known_on),
    "model": ("Model", lambda line: line.name.casefold()),
}


class ScoreForm(forms.Form):
    """What is asked: one field for each facet, given the labels of its values, and how the scores are shown."""

    rows = forms.ChoiceField(
        label="Show",
        required=False,
        choices=[("all", "every score"), (BEST, "the best score of each model")],
        error_messages={"invalid_choice": "“%(value)s” is neither “all” nor “best”."},
    )
    order = forms.ChoiceField(
        label="Sort by",
        required=False,
        choices=[
            ("", "the best first"),
            *((sign + name, label + suffix) for name, (label, _) in ORDERS.items() for sign, suffix in DIRECTIONS),
        ],
        error_messages={"invalid_choice": "“%(value)s” is no order this list can be in."},
    )
    per_page = forms.IntegerField(
        label="Scores on a page",
        required=False,
        min_value=1,
        max_value=MAX_PER_PAGE,
        # Not a number input: it would hide from the reader what was typed and not understood.
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    as_of = DayField(required=False, label="As of")

    def __init__(self, data: QueryDict, labels: dict[str, dict[str, str]]):
        super().__init__(data)
        for facet in FACETS:
            self.fields[facet.name] = forms.MultipleChoiceField(
                required=False,
                label=facet.label,
                choices=list(labels[facet.name].items()),
                error_messages={"invalid_choice": "“%(value)s” is not a value to choose from."},
            )


class ScoreFilters:
    """What is asked of a board: a bad value gets a message beside its field; the others still apply."""

    def __init__(self, data: QueryDict, board: Board):
        self.data = data
        self.board = board
        self.labels = {facet.name: facet.labels(board) for facet in FACETS}
        self.usual = "-score" if board.benchmark.higher_is_better else "score"
        self.form = ScoreForm(data, self.labels)
        self.errors = self.form.errors
        self.asked = self.form.cleaned_data

    @property
    def order(self) -> str:
        return self.asked.get("order") or self.usual

    @property
    def per_page(self) -> int | None:
        return self.asked.get("per_page")

    @property
    def best_only(self) -> bool:
        return self.asked.get("rows") == BEST

    @cached_property
    def lines(self) -> list[Line]:
        """Those that are shown, the best first."""
        lines = self._narrowed()
        return best_of_each_model(lines) if self.best_only else lines

    @cached_property
    def ordered(self) -> list[Line]:
        """The same in the order in force. What is unknown comes last, whichever way it runs."""
        if self.order == self.usual:
            return self.lines
        if self.order.lstrip("-") == "score":
            return self.lines[::-1]
        key = ORDERS[self.order.lstrip("-")][1]
        known = [line for line in self.lines if key(line) is not None]
        known.sort(key=key, reverse=self.order.startswith("-"))
        return [*known, *(line for line in self.lines if key(line) is None)]

    def _narrowed(self, but: str = "") -> list[Line]:
        lines = self.board.lines
        for facet in FACETS:
            chosen = set(self.asked.get(facet.name, ())) if facet.name != but else set()
            if chosen:
                lines = [line for line in lines if not chosen.isdisjoint(facet.values(line))]
        return lines

    @property
    def display(self) -> list[forms.BoundField]:
        return [self.form[name] for name in ("rows", "order", "per_page", "as_of")]

    @cached_property
    def facets(self) -> list[dict]:
        """Each facet with its options, counted among what the other filters leave; without a choice, it is left out."""
        facets = []
        for facet in FACETS:
            options, errors = self._options(facet), self.errors.get(facet.name, [])
            if len(options) > 1 or self.asked.get(facet.name) or errors:
                facets.append({"name": facet.name, "label": facet.label, "options": options, "errors": errors})
        return facets

    def _options(self, facet: Facet) -> list[dict]:
        lines = self._narrowed(but=facet.name)
        if self.best_only:
            counts = Counter(value for value, _ in {(v, line.model) for line in lines for v in facet.values(line)})
        else:
            counts = Counter(value for line in lines for value in facet.values(line))
        chosen = self.asked.get(facet.name, [])
        labels = self.labels[facet.name]
        found = [(value, n) for value, n in counts.items() if value in labels]
        found.sort(key=lambda pair: (-pair[1], labels[pair[0]]))
        offered = found[:OFFERED] + [(value, n) for value, n in found[OFFERED:] if value in chosen]
        offered += [(value, 0) for value in chosen if not counts[value]]
        return [{"value": value, "label": labels[value], "count": n, "chosen": value in chosen} for value, n in offered]

    @property
    def active(self) -> list[dict]:
        """One mark for each choice in force, with the query string that removes just it."""
        return [self._mark(facet, value) for facet in FACETS for value in dict.fromkeys(self.asked.get(facet.name, ()))]

    def _mark(self, facet: Facet, value: str) -> dict:
        rest = self.data.copy()
        rest.setlist(facet.name, [other for other in rest.getlist(facet.name) if other != value])
        rest.pop("page", None)
        return {"label": facet.label, "text": self.labels[facet.name][value], "query": rest.urlencode()}
