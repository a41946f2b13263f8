"""Migrations let the code of the version before go on while they run, and after: see docs/upgrading.md."""

import re

import pytest
from django.conf import settings
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.db.models import Value

from core.operations import AddIndexConcurrently

# The last of each app from before there was such a rule.
UNRULED = {"catalog": 7, "editorial": 10, "glossary": 5, "research": 4, "search": 1}
HARMLESS = (migrations.CreateModel, migrations.AlterModelOptions, migrations.AlterModelManagers, migrations.RenameIndex)


def breaks(migration: migrations.Migration, state: ProjectState) -> list[str]:
    """The operations that code of before might not survive, and that the migration does not say why it does.

    It says so in `safe_because`: `{"RemoveField term.idioms": "0.2.0 neither reads nor writes it"}`.
    """
    excused, made, found = getattr(migration, "safe_because", {}), set(), []
    for operation in migration.operations:
        name = f"{type(operation).__name__} {_target(operation)}".strip()
        if isinstance(operation, migrations.CreateModel):
            made.add(operation.name_lower)
        if not excused.get(name) and not _is_safe(operation, migration, state, made):
            found.append(name)
        operation.state_forwards(migration.app_label, state)
    return found


def _target(operation) -> str:
    model = getattr(operation, "model_name", "") or getattr(operation, "name", "")
    part = getattr(operation, "name", "") or getattr(getattr(operation, "index", None), "name", "")
    part = part or getattr(getattr(operation, "constraint", None), "name", "")
    return model if part in ("", model) else f"{model}.{part}"


def _is_safe(operation, migration, state, made: set[str]) -> bool:
    if isinstance(operation, HARMLESS) or getattr(operation, "model_name", "").lower() in made:
        return True
    match operation:
        case AddIndexConcurrently():
            return not migration.atomic
        case migrations.AddField(field=field):
            # A column without a default is one of which code of before knows nothing, and which it must fill.
            return field.many_to_many or field.null or field.has_db_default()
        case migrations.AlterField(field=field):
            before = state.models[migration.app_label, operation.model_name_lower].fields[operation.name]
            return _takes_all(field, before)
        case migrations.RunPython() | migrations.RunSQL():
            # Rows apart from columns: on PostgreSQL the two wait for each other's locks.
            return len(migration.operations) == 1 and operation.reversible
    return False


def _takes_all(field: models.Field, before: models.Field) -> bool:
    """Whether the column still takes what it took."""
    tighter = (before.null and not field.null) or (field.unique and not before.unique)
    wide, narrow = field.max_length or 0, before.max_length or 0
    return not tighter and type(field) is type(before) and (wide >= narrow or not wide)


def numbered(name: str) -> int:
    return int(re.match(r"\d+", name)[0])


def test_every_migration_lets_the_code_of_before_go_on():
    loader = MigrationLoader(None)
    ruled = [key for key in loader.disk_migrations if key[0] in UNRULED and numbered(key[1]) > UNRULED[key[0]]]

    found = {key: breaks(loader.disk_migrations[key], loader.project_state(key, at_end=False)) for key in ruled}

    assert {key: names for key, names in found.items() if names} == {}


def test_every_app_with_migrations_is_ruled():
    ours = {app for app in settings.INSTALLED_APPS if (settings.BASE_DIR / app / "migrations").is_dir()}

    assert ours == set(UNRULED)


def migration_of(*operations, **attributes):
    made = type("Migration", (migrations.Migration,), {"operations": list(operations), **attributes})
    return made("0099_by_hand", "app")


@pytest.fixture
def state():
    state = ProjectState()
    fields = [
        ("id", models.AutoField(primary_key=True)),
        ("name", models.CharField(max_length=50)),
        ("note", models.TextField(null=True)),
    ]
    migrations.CreateModel("Thing", fields).state_forwards("app", state)
    return state


BY_NAME = models.Index(fields=["name"], name="by_name")
NAMED = models.CheckConstraint(condition=~models.Q(name=""), name="named")


@pytest.mark.parametrize(
    ("operation", "told"),
    [
        (migrations.RemoveField("thing", "name"), "RemoveField thing.name"),
        (migrations.RenameField("thing", "name", "title"), "RenameField thing"),
        (migrations.DeleteModel("Thing"), "DeleteModel Thing"),
        (migrations.RenameModel("Thing", "Matter"), "RenameModel"),
        (migrations.AlterModelTable("Thing", "things"), "AlterModelTable Thing"),
        (migrations.AddField("thing", "size", models.IntegerField(default=0)), "AddField thing.size"),
        (migrations.AlterField("thing", "note", models.TextField(default="")), "AlterField thing.note"),
        (migrations.AlterField("thing", "name", models.CharField(max_length=40)), "AlterField thing.name"),
        (migrations.AlterField("thing", "name", models.IntegerField()), "AlterField thing.name"),
        (migrations.AlterField("thing", "name", models.CharField(max_length=50, unique=True)), "AlterField thing.name"),
        (migrations.AddIndex("thing", BY_NAME), "AddIndex thing.by_name"),
        (AddIndexConcurrently("thing", BY_NAME), "AddIndexConcurrently thing.by_name"),
        (migrations.AddConstraint("thing", NAMED), "AddConstraint thing.named"),
        (migrations.RunSQL("SELECT 1"), "RunSQL"),
    ],
)
def test_what_code_of_before_does_not_survive_is_seen(state, operation, told):
    (found,) = breaks(migration_of(operation), state.clone())

    assert found.startswith(told)
    assert breaks(migration_of(operation, safe_because={found: "Nobody asks for it."}), state.clone()) == []
    assert breaks(migration_of(operation, safe_because={found: ""}), state.clone()) == [found]


@pytest.mark.parametrize(
    "operation",
    [
        migrations.CreateModel("Other", [("id", models.AutoField(primary_key=True))]),
        migrations.AddField("thing", "size", models.IntegerField(null=True)),
        migrations.AddField("thing", "size", models.IntegerField(db_default=Value(0))),
        migrations.AddField("thing", "others", models.ManyToManyField("app.Thing")),
        migrations.AlterField("thing", "name", models.CharField(max_length=60, help_text="Longer.")),
        migrations.AlterModelOptions("thing", {"ordering": ["name"]}),
        migrations.RunPython(migrations.RunPython.noop, migrations.RunPython.noop),
    ],
)
def test_what_it_survives_is_let_pass(state, operation):
    assert breaks(migration_of(operation), state) == []


def test_index_is_made_concurrently_outside_of_a_transaction(state):
    assert breaks(migration_of(AddIndexConcurrently("thing", BY_NAME), atomic=False), state) == []


def test_rows_are_changed_apart_from_columns(state):
    size = migrations.AddField("thing", "size", models.IntegerField(null=True))
    fill = migrations.RunPython(migrations.RunPython.noop, migrations.RunPython.noop)

    assert breaks(migration_of(size, fill), state) == ["RunPython"]


def test_what_is_made_in_the_same_migration_may_be_laid_out(state):
    other = migrations.CreateModel("Other", [("id", models.AutoField(primary_key=True)), ("name", models.TextField())])

    assert breaks(migration_of(other, migrations.AddIndex("other", BY_NAME)), state) == []
