import datetime

import pytest

from catalog.models import Citation
from catalog.preference import is_by, names_of, why
from tests import factories as make

pytestmark = pytest.mark.django_db

MAKERS = {"deepseek", "deepseek ai"}


def said(publisher="", basis="disclosed", kind="database", confidence="", published=None, name="Document"):
    dated = {"published": published, "published_precision": "day"} if published else {}
    source = make.make_source(name=name, slug=f"s{make.next_number()}", publisher=publisher, kind=kind, **dated)
    return Citation(field="parameters_total", source=source, basis=basis, confidence=confidence, stated="1", value="1")


def test_makers_are_known_by_name_and_alias():
    makers = names_of(
        [make.make_organization(name="DeepSeek", aliases="DeepSeek AI\n"), make.make_organization(name="X")]
    )

    assert makers == {"deepseek", "deepseek ai", "x"}


@pytest.mark.parametrize(
    ("publisher", "own"),
    [
        ("DeepSeek", True),
        ("deepseek AI", True),
        ("The V3 team, DeepSeek", True),
        ("DeepSeek and others", True),
        ("DeepSeekers", False),
        ("Not DeepSeek", False),
        ("", False),
    ],
)
def test_publisher_is_a_maker_by_the_whole_name(publisher, own):
    assert is_by(publisher, MAKERS) is own


@pytest.mark.parametrize(
    ("fields", "account"),
    [
        ({"publisher": "DeepSeek", "kind": "paper"}, "disclosed by its makers"),
        ({"publisher": "DeepSeek", "basis": "measured"}, "measured by its makers"),
        ({"publisher": "Epoch AI"}, "listed by Epoch AI"),
        (
            {"publisher": "METR", "basis": "estimated", "confidence": "low"},
            "estimated by METR (low confidence)",
        ),
        ({"publisher": "CNBC", "kind": "news"}, "reported by CNBC"),
        ({"publisher": "Nature", "kind": "paper"}, "stated by Nature"),
        ({"publisher": "", "name": "Who knows", "kind": "paper"}, "stated by “Who knows”"),
    ],
)
def test_account_says_who_and_how(fields, account):
    shown = said(publisher="Hugging Face", basis="measured", kind="model_card")

    assert why(shown, [said(**fields)], MAKERS) == f"Shown: measured by Hugging Face. Differing: {account}."


def test_documents_are_named_where_both_say_it_in_one_way():
    shown = said(publisher="DeepSeek", kind="repository", published=datetime.date(2024, 12, 26))
    other = said(publisher="DeepSeek", kind="announcement")

    assert why(shown, [other, said(publisher="Epoch AI")], MAKERS) == (
        "Shown: disclosed by its makers (repository, 26 December 2024). "
        "Differing: disclosed by its makers (announcement); listed by Epoch AI."
    )


def test_what_is_said_alike_is_said_once():
    shown = said(publisher="DeepSeek", kind="paper")

    assert why(shown, [said(publisher="Epoch AI"), said(publisher="Epoch AI")], MAKERS) == (
        "Shown: disclosed by its makers. Differing: listed by Epoch AI."
    )


def test_nothing_is_said_where_nobody_differs_or_nothing_is_shown():
    assert why(said(), [], MAKERS) == ""
    assert why(None, [said()], MAKERS) == ""


def test_figure_that_does_not_apply_needs_no_source():
    shown = Citation(field="parameters_active", basis="not_applicable")

    assert why(shown, [said(publisher="Epoch AI")], MAKERS) == "Shown: not applicable. Differing: listed by Epoch AI."
