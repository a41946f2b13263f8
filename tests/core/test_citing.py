"""What every entry says of how it is cited, credited and used again."""

import datetime
import html
import re

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from core.citing import last_change
from core.models import Status
from editorial.log import change
from tests import factories as make
from tests.bibliography import read_bibtex
from tests.core.test_csl import VALID
from tests.editorial.histories import edit, full_model

pytestmark = [pytest.mark.django_db, pytest.mark.same_everywhere]

MAKERS = (
    make.make_model,
    make.make_family,
    make.make_term,
    make.make_organization,
    make.make_paper,
    make.make_benchmark,
    make.make_source,
    lambda: make.make_tagged_model().tag,
)


def twin(entry, end: str):
    return Client().get(f"{entry.get_absolute_url()[:-1]}.{end}")


def permanent_link(entry) -> str:
    """The one that its page shows; "" where it shows none."""
    found = re.search(
        r'href="([^"]*/history/\?at=[^"]*)" rel="nofollow">Permanent', Client().get(entry.get_absolute_url()).text
    )
    return html.unescape(found[1]) if found else ""


@pytest.fixture(params=MAKERS)
def entry(request):
    return request.param()


def test_every_kind_has_its_twins_and_its_page_leads_there(entry):
    page = Client().get(entry.get_absolute_url()).text
    bib, csl = twin(entry, "bib"), twin(entry, "csl.json")
    *works, own = read_bibtex(bib.text)
    address = entry.get_absolute_url()

    assert bib.headers["Content-Type"] == "application/x-bibtex; charset=utf-8"
    assert csl.headers["Content-Type"] == "application/vnd.citationstyles.csl+json"
    assert [error.message for error in VALID.iter_errors(csl.json())] == []
    assert [item["id"] for item in csl.json()] == [*(work.key for work in works), own.key]
    assert (own.text("title"), own.fields["howpublished"]) == (entry.name, "Descent")
    assert own.fields["url"] == f"http://testserver{address}"
    assert own.fields["urldate"] == f"{timezone.now():%Y-%m-%d}"
    assert own.fields["note"].startswith("CC BY 4.0")
    for end, kind in {"csl.json": "application/vnd.citationstyles.csl+json", "bib": "application/x-bibtex"}.items():
        assert f'<link rel="alternate" type="{kind}" href="{address[:-1]}.{end}"' in page
        assert f'<a href="{address[:-1]}.{end}">' in page
    assert '<a href="https://creativecommons.org/licenses/by/4.0/" rel="license">CC BY 4.0</a>' in page
    assert '<meta name="citation_title"' in page


def test_keys_are_of_one_entry_each_and_as_lasting_as_addresses():
    entries = [make_entry() for make_entry in MAKERS]
    keys = [[work.key for work in read_bibtex(twin(entry, "bib").text)] for entry in entries]

    assert keys == [[work.key for work in read_bibtex(twin(entry, "bib").text)] for entry in entries]
    assert len({key for own in keys for key in own}) == sum(map(len, keys)) == len(MAKERS) + 2


def test_entry_is_dated_by_its_last_change():
    term = make.make_term(updated_at=datetime.datetime(2026, 3, 4, 23, tzinfo=datetime.UTC))

    [bib], [csl] = read_bibtex(twin(term, "bib").text), twin(term, "csl.json").json()

    assert (bib.fields["year"], bib.fields["month"]) == ("2026", "mar")
    assert csl["issued"] == {"date-parts": [[2026, 3, 4]]}


def test_permanent_link_shows_the_version_that_was_cited_whatever_becomes_of_it():
    model, _ = full_model(summary="Words that were read.")
    link = permanent_link(model)
    cited = Client().get(link).text

    edit(model, summary="Other words.")
    with change("A part"):
        model.milestones.get().delete()
    with change("A tag"):
        model.tags.add("moe")
    now = permanent_link(model)

    assert Client().get(link).text == cited
    assert "Words that were read." in cited
    assert "First of its kind" in cited
    assert "moe" not in cited
    assert now != link
    assert "Other words." in Client().get(now).text
    assert "moe" in Client().get(now).text
    assert "First of its kind" not in Client().get(now).text


@pytest.mark.parametrize("write", ["part", "tag", "itself", "removed"])
def test_every_change_makes_a_new_version(write):
    model, _ = full_model()
    before = permanent_link(model)

    with change("Why"):
        match write:
            case "part":
                make.make_link(model=model)
            case "tag":
                model.tags.clear()
            case "itself":
                model.save()
            case "removed":
                model.scores.get().delete()

    assert permanent_link(model) > before != ""


def test_what_others_change_makes_no_new_version():
    model, _ = full_model()
    before = permanent_link(model)

    with change("Another"):
        make.make_milestone(model=make.make_model())
        model.organizations.get().save()

    assert permanent_link(model) == before != ""


def test_twins_name_the_version_of_the_page():
    model, _ = full_model()
    link = permanent_link(model)

    [bib], [csl] = read_bibtex(twin(model, "bib").text), twin(model, "csl.json").json()

    assert bib.text("note") == csl["note"] == f"CC BY 4.0. Permanent link: {link}"
    assert bib.text("version") == csl["version"] == link.partition("=")[2]


def test_entry_that_waited_for_its_day_has_a_version_since_then():
    then = timezone.now() + datetime.timedelta(milliseconds=50)
    model = make.make_model(summary="Waited.", publish_at=then)
    while timezone.now() < then:
        pass

    assert last_change(model) == then
    assert "Waited." in Client().get(permanent_link(model)).text


@pytest.mark.parametrize("unrecorded", ["itself", "part", "tag"])
def test_entry_of_which_something_is_not_recorded_promises_no_version(unrecorded):
    model, _ = full_model()
    row = {"itself": model, "part": model.milestones.get(), "tag": model.tagged.get()}[unrecorded]
    row.history.all().delete()

    page = Client().get(model.get_absolute_url()).text

    assert last_change(model) is None
    assert permanent_link(model) == ""
    assert "Its versions are not on record" in page
    assert "Permanent" not in twin(model, "bib").text


def test_loaded_entry_has_a_version_once_it_is_changed(tmp_path):
    term = make.make_term(name="Loaded")
    call_command("dumpdata", "glossary.term", output=tmp_path / "term.json")
    term.delete()
    call_command("loaddata", tmp_path / "term.json", verbosity=0)
    term = type(term).objects.get(name="Loaded")
    loaded = permanent_link(term)

    edit(term, definition="Now it is known.")

    assert loaded == ""
    assert "Now it is known." in Client().get(permanent_link(term)).text


def test_credits_name_what_is_cited_by_its_licence():
    model = make.make_model(parameters_total=671 * 10**9)
    for fields in (
        {"name": "Data on AI Models", "publisher": "Epoch AI", "licence": "CC BY 4.0"},
        {"name": "Terms of its own", "licence": "Ask us"},
        {"name": "LLM Stats", "publisher": "LLM Stats", "licence": "CC BY 4.0"},
        {"name": "Without a licence"},
    ):
        make.make_citation(model=model, source=make.make_source(**fields))
    make.make_source(name="Cited elsewhere", licence="CC BY 4.0")

    page = Client().get(model.get_absolute_url()).text
    [credited] = re.findall(r'<ul class="credits">(.*?)</ul>', page, re.DOTALL)

    assert re.findall(r"<li>(.*?)</li>", credited) == [
        '<a href="https://creativecommons.org/licenses/by/4.0/" rel="external">CC BY 4.0</a>: '
        '<a href="#note-1">Data on AI Models</a> by Epoch AI; <a href="#note-3">LLM Stats</a>',
        'Ask us: <a href="#note-2">Terms of its own</a>',
    ]
    assert page.count('id="note-') == 4


def test_page_of_a_source_credits_the_source_and_one_without_a_licence_credits_nobody():
    licensed, other = make.make_source(licence="MIT"), make.make_source()

    assert Client().get(licensed.get_absolute_url()).text.count('<ul class="credits">') == 1
    assert '<ul class="credits">' not in Client().get(other.get_absolute_url()).text


def test_page_prints_the_citation():
    paper = make.make_paper(
        name="WaveNet", authors="Aäron van den Oord\nHeiga Zen\nA. J. Hoane Jr.", arxiv_id="1609.03499"
    )

    page = Client().get(paper.get_absolute_url()).text
    work, own = (
        " ".join(re.sub(r"<[^>]+>", "", c).split())
        for c in re.findall(r'<p class="citation">(.*?)</p>', page, re.DOTALL)
    )

    assert work == (
        "Aäron van den Oord, Heiga Zen and A. J. Hoane Jr. “WaveNet”. arXiv:1609.03499. "
        "https://arxiv.org/abs/1609.03499."
    )
    today = timezone.now()
    day = f"{today.day} {today:%B %Y}"
    assert own == (
        f"“WaveNet”. Descent, an open encyclopedia of AI models. {day}. "
        f"{permanent_link(paper)} (read on {day}). CC BY 4.0."
    )


def test_many_authors_are_cut_short_in_print_alone():
    paper = make.make_paper(authors="\n".join(f"Ada {letter}borg" for letter in "ABCDEFGHI"))

    page = Client().get(paper.get_absolute_url()).text

    assert "Ada Aborg, Ada Bborg, Ada Cborg and others. “" in page
    assert page.count('<meta name="citation_author"') == 9
    assert len(twin(paper, "csl.json").json()[0]["author"]) == 9


def test_twins_bear_bad_input():
    term = make.make_term()
    draft = make.make_term(status=Status.DRAFT)

    for end in ("bib", "csl.json"):
        assert twin(draft, end).status_code == 404
        assert Client().get(f"/glossary/no-such-term.{end}").status_code == 404
        assert Client().get(f"{term.get_absolute_url()[:-1]}.{end}?as_of=banana").status_code == 400
        assert Client().get(f"{term.get_absolute_url()[:-1]}.{end}?as_of=%00&as_of=2024").status_code == 200
        assert Client().post(f"{term.get_absolute_url()[:-1]}.{end}").status_code == 405


def test_facet_of_a_benchmark_is_no_entry_to_cite():
    score = make.make_score(setting="5-shot")

    page = Client().get(score.benchmark.get_absolute_url(), {"facet": "setting"})

    assert page.status_code == 200
    assert "citation_title" not in page.text
