"""A migration is noted as done in the transaction that does it.

Django notes some only after it, those whose indexes come last. Whoever is killed in between has a database that no
`migrate` takes on: what the migration is to make is there already. So these come last within the migration.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db.migrations import Migration


def make_whole(plan: list[tuple[Migration, bool]], **kwargs: object) -> None:
    """Before `migrate`: each migration of the plan leaves nothing to be done when it is noted."""
    for migration, backwards in plan:
        if not backwards:
            migration.apply = partial(_apply, migration.apply)


def _apply(apply: Callable, state: Any, editor: Any, *args: object) -> Any:
    state = apply(state, editor, *args)
    while editor.deferred_sql:
        editor.execute(editor.deferred_sql.pop(0), None)
    return state
