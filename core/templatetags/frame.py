"""What stands around every page: the same each time, so that it is written once, but for where the reader is."""

from functools import cache

from django import template
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.urls import get_script_prefix
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core.routes import path_to

register = template.Library()


class Once(template.Node):
    """Keeps what it has printed, for each path at which the site may stand."""

    def __init__(self, nodelist: NodeList):
        self.nodelist, self.printed = nodelist, dict[str, SafeString]()

    def render(self, context: Context) -> SafeString:
        prefix = get_script_prefix()
        if prefix not in self.printed:
            self.printed[prefix] = self.nodelist.render(context)
        return self.printed[prefix]


@register.tag
def once(parser: Parser, token: Token) -> Once:
    """`{% once %}…{% endonce %}`: the same on every page, whatever the context. Each process prints it once."""
    nodelist = parser.parse(["endonce"])
    parser.delete_first_token()
    return Once(nodelist)


@register.simple_tag(takes_context=True)
def section(context: Context, label: str, name: str) -> SafeString:
    """A section in the head of the site, marked where the reader is in it."""
    url = path_to(name)
    path = getattr(context.get("request"), "path", "")
    return _item(label, url, "page" if path == url else "true" if url in path else "")


# Written once, not for each page.
@cache
def _item(label: str, url: str, here: str) -> SafeString:
    current = format_html(' aria-current="{}"', here) if here else ""
    return format_html('<li><a href="{}"{}>{}</a></li>', url, current, label)
