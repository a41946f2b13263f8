"""The sitemap, as a search engine reads it."""

from django.test import Client
from lxml import etree

from tests.project.schemas import schema

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def places(address: str) -> dict[str, str | None]:
    """What a file of the sitemap names, without the host, each with when it changed last. It has to be valid."""
    answer = Client().get(address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/xml")
    root = etree.fromstring(answer.content)
    schema("sitemap").assertValid(root)
    found = {one.findtext("{*}loc"): one.findtext("{*}lastmod") for one in root}
    assert len(found) == len(root)
    return {place.removeprefix("http://testserver"): changed for place, changed in found.items()}
