"""What an operator meets, in processes of their own: production refuses, checks, migrates, serves."""

import gzip
import json
import re
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from config import env

SERVE = """
import json, sys
from config.wsgi import application
from django.test import Client

for questions in sys.stdin:
    answers = []
    for path, headers, secure in json.loads(questions):
        answer = Client().get(path, headers={"host": "example.org", **headers}, secure=secure)
        body = answer.getvalue()
        cookies = {"Set-Cookie": answer.cookies.output(header="").strip()} if answer.cookies else {}
        answers.append([answer.status_code, {**answer.headers, **cookies}, body.decode("latin-1")])
    print(json.dumps(answers), flush=True)
"""


def run(*arguments, text="", **variables):
    """Python with these arguments in a clean environment: no variable but those given."""
    return subprocess.run(
        [sys.executable, *arguments], cwd=settings.BASE_DIR, env=variables, input=text, capture_output=True, text=True
    )


@pytest.fixture(scope="module")
def operator(tmp_path_factory):
    """The variables of a production site with nothing in it yet."""
    folder = tmp_path_factory.mktemp("production")
    return {
        "SECRET_KEY": "q8" * 4 + "".join(map(chr, range(48, 123))),
        "ALLOWED_HOSTS": "example.org",
        "DATABASE_URL": f"sqlite:///{folder / 'site.sqlite3'}",
        "STATIC_ROOT": str(folder / "static"),
    }


@pytest.fixture(scope="module")
def first_run(operator):
    return run("manage.py", "prepare_site", **operator)


@pytest.fixture(scope="module")
def serve(operator, first_run):
    """A function that asks the site, served as in production: `(path, headers, secure)` each."""
    collected = run("manage.py", "collectstatic", "--no-input", **operator)
    assert collected.returncode == 0, collected.stderr

    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen([sys.executable, "-c", SERVE], cwd=settings.BASE_DIR, env=operator, **pipes) as site:

        def ask(*questions):
            print(json.dumps(questions), file=site.stdin, flush=True)
            return json.loads(site.stdout.readline())

        yield ask


@pytest.mark.parametrize("arguments", [["manage.py", "check"], ["-c", "import config.wsgi"]])
def test_site_refuses_to_start_without_a_secret_key(arguments):
    refused = run(*arguments, ALLOWED_HOSTS="example.org")

    assert refused.returncode == 1
    assert refused.stderr.splitlines()[-1] == (
        "django.core.exceptions.ImproperlyConfigured: "
        "Set SECRET_KEY to a long random text, or DEBUG=1 for development on your own machine."
    )


def test_deploy_check_finds_nothing(operator):
    checked = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **operator)

    assert (checked.returncode, checked.stdout) == (0, "System check identified no issues (0 silenced).\n")


@pytest.mark.django_db
def test_no_migration_is_missing(capsys):
    call_command("makemigrations", check=True, dry_run=True)

    assert capsys.readouterr().out == "No changes detected\n"


def test_first_run_migrates_from_zero_and_shows_one_password(first_run, operator):
    assert (first_run.returncode, first_run.stderr) == (0, "")
    assert len(re.findall(r"with the password (\S{16,})\n", first_run.stdout)) == 1
    loaded = re.match(r"Loaded the starter collection: (\d+) entries from (\d+) files\.\n", first_run.stdout)
    entries, files = map(int, loaded.groups())
    assert files == len(list(settings.BASE_DIR.glob("fixtures/*/*.json"))) > 100
    assert entries > 100

    second = run("manage.py", "prepare_site", **operator)

    assert (second.returncode, second.stderr) == (0, "")
    assert second.stdout == "Edit at /admin/. A lost password: python manage.py changepassword NAME\n"
    accounts = run("manage.py", "dumpdata", "auth.user", **operator)
    assert [user["fields"]["username"] for user in json.loads(accounts.stdout)] == ["editor"]


def test_no_file_has_a_password_in_it():
    checked = [
        path
        for pattern in ("*.py", "*/*.py", "*/management/**/*.py", "fixtures/*/*", "*.md", ".ci/*")
        for path in settings.BASE_DIR.glob(pattern)
        if path.is_file()
    ]
    given = re.compile(r"""(?:create_user|create_superuser)\(.*password=["']|DJANGO_SUPERUSER_PASSWORD|auth\.user""")

    assert len(checked) > 100
    assert [path for path in checked if path.parts[-2] != "tests" and given.search(path.read_text())] == []


def test_static_files_are_hashed_compressed_and_cached_for_ever(serve):
    page = serve(["/", {}, True])[0]
    address = re.search(r'<link rel="stylesheet" href="([^"]+)"', page[2])[1]

    plain, packed = serve([address, {}, True], [address, {"accept-encoding": "gzip"}, True])

    assert re.fullmatch(r"/static/css/\w+\.[0-9a-f]{12}\.css", address)
    assert (plain[0], packed[0]) == (200, 200)
    assert plain[1]["Cache-Control"] == packed[1]["Cache-Control"] == "max-age=315360000, public, immutable"
    assert plain[1]["Content-Type"] == 'text/css; charset="utf-8"'
    assert "Content-Encoding" not in plain[1]
    assert packed[1]["Content-Encoding"] == "gzip"
    assert packed[1]["Vary"] == "Accept-Encoding"
    assert packed[2].encode("latin-1")[:2] == b"\x1f\x8b"
    assert len(packed[2]) < len(plain[2])


@pytest.mark.parametrize("address", ["/models/", "/models.csv", "/timeline.svg"])
def test_pages_and_twins_are_compressed(serve, address):
    plain, packed = serve([address, {}, True], [address, {"accept-encoding": "gzip, br"}, True])

    assert "Content-Encoding" not in plain[1]
    assert packed[1]["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed[1]["Vary"]
    body = packed[2].encode("latin-1")
    assert gzip.decompress(body) == plain[2].encode("latin-1")
    assert 3 * len(body) < len(plain[2])


def test_every_static_file_of_a_page_is_there(serve):
    page = serve(["/models/deepseek-v3/", {}, True])[0]
    addresses = sorted(set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page[2])))

    answers = serve(*([address, {}, True] for address in addresses))

    assert len(addresses) >= 4
    assert {answer[0] for answer in answers} == {200}
    assert all(re.search(r"\.[0-9a-f]{12}\.\w+$", address) for address in addresses)


def test_pages_are_served_safely(serve):
    page, plain, elsewhere = serve(
        ["/models/deepseek-v3/", {}, True], ["/models/", {}, False], ["/", {"host": "evil.example"}, True]
    )

    assert page[0] == 200
    assert "<h1>DeepSeek V3</h1>" in page[2]
    policy = page[1]["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy
    assert page[1]["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    assert page[1]["X-Frame-Options"] == "DENY"
    assert page[1]["X-Content-Type-Options"] == "nosniff"
    assert (plain[0], plain[1]["Location"]) == (301, "https://example.org/models/")
    assert elsewhere[0] == 400


def test_cookies_stay_with_this_host_and_https(serve):
    page, reset = serve(["/admin/login/", {}, True], ["/admin/password_reset/", {}, True])

    for answer in (page, reset):
        cookie = answer[1]["Set-Cookie"]
        assert cookie.startswith("__Host-csrftoken=")
        assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= {part.strip() for part in cookie.split(";")}
        assert "Domain" not in cookie
    assert page[1]["Content-Security-Policy"].count("upgrade-insecure-requests") == 1


def test_behind_a_proxy_https_is_believed_and_secure_ssl_can_be_switched_off(serve, operator):
    proxied = serve(["/glossary/", {"x-forwarded-proto": "https"}, False])[0]
    bare = run("-c", SERVE, text='[["/glossary/", {}, false]]', **operator, SECURE_SSL="0")

    assert proxied[0] == 200
    assert json.loads(bare.stdout)[0][0] == 200


@pytest.mark.parametrize(
    ("text", "value"), [("1", True), (" Yes ", True), ("on", True), ("0", False), ("", False), ("false", False)]
)
def test_flag_reads_yes_and_no(monkeypatch, text, value):
    monkeypatch.setenv("DESCENT_TEST", text)

    assert env.flag("DESCENT_TEST") is value


@pytest.mark.parametrize("given", ["x", "-1", "1.5", "१"])
def test_what_is_no_number_is_told_by_its_name(monkeypatch, given):
    monkeypatch.setenv("EMAIL_PORT", given)

    with pytest.raises(ImproperlyConfigured, match=f"^EMAIL_PORT is no whole number: {given}.$"):
        env.number("EMAIL_PORT", 25)


@pytest.mark.parametrize("given", ["", " ", "587", " 587 "])
def test_number_is_read_or_its_default(monkeypatch, given):
    monkeypatch.setenv("EMAIL_PORT", given)

    assert env.number("EMAIL_PORT", 25) == int(given.strip() or 25)


@pytest.mark.parametrize("given", ["s3cret", "mysql://u:s3cret@host/x", "postgres://u:s3cret@[bad/x", "sqlite//s3cret"])
def test_what_is_no_database_of_ours_is_told_without_its_password(monkeypatch, given):
    monkeypatch.setenv("DATABASE_URL", given)

    with pytest.raises(ImproperlyConfigured) as refused:
        env.database("DATABASE_URL")

    assert str(refused.value) == "DATABASE_URL is neither postgres://user:password@host/name nor sqlite:///file."


def test_names_are_split_at_commas(monkeypatch):
    monkeypatch.setenv("DESCENT_TEST", " a.example, ,b.example,")

    assert env.names("DESCENT_TEST") == ["a.example", "b.example"]
    assert env.names("DESCENT_UNSET") == []
    assert env.text("DESCENT_UNSET", "default") == "default"


def test_settings_document_every_variable_they_read():
    source = (settings.BASE_DIR / "config" / "settings.py").read_text()
    read = set(re.findall(r'env\.\w+\("(\w+)"', source))

    assert len(read) >= 6
    assert set(re.findall(r"^([A-Z_]+)(?:=\d)?  ", source.split('"""')[1], re.MULTILINE)) == read
