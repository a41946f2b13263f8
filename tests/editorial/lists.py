"""Lists of the real admin: rows that are selected, and what is done with them."""

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.urls import reverse

from tests.forms import typed


def list_of(model) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def choose(client, action, rows, **values):
    """Select the rows, and choose an action in the list."""
    data = {"action": action, "index": "0", ACTION_CHECKBOX_NAME: [row.pk for row in rows], **values}
    return client.post(list_of(type(rows[0])), data)


def press(client, page, address, **values):
    """Send the form on the page, with `values` typed into it."""
    return client.post(address, typed(page) | values)


def offered(client, model) -> set[str]:
    """The actions that the list offers."""
    page = client.get(list_of(model))
    form = page.context["action_form"]
    return {name for name, _ in form.fields["action"].choices if name} if form else set()
