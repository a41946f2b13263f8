"""References as CSL-JSON, by the rules of its schema."""

import datetime

from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from core.csl import csl
from core.highwire import ITEMS
from core.references import Name, Reference

TEXT = {"type": "string", "minLength": 1}
# What citationstyles.org allows, of what is written here; nothing else may be in an item.
NAME = {
    "type": "object",
    "minProperties": 1,
    "additionalProperties": False,
    "properties": dict.fromkeys(("family", "given", "non-dropping-particle", "suffix", "literal"), TEXT),
}
DAY = {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "integer", "minimum": 1}}
DATE = {
    "type": "object",
    "required": ["date-parts"],
    "additionalProperties": False,
    "properties": {"date-parts": {"type": "array", "minItems": 1, "maxItems": 1, "items": DAY}},
}
TEXTS = ("id", "title", "container-title", "publisher", "number", "DOI", "URL", "version", "note")
ITEM = {
    "type": "object",
    "required": ["id", "type", "title"],
    "additionalProperties": False,
    "properties": {
        **dict.fromkeys(TEXTS, TEXT),
        "type": {"enum": sorted(ITEMS)},
        "author": {"type": "array", "minItems": 1, "items": NAME},
        "issued": DATE,
        "accessed": DATE,
    },
}
SCHEMA = {"type": "array", "items": ITEM}
VALID = Draft7Validator(SCHEMA)


def test_item_says_all_that_is_known():
    [item] = csl(
        [
            Reference(
                key="papers-wavenet",
                kind="article",
                title="WaveNet",
                url="https://arxiv.org/abs/1609.03499",
                authors=(Name("Oord", "Aäron", "van den"), Name("Hoane", "A. J.", suffix="Jr."), Name(literal="Lab")),
                publisher="arXiv",
                issued="2016-09",
                accessed=datetime.date(2026, 11, 28),
                arxiv_id="1609.03499",
                licence="CC BY 4.0",
            )
        ]
    )

    assert item == {
        "id": "papers-wavenet",
        "type": "article",
        "title": "WaveNet",
        "author": [
            {"family": "Oord", "given": "Aäron", "non-dropping-particle": "van den"},
            {"family": "Hoane", "given": "A. J.", "suffix": "Jr."},
            {"literal": "Lab"},
        ],
        "publisher": "arXiv",
        "issued": {"date-parts": [[2016, 9]]},
        "accessed": {"date-parts": [[2026, 11, 28]]},
        "number": "arXiv:1609.03499",
        "URL": "https://arxiv.org/abs/1609.03499",
        "note": "CC BY 4.0",
    }


@given(
    st.lists(
        st.builds(
            Reference,
            key=st.text(min_size=1),
            kind=st.sampled_from(sorted(ITEMS)),
            title=st.text(min_size=1),
            url=st.text(),
            authors=st.lists(st.builds(Name, family=st.text(min_size=1), given=st.text())).map(tuple),
            issued=st.sampled_from(["", "2024", "2024-12", "2024-12-26"]),
            accessed=st.none() | st.dates(),
        )
    )
)
def test_whatever_is_in_it_it_keeps_to_the_schema(references):
    items = csl(references)

    assert [error.message for error in VALID.iter_errors(items)] == []
    assert len(items) == len(references)
