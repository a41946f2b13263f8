"""Fields of many entries changed at once: typed once, shown entry by entry, then written as saving each would."""

import datetime
import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import flatten_fieldsets
from django.db import models, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from core.documents import records, with_links
from core.models import Entry, Status
from core.tags import Tags
from editorial import mail, workflow
from editorial.differences import Words, compare
from editorial.models import Act
from editorial.past import Difference
from editorial.proposals import propose
from editorial.record_import import RecordImport
from editorial.selected import page

# Entries that are changed at once, and those whose differences a page spells out.
MOST, SPELT_OUT = 1_000, 200
# What is each entry's own, or a step of its own.
OWN = {"name", "slug", "status", "publish_at", "created_at", "updated_at"}
MOVED = "Something changed while you were reading: look at it again, then write it."


class BulkForm(forms.Form):
    """The fields of a kind, each with a box to tick if it is to be changed, and one reason."""

    # Most stay empty, though the entry needs them.
    use_required_attribute = False

    reason = forms.CharField(
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
        help_text="What you changed, and why. The history of each entry shows it to readers.",
    )

    def __init__(self, offered: dict[str, forms.Field], data=None):
        super().__init__(data)
        self.offered = list(offered)
        for name, offer in offered.items():
            self.fields[_box(name)] = forms.BooleanField(required=False, label="Change")
            self.fields[name] = offer
            if "rows" in offer.widget.attrs:
                # A page of many fields, most of which stay empty.
                offer.widget.attrs["rows"] = 3

    def rows(self) -> list[tuple]:
        """Each field with the box before it."""
        return [(self[_box(name)], self[name]) for name in self.offered]

    @property
    def ticked(self) -> list[str]:
        return [name for name in self.offered if self.cleaned_data.get(_box(name))]

    def clean(self):
        for name in {*self.offered} - {*self.ticked}:
            # Whatever it holds is not written.
            self.errors.pop(name, None)
            if name in self.changed_data:
                self.add_error(_box(name), "You typed a value here: tick the box if it is to be written.")
        if not self.ticked and not self.errors:
            raise forms.ValidationError("Tick at least one field.")


def _box(name: str) -> str:
    return f"change-{name}"


@dataclass
class Plan:
    """What is to be written, and what of it changes nothing or is not the user's to write."""

    changes: list[tuple[Entry, list[Difference]]] = field(default_factory=list)
    unchanged: list[Entry] = field(default_factory=list)
    left_out: list[Entry] = field(default_factory=list)
    # Those whose change waits for a reviewer.
    waiting: list[Entry] = field(default_factory=list)
    # The changes of these, and of those that are written at once.
    written: RecordImport = field(default_factory=lambda: RecordImport(Act.EDITED))
    proposed: RecordImport = field(default_factory=RecordImport)

    @property
    def problems(self) -> list[str]:
        return [str(problem) for batch in (self.written, self.proposed) for problem in batch.problems]

    @property
    def digest(self) -> str:
        """What tells it from what would be written another time."""
        said = [[entry.pk, [difference.values for difference in found]] for entry, found in self.changes]
        said += [[entry.pk for entry in some] for some in (self.unchanged, self.left_out, self.waiting)]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()


class BulkEdits:
    """Mixin for the admin of a kind of entry: fields of many at once."""

    actions = ["export_selected", "edit_selected"]

    @admin.action(description="Edit the selected %(verbose_name_plural)s", permissions=["change"])
    def edit_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        if queryset.count() > MOST:
            self.message_user(request, f"At most {MOST:,} entries are changed at once: select fewer.", messages.ERROR)
            return None
        form = BulkForm(self._offered(request), request.POST if "reason" in request.POST else None)
        plan, moved = None, False
        if form.is_valid():
            with transaction.atomic():
                plan = _plan(request.user, self._locked(queryset), _values(self.model, form))
                if "write" in request.POST:
                    moved = request.POST.get("seen") != plan.digest
                    if not moved and _write(request, plan, form.cleaned_data["reason"]):
                        return HttpResponseRedirect(request.get_full_path())
        context = {
            "form": form,
            "media": self.media + form.media,
            "plan": plan,
            "moved": MOVED if moved else "",
            "spelt_out": plan.changes[:SPELT_OUT] if plan else [],
            "rest": len(plan.changes[SPELT_OUT:]) if plan else 0,
        }
        return page(self, request, queryset, "bulk", f"Edit {self.opts.verbose_name_plural}", context)

    def _offered(self, request: HttpRequest) -> dict[str, forms.Field]:
        """The fields of the form of an entry, without what is each entry's own."""
        names = [name for name in flatten_fieldsets(self.get_fieldsets(request)) if name not in OWN]
        fields = self.get_form(request, fields=names).base_fields
        return {name: fields[name] for name in names if name in fields}

    def _locked(self, selected: QuerySet) -> list[Entry]:
        """The entries, which nobody else can save before the transaction is over."""
        numbers = list(selected.values_list("pk", flat=True))
        list(self.model._base_manager.filter(pk__in=numbers).order_by("pk").select_for_update().values_list("pk"))
        found = with_links(self.model).in_bulk(numbers)
        return [found[number] for number in numbers if number in found]


def _values(model: type[Entry], form: BulkForm) -> dict[str, Any]:
    """What was typed, as a fixture states it."""
    return {name: _stated(model._meta.get_field(name), form.cleaned_data[name]) for name in form.ticked}


def _stated(column: models.Field, value: Any) -> Any:
    if isinstance(column, Tags):
        return sorted(value)
    if column.many_to_many:
        return sorted(list(row.natural_key()) for row in value)
    if column.is_relation:
        return value and list(value.natural_key())
    return value.isoformat() if isinstance(value, datetime.date) else value


def _plan(user: Any, entries: list[Entry], values: dict[str, Any]) -> Plan:
    """What giving the entries these values would change. It is tried, so that all that stands against it is told."""
    may = {entry.pk for entry in workflow.writable(user, entries)}
    mine = [entry for entry in entries if entry.pk in may]
    plan = Plan(left_out=[entry for entry in entries if entry.pk not in may])
    now = records(mine)
    then = [{**record, "fields": record["fields"] | values} for record in now]
    words = Words(now, then)
    for entry, before, after in zip(mine, now, then, strict=True):
        found = compare([before], [after], words)
        if not found:
            plan.unchanged.append(entry)
            continue
        plan.changes.append((entry, found))
        batch = plan.written
        if workflow.proposes(user, entry):
            batch = plan.proposed
            plan.waiting.append(entry)
        elif entry.status == Status.PUBLISHED:
            batch.alone = True
        key = {name: before["fields"][name] for name in entry.natural_key_fields}
        batch.take(str(entry), {"model": before["model"], "fields": values | key})
    for batch in (plan.written, plan.proposed):
        batch.plan()
        batch.write("", user, dry_run=True)
    return plan


def _write(request: HttpRequest, plan: Plan, reason: str) -> bool:
    """Write what is planned as one change, or let it wait; whether that went well. `problems` say why not."""
    if plan.problems:
        return False
    plan.written.write(reason, request.user)
    if plan.problems:
        return False
    made = propose(plan.proposed, reason, request.user)
    told = [(len(plan.changes) - len(plan.waiting), "changed"), (len(made), "proposed, and waiting for a reviewer")]
    told += [(len(plan.waiting) - len(made), "waiting like this already"), (len(plan.unchanged), "as they were")]
    said = ", ".join(f"{count} {word}" for count, word in told if count)
    messages.success(request, f"Entries: {said or 'none changed'}.")
    if made:
        what = f"{len(made)} entries – changes proposed by {request.user}"
        path = f"{reverse('admin:editorial_proposal_changelist')}?status__exact=waiting"
        mail.tell(request, mail.WAITS, mail.reviewers(), what, path, reason)
    return True
