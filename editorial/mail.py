"""Letters to the team: something waits for whom, or came back. Each sort can be switched off by whoever gets it."""

import logging
from collections.abc import Iterable

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from editorial.models import Act, MailPreference

log = logging.getLogger(__name__)

# What each sort of letter is switched by.
WAITS, RETURNED, DECIDED = "waits", "returned", "decided"
# The letter that a step of the workflow is worth.
SORTS = {Act.SUBMITTED: WAITS, Act.SENT_BACK: RETURNED, Act.PUBLISHED: DECIDED, Act.ARCHIVED: DECIDED}


def tell(
    request: HttpRequest, sort: str, users: Iterable[AbstractBaseUser], what: str, path: str, reason: str = ""
) -> None:
    """Write to those of `users` who have an address and want this sort of letter, once what happened is committed.

    `what` is a sentence, `path` where it is seen. Nobody is written to about what they did themselves.
    """
    wanted = {user.pk for user in users} - {request.user.pk}
    off = MailPreference.objects.filter(**{sort: False}).values("user")
    readers = get_user_model().objects.filter(pk__in=wanted, is_active=True).exclude(email="").exclude(pk__in=off)
    addresses = list(readers.values_list("email", flat=True).order_by("pk"))
    if not addresses:
        return
    context = {
        "what": what,
        "reason": reason,
        "url": request.build_absolute_uri(path),
        "preferences": request.build_absolute_uri(reverse("admin:editorial_mailpreference_changelist")),
    }
    body = render_to_string("editorial/mail.txt", context)
    subject = " ".join(f"Descent: {what}".split())[:150]
    # One letter each: nobody sees the others' addresses.
    transaction.on_commit(lambda: _send([EmailMessage(subject, body, to=[address]) for address in addresses]))


def reviewers() -> Iterable[AbstractBaseUser]:
    """Those who may review."""
    return get_user_model().objects.with_perm("editorial.review_entry")


def members(numbers: Iterable[int | None]) -> Iterable[AbstractBaseUser]:
    """The accounts with these numbers."""
    return get_user_model().objects.filter(pk__in=[number for number in numbers if number])


def _send(letters: list[EmailMessage]) -> None:
    try:
        get_connection().send_messages(letters)
    except OSError:
        # What was done is done: a mail server that is down takes nothing of it back.
        log.exception("Mail could not be sent: %s", letters[0].subject)
