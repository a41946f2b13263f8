"""Terms in templates: `{% lexicon as lexicon %}`, then `{% prose lexicon text %}` or `{% tip lexicon label %}`."""

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from core.models import Entry
from glossary.lexicon import Lexicon
from glossary.models import Term

register = template.Library()


@register.simple_tag
def lexicon(page_of: Entry | None = None) -> Lexicon:
    """The terms, for one page; on a term's own page that term is not explained again."""
    return Lexicon.load(page_of if isinstance(page_of, Term) else None)


@register.simple_tag
def prose(lexicon: Lexicon, text: str) -> SafeString:
    """Markdown as HTML; the first mention of each term carries its definition."""
    return lexicon.prose(text)


@register.simple_tag
def tip(lexicon: Lexicon, label: str) -> str:
    """The label; with its definition, where it is the name of a term."""
    term = lexicon.find(label)
    return lexicon.explain(term, label) if term else conditional_escape(label)
