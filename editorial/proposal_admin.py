"""Where editors bring in files of records, see what is proposed, and decide."""

from collections import defaultdict
from collections.abc import Iterable
from functools import reduce
from operator import or_

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from core.admin import PlainQueries, row_number
from core.record_files import FORMATS
from editorial import mail
from editorial.changes import chunks
from editorial.models import Proposal, ProposalStatus
from editorial.onward import onward
from editorial.proposals import accept, decide, may_decide, propose, send_back, withdraw
from editorial.prospects import Prospect, needed, prospects
from editorial.record_import import RecordImport
from editorial.review import chosen, counts, sections, seen

MEGABYTE = 10**6
LARGEST = 10 * MEGABYTE
# Problems of a file that are spelt out.
TOLD = 1_000
OWN = "You made this yourself: somebody else decides on it."
MOVED = "It was changed while you were reading. Look at it again, then decide."


def _comment(label: str, help_text: str) -> forms.CharField:
    rows = forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"})
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=1000, widget=rows)


class DecisionForm(forms.Form):
    """What whoever made the proposals is told, whichever way those are decided."""

    answer = _comment("Comment", "For whoever made the proposal. To send it back, say what is to be changed.")

    def clean(self):
        if "return" in self.data and not self.cleaned_data.get("answer"):
            self.add_error("answer", "Say what is to be changed.")


class AnswerForm(DecisionForm):
    """What readers are told about their reports."""

    answer = _comment(
        "Answer to the reader",
        "What was corrected, or why the entry stays as it is. The reader sees it, without your name.",
    )


class UploadForm(forms.Form):
    """A file of records; its problems are the form's errors."""

    file = forms.FileField(
        help_text=f"Records as a table or a text ({', '.join(FORMATS)}), up to {LARGEST // MEGABYTE} MB."
    )
    reason = forms.CharField(
        max_length=80, required=False, help_text="What the history will say. Empty: the name of the file."
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(f"The file is larger than {LARGEST // MEGABYTE} MB.")
        self.batch = RecordImport()
        self.batch.read(file.name, file.read())
        self.batch.plan()
        self.batch.write("", dry_run=True)
        if self.batch.problems:
            told = [str(problem) for problem in self.batch.problems]
            rest = [f"… and {len(told) - TOLD:,} more."] if len(told) > TOLD else []
            raise forms.ValidationError(told[:TOLD] + rest)
        return file


class ProposalAdmin(PlainQueries):
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
        if row_number(object_id) is None:
            raise Http404
        way = {name: request.GET[name] for name in ("queue", "item") if name in request.GET}
        return HttpResponseRedirect(_review([int(object_id)], **way))

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
        if not self.has_view_permission(request):
            raise PermissionDenied
        proposals, way_on = _named(request.GET.get("ids", "")), onward(request)
        if "withdraw" in request.POST:
            return self._withdraw(request, proposals)
        waiting = [proposal for proposal in proposals if proposal.status == ProposalStatus.WAITING]
        reports = [proposal for proposal in waiting if proposal.is_report]
        laid = prospects(waiting, chosen(request.POST))
        returned = prospects(one for one in proposals if one.status == ProposalStatus.RETURNED)
        form, problems = (AnswerForm if reports else DecisionForm)(request.POST or None), []
        if waiting and {"accept", "return", "decline"} & request.POST.keys() and form.is_valid():
            problems = self._decide(request, waiting, laid, form.cleaned_data["answer"])
            if not problems:
                return HttpResponseRedirect(way_on.url if way_on else reverse("admin:editorial_proposal_changelist"))
        context = {
            "proposals": proposals,
            "waiting": waiting,
            "returned": returned,
            "reports": reports,
            "form": form,
            "onward": way_on,
            "problems": problems,
            "seen": seen(laid),
            "may_decide": any(may_decide(request.user, proposal) for proposal in waiting),
            "counts": counts(laid),
            **sections(proposals, [*laid, *returned], request.user),
        }
        return self._page(request, "review", "Review proposals", context)

    def _decide(self, request: HttpRequest, waiting: list[Proposal], laid: list[Prospect], answer: str) -> list[str]:
        """Carry out the button that was pressed; what stands against it."""
        if not request.user.has_perm("editorial.review_entry"):
            raise PermissionDenied
        own = [f"{proposal.title}: {OWN}" for proposal in waiting if not may_decide(request.user, proposal)]
        if own or request.POST.get("seen", seen(laid)) != seen(laid):
            return own or [MOVED]
        if "accept" in request.POST:
            if not request.user.has_perms(needed(laid)):
                raise PermissionDenied
            if problems := accept(waiting, request.user, answer, chosen(request.POST)).problems:
                return list(map(str, problems))
            count, word = len(waiting), "accepted"
        elif "return" in request.POST:
            count, word = send_back(waiting, request.user, answer), "sent back"
        else:
            count, word = decide(waiting, ProposalStatus.DECLINED, request.user, answer), "declined"
        self.message_user(request, f"{count} {word}.", messages.SUCCESS if count else messages.WARNING)
        if count:
            self._tell(request, waiting, word, answer)
        return []

    def _tell(self, request: HttpRequest, decided: list[Proposal], word: str, answer: str) -> None:
        """Write to those who made them: one letter each, however many theirs are."""
        by_author = defaultdict(list)
        for proposal in decided:
            by_author[proposal.created_by_id].append(proposal)
        sort = mail.RETURNED if word == "sent back" else mail.DECIDED
        for author, own in by_author.items():
            more = f" and {len(own) - 1} more" if len(own) > 1 else ""
            what = f"your change of “{own[0].title}”{more} – {word} by {request.user}"
            address = _review(proposal.pk for proposal in own)
            mail.tell(request, sort, mail.members([author]), what, address, answer)

    def _withdraw(self, request: HttpRequest, proposals: list[Proposal]) -> HttpResponse:
        """Take back the one that the button stands beside."""
        done = [one for one in proposals if str(one.pk) == request.POST["withdraw"] and withdraw(one, request.user)]
        if done:
            self.message_user(request, f"The proposal on {done[0].title} is withdrawn.", messages.SUCCESS)
        else:
            self.message_user(request, "It is not yours to withdraw, or is decided already.", messages.ERROR)
        return HttpResponseRedirect(request.get_full_path())

    def _allow(self, request: HttpRequest) -> None:
        if not self.has_change_permission(request):
            raise PermissionDenied

    def _page(self, request: HttpRequest, name: str, title: str, context: dict) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts, "title": title, **context}
        return TemplateResponse(request, f"admin/editorial/proposal/{name}.html", context)


def _review(numbers: Iterable[int], **way: str) -> str:
    """The address where these proposals are reviewed: “?ids=3,12-145”, for a query has its limits; and the way on."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    ids = ",".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)
    return f"{reverse('admin:proposal_review')}?ids={ids}{'&' if way else ''}{urlencode(way)}"


def _named(ids: str) -> list[Proposal]:
    """The proposals that an address names; what is no number names none."""
    runs = []
    for run in ids.split(","):
        first, _, last = run.partition("-")
        if None not in (row_number(first), row_number(last or first)):
            runs.append((int(first), int(last or first)))
    found = {}
    # In pieces: SQLite refuses a thousand conditions at once.
    for chunk in chunks(runs):
        any_of = reduce(or_, (Q(pk__range=run) for run in chunk))
        rows = Proposal.objects.filter(any_of).select_related("created_by", "decided_by")
        found |= {proposal.pk: proposal for proposal in rows}
    return [found[number] for number in sorted(found)]
