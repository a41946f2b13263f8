"""An editor at the queues of upkeep."""

from django.urls import reverse

from tests.factories import make_citation, make_model


def address(queue: str) -> str:
    return reverse("upkeep", args=[queue])


def shown(client, queue: str, item: str = ""):
    """The item in focus on the queue's page; None where nothing is open."""
    return client.get(address(queue), {"item": item} if item else {}).context["item"]


def decide(client, queue: str, do: str, item=None, /, **values):
    """Press a button below the item in focus; `values` change what the form sends."""
    item = item or shown(client, queue)
    sent = {"key": item.key, "state": item.digest, "do": do, "next": ""}
    return client.post(address(queue), sent | values, follow=True)


def told(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def titles(client, queue: str) -> list[str]:
    """All that is open, one after another."""
    found, page = [], client.get(address(queue))
    while page.context["item"]:
        found.append(page.context["item"].title)
        if not page.context["next"]:
            break
        page = client.get(address(queue), {"item": page.context["next"]})
    return found


def offered(**fields):
    """A model with 671B parameters on offer."""
    return make_citation(model=make_model(name="Lion", **fields)).model
