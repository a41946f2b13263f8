"""The schemas of XML that the site writes."""

from functools import cache
from pathlib import Path

from lxml import etree


@cache
def schema(name: str) -> etree.RelaxNG:
    """“atom” or “sitemap”."""
    return etree.RelaxNG(etree.parse(Path(__file__).parent / "data" / f"{name}.rng"))
