"""What a term is in schema.org's words."""

from django.urls import reverse

from core.linked_data import Absolute, Node, node
from core.markdown import to_text
from core.site import NAME
from glossary.models import Term


def term_data(term: Term, absolute: Absolute) -> Node:
    glossary = node("DefinedTermSet", name=f"Glossary of {NAME}", url=absolute(reverse("term_list")))
    return node(
        "DefinedTerm",
        name=term.name,
        alternateName=term.names[1:],
        description=to_text(term.definition),
        url=absolute(term.get_absolute_url()),
        inDefinedTermSet=glossary,
    )
