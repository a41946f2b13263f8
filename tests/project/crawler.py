"""Follows every link from the first page, as a reader and a search engine would."""

import html
import re
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from django.test import Client


@dataclass(frozen=True)
class Visit:
    status: int
    kind: str
    text: str

    @property
    def is_page(self) -> bool:
        return self.kind.startswith("text/html")


def crawl(client: Client, start: str = "/", *, twins: bool = True) -> dict[str, Visit]:
    """Every address of this site without a query that links lead to, each fetched once; or without `twins`, pages."""
    visits: dict[str, Visit] = {}
    todo = [start]
    while todo:
        address = todo.pop()
        if address in visits or not (twins or address.endswith("/")):
            continue
        response = client.get(address)
        visits[address] = Visit(response.status_code, response.headers["Content-Type"], response.text)
        if visits[address].is_page:
            todo += links(address, response.text)
    return visits


def links(address: str, page: str) -> list[str]:
    """The public addresses of this site that a page links to or sends a form to, without query and fragment.

    What says `rel="nofollow"` is not for search engines: the history of every entry, and its form.
    """
    hrefs = re.findall(r'(?:href|action)="([^"]+)"(?! rel="nofollow")', page)
    targets = [urlsplit(urljoin(address, html.unescape(href))) for href in hrefs]
    return [t.path for t in targets if not t.netloc and not t.path.startswith(("/static/", "/admin/"))]
