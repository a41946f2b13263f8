import json

import pytest

from core.linked_data import as_json_ld, listed, named, node
from research.models import Paper


def test_what_is_not_known_is_left_out():
    thing = node("Thing", name="x", url="", sameAs=[], size=None, about={}, position=0, isAccessibleForFree=False)

    assert thing == {"@type": "Thing", "name": "x", "position": 0, "isAccessibleForFree": False}


@pytest.mark.parametrize(
    "text", ["</script><script>alert(1)</script>", "<!--", "a & b", 'say "x"', "\\u003C", "大 é\u2028"]
)
def test_no_text_ends_the_script_element(text):
    written = as_json_ld(node("Thing", name=text))

    assert set("<>&").isdisjoint(written)
    assert json.loads(written) == {"@context": "https://schema.org", "@type": "Thing", "name": text}


def test_unknown_entry_is_nothing():
    assert not named("Person", None, str)


def test_list_names_the_entries_on_the_page():
    papers = [Paper(slug="a"), Paper(slug="b")]

    assert listed(papers, 7) == {
        "@type": "ItemList",
        "numberOfItems": 7,
        "itemListElement": [{"@id": "/papers/a/"}, {"@id": "/papers/b/"}],
    }
