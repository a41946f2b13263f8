"""What the pages of papers, terms, organizations … print about models."""

from django import template
from django.core.paginator import InvalidPage
from django.http import Http404
from django.utils.safestring import SafeString

from catalog.adoption import adoption
from catalog.comparability import measurer
from catalog.evidence import Notes
from catalog.lineage.lines import label, lines_of
from catalog.models import AIModel, Score
from catalog.related import related
from catalog.scoring import score_text
from core.markup import fill
from core.models import Entry
from core.templatetags.dates import month
from glossary.models import Term
from research.templatetags.research import some_of

register = template.Library()

# A version in its line.
HERE, LINK = '<strong aria-current="page">{}</strong>', '<a href="{}">{}</a>'
WHEN = ' <span class="when">{}</span>'

# What a row of models prints. Sorting the long texts as well would take most of the time.
ROW = ("name", "slug", "released", "released_precision", "summary")


@register.filter
def measured_by(score: Score) -> str:
    """“Stanford CRFM (independent)”."""
    return f"{measurer(score)} ({score.get_measured_by_display()})"


@register.simple_tag
def version(model: AIModel, current: AIModel | None) -> SafeString:
    """A model in its version line, with the month of its release; a link, unless the page is its own."""
    here = model.pk == getattr(current, "pk", None)
    name = fill(HERE, label(model)) if here else fill(LINK, model.get_absolute_url(), label(model))
    return name + fill(WHEN, month(model, "released")) if model.released else name


@register.filter
def beside(models, cells):
    """Each model with its cell: `{% for model, cell in models|beside:row.cells %}`."""
    return zip(models, cells, strict=True)


@register.filter("score")
def score_filter(score: Score) -> str:
    """“88.5%”."""
    return score_text(score.value, score.benchmark)


@register.simple_tag
def notes_of(*texts: str) -> Notes:
    """The sources that the texts cite inline, numbered."""
    notes = Notes()
    notes.read(*texts)
    return notes


@register.filter
def with_notes(html: str, notes: Notes) -> SafeString:
    """Prose with its inline citations as numbered notes."""
    return notes.mark(html)


@register.inclusion_tag("catalog/_unseen.html")
def unseen_sources(notes: Notes, text: str):
    """For its editor, what the text cites and readers get no note for."""
    return {"unseen": notes.unseen(text)}


@register.inclusion_tag("catalog/_models.html", takes_context=True)
def models_where(context, heading: str, filter_name: str = "", value: str = "", **conditions):
    """The published models that meet `conditions`, newest first; past 24, a link to the filtered list."""
    models = AIModel.objects.published().as_of(context.get("as_of")).filter(**conditions).newest_first()
    return some_of(heading, models.for_list().only(*ROW), filter_name, value)


@register.inclusion_tag("catalog/_adoption.html", takes_context=True)
def adoption_of(context, term: Term):
    """The models that use the term, the oldest first, 50 a page; 404 past the last."""
    try:
        found = adoption(term, context["request"].GET.get("page", 1), context.get("as_of"))
    except InvalidPage as error:
        raise Http404(str(error)) from None
    return {"adoption": found, "request": context["request"]}


@register.inclusion_tag("catalog/_related.html", takes_context=True)
def related_to(context, entry: Entry, but=()):
    """What shares most with the entry, without what is named elsewhere on the page."""
    as_of = context.get("as_of")
    return {"related": related(entry, but, as_of=as_of), "as_of": as_of}


@register.simple_tag(takes_context=True)
def family_lines(context, family):
    """The published models of a family: each version line, oldest first, then those that stand outside."""
    models = AIModel.objects.published().as_of(context.get("as_of")).filter(family=family)
    return lines_of(models.order_by("released", "name", "slug"))
