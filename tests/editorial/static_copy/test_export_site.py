import json

import pytest
from django.core.management import CommandError, call_command
from django.http import Http404
from django.urls import path

from editorial.static_copy.addresses import Unknown, addresses
from editorial.static_copy.rendering import Batch
from tests.factories import make_term

pytestmark = [pytest.mark.django_db, pytest.mark.same_everywhere]


def export(folder, **options):
    options = {"address": "https://copy.example", "jobs": 1, "verbosity": 0, **options}
    call_command("export_site", folder, **options)


@pytest.fixture
def asked(monkeypatch):
    """The addresses that are copied, for a test to choose."""
    chosen = ["/glossary/"]
    monkeypatch.setattr("editorial.management.commands.export_site.batches", lambda ask: [Batch(chosen)])
    return chosen


def test_copy_is_marked_with_its_address(asked, tmp_path, capsys):
    export(tmp_path / "copy", live="https://live.example/", verbosity=1)

    mark = json.loads((tmp_path / "copy" / "static-copy.json").read_text())
    assert (mark["address"], mark["live"]) == ("https://copy.example", "https://live.example")
    assert capsys.readouterr().out == f"{tmp_path / 'copy'}: 1 files of 1 addresses.\n"


def test_all_that_fail_are_told_and_the_earlier_copy_stays(asked, tmp_path, monkeypatch):
    make_term(name="Known", slug="known")
    folder = tmp_path / "copy"
    export(folder)
    monkeypatch.setattr("glossary.views.TermDetail.get_context_data", fail)
    asked += ["/glossary/known/", "/glossary/known/?start"]

    with pytest.raises(CommandError) as told:
        export(folder)

    assert str(told.value).splitlines() == [
        "/glossary/known/: ZeroDivisionError: by hand",
        "/glossary/known/?start: ZeroDivisionError: by hand",
        "Nothing was written: 2 of 3 failed.",
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy"]
    assert not (folder / "site" / "glossary" / "known").exists()


def fail(*args, **kwargs):
    raise ZeroDivisionError("by hand")


def test_what_is_gone_meanwhile_is_no_failure(asked, tmp_path):
    asked.append("/glossary/gone/")

    export(tmp_path / "copy")

    assert not (tmp_path / "copy" / "site" / "glossary" / "gone").exists()


@pytest.mark.parametrize(
    "address",
    ["example.org", "ftp://example.org", "https://example.org/sub/", "https://a:b", "https://", "http://[::1", "\0"],
)
@pytest.mark.parametrize("name", ["address", "live"])
def test_what_is_no_address_of_a_site_is_refused(tmp_path, name, address):
    with pytest.raises(CommandError, match="is no address of a site"):
        export(tmp_path / "copy", **{name: address})

    assert list(tmp_path.iterdir()) == []


def view(request, number):
    raise Http404


urlpatterns = [path("numbers/<int:number>.json", view, name="numbers")]


def test_public_address_with_a_parameter_that_nobody_knows_is_not_passed_over(settings):
    settings.ROOT_URLCONF = __name__

    with pytest.raises(Unknown, match=r"/numbers/<int:number>\.json"):
        list(addresses(lambda address: ""))
