"""An editorial team at work: each with a browser of their own, on the forms of the real admin."""

from django.test import Client
from django.urls import reverse

from core.models import Entry
from glossary.models import Term
from tests.factories import make_member, next_number
from tests.forms import send


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    client.user = user
    return client


def member(role: str = "", *permissions: str) -> Client:
    return client_of(make_member(role, *permissions))


def begin(client: Client, **values) -> Term:
    """A draft that the client's user writes."""
    name = f"Term {next_number()}"
    response = send(client, reverse("admin:glossary_term_add"), **{"name": name, "definition": "A word.", **values})
    assert response.status_code == 302
    return Term.objects.get(name=values.get("name", name))


def form(entry: Entry) -> str:
    return reverse(f"admin:{entry._meta.app_label}_{entry._meta.model_name}_change", args=[entry.pk])


def take(client: Client, step: str, entry: Entry, **values):
    """Press the button of a step in the entry's form, with `values` typed into it."""
    return send(client, form(entry), **{f"_step_{step}": "on", **values})


def refusals(response) -> list[str]:
    """What stands above the form that was shown again."""
    return list(response.context["adminform"].form.non_field_errors())
