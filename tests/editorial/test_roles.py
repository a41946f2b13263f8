from itertools import pairwise

import pytest
from django.contrib.auth.models import Group, Permission

from editorial.roles import roles, seed
from tests.factories import make_member

pytestmark = [pytest.mark.django_db, pytest.mark.same_everywhere]

NAMES = ["Contributor", "Editor", "Reviewer", "Administrator"]


def may(role: str) -> set[str]:
    rows = Group.objects.get(name=role).permissions.values_list("content_type__app_label", "codename")
    return {f"{app}.{codename}" for app, codename in rows}


def test_each_role_may_do_what_the_one_before_may_and_more():
    sets = [may(name) for name in NAMES]

    assert all(fewer < more for fewer, more in pairwise(sets))
    assert len(sets[-1]) == Permission.objects.count()


@pytest.mark.parametrize(
    ("permission", "first"),
    [
        ("catalog.add_aimodel", "Contributor"),
        ("catalog.delete_citation", "Contributor"),
        ("editorial.submit_entry", "Contributor"),
        ("editorial.edit_others", "Editor"),
        ("catalog.add_tag", "Editor"),
        ("editorial.review_entry", "Reviewer"),
        ("editorial.archive_entry", "Reviewer"),
        ("editorial.restore_entry", "Reviewer"),
        ("editorial.merge_entries", "Reviewer"),
        ("catalog.delete_aimodel", "Reviewer"),
        ("editorial.publish_alone", "Administrator"),
        ("auth.add_user", "Administrator"),
    ],
)
def test_permission_begins_with_its_role(permission, first):
    assert [name for name in NAMES if permission in may(name)] == NAMES[NAMES.index(first) :]
    assert [make_member(name).has_perm(permission) for name in NAMES] == [permission in may(name) for name in NAMES]


def test_no_role_but_the_administrator_touches_accounts():
    assert not any(permission.startswith("auth.") for name in NAMES[:3] for permission in may(name))
    assert set(roles()) == set(NAMES)


def test_roles_are_set_right_by_the_next_migration_and_other_groups_left_alone():
    own = Group.objects.create(name="Translators")
    own.permissions.add(Permission.objects.first())
    Group.objects.get(name="Contributor").permissions.clear()
    Group.objects.get(name="Editor").delete()

    seed("default")
    seed("default")

    assert Group.objects.count() == 5
    assert may("Contributor") < may("Editor")
    assert own.permissions.count() == 1
