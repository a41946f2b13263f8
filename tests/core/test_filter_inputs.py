import re

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.http import QueryDict

from core.filters.entries import FilterForm
from core.filters.inputs import Inputs
from core.templatetags.filters import labelled


class Asked(forms.Form):
    use_required_attribute = False

    q = forms.CharField(max_length=200, label="Search")
    size = forms.IntegerField(widget=forms.TextInput(attrs={"data-usual": '"<&>', "disabled": True, "hidden": False}))
    order = forms.ChoiceField(choices=[("", "the usual order"), ("<a>", "“A” & so on"), ("b", "B")])
    notes = forms.CharField(widget=forms.Textarea)


@pytest.mark.parametrize("query", ["", "q=%3Cb%3E%22&order=%3Ca%3E&size=x&notes=n", "order=none"])
def test_fields_look_as_django_draws_them(query):
    def drawn(renderer):
        form = Asked(QueryDict(query), renderer=renderer)
        assert form.errors
        # White space between elements is no part of it.
        return [re.sub(r"\n\s*", "\n", str(field)) for field in form]

    assert drawn(Inputs()) == drawn(DjangoTemplates())


def test_a_field_is_written_as_it_was_filled_in_whoever_left_it_empty_before():
    fields = {"size": forms.IntegerField(max_value=9, required=False, label="Size", widget=forms.TextInput())}

    empty, filled, wrong, again = (
        labelled(FilterForm(QueryDict(query), fields)["size"]) for query in ("", "size=7", "size=x", "size=")
    )

    assert empty == again
    assert empty == (
        '<div class="field">\n<label for="id_size">Size</label>\n<input type="text" name="size" id="id_size">\n</div>\n'
    )
    assert filled == empty.replace(' name="size"', ' name="size" value="7"')
    assert 'value="x"' in wrong
    assert '<p class="error" id="id_size_error">Enter a whole number.</p>' in wrong
