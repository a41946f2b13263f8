"""What waits for an editor's decision. Entries are named by kind and slug: no model of another app is known here."""

import uuid
from collections import defaultdict
from contextlib import suppress

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from core.constraints import one_of
from core.models import Record, RecordQuerySet
from core.urls import entry_at


class Act(models.TextChoices):
    """What somebody did to an entry."""

    EDITED = "edited", "Edited"
    SUBMITTED = "submitted", "Submitted for review"
    WITHDRAWN = "withdrawn", "Withdrawn"
    SENT_BACK = "sent_back", "Sent back"
    PUBLISHED = "published", "Published"
    ACCEPTED = "accepted", "Proposal accepted"
    ARCHIVED = "archived", "Archived"
    REOPENED = "reopened", "Reopened"
    DELETED = "deleted", "Deleted"
    RESTORED = "restored", "Restored"
    MERGED = "merged", "Merged"
    IMPORTED = "imported", "Imported"


class Change(models.Model):
    """What was written at once: by whom, when and why. The rows of the history that it made bear its id."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField(default=timezone.now, db_index=True, editable=False, help_text="When it was written.")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="changes",
        help_text="Who wrote it. Empty: a command.",
    )
    act = models.CharField(max_length=10, choices=Act, default=Act.EDITED, help_text="What was done.")
    alone = models.BooleanField(
        default=False, help_text="Whether it was published by somebody who had written in it, without a second reader."
    )
    reason = models.TextField(blank=True, help_text="Why, in the words of its author.")

    class Meta:
        ordering = ["-at", "pk"]
        constraints = [one_of("act", Act)]
        permissions = [
            ("edit_others", "Can edit what others began"),
            ("submit_entry", "Can submit an entry for review"),
            ("review_entry", "Can publish or send back what others wrote"),
            ("archive_entry", "Can archive an entry and reopen it"),
            ("restore_entry", "Can restore an entry as of a change, or after it was deleted"),
            ("merge_entries", "Can merge two entries into one"),
            ("publish_alone", "Can publish without a second reader"),
        ]

    def __str__(self) -> str:
        return f"{self.get_act_display()} on {self.at:%Y-%m-%d %H:%M}"


class Fate(models.TextChoices):
    ADDED = "added", "Added"
    CHANGED = "changed", "Changed"
    REMOVED = "removed", "Removed"


class ChangedEntryQuerySet(models.QuerySet):
    def of(self, entry: Record):
        """The entry's own, the newest first."""
        return self.filter(kind=entry._meta.label_lower, row=entry.pk).order_by("-pk")

    def last_of(self, entry: Record):
        """The entry's last change, with who made it; None where none is logged."""
        return self.of(entry).select_related("change__author").first()

    def deleted(self, kind: type[Record]):
        """The entries of a kind that are no more, each as the change that deleted it names it; the last one first."""
        removed = self.filter(kind=kind._meta.label_lower, fate=Fate.REMOVED)
        there = kind._base_manager.filter(pk=OuterRef("row"))
        later = removed.filter(row=OuterRef("row"), pk__gt=OuterRef("pk"))
        return removed.exclude(Exists(there)).exclude(Exists(later)).order_by("-pk")


class ChangedEntry(models.Model):
    """An entry that a change touched, itself or one of its parts."""

    change = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="entries", help_text="The change.")
    kind = models.CharField(max_length=60, help_text="What sort of entry it is: “catalog.aimodel”.")
    row = models.BigIntegerField(help_text="Its number in its table, which stays when its address changes.")
    slug = models.CharField(max_length=250, blank=True, help_text="The last part of its address at that time.")
    title = models.CharField(max_length=250, help_text="What it was called.")
    fate = models.CharField(max_length=7, choices=Fate, help_text="What became of it.")

    objects = ChangedEntryQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "changed entries"
        constraints = [
            one_of("fate", Fate),
            models.UniqueConstraint(
                fields=["change", "kind", "row"],
                name="editorial_changedentry_once",
                violation_error_message="The change names this entry already.",
            ),
        ]
        indexes = [
            # An entry's own changes, the newest first.
            models.Index(fields=["kind", "row", "-id"], name="editorial_changes_of_entry"),
            # The deleted ones of a kind.
            models.Index(fields=["kind", "-id"], condition=Q(fate="removed"), name="editorial_deleted_entries"),
        ]

    def __str__(self) -> str:
        return self.title


class ProposalStatus(models.TextChoices):
    WAITING = "waiting", "Waiting"
    RETURNED = "returned", "Sent back"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"


class ProposalQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(status=ProposalStatus.WAITING)

    def pending(self, entry: Record):
        """Changes of the entry that wait for a reviewer, or came back from one."""
        open_ones = self.filter(kind=entry._meta.label_lower, slug=entry.slug, token="")
        return open_ones.filter(status__in=[ProposalStatus.WAITING, ProposalStatus.RETURNED])

    def reports(self):
        """What readers found wrong."""
        return self.exclude(token="")


class Proposal(models.Model):
    """A change of one entry that somebody suggests: the entry's records, and the version they were based on.

    A reader's report suggests it in words.
    """

    kind = models.CharField(max_length=60, help_text="What sort of entry it is: “catalog.aimodel”.")
    slug = models.CharField(max_length=120, help_text="Which entry, by the last part of its address.")
    title = models.CharField(max_length=250, help_text="The entry's name.")
    document = models.JSONField(help_text="The entry and its parts as they would be, in the form of a fixture.")
    original = models.JSONField(default=list, blank=True, help_text="The same as they were when this was proposed.")
    base = models.CharField(
        max_length=64, blank=True, help_text="The digest of the entry that it was based on. Empty: there was none."
    )
    reason = models.CharField(max_length=500, blank=True, help_text="Why, or where it comes from.")
    merges = models.CharField(
        max_length=120,
        blank=True,
        help_text="The address of the entry that is to be merged into it. Mostly none.",
    )
    choices = models.JSONField(
        default=dict, blank=True, editable=False, help_text="Of a merge: what was chosen wherever the two differ."
    )
    # A reader's report says in words what is wrong; its document is empty.
    message = models.TextField(blank=True, help_text="What a reader found wrong, in their own words.")
    evidence = models.URLField(max_length=500, blank=True, help_text="Where the reader says that it is written.")
    answer = models.TextField(max_length=1000, blank=True, help_text="What whoever made it is told.")
    token = models.CharField(
        max_length=43, blank=True, editable=False, help_text="The secret part of the address where the reader looks."
    )
    sender = models.CharField(
        max_length=64, blank=True, editable=False, help_text="Tells one day's readers apart, and nothing else of them."
    )
    status = models.CharField(
        max_length=8,
        choices=ProposalStatus,
        default=ProposalStatus.WAITING,
        help_text="Whether it still waits, and how it was decided.",
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False, help_text="When it was made.")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="proposals",
        help_text="Who made it. Empty: a command.",
    )
    decided_at = models.DateTimeField(null=True, blank=True, editable=False, help_text="When it was decided.")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="decided_proposals",
        help_text="Who decided.",
    )

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "kind", "slug", "pk"]
        constraints = [
            one_of("status", ProposalStatus),
            models.UniqueConstraint(
                fields=["token"],
                condition=~Q(token=""),
                name="editorial_proposal_token_once",
                violation_error_message="Another report has this address.",
            ),
            models.CheckConstraint(
                condition=Q(token="", message="") | (~Q(token="") & ~Q(message="")),
                name="editorial_proposal_report_with_address",
                violation_error_message="A report has a message and an address, or it is none.",
            ),
            models.CheckConstraint(
                condition=Q(status="waiting", decided_at=None) | (~Q(status="waiting") & Q(decided_at__isnull=False)),
                name="editorial_proposal_decided_with_date",
                violation_error_message="A proposal has a date of decision exactly when it is decided.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.kind} {self.slug})"

    def get_absolute_url(self) -> str:
        """Where the reader who sent the report sees what became of it."""
        return reverse("report_followed", args=[self.token])

    @property
    def is_report(self) -> bool:
        return bool(self.token)


class DismissalQuerySet(models.QuerySet):
    def standing(self):
        """Without those of a proposal that was declined: then it is undecided again."""
        return self.filter(Q(proposal=None) | Q(proposal__status__in=[ProposalStatus.WAITING, ProposalStatus.RETURNED]))


class Dismissal(models.Model):
    """What an editor saw in a queue of upkeep and left as it is, or proposed. It returns when its state changes."""

    queue = models.CharField(max_length=20, help_text="The queue: “offers”.")
    subject = models.CharField(max_length=100, help_text="What was judged, as the queue names it.")
    state = models.CharField(max_length=64, help_text="The digest of the state in which it was judged.")
    title = models.CharField(max_length=250, help_text="What it was about.")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="dismissals",
        help_text="Who judged.",
    )
    at = models.DateTimeField(default=timezone.now, editable=False, help_text="When.")
    why = models.CharField(max_length=300, blank=True, help_text="Why, if that was said.")
    proposal = models.ForeignKey(
        Proposal,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="dismissals",
        help_text="What was proposed instead. Empty: nothing.",
    )

    objects = DismissalQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["queue", "subject"],
                name="editorial_dismissal_once",
                violation_error_message="This is dismissed already.",
            ),
        ]
        indexes = [models.Index(fields=["queue", "-at"], name="editorial_dismissals_of_queue")]

    def __str__(self) -> str:
        return self.title


class RedirectQuerySet(models.QuerySet):
    def to(self, entry: Record):
        """The addresses that lead to the entry."""
        return self.filter(kind=entry._meta.label_lower, row=entry.pk)


class Redirect(models.Model):
    """An address that an entry had, or one that was merged into it, and that leads to it for ever."""

    kind = models.CharField(max_length=60, help_text="What sort of entry it is: “catalog.aimodel”.")
    slug = models.CharField(max_length=120, help_text="The last part of the address that it had.")
    row = models.BigIntegerField(help_text="The number of the entry to which it leads.")
    merged = models.BigIntegerField(
        null=True,
        blank=True,
        help_text="The number of the entry whose address it was until that was merged into this one. All that led to "
        "the one leads to the other.",
    )

    objects = RedirectQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "slug", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "slug"],
                name="editorial_redirect_once",
                violation_error_message="This address leads somewhere already.",
            ),
            models.UniqueConstraint(
                fields=["kind", "merged"],
                name="editorial_redirect_merged_once",
                violation_error_message="This entry is merged into another already.",
            ),
        ]
        indexes = [models.Index(fields=["kind", "row"], name="editorial_redirects_to_entry")]

    def __str__(self) -> str:
        return f"{self.kind} {self.slug}"


class Installation(models.Model):
    """This encyclopedia, under a name that no other one bears: whatever its feeds tell of is named by it, for ever."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    begun = models.DateTimeField(default=timezone.now, editable=False, help_text="When its database was laid out.")

    class Meta:
        ordering = ["begun", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.id)


class MailPreference(models.Model):
    """Which letters a member of the team wants. Who has said nothing gets all."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_preference", help_text="Whose it is."
    )
    waits = models.BooleanField("something waits for my review", default=True, help_text="A draft, or a proposal.")
    returned = models.BooleanField("something of mine was sent back", default=True, help_text="With the comment.")
    decided = models.BooleanField(
        "something of mine was decided", default=True, help_text="Published, accepted, declined or archived."
    )

    class Meta:
        ordering = ["pk"]
        verbose_name = "mail to you"
        verbose_name_plural = "mail to you"

    def __str__(self) -> str:
        return f"Mail to {self.user}"


class ReadingStepQuerySet(RecordQuerySet):
    def published(self):
        """Steps to entries that readers may see; a query for each kind of them."""
        slugs = defaultdict(list)
        for address in self.values_list("address", flat=True):
            # `loaddata` asks no validator.
            with suppress(ValidationError):
                kind, slug = entry_at(address)
                slugs[kind].append(slug)
        seen = [e.get_absolute_url() for kind in slugs for e in kind.objects.published().filter(slug__in=slugs[kind])]
        return self.filter(address__in=seen)


class ReadingStep(Record):
    """An entry in the reading order for newcomers."""

    natural_key_fields = ("address",)

    order = models.PositiveSmallIntegerField(help_text="Its place in the order, counted from 1.")
    chapter = models.CharField(
        max_length=80, blank=True, help_text="The heading that begins here. Empty: it goes on under the last one."
    )
    address = models.CharField(
        max_length=160,
        unique=True,
        validators=[entry_at],
        help_text="The entry's page, without the site's name: “/models/gpt-3/”.",
    )
    why = models.CharField(max_length=300, help_text="One sentence: what a newcomer gets out of it at this point.")

    objects = ReadingStepQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.address

    def get_absolute_url(self) -> str:
        return self.address
