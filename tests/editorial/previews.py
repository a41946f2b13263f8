"""What is previewed, and the pages that come of it."""

import datetime
import html
import re

import pytest
from django.utils import timezone

from core.documents import document
from core.models import Status
from editorial.models import Proposal
from editorial.preview import preview_url
from tests import factories as make

KINDS = {
    "a term": make.make_term,
    "an organization": make.make_organization,
    "a source": make.make_source,
    "a paper": make.make_paper,
    "a benchmark": make.make_benchmark,
    "a family": make.make_family,
    "a model": make.make_model,
}
each_kind = pytest.mark.parametrize("factory", KINDS.values(), ids=KINDS)
BANNER = re.compile(r'<p class="as-of"><strong>(Preview of .*?)</strong>(.*?)</p>')
LATER = timezone.now() + datetime.timedelta(days=1)
UNPUBLISHED = {
    "a draft": {"status": Status.DRAFT},
    "an entry in review": {"status": Status.IN_REVIEW},
    "an archived entry": {"status": Status.ARCHIVED},
    "an entry whose time has not come": {"publish_at": LATER},
}


def propose(entry, **fields) -> Proposal:
    """A proposal to change these fields of the entry, which stays as it is."""
    original = document(entry)
    changed = [{**original[0], "fields": {**original[0]["fields"], **fields}}, *original[1:]]
    return Proposal.objects.create(
        kind=entry._meta.label_lower,
        slug=entry.slug,
        title=entry.name,
        document=changed,
        original=original,
        base="a version",
    )


def token_of(row) -> str:
    return preview_url(row).removeprefix("/preview/").removesuffix("/")


def links(page: str) -> set[str]:
    """The addresses of this site, with their queries, to which links and forms of a page lead."""
    hrefs = (html.unescape(href) for href in re.findall(r'(?:href|action)="([^"]+)"', page))
    return {href for href in hrefs if href.startswith("/") and not href.startswith("/static/")}
