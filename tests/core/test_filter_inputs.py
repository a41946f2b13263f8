import re

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.http import QueryDict

from core.filters.inputs import Inputs


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
