"""What readers find wrong: taken without an account, within bounds, and answered at an address of its own."""

import datetime
import secrets

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from core.clients import client_address
from core.models import Entry
from editorial.models import Proposal
from editorial.prospects import digest

# How many reports a day are taken: from one sender, and from all of them. Editors can read no more.
A_DAY_FROM_ONE = 20
A_DAY_FROM_ALL = 500
DAY = datetime.timedelta(days=1)


class ReportForm(forms.Form):
    """What is wrong with an entry, and where that is written. Nothing is asked about the reader."""

    message = forms.CharField(
        label="What is wrong?",
        min_length=10,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Say what the entry says, and what would be right.",
    )
    evidence = forms.URLField(
        label="Where is it written? (optional)",
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text="The address of a paper, an announcement or a model card. With it, a report is settled much sooner.",
    )
    # No reader sees this field; programs that fill in every form do.
    confirmation = forms.CharField(label="Leave this field empty", required=False, max_length=200)

    def clean_confirmation(self):
        if self.cleaned_data["confirmation"]:
            raise forms.ValidationError("Leave this field empty: it tells people from programs.")
        return ""


def send(entry: Entry, message: str, evidence: str, sender: str) -> Proposal | None:
    """The report, which now waits for an editor; None where the day's reports are too many already.

    The same words on the same entry from the same sender are one report, however often they are sent.
    """
    entry_key = {"kind": entry._meta.label_lower, "slug": entry.slug}
    recent = Proposal.objects.reports().filter(created_at__gt=timezone.now() - DAY)
    if again := recent.filter(**entry_key, sender=sender, message=message).first():
        return again
    if recent.filter(sender=sender).count() >= A_DAY_FROM_ONE or recent.count() >= A_DAY_FROM_ALL:
        return None
    return Proposal.objects.create(
        **entry_key,
        title=entry.name,
        document=[],
        base=digest(type(entry), entry.slug),
        reason="A reader's report",
        message=message,
        evidence=evidence,
        token=secrets.token_urlsafe(32),
        sender=sender,
    )


def sender_of(request: HttpRequest) -> str:
    """What tells a day's senders apart without saying who they are: a keyed digest of address and date."""
    told = f"{timezone.now():%Y-%m-%d} {client_address(request) or ''}"
    return salted_hmac("editorial.reports", told, algorithm="sha256").hexdigest()
