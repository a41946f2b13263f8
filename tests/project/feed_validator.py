"""What is wrong with a feed: by a schema of RFC 4287, by what that says in prose, and to a reader that parses it."""

from collections import Counter

import feedparser
from lxml import etree

from tests.project.schemas import schema

ATOM = "{http://www.w3.org/2005/Atom}"


def faults(feed: bytes, address: str) -> list[str]:
    """What is wrong with the feed that was fetched from this absolute address."""
    try:
        root = etree.fromstring(feed)
    except etree.XMLSyntaxError as error:
        return [f"not well formed: {error}"]
    rules = schema("atom")
    if not rules.validate(root):
        return [f"line {error.line}: {error.message}" for error in rules.error_log]
    found = [*_prose(root, address)]
    read = feedparser.parse(feed)
    if read.bozo:
        found.append(f"feedparser: {read.bozo_exception}")
    if len(read.entries) != len(root.findall(f"{ATOM}entry")):
        found.append("feedparser finds another number of entries")
    return found


def _prose(root: etree._Element, address: str):
    """Sections 4.1.1, 4.1.2, 4.2.6 and 4.2.7."""
    entries = root.findall(f"{ATOM}entry")
    for owner in (root, *entries):
        links = owner.findall(f"{ATOM}link")
        kinds = Counter((link.get("rel", "alternate"), link.get("type"), link.get("hreflang")) for link in links)
        if any(count > 1 for count in kinds.values()):
            yield "two links of one relation and type"
        if not all(link.get("href").startswith(("http://", "https://")) for link in links):
            yield "a link that is not absolute"
    if [link.get("href") for link in root.findall(f"{ATOM}link") if link.get("rel") == "self"] != [address]:
        yield "no link to itself"
    if any(count > 1 for count in Counter(entry.findtext(f"{ATOM}id") for entry in entries).values()):
        yield "two entries of one id"
    if entries and root.findtext(f"{ATOM}updated") != max(entry.findtext(f"{ATOM}updated") for entry in entries):
        yield "not updated when the last entry was"
    if not all((entry.findtext(f"{ATOM}title") or "").strip() for entry in entries):
        yield "an entry without a title"
