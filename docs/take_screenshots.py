"""Takes the pictures of the editors' guide from a running site.

    .venv-browser/bin/python docs/take_screenshots.py

starts the site over a database of its own with one family of the starter collection, lets a team of four work in it
through the real forms, and photographs what they see into docs/images/. Needs Debian's Chromium.
"""

import os
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
WIDTH = 1100


def main() -> None:
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DEBUG": "1",
            "DATABASE_URL": f"sqlite:///{folder}/guide.sqlite3",
            "DJANGO_SETTINGS_MODULE": "config.settings",
            # Playwright runs an event loop in this thread; the database is used between its steps alone.
            "DJANGO_ALLOW_ASYNC_UNSAFE": "1",
        }
        import django

        django.setup()
        team = played()
        with served() as address:
            photograph(address, team)


def played() -> dict:
    """A team with its work: the clients of four people by their role, and what they wrote by name."""
    from django.conf import settings
    from django.core.management import call_command

    from catalog.models import AIModel
    from editorial.models import Proposal
    from glossary.models import Term
    from tests.editorial.desk import begin, form, member, take
    from tests.forms import send
    from tests.starter import family_files

    settings.ALLOWED_HOSTS += ["testserver"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    call_command("migrate", verbosity=0)
    call_command("import_records", *family_files(), reason="Starter collection", verbosity=0)
    names = {"Contributor": "ana", "Editor": "bo", "Reviewer": "cleo", "Administrator": "dana"}
    team = {role: member(role) for role in names}
    for role, client in team.items():
        client.user.username = names[role]
        client.user.save()
    writer, editor, reviewer = team["Contributor"], team["Editor"], team["Reviewer"]
    draft = begin(
        writer, name="Speculative execution", definition="Work that is begun before it is known to be needed."
    )
    take(writer, "submit", draft, reason="Two of our pages use the word")
    back = begin(writer, name="Warm start", definition="Training that goes on from weights which are there.")
    take(writer, "submit", back, reason="Ready")
    take(reviewer, "send_back", back, reason="Say in which paper the word is first used.")
    model = AIModel.objects.get(slug="deepseek-v3")
    send(
        editor,
        form(model),
        summary=f"{model.summary} Its weights are open.",
        tags="fp8, open weights",
        reason="Clearer",
    )
    term = Term.objects.get(slug="mixture-of-experts")
    for summary, reason in (("Moe", "A tip from the newsroom"), ("MoE", "As the papers write it")):
        send(team["Administrator"], form(term), abbreviation=summary, reason=reason)
    return {**team, "draft": draft, "term": term, "proposal": Proposal.objects.get()}


@contextmanager
def served() -> Iterator[str]:
    """The address of the site while it is served."""
    from django.core.handlers.wsgi import WSGIHandler
    from django.core.servers.basehttp import ThreadedWSGIServer
    from django.test.testcases import QuietWSGIRequestHandler

    server = ThreadedWSGIServer(("127.0.0.1", 0), QuietWSGIRequestHandler)
    server.set_app(WSGIHandler())
    with server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def photograph(address: str, team: dict) -> None:
    """Each picture of the guide: its name, whose eyes see it, the page, and the height that is of interest."""
    from django.urls import reverse
    from playwright.sync_api import sync_playwright

    from tests.browser.conftest import CHROMIUM
    from tests.editorial.desk import form

    term = team["term"]
    pictures = [
        ("first-page", "Reviewer", reverse("admin:index"), 660),
        ("steps", "Reviewer", f"{form(team['draft'])}#id_reason", 420),
        ("queue", "Editor", reverse("upkeep", args=["offers"]), 760),
        ("proposal", "Reviewer", f"{reverse('admin:proposal_review')}?ids={team['proposal'].pk}", 760),
        ("preview", "Reviewer", reverse("preview_link", args=["glossary.term", team["draft"].pk]), 520),
        ("history", "Reviewer", reverse("admin:glossary_term_history", args=[term.pk]), 640),
        ("log", "Reviewer", reverse("admin:editorial_change_changelist"), 560),
    ]
    IMAGES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--no-first-run"]
        )
        for name, role, path, height in pictures:
            screen = {"width": WIDTH, "height": height}
            context = browser.new_context(viewport=screen, color_scheme="light", reduced_motion="reduce")
            session = team[role].cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
            page = context.new_page()
            page.goto(address + path)
            page.screenshot(path=IMAGES / f"{name}.png")
            context.close()
            print(f"docs/images/{name}.png")


if __name__ == "__main__":
    main()
