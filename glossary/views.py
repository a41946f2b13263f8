from core.columns import Column, Part
from core.models import lines
from core.schemas import TEXTS
from core.views import EntryDetail, EntryList
from glossary.filters import TermFilters
from glossary.linked_data import term_data
from glossary.models import Term

COLUMNS = (
    Column("name", "Term", lambda term: term.name, order="name"),
    Column("abbreviation", "Short", lambda term: term.abbreviation, order="abbreviation"),
    Column("aliases", "Also called", lambda term: lines(term.aliases), listed=False, schema=TEXTS),
    Column("definition", "Definition", lambda term: term.definition, listed=False),
)


class TermList(EntryList):
    model = Term
    filters = TermFilters
    columns = COLUMNS
    intro = "The words one needs to understand the rest, each explained in a sentence or two."


class TermDetail(EntryDetail):
    model = Term
    columns = COLUMNS
    parts = (Part("see_also", "See also", lambda view: view.object.see_also.all(), kind=Term),)

    def byline(self):
        return self.object.abbreviation

    def thing(self, absolute):
        return term_data(self.object, absolute)
