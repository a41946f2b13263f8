"""Atom feeds (RFC 4287): how they are written."""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from io import StringIO

from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from core.licences import OWN, OWN_URL

AUTHOR = "The editors of Descent"
RIGHTS = f"{OWN}: {OWN_URL}"
# What XML 1.0 has no way to write.
_UNWRITABLE = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_UNREADABLE = "\ufffd"


def readable(text: str) -> str:
    """What is left of a text in XML: a sign stands for each character that it cannot hold."""
    return _UNWRITABLE.sub(_UNREADABLE, text)


@dataclass(frozen=True)
class Item:
    """What happened: `id` and `at` never change. `link` leads to it within the site; `content` is HTML."""

    id: str
    at: datetime.datetime
    title: str
    link: str
    category: str
    summary: str
    content: str


@dataclass(frozen=True)
class Feed:
    """Items, the newest first, as a feed that is there since it was `begun`; `link` leads to its page in the site."""

    id: str
    begun: datetime.datetime
    title: str
    subtitle: str
    link: str
    items: Iterable[Item]

    def write(self, request: HttpRequest) -> bytes:
        """The document, as it stands at the address of the request."""
        root = request.build_absolute_uri
        atom = Atom(
            title=readable(self.title),
            subtitle=readable(self.subtitle),
            description=None,
            link=root(self.link),
            feed_url=root(request.path),
            feed_guid=self.id,
            language="en",
            author_name=AUTHOR,
            author_link=root("/"),
            feed_copyright=RIGHTS,
            begun=self.begun,
        )
        for item in self.items:
            atom.add_item(
                title=readable(item.title),
                link=root(item.link),
                description=escape(readable(item.summary)),
                unique_id=item.id,
                pubdate=item.at,
                updateddate=item.at,
                categories=[item.category],
                content=readable(item.content),
            )
        written = StringIO()
        atom.write(written, "utf-8")
        return written.getvalue().encode()


class Atom(Atom1Feed):
    """Django's, with the content of each entry."""

    content_type = "application/atom+xml; charset=utf-8"

    def latest_post_date(self) -> datetime.datetime:
        # Django's, of a feed without entries, is another one each time.
        return super().latest_post_date() if self.items else self.feed["begun"]

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["content"], {"type": "html"})


def answer(request: HttpRequest, feed: Feed) -> HttpResponse:
    """The feed. No `Last-Modified`: an entry that is renamed or withdrawn changes it, at no time that it tells."""
    return HttpResponse(feed.write(request), content_type=Atom.content_type)
