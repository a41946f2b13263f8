"""The admin of entries: from a draft to a published page."""

from django.conf import settings
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string

from core.admin import row_number
from core.documents import document, parts
from core.forms import EntryForm
from core.models import Entry, Status
from editorial import mail, standards, workflow
from editorial.bulk_admin import BulkEdits
from editorial.history_pages import typed_reason
from editorial.log import change
from editorial.merge_admin import MergePages
from editorial.models import Act, Proposal
from editorial.onward import onward
from editorial.proposals import Unwritable, applied, propose_document, resubmit
from editorial.prose_preview import offer_previews
from editorial.prospects import digest_of
from editorial.rebasing import entry_name
from editorial.record_admin import RecordAdmin, Refused
from editorial.redirects import lead_on, taken_by

PUBLICATION = (
    "Publication",
    {
        "description": "Whether readers see the entry, and since when it is here.",
        "fields": [("status", "publish_at"), ("created_at", "updated_at")],
    },
)


OTHER_TAB = (
    "You handed in this proposal again after you had opened this form: nothing was saved. What you typed is still "
    "here; open the proposal anew in another window and compare."
)
NO_STEP = "The entry itself takes no step while a proposal is edited."


class Proposed(Exception):
    """An entry as it was saved, which is to be taken back and to wait for a reviewer."""

    def __init__(self, entry: Entry, document: list[dict], original: list[dict]):
        super().__init__(str(entry))
        self.entry, self.document, self.original = entry, document, original


class EntryAdmin(BulkEdits, MergePages, RecordAdmin):
    """A kind of entry. Subclasses name their fieldsets in the order of the public page, `PUBLICATION` last."""

    form = EntryForm
    list_display = ["name", "status", "updated_at"]
    list_filter = ["status"]
    search_fields = ["name", "slug"]
    readonly_fields = ["status", "created_at", "updated_at"]

    def view_on_site(self, obj: models.Model) -> str | None:
        # A draft has no page.
        return obj.get_absolute_url() if obj.is_public else None

    # Who may do what

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or workflow.may_write(request.user, obj))

    def has_delete_permission(self, request, obj=None):
        """What is published is archived before it is deleted."""
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or not workflow.proposes(request.user, obj))

    def get_readonly_fields(self, request, obj=None):
        fields = [*super().get_readonly_fields(request, obj)]
        if not request.user.has_perm("editorial.review_entry"):
            fields.append("publish_at")
        return fields

    # Saving

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        step = workflow.asked_for(request.POST)
        form.status = step.after if step else None
        return form

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        # Before saving takes the entry out of its queue.
        request.onward = onward(request)
        try:
            request.amended = self.amended(request, object_id)
            if request.amended is None:
                return super().changeform_view(request, object_id, form_url, extra_context)
            with transaction.atomic():
                # The form shows the entry as it would be; of what is written for that, nothing stays.
                request.original = document(self.locked(object_id))
                applied(request.amended)
                response = super().changeform_view(request, object_id, form_url, extra_context)
                response = response.render() if hasattr(response, "render") else response
                transaction.set_rollback(True)
                return response
        except Proposed as proposed:
            return self.propose(request, proposed)
        except Unwritable as error:
            self.message_user(request, f"The proposal cannot be edited: {error}", messages.ERROR)
            return HttpResponseRedirect(reverse("admin:editorial_proposal_change", args=[request.amended.pk]))

    def amended(self, request: HttpRequest, object_id: str | None) -> Proposal | None:
        """The proposal that its author goes on editing in this form; None where the form is the entry's own."""
        number = request.GET.get("proposal", "")
        if not number or object_id is None:
            return None
        entry = self.get_object(request, unquote(object_id))
        own = (
            Proposal.objects.pending(entry).filter(created_by=request.user, merges="")
            if entry
            else Proposal.objects.none()
        )
        proposal = own.filter(pk=row_number(number)).first()
        if proposal is None:
            raise Http404("No proposal of yours on this entry waits under this number.")
        return proposal

    def propose(self, request: HttpRequest, proposed: "Proposed") -> HttpResponse:
        """What was saved is taken back by now. It waits as a proposal."""
        entry, reason = proposed.entry, typed_reason(request)
        proposal = getattr(request, "amended", None)
        if proposal is None:
            # By the address that it still has.
            slug = entry_name(proposed.original)
            proposal = propose_document(
                type(entry), slug, str(entry), proposed.document, proposed.original, reason, request.user
            )
        elif not resubmit(proposal, proposed.document, proposed.original, reason or proposal.reason):
            self.message_user(request, "It was decided meanwhile: propose your change anew.", messages.ERROR)
            return HttpResponseRedirect(reverse("admin:editorial_proposal_change", args=[proposal.pk]))
        if proposal is None:
            self.message_user(request, "Nothing was changed, or the same waits already.", messages.INFO)
            return HttpResponseRedirect(request.get_full_path())
        told = f"Your change of “{entry}” waits for a reviewer. Until it is accepted, readers see the page as it was."
        return self.handed_in(request, proposal, told, f"“{entry}” – a change proposed by {request.user}")

    def handed_in(self, request: HttpRequest, proposal: Proposal, told: str, what: str) -> HttpResponse:
        """Say so to its author and, as `what`, to those who may review it."""
        self.message_user(request, told, messages.SUCCESS)
        address = reverse("admin:editorial_proposal_change", args=[proposal.pk])
        mail.tell(request, mail.WAITS, mail.reviewers(), what, address, proposal.reason)
        way_on = getattr(request, "onward", None)
        return HttpResponseRedirect(way_on.url if way_on else address)

    def response_change(self, request, obj):
        response = super().response_change(request, obj)
        if "_continue" in request.POST and request.onward:
            response["Location"] = request.get_full_path()
        return response

    def response_post_save_change(self, request, obj):
        if request.onward:
            return HttpResponseRedirect(request.onward.url)
        return super().response_post_save_change(request, obj)

    def refusal(self, request, row):
        if request.amended and workflow.asked_for(request.POST):
            return NO_STEP
        if request.amended:
            return "" if request.POST.get("opened") == digest_of(request.amended.document) else OTHER_TAB
        return super().refusal(request, row) or self.step_refused(request, row)

    def step_refused(self, request: HttpRequest, row: Entry | None) -> str:
        """Why the step whose button was pressed cannot be taken; empty where it can, or none was."""
        step = workflow.asked_for(request.POST)
        if not step:
            return ""
        if step not in workflow.steps(request.user, row):
            if step.name == "publish" and row and workflow.wrote_unread(request.user, row):
                return "You wrote in this entry yourself: somebody else has to publish it."
            status = Status(row.status if row else Status.DRAFT).label.lower()
            return f"“{step.label}” is not open to you for an entry with the status “{status}”."
        if step.wants_reason and not typed_reason(request):
            return f"“{step.label}” wants a reason: say below what is to be done, or why."
        return ""

    def proposes(self, request: HttpRequest, row: Entry | None) -> bool:
        """Whether saving the form makes a proposal."""
        if workflow.asked_for(request.POST):
            return False
        wished = "_propose" in request.POST and row is not None and row.status == Status.PUBLISHED
        return wished or workflow.proposes(request.user, row)

    def change(self, request, row):
        step = workflow.asked_for(request.POST)
        if not request.amended:
            request.original = document(row) if self.proposes(request, row) else None
        public = row is not None and row.status == Status.PUBLISHED
        request.broken = standards.broken(row) if public else None
        alone = step.name == "publish_alone" if step else public
        return change(typed_reason(request), request.user, step.act if step else Act.EDITED, alone=alone)

    def save_model(self, request, obj, form, change):
        if "slug" in form.changed_data or not change:
            other = taken_by(self.model, obj.slug)
            if other and other.pk != obj.pk:
                raise Refused(f"The address “{obj.slug}” still leads to “{other}”, which had it once: choose another.")
        obj.updated_at = timezone.now()
        super().save_model(request, obj, form, change)
        if change and form.initial.get("slug", obj.slug) != obj.slug:
            lead_on(obj, form.initial["slug"])

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        self.check_reading(request, form, formsets)
        if form.instance.status == Status.PUBLISHED:
            self.check_rules(request, form.instance)
        if request.original:
            raise Proposed(form.instance, document(form.instance), request.original)
        self.tell(request, form.instance)

    def tell(self, request: HttpRequest, entry: Entry) -> None:
        """Write to those for whom something waits by this step, or to those who wrote what it is about."""
        step = workflow.asked_for(request.POST)
        sort = step and mail.SORTS.get(step.act)
        if not sort:
            return
        users = mail.reviewers() if sort == mail.WAITS else mail.members(workflow.writers(entry))
        path = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[entry.pk])
        what = f"“{entry}” – {step.act.label.lower()} by {request.user}"
        mail.tell(request, sort, users, what, path, typed_reason(request))

    def check_reading(self, request: HttpRequest, form: EntryForm, formsets: list) -> None:
        """Raises where a step of somebody who only reads came with changes of what the entry says."""
        step = workflow.asked_for(request.POST)
        written = {*form.changed_data} - {"publish_at"} or any(formset.has_changed() for formset in formsets)
        if step and step.act in workflow.READING and step.permission != workflow.ALONE and written:
            raise Refused(f"You changed the entry in this form: save that first. “{step.label}” is a step of its own.")

    def check_rules(self, request: HttpRequest, entry: Entry) -> None:
        """Raises what stands against publishing the entry as it is; of one that is public, what it breaks anew.

        What soft rules say of it, it tells.
        """
        rows = [entry]
        for part, name in parts(type(entry)):
            rows += part._base_manager.filter(**{name: entry.pk})
        problems = [reason for rule in map(import_string, settings.RECORD_RULES) for _, reason in rule(rows)]
        found = list(standards.problems(entry))
        if problems := dict.fromkeys([*problems, *standards.against(found, request.broken)]):
            raise Refused(" ".join(problems))
        for problem in found:
            if not problem.hard:
                self.message_user(request, f"{entry}: {problem.text}", messages.WARNING)

    # Showing

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj and request.method == "POST":
            # Not what the refused form has made of it.
            obj = self.model._base_manager.get(pk=obj.pk)
        may_save = add or self.has_change_permission(request, obj)
        offer_previews(context["adminform"].form, self.model, obj)
        context["steps"] = workflow.steps(request.user, obj) if may_save else []
        context["proposes"] = workflow.proposes(request.user, obj)
        context["may_propose"] = obj is not None and obj.status == Status.PUBLISHED
        context["pending"] = Proposal.objects.pending(obj) if obj else []
        context["onward"] = request.onward
        context["completeness"] = import_string(settings.COMPLETENESS)(obj) if obj else None
        if request.amended:
            context |= {"steps": [], "proposes": True, "amended": request.amended, "pending": []}
        return super().render_change_form(request, context, add, change, form_url, obj)

    def opened_at(self, request, row, last):
        return digest_of(request.amended.document) if request.amended else super().opened_at(request, row, last)
