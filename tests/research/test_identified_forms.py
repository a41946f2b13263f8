"""Papers and sources by their identifiers, in the real admin."""

import datetime

import pytest
from django.urls import reverse

from research.models import Paper, Source
from tests import factories as make
from tests.forms import send, typed

pytestmark = pytest.mark.django_db

PAPER, SOURCE = reverse("admin:research_paper_add"), reverse("admin:research_source_add")
ID, DOI = "2412.19437", "10.1038/s41586-021-03819-2"
URL = f"https://arxiv.org/abs/{ID}"
MONTH = (datetime.date(2024, 12, 1), "month")


@pytest.fixture
def browser(client):
    client.force_login(make.make_editor())
    return client


def pasted(browser, address, text, **query):
    return browser.get(address, {"identifier": text, **query})


def filled(page, *names):
    sent = typed(page)
    return {name: sent[name][0] if isinstance(sent.get(name), list) else sent.get(name, "") for name in names}


def add_source(browser, url, **values):
    return browser.post(SOURCE, typed(browser.get(SOURCE)) | {"name": "S", "kind": "news", "url": url, **values})


def errors(response):
    assert response.status_code == 200, "saved, where a refusal was due"
    return response.context["adminform"].form.errors


# Pasted above the form of a new one


def test_pasted_arxiv_id_fills_in_a_paper(browser):
    page = pasted(browser, PAPER, f"https://arxiv.org/pdf/{ID}v2")

    assert filled(page, "arxiv_id", "doi", "published", "published_precision", "name") == {
        "arxiv_id": ID,
        "doi": "",
        "published": "2024-12-01",
        "published_precision": "month",
        "name": "",
    }
    assert f'name="identifier" id="id_identifier" value="https://arxiv.org/pdf/{ID}v2"' in page.text
    assert not Paper.objects.exists()


def test_pasted_arxiv_id_fills_in_a_source(browser):
    page = pasted(browser, SOURCE, f"10.48550/arXiv.{ID}")

    assert filled(page, "url", "publisher", "kind", "published", "published_precision") == {
        "url": URL,
        "publisher": "arXiv",
        "kind": "paper",
        "published": "2024-12-01",
        "published_precision": "month",
    }


def test_pasted_doi_fills_in_what_it_tells_and_no_more(browser):
    paper, source = (pasted(browser, address, f"doi:{DOI}") for address in (PAPER, SOURCE))

    assert filled(paper, "doi", "arxiv_id", "published") == {"doi": DOI, "arxiv_id": "", "published": ""}
    assert filled(source, "url", "publisher", "kind") == {"url": f"https://doi.org/{DOI}", "publisher": "", "kind": ""}


def test_what_was_filled_in_is_saved_with_the_rest(browser):
    address = f"{PAPER}?identifier={ID}"

    response = send(browser, address, name="DeepSeek-V3 Technical Report", category="system")

    paper = Paper.objects.get()
    assert response.status_code == 302
    assert (paper.arxiv_id, paper.published, paper.published_precision) == (ID, *MONTH)


@pytest.mark.parametrize("text", ["banana", "2413.19437", "<script>alert(1)</script>", "a\0b", "x" * 5000])
def test_what_cannot_be_read_has_its_message_beside_it(browser, text):
    page = pasted(browser, PAPER, text)

    error = page.context["pasted"]["error"]
    assert f'<ul class="errorlist" id="id_identifier_error"><li>{error}</li></ul>' in page.text
    assert 'aria-invalid="true" aria-describedby="id_identifier_error"' in page.text
    assert "<script>alert" not in page.text
    assert filled(page, "arxiv_id", "doi", "published") == {"arxiv_id": "", "doi": "", "published": ""}


def test_nothing_pasted_is_no_mistake(browser):
    for text in ("", "  "):
        assert "error" not in pasted(browser, PAPER, text).context["pasted"]


@pytest.mark.parametrize("status", ["draft", "in_review", "published", "archived"])
def test_paper_that_is_there_is_linked_instead(browser, status):
    paper = make.make_paper(name="Known & old", arxiv_id=ID, doi="10.1000/X", status=status)
    make.make_paper(arxiv_id="2412.19438")

    for text in (f"arXiv:{ID}v3", "https://doi.org/10.1000/x"):
        page = pasted(browser, PAPER, text)

        assert page.context["pasted"]["there"] == [paper]
        assert f'“<a href="{reverse("admin:research_paper_change", args=[paper.pk])}">Known &amp; old</a>”' in page.text
        assert filled(page, "arxiv_id", "doi") == {"arxiv_id": "", "doi": ""}


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        (URL, ID),
        (f"https://arxiv.org/pdf/{ID}v1", URL),
        ("https://arxiv.org/abs/math.GT/0309136", "math/0309136"),
        ("https://dx.doi.org/10.1000/X(1)2", "10.1000/x(1)2"),
    ],
)
def test_source_that_is_there_in_any_spelling_is_linked_instead(browser, stored, text):
    source = make.make_source(url=stored, status="draft")
    make.make_source(url=f"https://example.org/?of={ID}")

    assert pasted(browser, SOURCE, text).context["pasted"]["there"] == [source]


def test_what_one_may_not_see_is_not_told(browser):
    make.make_paper(name="Known", arxiv_id=ID)
    writer = make.make_member("", "research.add_paper")
    browser.force_login(writer)

    page = pasted(browser, PAPER, ID)

    assert "Known" not in page.text
    assert filled(page, "arxiv_id") == {"arxiv_id": ID}


def test_popup_stays_one(browser):
    paper = make.make_paper(arxiv_id=ID)

    page = pasted(browser, PAPER, ID, _popup=1, _to_field="id")

    form = page.text.partition('class="paste"')[2].partition("</form>")[0]
    assert '<input type="hidden" name="_popup" value="1">' in form
    assert '<input type="hidden" name="_to_field" value="id">' in form
    assert f'change/" target="_blank">{paper}</a>' in form
    assert "Close this window and choose it." in form
    assert 'type="hidden" name="identifier"' not in form


def test_rest_of_the_address_goes_with_it_and_comes_first(browser):
    page = pasted(browser, PAPER, ID, name="A title", published="2024-12-27", published_precision="day")

    assert '<input type="hidden" name="name" value="A title">' in page.text
    assert filled(page, "name", "published", "published_precision") == {
        "name": "A title",
        "published": "2024-12-27",
        "published_precision": "day",
    }


def test_form_of_what_is_there_asks_for_no_identifier(browser):
    paper = make.make_paper(arxiv_id=ID)

    page = browser.get(reverse("admin:research_paper_change", args=[paper.pk]))

    assert 'class="paste"' not in page.text


# Typed into its field


def test_typed_identifiers_become_canonical_and_fill_what_was_left_empty(browser):
    send(browser, PAPER, name="P", category="system", arxiv_id=f" https://arxiv.org/abs/{ID}v2 ", doi=f"doi:{DOI}.")
    add_source(browser, f"arXiv:{ID}")

    paper, source = Paper.objects.get(), Source.objects.get()
    assert (paper.arxiv_id, paper.doi, paper.published, paper.published_precision) == (ID, DOI, *MONTH)
    assert (source.url, source.publisher, source.kind) == (URL, "arXiv", "news")
    assert (source.published, source.published_precision) == MONTH


def test_what_was_typed_is_not_overwritten(browser):
    dated = {"published": "2025-02-18", "published_precision": "day"}

    send(browser, PAPER, name="P", category="system", arxiv_id=ID, **dated)
    add_source(browser, ID, publisher="DeepSeek", **dated)

    paper, source = Paper.objects.get(), Source.objects.get()
    assert (str(paper.published), paper.published_precision) == ("2025-02-18", "day")
    assert (str(source.published), source.publisher) == ("2025-02-18", "DeepSeek")


@pytest.mark.parametrize("half", [{"published": "2024-12-26"}, {"published_precision": "day"}, {"published": "banana"}])
def test_half_a_date_is_not_completed(browser, half):
    response = send(browser, PAPER, name="P", category="system", arxiv_id=ID, **half)

    assert {*errors(response)} <= {"published", "published_precision"}
    assert not Paper.objects.exists()


@pytest.mark.parametrize(
    ("field", "text", "message"),
    [
        ("arxiv_id", "banana", "This is neither an arXiv id nor a DOI"),
        ("arxiv_id", "2413.19437", "there is no month 13."),
        ("arxiv_id", DOI, "This is a DOI: it belongs in the field “DOI”."),
        ("arxiv_id", f"{ID}\0", "This is neither an arXiv id nor a DOI"),
        ("arxiv_id", "x" * 600, "This is neither an arXiv id nor a DOI"),
        ("doi", f"10.48550/arXiv.{ID}", f"This is the arXiv id {ID}: it belongs in the field “arXiv id”."),
        ("doi", "banana", "This is neither an arXiv id nor a DOI"),
        ("doi", "10.1000/" + "x" * 200, "at most 120 characters"),
    ],
)
def test_what_cannot_be_read_is_told_beside_the_field(browser, field, text, message):
    response = send(browser, PAPER, name="P", category="system", **{field: text})

    assert list(errors(response)) == [field]
    assert message in errors(response)[field][0]
    assert not Paper.objects.exists()


def test_address_of_a_source_that_is_no_identifier_stays(browser):
    add_source(browser, "https://example.org/pdf/2412.19437?a=b#c")
    refused = add_source(browser, "not an address", name="T")

    source = Source.objects.get()
    assert (source.url, source.publisher, source.published) == ("https://example.org/pdf/2412.19437?a=b#c", "", None)
    assert errors(refused)["url"] == ["Enter a valid URL."]


def test_identifier_that_was_there_fills_and_changes_nothing(browser):
    spelt = f"https://arxiv.org/pdf/{ID}"
    source, paper = make.make_source(url=spelt), make.make_paper(arxiv_id=ID)

    for entry in (source, paper):
        send(browser, reverse(f"admin:research_{entry._meta.model_name}_change", args=[entry.pk]), name="New")
        entry.refresh_from_db()

    assert (source.name, source.url, source.publisher, source.published) == ("New", spelt, "", None)
    assert (paper.name, paper.published) == ("New", None)


def test_second_paper_with_an_identifier_is_refused_in_any_spelling(browser):
    make.make_paper(arxiv_id=ID)

    response = send(browser, PAPER, name="P", category="system", arxiv_id=f"arXiv:{ID}v9")

    assert errors(response)["arxiv_id"] == ["Another paper has this arXiv id."]


def test_fields_take_a_whole_address(browser):
    page = browser.get(PAPER).text

    for name in ("arxiv_id", "doi"):
        field = page.partition(f'name="{name}"')[2].partition(">")[0]
        assert 'maxlength="500"' in field
