"""A list with facets, a model's page, and the list as JSON, written with what Django's documentation teaches."""

from django.core.paginator import Paginator
from django.db.models import Count, Prefetch, Q
from django.http import JsonResponse
from django.utils import timezone
from django.views.generic import DetailView, ListView

from benchmarks.production.pages import FACETS, ROWS, SORT
from catalog.figures import FIGURES
from catalog.models import AIModel, Citation
from core.quantities import iso_of
from research.models import Organization

# So many values of a facet are shown.
VALUES = 30


def published(prefix=""):
    now = timezone.now()
    due = Q(**{f"{prefix}publish_at": None}) | Q(**{f"{prefix}publish_at__lte": now})
    return Q(**{f"{prefix}status": "published"}) & due


def listed(query):
    """Models that readers may see; of these, where words are sought, those that have them."""
    models = AIModel.objects.filter(published())
    if query.get("q"):
        models = models.filter(Q(name__icontains=query["q"]) | Q(summary__icontains=query["q"]))
    return models


class ModelList(ListView):
    template_name = "textbook/list.html"
    paginate_by = ROWS

    def get_queryset(self):
        chosen = {name: self.request.GET[name] for name in FACETS if name in self.request.GET}
        models = listed(self.request.GET)
        self.facets = {}
        for facet in FACETS:
            # What the other filters leave.
            found = models.filter(**{name: value for name, value in chosen.items() if name != facet})
            counted = found.order_by().values(facet).annotate(count=Count("pk")).order_by("-count")
            self.facets[facet] = [(row[facet], row["count"]) for row in counted[:VALUES]]
        found = models.filter(**chosen).select_related("family")
        found = found.prefetch_related(Prefetch("organizations", Organization.objects.filter(published())))
        return found.order_by(f"-{SORT}" if "order" in self.request.GET else "-released", "slug")

    def get_context_data(self, **kwargs):
        return super().get_context_data(facets=self.facets, **kwargs)


class ModelDetail(DetailView):
    template_name = "textbook/model.html"

    def get_queryset(self):
        return (
            AIModel.objects.filter(published())
            .select_related("family")
            .prefetch_related(
                "organizations",
                "citations__source",
                "scores__benchmark",
                "scores__source",
                "milestones",
                "links",
                "innovations__term",
                "model_papers__paper",
                "tags",
            )
        )


def models_json(request):
    """The same bytes as the site's own list."""
    sources = Citation.objects.filter(published("source__") | Q(source=None))
    models = (
        listed(request.GET)
        .order_by("-released", "slug")
        .prefetch_related(
            Prefetch("organizations", Organization.objects.filter(published())),
            Prefetch("citations", sources.select_related("source").order_by("field", "-shown", "pk")),
        )
    )
    page = Paginator(models, int(request.GET.get("per_page", ROWS))).get_page(request.GET.get("page"))

    def link(number):
        query = request.GET.copy()
        query["page"] = number
        return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")

    without = request.GET.copy()
    without.pop("per_page", None)
    rest = f"?{without.urlencode()}" if without else ""
    return JsonResponse(
        {
            "count": page.paginator.count,
            "pages": page.paginator.num_pages,
            "self": request.build_absolute_uri(),
            "html": request.build_absolute_uri(f"/models/{rest}"),
            "previous": link(page.previous_page_number()) if page.has_previous() else None,
            "next": link(page.next_page_number()) if page.has_next() else None,
            "data_licence": "https://creativecommons.org/licenses/by/4.0/",
            "results": [record(model, request) for model in page],
        }
    )


def record(model, request):
    return {
        "slug": model.slug,
        "name": model.name,
        "aliases": model.aliases.splitlines(),
        "organizations": [organization.name for organization in model.organizations.all()],
        "released": iso_of(model, "released") or None,
        "parameters_total": model.parameters_total,
        "parameters_active": model.parameters_active,
        "context_window_tokens": model.context_window,
        "max_output_tokens": model.max_output,
        "openness": model.openness,
        "licence": model.licence,
        "architecture": model.architecture,
        "lifecycle": model.lifecycle,
        "knowledge_cutoff": iso_of(model, "knowledge_cutoff") or None,
        "training_compute_flop": model.training_compute,
        "training_tokens": model.training_tokens,
        "training_cost_usd": model.training_cost,
        "training_hardware": model.training_hardware,
        "summary": model.summary,
        "figures": figures(model),
        "html": request.build_absolute_uri(f"/models/{model.slug}/"),
    }


def figures(model):
    cited = {}
    for figure in FIGURES:
        statements = [citation for citation in model.citations.all() if citation.field == figure.field]
        if statements:
            cited[figure.field] = {"citations": [statement(citation) for citation in statements]}
    return cited


def statement(citation):
    return {
        "source": citation.source.slug if citation.source else None,
        "stated": citation.stated,
        "value": citation.value,
        "basis": citation.basis,
        "locator": citation.locator,
        "shown": citation.shown,
    }
