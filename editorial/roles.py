"""The roles of a team, as groups. Each may do what the one before may, and more."""

from itertools import accumulate
from operator import or_

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission

from core.documents import owner_column
from core.models import Entry, Record

CONTRIBUTOR, EDITOR, REVIEWER, ADMINISTRATOR = "Contributor", "Editor", "Reviewer", "Administrator"


def seed(using: str, **kwargs: object) -> None:
    """Makes the four groups and gives them their permissions, those of later versions included. Runs after `migrate`.

    Whoever wants other roles makes other groups: what is changed in these is set right again.
    """
    for config in apps.get_app_configs():
        # Before Django's own handler for the apps that come later.
        create_permissions(config, verbosity=0, using=using)
    numbers = {
        f"{app}.{codename}": number
        for app, codename, number in Permission.objects.using(using).values_list(
            "content_type__app_label", "codename", "pk"
        )
    }
    for name, permissions in roles().items():
        group, _ = Group.objects.using(using).get_or_create(name=name)
        group.permissions.set([numbers[permission] for permission in sorted(permissions or numbers)])


def roles() -> dict[str, set[str]]:
    """The permissions of each role; the administrator's are empty: all that there are."""
    records = [model for model in apps.get_models() if issubclass(model, Record)]
    entries = [model for model in records if issubclass(model, Entry)]
    parts = [model for model in records if owner_column(model)]
    lists = [model for model in records if model not in entries and model not in parts]
    more = {
        CONTRIBUTOR: _may(records, "view")
        | _may(entries, "add", "change")
        | _may(parts, "add", "change", "delete")
        | {"editorial.submit_entry", "editorial.view_change"},
        EDITOR: _may(lists, "add", "change") | {"editorial.edit_others", "editorial.view_proposal"},
        REVIEWER: _may(entries + lists, "delete")
        | {"editorial.review_entry", "editorial.archive_entry", "editorial.restore_entry", "editorial.merge_entries"}
        | {"editorial.change_proposal"},
    }
    return dict(zip(more, accumulate(more.values(), or_), strict=True)) | {ADMINISTRATOR: set()}


def _may(models: list[type[Record]], *verbs: str) -> set[str]:
    return {f"{model._meta.app_label}.{verb}_{model._meta.model_name}" for model in models for verb in verbs}
