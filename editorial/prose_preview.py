"""A text of an entry's form as readers will see it. Nothing is stored."""

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.exceptions import NotRegistered
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.views.decorators.cache import never_cache

from core.admin import LONGEST_TEXT
from core.models import Entry

LOGGED_OUT = "You are not logged in, or not any more. Log in in another window, then press “Preview” again."
NOT_SENT = "A preview is made of what stands in a form: press “Preview” beside the text."


class ProseInput(AdminTextareaWidget):
    """A text in Markdown, with a button for its preview."""

    def __init__(self, address: str, label: str):
        super().__init__()
        self.address, self.label = address, label

    def render(self, name, value, attrs=None, renderer=None) -> SafeString:
        text = super().render(name, value, attrs, renderer)
        context = {"text": text, "address": self.address, "label": self.label}
        return render_to_string("admin/editorial/_prose_input.html", context)


def offer_previews(form: ModelForm, model: type[Entry], entry: Entry | None) -> None:
    """Put the button beside each text of the form that the entry's page prints as Markdown."""
    for name in {*model.markdown} & {*form.fields}:
        number = entry.pk if entry else 0
        address = reverse("prose_preview", args=[model._meta.label_lower, number, name])
        form.fields[name].widget = ProseInput(address, form.fields[name].label)


@never_cache
def prose_preview(request: HttpRequest, kind: str, number: int, name: str) -> HttpResponse:
    """What was sent as the text `name` of an entry of `kind`, on a page; `number` is that of the entry, 0 of a new one.

    Whatever stands against it is told on the same page.
    """
    if not admin.site.has_permission(request):
        return _page(request, 403, LOGGED_OUT)
    try:
        model = apps.get_model(kind)
        owner = admin.site.get_model_admin(model)
    except (LookupError, ValueError, NotRegistered):
        raise Http404 from None
    if name not in getattr(model, "markdown", ()):
        raise Http404
    if not (owner.has_add_permission(request) or owner.has_change_permission(request)):
        raise PermissionDenied
    if request.method != "POST":
        response = _page(request, 405, NOT_SENT)
        response["Allow"] = "POST"
        return response
    text = request.POST.get(name, "")
    if len(text) > LONGEST_TEXT:
        told = f"This text has {len(text):,} characters; {LONGEST_TEXT:,} are the most that an entry holds."
        return _page(request, 413, told)
    if "\0" in text:
        return _page(request, 400, "Null characters are not allowed.")
    label = capfirst(model._meta.get_field(name).verbose_name)
    # A term is not explained in its own article, which is all that matters of the entry.
    return _page(request, 200, "", text=text, label=label, entry=model(pk=number))


def _page(request: HttpRequest, status: int, problem: str, **context) -> HttpResponse:
    context |= {"problem": problem}
    return render(request, "admin/editorial/prose_preview.html", context, status=status)
