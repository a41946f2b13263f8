"""The preview of a draft or a proposal: the real page, and nothing stays of it."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from catalog.models import AIModel
from core.documents import document
from core.models import Status
from core.table_states import states
from editorial.models import Change, Proposal
from editorial.preview import preview_url
from glossary.lexicon import Lexicon
from glossary.models import Term
from research.models import Organization
from tests import factories as make
from tests.editorial.previews import BANNER, KINDS, UNPUBLISHED, each_kind, links, propose
from tests.project.test_drafts import DRAFT, SECRET, plant
from tests.project.test_pages import first_fault

pytestmark = pytest.mark.django_db


@each_kind
def test_draft_of_every_kind_shows_on_its_own_page(factory):
    draft = factory(name="Not out yet", **DRAFT)

    response = Client().get(preview_url(draft))

    until = timezone.now().date() + datetime.timedelta(days=7)
    assert response.status_code == 200
    assert "Not out yet</h1>" in response.text or "Not out yet <span" in response.text
    assert response.text.count(f'<a href="/{draft.get_absolute_url().split("/")[1]}/">') >= 1
    [(what, more)] = BANNER.findall(response.text)
    assert what == "Preview of a draft."
    assert "Not published. This address can be given to others until" in more
    assert f"{until.day} {until:%B %Y}" in more
    assert first_fault(response.text) == ""
    assert Client().get(draft.get_absolute_url()).status_code == 404


@each_kind
def test_proposal_for_every_kind_shows_the_entry_as_it_would_be(factory):
    entry = factory(name="As it is", slug="entry")
    proposal = propose(entry, name="As it would be")

    page = Client().get(preview_url(proposal)).text

    assert "As it would be" in page
    assert "As it is<" not in page
    [(what, more)] = BANNER.findall(page)
    assert what == "Preview of a proposed change to a published entry."
    assert f'<a href="{entry.get_absolute_url()}">The page as it is published</a>' in more
    assert "As it is" in Client().get(entry.get_absolute_url()).text
    assert first_fault(page) == ""


@pytest.mark.parametrize(("what", "state"), UNPUBLISHED.items(), ids=UNPUBLISHED)
def test_banner_says_what_it_is(what, state):
    draft = make.make_model(**state)

    [(said, more)] = BANNER.findall(Client().get(preview_url(draft)).text)

    assert said == f"Preview of {what}."
    assert "<a " not in more


def test_proposed_parts_and_tags_show_and_those_taken_away_do_not():
    model = make.make_model(name="Child", tags=["fp8"])
    parts = [
        make.make_milestone(model=model, text="Announced on stage"),
        make.make_score(model=model, benchmark=make.make_benchmark(name="Hard sums"), value=12.5),
        make.make_derivation(child=model, parent=make.make_model(name="Its parent")),
        make.make_innovation(model=model, term=make.make_term(name="A new trick")),
        make.make_citation(model=model, locator="Table 6"),
    ]
    proposed = document(model)
    for part in parts:
        part.delete()
    model.tags.clear()
    make.make_milestone(model=model, text="Withdrawn in silence")
    Proposal.objects.create(
        kind="catalog.aimodel",
        slug="child",
        title="Child",
        document=proposed,
        original=document(model),
        base="a version",
    )

    page = Client().get(preview_url(Proposal.objects.get())).text

    added = ["Announced on stage", "Hard sums", "12.5%", "Its parent", "A new trick", "Table 6", ">fp8</a>"]
    assert [words for words in added if words not in page] == []
    assert "Withdrawn in silence" not in page
    assert "Withdrawn in silence" in Client().get("/models/child/").text
    assert [words for words in added if words in Client().get("/models/child/").text] == []


def test_proposed_entry_shows_before_there_is_one():
    model = make.make_model(name="Proposed")
    make.make_milestone(model=model, text="A proposed milestone")
    whole = document(model)
    model.delete()
    proposal = Proposal.objects.create(kind="catalog.aimodel", slug="proposed", title="Proposed", document=whole)

    page = Client().get(preview_url(proposal)).text

    assert [what for what, _ in BANNER.findall(page)] == ["Preview of a proposal."]
    assert "Proposed</h1>" in page
    assert "A proposed milestone" in page
    assert Client().get("/models/proposed/").status_code == 404


@pytest.mark.parametrize("row", ["draft", "proposal", "broken"])
def test_preview_is_never_indexed_cached_or_told_to_others(row):
    model = make.make_model(**(DRAFT if row == "draft" else {}))
    url = preview_url(propose(model) if row == "proposal" else model)

    response = Client().get("/preview/x/" if row == "broken" else url, headers={"If-None-Match": "*"})

    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert {"no-store", "private"} <= set(response.headers["Cache-Control"].split(", "))
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert "ETag" not in response.headers
    assert "Last-Modified" not in response.headers
    if row != "broken":
        assert response.status_code == 200
        assert response.text.count('<meta name="robots" content="noindex, nofollow">') == 1
        assert 'rel="canonical"' not in response.text


def test_public_page_says_nothing_of_previews():
    page = Client().get(make.make_model().get_absolute_url()).text

    assert "preview" not in page.casefold()
    assert 'name="robots"' not in page
    assert ".json" in page


@each_kind
def test_preview_links_to_nothing_that_is_not_there(factory):
    draft = factory(**DRAFT)
    published = {kind: make_one() for kind, make_one in KINDS.items()}
    if factory is make.make_benchmark:
        for value in (1, 2):
            make.make_score(benchmark=draft, value=value, measured_on="2024-06-30")
    if factory is make.make_term:
        make.make_innovation(term=draft)
    if factory is make.make_model:
        make.make_derivation(child=draft, parent=published["a model"])
        make.make_score(model=draft, benchmark=published["a benchmark"])
    if factory is make.make_family:
        make.make_model(family=draft)

    page = Client().get(preview_url(draft)).text

    found = links(page)
    assert {link: code for link in found if (code := Client().get(link).status_code) != 200} == {}
    assert len(found) >= 14
    assert not {link for link in found if "/history/" in link or "/report/" in link or ".json" in link}


def test_filters_and_pages_of_a_previewed_leaderboard_stay_in_the_preview():
    draft = make.make_benchmark(**DRAFT)
    make.make_score(benchmark=draft, model=make.make_model(name="First of all"), value=81)
    make.make_score(benchmark=draft, model=make.make_model(name="Second of all"), value=80)
    url = preview_url(draft)

    one = Client().get(url, {"per_page": 1}).text
    other = Client().get(url, {"per_page": 1, "page": 2}).text
    facet = Client().get(url, {"facet": "measured_by"})
    missing = Client().get(url, {"page": 99})

    assert f'action="{url}#leaderboard"' in one
    assert ("First of all</a></th>" in one, "Second of all</a></th>" in one) == (True, False)
    assert ("First of all</a></th>" in other, "Second of all</a></th>" in other) == (False, True)
    assert (facet.status_code, f'action="{url}' in facet.text) == (200, True)
    assert (missing.status_code, missing.headers["X-Robots-Tag"]) == (404, "noindex, nofollow")


def test_other_drafts_stay_out_of_the_preview():
    hidden = plant(**DRAFT)
    previewed = make.make_model(name="Previewed", **DRAFT)
    previewed.organizations.set([entry for entry in hidden if isinstance(entry, Organization)])
    # It says to see also a draft.
    term = Term.objects.published().get()
    urls = [preview_url(row) for row in (previewed, propose(term))]

    pages = [Client().get(url).text for url in urls]

    assert [(page.count(SECRET), len(BANNER.findall(page))) for page in pages] == [(0, 1), (0, 1)]
    for entry in hidden[:-1]:
        type(entry).objects.filter(pk=entry.pk).update(status=Status.PUBLISHED)
    assert all(SECRET in Client().get(url).text for url in urls)


def test_preview_of_a_draft_that_others_point_at_shows_them():
    plant(**DRAFT)

    page = Client().get(preview_url(AIModel.objects.get(name=f"{SECRET} make_model"))).text

    assert "Variant" in page
    assert f"{SECRET} make_organization" not in page


def test_nothing_stays_of_a_preview():
    model = make.make_model(name="Kept", **DRAFT)
    proposal = propose(make.make_term(name="Word"), name="Other word")
    before = (states(), Change.objects.count(), Term.history.count(), document(model), Proposal.objects.values().get())

    answers = [Client().get(preview_url(row)).status_code for row in (model, proposal)]

    after = (states(), Change.objects.count(), Term.history.count(), document(model), Proposal.objects.values().get())
    assert answers == [200, 200]
    assert after == before
    assert Client().get("/search/", {"q": "Other"}).text.count("Nothing was found") == 1


@pytest.mark.django_db(transaction=True)
def test_process_remembers_nothing_of_a_preview():
    make.make_term(name="Attention", slug="attention")
    draft = make.make_term(name="Zyxxyz", definition=SECRET, **DRAFT)
    proposal = propose(Term.objects.get(slug="attention"), name="Zyxxyz", definition=SECRET)
    reader = make.make_term(name="Reader", article="On zyxxyz and attention.")
    glossary = Client().get("/glossary/").text
    token = states()

    for row in (draft, proposal):
        page = Client().get(preview_url(row)).text
        assert SECRET in page
        # What the public pages are made from, just after.
        assert SECRET not in Client().get(reader.get_absolute_url()).text
        assert Client().get("/glossary/").text == glossary
        assert Client().get("/glossary.json").json()["count"] == 2
        assert Lexicon.load().find("Zyxxyz") is None

    assert states() == token


@pytest.mark.django_db(transaction=True)
def test_preview_made_after_the_process_remembered_shows_the_new():
    make.make_term(name="Attention")
    Client().get("/glossary/attention/")
    draft = make.make_term(name="Zyxxyz", article="It needs attention.", **DRAFT)

    assert "/glossary/attention/" in Client().get(preview_url(draft)).text


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_preview_is_only_read(method):
    url = preview_url(make.make_model(**DRAFT))

    assert getattr(Client(), method)(url).status_code == 405


def test_head_of_a_preview_is_that_of_the_page():
    url = preview_url(make.make_model(**DRAFT))

    head = Client().head(url)

    assert (head.status_code, head.content, head.headers["X-Robots-Tag"]) == (200, b"", "noindex, nofollow")
