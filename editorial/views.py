"""What became of an entry, what is to become of it, and where readers say what is wrong with it."""

from django import forms
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.exceptions import NotRegistered
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import resolve
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.documents import public_records, public_rows
from core.exchange import fixture_response
from core.fields import MomentField
from core.models import Entry
from editorial.models import Proposal, ReadingStep
from editorial.past import at_moment, past_of
from editorial.preview import Unavailable, describe, has_page, preview_url, public, read
from editorial.reading import chapters
from editorial.reports import ReportForm, send, sender_of


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Where a newcomer begins: entries in reading order, each with what it is good for."""
    return render(request, "editorial/start.html", {"chapters": chapters()})


@require_safe
def start_fixture(request: HttpRequest) -> HttpResponse:
    """The same order for another installation; an entry that is not there is passed over."""
    return fixture_response(public_records(public_rows(ReadingStep)))


class MomentForm(forms.Form):
    """A day, or a moment of it: what stood at its end."""

    at = MomentField(
        required=False,
        label="As this site knew it on",
        widget=forms.TextInput(attrs={"placeholder": "2026-11-27"}),
    )


@require_safe
def history(request: HttpRequest, model: type[Entry], slug: str) -> HttpResponse:
    """The entry's changes; with `at`, the entry as this site knew it at that moment."""
    entry = get_object_or_404(model.objects.published(), slug=slug)
    form = MomentForm(request.GET)
    moment = form.cleaned_data["at"] if form.is_valid() else None
    changes = past_of(entry)
    context = {"entry": entry, "kind": model._meta.verbose_name, "form": form, "moment": moment}
    if moment:
        return _unlisted(render(request, "editorial/moment.html", context | {"change": at_moment(changes, moment)}))
    changes.reverse()
    context["corrections"] = [correction for change in changes for correction in change.corrections()]
    context["page_obj"] = Paginator(changes, 50).get_page(request.GET.get("page"))
    return render(request, "editorial/history.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, model: type[Entry], slug: str) -> HttpResponse:
    """The form under an entry. What is sent waits for an editor, and its sender is led to the report's own page."""
    entry = get_object_or_404(model.objects.published(), slug=slug)
    form = ReportForm(request.POST) if request.method == "POST" else ReportForm()
    if form.is_valid():
        sent = send(entry, form.cleaned_data["message"], form.cleaned_data["evidence"], sender_of(request))
        if sent:
            return HttpResponseRedirect(sent.get_absolute_url())
        form.add_error(None, "More reports came in today than editors can read. Please send this one tomorrow.")
    full = form.has_error("__all__")
    return _unlisted(
        render(request, "editorial/report.html", {"entry": entry, "form": form}, status=429 if full else 200)
    )


@never_cache
@require_safe
def report_followed(request: HttpRequest, token: str) -> HttpResponse:
    """What became of a report. Only who has the address finds it."""
    found = get_object_or_404(Proposal.objects.reports(), token=token)
    return _unlisted(render(request, "editorial/report_followed.html", {"report": found}))


@never_cache
@require_safe
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """What is not published, on its public page; an entry that was published meanwhile leads there."""
    try:
        response = _previewed(request, token)
    except Unavailable as reason:
        response = render(request, "editorial/unavailable.html", {"reason": reason}, status=reason.status)
    except Http404 as error:
        # As Django answers it, but no less unlisted than the rest.
        response = render(request, "404.html", {"exception": str(error)}, status=404)
    response["X-Robots-Tag"] = "noindex, nofollow"
    # Whoever is linked to from there does not learn the address.
    response["Referrer-Policy"] = "no-referrer"
    return response


def _previewed(request: HttpRequest, token: str) -> HttpResponse:
    row, until = read(token)
    if isinstance(row, Entry) and row.is_public:
        return HttpResponseRedirect(row.get_absolute_url())
    description = describe(row, until)
    with public(row) as entry:
        request.preview = description
        match = resolve(entry.get_absolute_url())
        # Rendered before all is taken back. The query goes along: the page can be filtered and turned as ever.
        return match.func(request, *match.args, **match.kwargs).render()


@require_safe
def preview_link(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """Leads whoever may see the row in the admin to a fresh address of its preview."""
    try:
        owner = admin.site.get_model_admin(apps.get_model(kind))
    except (LookupError, ValueError, NotRegistered):
        raise Http404 from None
    row = owner.get_object(request, str(number))
    if not owner.has_view_permission(request, row):
        raise PermissionDenied
    if not has_page(row):
        raise Http404
    return HttpResponseRedirect(preview_url(row))


def _unlisted(response: HttpResponse) -> HttpResponse:
    """No search engine is to list it."""
    response["X-Robots-Tag"] = "noindex"
    return response
