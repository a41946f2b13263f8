"""axe-core finds nothing on any list: as it is first seen, filtered, with messages, empty; in no theme and width."""

from tests.browser.pages import FILTERED, LISTS


def test_lists_are_accessible(inspection):
    for address in LISTS.values():
        inspection.go(address)

    assert not inspection.found, "\n".join(inspection.found)
    assert inspection.checked == 4 * len(LISTS) == 4 * 8


def test_filtered_lists_are_accessible(inspection):
    for address in FILTERED.values():
        inspection.go(address, unfold=True)

    assert not inspection.found, "\n".join(inspection.found)
    assert inspection.checked == 4 * len(FILTERED) == 4 * 13
