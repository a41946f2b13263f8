"""Texts in Markdown, looked at before they are saved."""

import re

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from core.models import Entry
from editorial.models import Change
from glossary.models import Term
from tests import factories as make
from tests.editorial.desk import client_of, form, member
from tests.forms import typed
from tests.project.test_pages import first_fault

pytestmark = pytest.mark.django_db

KINDS = [model for model in apps.get_models() if issubclass(model, Entry)]


def address(kind="catalog.aimodel", name="description", number=0):
    return reverse("prose_preview", args=[kind, number, name])


@pytest.fixture
def browser():
    return client_of(make.make_editor())


def preview(browser, text, kind="catalog.aimodel", name="description", number=0):
    return browser.post(address(kind, name, number), {name: text, "name": "Whatever else stands in the form"})


def prose(response):
    """What the page shows of the text."""
    return response.text.partition("data-prose>")[2].partition("</main>")[0]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_form_has_a_button_beside_each_of_them_and_no_other(browser, kind):
    label = kind._meta.label_lower
    entry = getattr(make, f"make_{'model' if kind.__name__ == 'AIModel' else kind._meta.model_name}")()

    for url, number in ((reverse(f"admin:{label.replace('.', '_')}_add"), 0), (form(entry), entry.pk)):
        buttons = re.findall(r'<button type="submit"[^>]* formaction="([^"]*)"', browser.get(url).text)

        assert sorted(buttons) == sorted(address(label, name, number) for name in kind.markdown)


def test_first_button_of_a_form_saves_it(browser):
    for url in (form(make.make_term()), reverse("admin:glossary_term_add"), form(make.make_model())):
        page = browser.get(url).text.partition('_form" novalidate>')[2]

        first = re.search(r'<(?:input|button)[^>]*type="submit"[^>]*>', page)[0]
        assert 'name="_save"' in first


def test_whoever_only_reads_gets_no_button():
    reader = member("", "glossary.view_term")

    assert "formaction" not in reader.get(form(make.make_term())).text


def test_preview_is_what_the_public_page_prints(browser):
    make.make_term(name="Mixture of Experts", abbreviation="MoE", definition="Many experts.")
    make.make_source(name="Report", publisher="DeepSeek")
    text = (
        "It is a **MoE** [@report, Table 6].\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n## More\n\n[R](https://example.org/)"
    )
    model = make.make_model(description=text)
    published = browser.get(model.get_absolute_url()).text

    shown = prose(preview(browser, text))

    html = shown.strip().partition("<section")[0].strip()
    assert html in published
    assert "<strong>" in html
    assert 'popovertarget="term-mixture-of-experts"' in html
    assert 'href="#note-1" role="doc-noteref" title="Report, Table 6">1</a>' in html
    assert 'id="note-1"><a href="/sources/report/">Report</a>. DeepSeek' in shown


def test_term_is_not_explained_in_its_own_article(browser):
    term = make.make_term(name="Attention")

    own = preview(browser, "On attention.", "glossary.term", "article", term.pk)
    # A number is that of an entry of the kind: a model with the same one is not the term.
    others = [
        preview(browser, "On attention.", "glossary.term", "article", 0),
        preview(browser, "On attention.", number=term.pk),
    ]

    assert "term-attention" not in prose(own)
    assert ["term-attention" in prose(response) for response in others] == [True, True]


def test_what_readers_will_not_see_is_told(browser):
    make.make_source(name="Secret & co", slug="secret", status="draft")
    make.make_term(name="Zyxxyz", status="draft")

    response = preview(browser, "One [@secret]. Two [@no-such-source], zyxxyz.")

    assert "<p>One. Two, zyxxyz.</p>" in response.text
    assert "“Secret &amp; co” (secret) is not published: readers get no note until it is." in response.text
    assert "“no-such-source” is the name of no source: readers get no note." in response.text
    assert "/sources/" not in prose(response)
    assert first_fault(response.text) == ""


def test_nothing_in_a_text_is_executed(browser):
    text = (
        "<script>alert(1)</script>\n\n<img src=x onerror=alert(1)>\n\n[a](javascript:alert(1)) [b](data:text/html,x)"
        '\n\n![c](https://example.org/c) [d](https://example.org/ "x\\" onclick=\\"y") [@x,<script>alert(2)</script>]'
    )

    response = preview(browser, text)

    assert re.findall(r"<script(?![^>]* src=)|<img|\son\w+=\"|href=\"(?!https?:|/|#)[^\"]*", prose(response)) == []
    assert "&lt;script&gt;alert(1)" in prose(response)
    assert response["Content-Security-Policy"] == Client().get("/")["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"
    assert first_fault(response.text) == ""


def test_nothing_is_stored(browser):
    term = make.make_term(article="As it was.")

    response = browser.post(
        address("glossary.term", "article", term.pk), typed(browser.get(form(term))) | {"article": "New"}
    )

    assert "<p>New</p>" in response.text
    assert "no-store" in response["Cache-Control"]
    assert Term.objects.get().article == "As it was."
    assert not Change.objects.exists()


def test_empty_text_says_so(browser):
    for text in ("", " \n"):
        assert "There is no text yet." in prose(preview(browser, text))
    assert "There is no text yet." in prose(browser.post(address(), {}))


@pytest.mark.parametrize(
    ("text", "status", "told"),
    [
        ("a\0b", 400, "Null characters are not allowed."),
        ("x" * 100_001, 413, "This text has 100,001 characters; 100,000 are the most that an entry holds."),
        ("x" * 5_000_000, 413, "This text has 5,000,000 characters"),
    ],
    ids=["null", "long", "5 MB"],
)
def test_text_that_no_entry_holds_is_refused_in_words(browser, text, status, told):
    response = preview(browser, text)

    assert response.status_code == status
    assert told in prose(response)
    assert "no-store" in response["Cache-Control"]
    assert len(response.text) < 20_000


def test_longest_text_is_shown(browser):
    assert preview(browser, "x" * 100_000).status_code == 200


@pytest.mark.parametrize(
    "where",
    [
        address("catalog.aimodel", "summary"),
        address("catalog.aimodel", "name"),
        address("catalog.citation", "note"),
        address("auth.user", "password"),
        address("banana", "description"),
        address("no.such", "description"),
        address("catalog.aimodel", "__class__"),
    ],
)
def test_what_has_no_preview_is_not_found(browser, where):
    assert browser.post(where, {"description": "x"}).status_code == 404


def test_numbers_of_no_entry_do_no_harm(browser):
    assert "<p>x</p>" in preview(browser, "x", "glossary.term", "article", 10**30).text


def test_without_the_token_of_the_form_nothing_is_shown():
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(make.make_editor())

    response = browser.post(address(), {"description": "**x**"})

    assert response.status_code == 403
    assert "<strong>" not in response.text
    assert "the form was too old" in response.text


@pytest.mark.parametrize("who", ["nobody", "a reader"])
def test_whoever_is_not_logged_in_is_told_so(who):
    browser = Client()
    if who == "a reader":
        browser.force_login(make.make_editor(is_staff=False))

    response = preview(browser, "**x**")

    assert response.status_code == 403
    assert "You are not logged in, or not any more." in prose(response)
    assert "<strong>" not in response.text


def test_whoever_writes_no_such_entries_may_not():
    writer, other = (member("", permission) for permission in ("catalog.change_aimodel", "glossary.change_term"))

    assert [preview(browser, "**x**").status_code for browser in (writer, other)] == [200, 403]


@pytest.mark.parametrize("method", ["get", "put", "delete", "head"])
def test_address_is_for_what_a_form_sends(browser, method):
    response = getattr(browser, method)(address())

    assert (response.status_code, response["Allow"]) == (405, "POST")
    if method != "head":
        assert "press “Preview” beside the text" in prose(response)


def test_preview_asks_the_database_as_often_for_three_sources_as_for_one(browser, django_assert_num_queries):
    for name in "abc":
        make.make_source(name=name)
        make.make_source(name=f"{name} hidden", status="draft")
        make.make_term(name=f"{name}term")
    preview(browser, "")

    for text in ("aterm [@a] [@a-hidden]", "aterm bterm cterm [@a] [@b] [@c] [@a-hidden] [@b-hidden] [@c-hidden]"):
        # Session, user, what the terms are remembered by, sources that are published, and those that are not.
        with django_assert_num_queries(5):
            response = preview(browser, text)
        assert prose(response).count("is not published") == text.count("hidden")
