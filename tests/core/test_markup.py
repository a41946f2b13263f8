from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core.markup import fill, fill_each, prefill

VALUES = ["<b>&\"'", SafeString("<i>as it is</i>"), 12, 0, "“…”", "", "<long>" * 20]


def test_a_form_is_filled_as_django_fills_it():
    form = "<p>{}</p>" * len(VALUES)
    filled = fill(form, *VALUES)
    assert filled == format_html(form, *VALUES)
    assert isinstance(filled, SafeString)


def test_a_form_is_filled_once_a_row():
    rows = [(value, value) for value in VALUES]
    filled = fill_each("<td>{}</td><td>{}</td>", rows, between="\n")
    assert filled == format_html_join("\n", "<td>{}</td><td>{}</td>", rows)
    assert isinstance(filled, SafeString)


def test_braces_in_a_value_are_text():
    assert fill("{}{}", "{0}", "{") == "{0}{"


def test_a_form_is_filled_in_two_goes_as_in_one():
    for value in [*VALUES, "{}", "{0}}"]:
        assert fill(prefill("<p>{}{{}}</p>", value), value) == format_html("<p>{}{}</p>", value, value)
