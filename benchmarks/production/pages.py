"""The pages that are measured, each where it has most to do, in the database that DATABASE_URL names, as JSON."""

import json
import sys
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.collection import set_up

# One filter, a sort, and facets, of which Datasette has those that are columns.
FILTER, SORT = ("openness", "open_weight"), "parameters_total"
FACETS = ("openness", "lifecycle", "architecture", "licence", "family")
WORD = "training"
ROWS = 40


def addresses() -> dict[str, str]:
    """By name, in the order of the table."""
    from benchmarks.pages import richest
    from catalog.models import AIModel
    from research.models import Benchmark

    scored, whole = richest(AIModel, "scores"), whole_model()
    # Page 1,000 of 100,000 models; halfway in smaller collections.
    middle = min(1000, AIModel.objects.published().count() // (2 * ROWS))
    faceted = f"/models/?{urlencode([FILTER, ('order', '-parameters')])}"
    return {
        "home": "/",
        "list": "/models/",
        "list with facets": faceted,
        # A number takes the place of braces: what was never asked before, whatever is remembered.
        "list with facets, anew": f"{faceted}&parameters_min={{}}",
        "list, page 1,000": f"/models/?page={middle}",
        "model": whole.get_absolute_url(),
        "model, most scores": scored[0].get_absolute_url(),
        "search": f"/search/?{urlencode({'q': WORD})}",
        "search, anew": f"/search/?q={WORD}+-nothing{{}}",
        "leaderboard": richest(Benchmark, "scores")[0].get_absolute_url(),
        "compare six": f"/compare/?models={','.join(model.slug for model in scored[:6])}",
        "model as JSON": f"{whole.get_absolute_url()[:-1]}.json",
        "1,000 as JSON": "/models.json?per_page=1000",
        "1,000 as CSV": "/models.csv?per_page=1000",
    }


def whole_model():
    """A model with every block that a page can have, and the middle one of these by its scores."""
    from django.db.models import Count, Exists, OuterRef

    from catalog.models import AIModel, Derivation

    parts = ("scores", "citations", "milestones", "innovations", "model_papers", "links", "tagged")
    parents = Derivation.objects.published().filter(child=OuterRef("pk"))
    found = AIModel.objects.published().filter(Exists(parents)).exclude(family=None)
    for name in parts:
        rows = AIModel._meta.get_field(name).related_model
        key = AIModel._meta.get_field(name).remote_field.name
        found = found.filter(Exists(rows.objects.published().filter(**{key: OuterRef("pk")})))
    ranked = list(found.annotate(many=Count("scores")).order_by("many", "pk"))
    if not ranked:
        sys.exit("No model has all blocks: make a larger collection.")
    return ranked[len(ranked) // 2]


if __name__ == "__main__":
    set_up(Path(sys.argv[1]))
    print(json.dumps({"pages": addresses(), "key": whole_model().pk}))
