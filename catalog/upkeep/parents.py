"""Derivations that know their parent by name alone, and the entry that the name probably means."""

from catalog import rules
from catalog.models import AIModel, Derivation
from catalog.upkeep.names import bearers, likeness
from core.admin import row_number
from core.memory import lingering
from editorial.upkeep import Action, Impossible, Item, Open, Upkeep


@lingering
def unresolved() -> Open:
    """Those for whose name there is an entry first, then by name."""
    alike = bearers()[AIModel]
    rows = Derivation.objects.filter(parent=None).order_by().values_list("pk", "parent_name")
    found = [(likeness(name) not in alike, name.casefold(), pk, name) for pk, name in rows]
    return {str(pk): name for *_, pk, name in sorted(found)}


def load(key: str) -> Item | None:
    if row_number(key) is None:
        return None
    edge = Derivation.objects.select_related("child", "source").filter(pk=key, parent=None).first()
    if edge is None:
        return None
    numbers = set(bearers()[AIModel].get(likeness(edge.parent_name), ())) - {edge.child_id}
    meant = list(AIModel.objects.filter(pk__in=numbers).order_by("name", "slug"))
    same = Derivation.objects.filter(parent=None, parent_name=edge.parent_name).count()
    facts = {"edge": edge, "meant": meant, "same": same}
    return Item(
        key, edge.parent_name, f"“{edge.parent_name}”, parent of {edge.child}", edge.child, facts, len(meant) == 1
    )


def link(item: Item) -> None:
    edge, parent = item.facts["edge"], item.facts["meant"][0]
    if edge.kind in rules.WEIGHT_CARRYING:
        made = {}
        edges = Derivation.objects.filter(kind__in=rules.WEIGHT_CARRYING).exclude(parent=None).order_by()
        for child, before in edges.values_list("child", "parent"):
            made.setdefault(child, []).append(before)
        if way := rules.circle(made, edge.child_id, parent.pk):
            names = AIModel.objects.in_bulk(way)
            raise Impossible(rules.closes_circle([str(edge.child), *(str(names[pk]) for pk in way)]))
    edge.parent = parent
    edge.save()


PARENTS = Upkeep(
    name="parents",
    title="Unresolved parents",
    purpose="A derivation names a parent that is linked to no entry.",
    open=unresolved,
    load=load,
    permission="catalog.change_aimodel",
    template="admin/editorial/upkeep/_parent.html",
    action=Action("link", "Link", "a", link, lambda item: f"“{item.state}” linked to its entry"),
    dismissal="No entry is wanted",
)
