"""The form of a model in the admin, as a browser fills and sends it."""

import html

from django.urls import reverse

from tests.factories import (
    make_citation,
    make_derivation,
    make_innovation,
    make_link,
    make_milestone,
    make_model_paper,
    make_score,
)
from tests.forms import typed

ADD = "/admin/catalog/aimodel/add/"
# Session, user, the model, four relations that take several values, each inline's rows with their relations, the last
# change, what waits, and how whole it is.
QUERIES_OF_A_FORM = 20
PREFIXES = ("milestones", "scores", "innovations", "derivations", "model_papers", "links", "citations")
# Published at once, by whoever may do so alone.
NEW = {"name": "DeepSeek V3", "_step_publish_alone": "on"}
NEW |= {f"{prefix}-{what}_FORMS": 0 for prefix in PREFIXES for what in ("TOTAL", "INITIAL")}
PARTS = (make_milestone, make_score, make_innovation, make_derivation, make_model_paper, make_link, make_citation)


def change(model):
    return reverse("admin:catalog_aimodel_change", args=[model.pk])


def save(browser, model, rows=(), **values):
    """Save a model's form, or without one the form of a new model, with `values` changed and `rows` added by prefix."""
    url = change(model) if model else ADD
    data = (typed(browser.get(url)) if model else dict(NEW)) | values
    for prefix, row in rows:
        number = int(data[f"{prefix}-TOTAL_FORMS"])
        data |= {f"{prefix}-TOTAL_FORMS": number + 1, f"{prefix}-{number}-id": ""}
        data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return browser.post(url, {name: value for name, value in data.items() if value is not None})


def errors_of(response):
    """Field to message, for every field on the page that has one; a form set's own messages under its prefix."""
    assert response.status_code == 200, "saved, where a refusal was due"
    found = {name: list(messages) for name, messages in response.context["adminform"].form.errors.items()}
    for inline in response.context["inline_admin_formsets"]:
        formset = inline.formset
        for form in formset.forms:
            found |= {form.add_prefix(name): list(messages) for name, messages in form.errors.items()}
        if formset.non_form_errors():
            found[formset.prefix] = list(formset.non_form_errors())
    page = html.unescape(response.text)
    assert all(message in page for messages in found.values() for message in messages)
    return found
