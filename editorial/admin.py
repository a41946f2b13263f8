"""Where editors bring in files of records, see what they would change, and decide."""

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from core.record_files import READERS
from editorial import accounts  # noqa: F401 (registers the admin of accounts)
from editorial.change_log import ChangeAdmin
from editorial.changes import chunks
from editorial.models import Change, Proposal, ProposalStatus, ReadingStep
from editorial.proposals import accept, decide, is_stale, planned, propose
from editorial.record_admin import RecordAdmin
from editorial.record_import import RecordImport

MEGABYTE = 10**6
LARGEST = 10 * MEGABYTE
# Entries whose differences a page spells out.
SPELT_OUT = 200


class DecisionForm(forms.Form):
    """What readers are told about their reports, whichever way those are decided."""

    answer = forms.CharField(
        label="Answer to the reader",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text="What was corrected, or why the entry stays as it is. The reader sees it, without your name.",
    )


class UploadForm(forms.Form):
    """A file of records; its problems are the form's errors."""

    file = forms.FileField(
        help_text=f"Records as JSON, JSON Lines or YAML ({', '.join(READERS)}), up to {LARGEST // MEGABYTE} MB."
    )
    reason = forms.CharField(
        max_length=80, required=False, help_text="What the history will say. Empty: the name of the file."
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(f"The file is larger than {LARGEST // MEGABYTE} MB.")
        try:
            text = file.read().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise forms.ValidationError(f"The file is not UTF-8: {error}.") from error
        self.batch = RecordImport()
        self.batch.read(file.name, text)
        self.batch.plan()
        self.batch.write("", dry_run=True)
        if self.batch.problems:
            raise forms.ValidationError([str(problem) for problem in self.batch.problems])
        return file


admin.site.register(Change, ChangeAdmin)


@admin.register(ReadingStep)
class ReadingStepAdmin(RecordAdmin):
    list_display = ["order", "address", "chapter", "why"]
    list_display_links = ["address"]
    search_fields = ["address", "chapter", "why"]
    fieldsets = [
        (
            "Step",
            {
                "description": "An entry that newcomers read at this point.",
                "fields": ["order", "chapter", "address", "why"],
            },
        )
    ]


@admin.register(Proposal)
class ProposalAdmin(admin.ModelAdmin):
    list_display = ["title", "kind", "reason", "created_at", "created_by", "status"]
    list_filter = ["status", "kind"]
    list_select_related = ["created_by"]
    search_fields = ["title", "slug", "reason"]
    date_hierarchy = "created_at"
    actions = ["review_selected"]
    change_list_template = "admin/editorial/proposal/change_list.html"

    def has_add_permission(self, request):
        # A proposal is made from a file.
        return False

    def get_changelist_instance(self, request):
        # As in `RecordAdmin`: PostgreSQL takes no such character.
        if any("\0" in value for value in request.GET.values()):
            self.message_user(request, "Null characters are not allowed.", messages.ERROR)
            raise IncorrectLookupParameters
        return super().get_changelist_instance(request)

    def changelist_view(self, request, extra_context=None):
        may_import = self.has_change_permission(request)
        return super().changelist_view(request, {"may_import": may_import, **(extra_context or {})})

    def get_urls(self):
        view = self.admin_site.admin_view
        own = [
            path("upload/", view(require_http_methods(["GET", "HEAD", "POST"])(self.upload)), name="proposal_upload"),
            path("review/", view(require_http_methods(["GET", "HEAD", "POST"])(self.review)), name="proposal_review"),
        ]
        return own + super().get_urls()

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if not object_id.isdecimal():
            raise Http404
        return HttpResponseRedirect(_review([int(object_id)]))

    @admin.action(description="Review the selected proposals")
    def review_selected(self, request: HttpRequest, queryset):
        return HttpResponseRedirect(_review(queryset.values_list("pk", flat=True)))

    def upload(self, request: HttpRequest) -> HttpResponse:
        """Take a file of records, and show what it would change."""
        self._allow(request)
        form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
        if form.is_valid():
            reason = form.cleaned_data["reason"] or form.cleaned_data["file"].name
            made = propose(form.batch, reason, request.user)
            if made:
                return HttpResponseRedirect(_review(proposal.pk for proposal in made))
            self.message_user(request, "The file changes nothing that does not wait already.", messages.INFO)
        return self._page(request, "upload", "Import records", {"form": form})

    def review(self, request: HttpRequest) -> HttpResponse:
        """Show what proposals would change, all together, and take the decision on them."""
        self._allow(request)
        proposals = _named(request.GET.get("ids", ""))
        waiting = [proposal for proposal in proposals if proposal.status == ProposalStatus.WAITING]
        problems = []
        form = DecisionForm(request.POST or None)
        if waiting and {"accept", "decline"} & request.POST.keys() and form.is_valid():
            problems = self._decide(request, waiting, form.cleaned_data["answer"])
            if not problems:
                return HttpResponseRedirect(reverse("admin:editorial_proposal_changelist"))
        batch = planned(waiting)
        by_entry = {}
        for one in batch.incoming:
            if one.new or one.diff:
                by_entry.setdefault(batch.owner(one), []).append(one)
        entries = [(batch.title(*owner), changes) for owner, changes in by_entry.items()]
        context = {
            "proposals": proposals,
            "waiting": waiting,
            "reports": [proposal for proposal in waiting if proposal.is_report],
            "form": form,
            "stale": [proposal for proposal in waiting if is_stale(proposal)],
            "problems": problems or batch.problems,
            "entries": entries[:SPELT_OUT],
            "rest": len(entries[SPELT_OUT:]),
            "counts": batch.counts(),
        }
        return self._page(request, "review", "Review proposals", context)

    def _decide(self, request: HttpRequest, waiting: list[Proposal], answer: str) -> list:
        """Carry out the button that was pressed; what stands against it."""
        if "decline" in request.POST:
            count = decide(waiting, ProposalStatus.DECLINED, request.user, answer)
            self.message_user(request, f"{count} declined.", messages.SUCCESS)
            return []
        batch = planned(waiting)
        kinds = {one.model._meta for one in batch.incoming if one.new or one.diff}
        needed = {f"{kind.app_label}.{verb}_{kind.model_name}" for kind in kinds for verb in ("add", "change")}
        if not request.user.has_perms(needed):
            raise PermissionDenied
        problems = accept(waiting, request.user, answer).problems
        if not problems:
            self.message_user(request, f"{len(waiting)} accepted and written.", messages.SUCCESS)
        return problems

    def _allow(self, request: HttpRequest) -> None:
        if not self.has_change_permission(request):
            raise PermissionDenied

    def _page(self, request: HttpRequest, name: str, title: str, context: dict) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": title, **context}
        return TemplateResponse(request, f"admin/editorial/proposal/{name}.html", context)


def _review(numbers: Iterable[int]) -> str:
    """The address where these proposals are reviewed: “?ids=3,12-145”, for a query has its limits."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    ids = ",".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)
    return f"{reverse('admin:proposal_review')}?ids={ids}"


def _named(ids: str) -> list[Proposal]:
    """The proposals that an address names; what is no number names none."""
    runs = []
    for run in ids.split(","):
        first, _, last = run.partition("-")
        if first.isdecimal() and (last or first).isdecimal() and len(first) < 19 and len(last) < 19:
            runs.append((int(first), int(last or first)))
    found = {}
    # In pieces: SQLite refuses a thousand conditions at once.
    for chunk in chunks(runs):
        any_of = reduce(or_, (Q(pk__range=run) for run in chunk))
        found |= {proposal.pk: proposal for proposal in Proposal.objects.filter(any_of)}
    return [found[number] for number in sorted(found)]
