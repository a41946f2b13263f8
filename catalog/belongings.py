"""What comes to belong to an entry, by the rows that tie models to it: `settings.BELONGINGS`, for the entry's feed."""

from django.db.models import QuerySet

from catalog.models import AIModel, Citation, Derivation, Family, Innovation, ModelPaper, Score, Tag, TaggedModel
from core.models import Record
from glossary.models import Term
from research.models import Benchmark, Organization, Paper, Source

# By kind of entry: what ties a model to it, the field that names the entry, and the one that names the model; where
# that is empty, the row is the model itself.
TIES = {
    AIModel: (Derivation, "parent", "child"),
    Benchmark: (Score, "benchmark", "model"),
    Family: (AIModel, "family", ""),
    Organization: (AIModel, "organizations", ""),
    Paper: (ModelPaper, "paper", "model"),
    Source: (Citation, "source", "model"),
    Tag: (TaggedModel, "tag", "content_object"),
    Term: (Innovation, "term", "model"),
}


def of_entry(entry: Record) -> tuple[QuerySet, str]:
    """The rows that readers may see, and the field by which each names the model; empty where it is the row itself."""
    kind, name, model = TIES[type(entry)]
    return kind.objects.published().filter(**{name: entry}), model
