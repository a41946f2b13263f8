"""The version lines of models: what followed what, where a line forks, and the variants beside each version."""

from collections.abc import Iterable
from dataclasses import dataclass

from catalog.models import AIModel


@dataclass(frozen=True)
class Version:
    """A model in its line, its variants, and the shorter lines that leave the line here, where it forks."""

    model: AIModel
    variants: list[AIModel]
    branches: list[list["Version"]]


def label(model: AIModel) -> str:
    """What the line calls it: “DeepSeek V1” for DeepSeek LLM 67B."""
    return model.line_label or model.name


def lines_of(models: Iterable[AIModel]) -> list[list[Version]]:
    """The version lines among `models`, the longest first; a model without versions is a line of its own.

    At a fork the line goes on where it goes on longest, then where it came first. One that runs in a circle ends where
    it would begin again.
    """
    models = list(models)
    variants, after = {}, {}
    for model in models:
        variants.setdefault(model.variant_of_id, []).append(model)
        after.setdefault(model.predecessor_id, []).append(model)
    ids = {model.pk for model in models}
    versions = [model for model in models if not model.variant_of_id]
    # First those that begin a line; who is reached from none of these stands in a circle, which may begin anywhere.
    starts, reached = [], set()
    order: list[AIModel] = []
    for start in sorted(versions, key=lambda model: model.predecessor_id in ids):
        if start.pk in reached:
            continue
        starts.append(start)
        reached.add(start.pk)
        todo = [start]
        for model in todo:
            after[model.pk] = [next_ for next_ in after.get(model.pk, []) if next_.pk not in reached]
            reached.update(next_.pk for next_ in after[model.pk])
            todo += after[model.pk]
        order += todo
    length: dict[int, int] = {}
    for model in reversed(order):
        length[model.pk] = 1 + max((length[next_.pk] for next_ in after[model.pk]), default=0)

    def line(model: AIModel | None) -> list[Version]:
        versions = []
        while model:
            onward = sorted(after[model.pk], key=lambda next_: -length[next_.pk])
            branches = [line(branch) for branch in onward[1:]]
            versions.append(Version(model, variants.get(model.pk, []), branches))
            model = onward[0] if onward else None
        return versions

    return sorted(map(line, starts), key=len, reverse=True)


def line_with(model: AIModel, near: Iterable[AIModel]) -> list[Version]:
    """The line in which the model stands, or the one it is a variant of; `near` are all that may be on it."""
    others = {other.pk: other for other in near} | {model.pk: model}
    original = others.get(model.variant_of_id, model)
    lines = lines_of(others.values())
    return next((line for line in lines if any(version.model == original for version in versions_in(line))), [])


def versions_in(line: list[Version]) -> Iterable[Version]:
    """Every version of the line, and of its branches."""
    for version in line:
        yield version
        for branch in version.branches:
            yield from versions_in(branch)
