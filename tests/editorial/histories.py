"""Rows with a history, and its pages in the real admin."""

from django.contrib.auth.models import Permission
from django.urls import reverse

from catalog.models import AIModel
from editorial.log import change
from tests import factories as make
from tests.forms import typed

RESTORE = "restore_entry"


def somebody(client, *codenames: str):
    """Logs in somebody who may do just this."""
    user = make.make_editor(is_superuser=False)
    user.user_permissions.set(found := Permission.objects.filter(codename__in=codenames))
    assert len(found) == len(codenames)
    client.force_login(user)
    return user


def page_of(row, name: str, *more) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{name}", args=[row.pk, *more])


def edit(row, reason="Why", user=None, **fields) -> str:
    """Saves the row as one change; its key."""
    with change(reason, user) as written:
        for name, value in fields.items():
            setattr(row, name, value)
        row.save()
    return str(written.id)


def full_model(**fields) -> tuple[AIModel, str]:
    """A model with everything that can go with it, and the key of the change that made it."""
    with change("Begun") as written:
        model = make.make_model(name="Full", organizations=[make.make_organization(name="Lab")], **fields)
        model.tags.add("fp8")
        make.make_milestone(model=model, text="First of its kind")
        make.make_score(model=model, benchmark=make.make_benchmark(name="MMLU"), source=make.make_source(name="Report"))
        make.make_citation(model=model, source=make.make_source(name="Paper"))
    return model, str(written.id)


def contents(model) -> tuple:
    return (
        model.summary,
        [str(row) for row in model.organizations.all()],
        sorted(model.tags.names()),
        [(row.pk, row.text) for row in model.milestones.all()],
        [(row.pk, row.value) for row in model.scores.all()],
        [(row.pk, row.stated) for row in model.citations.all()],
    )


def restore(client, row, key, **values):
    """Open the page that asks, and confirm it; None takes a field out."""
    address = page_of(row, "restore", key)
    sent = typed(client.get(address)) | values
    return client.post(address, {name: value for name, value in sent.items() if value is not None}, follow=True)


def told(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]
