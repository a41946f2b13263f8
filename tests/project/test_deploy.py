"""The files of `deploy/` name what is there; `test_cluster.py` runs those of nginx and PostgreSQL."""

import re
import runpy
import shlex
import subprocess
from collections import Counter

import pytest
import yaml
from django.conf import settings
from django.core.management import get_commands
from gunicorn.config import Config
from gunicorn.http.parser import RequestParser

from core.middleware import MAX_QUERY_BYTES

ROOT = settings.BASE_DIR
DEPLOY = ROOT / "deploy"
FILES = {path.name: path.read_text() for path in sorted(DEPLOY.iterdir()) if path.is_file()}
COMPOSE = yaml.safe_load(FILES["compose.yaml"])
SERVICES = COMPOSE["services"]
UNITS = sorted(name for name in FILES if name.endswith(".service"))


def documented() -> list[str]:
    source = (ROOT / "config" / "settings.py").read_text().split('"""')[1]
    return re.findall(r"^([A-Z_]+)(?:=\d)?  ", source, re.MULTILINE)


def test_environment_has_every_setting_and_a_line_on_each():
    lines = re.findall(r"^# .+\n#?([A-Z_]+)=", FILES["environment.example"], re.MULTILINE)
    named = re.findall(r"^#?([A-Z_]+)=", FILES["environment.example"], re.MULTILINE)

    assert lines == named
    assert Counter(named) == Counter([*documented(), "BIND", "WEB_CONCURRENCY"])


def test_environment_as_it_comes_starts_nothing():
    given = dict(re.findall(r"^([A-Z_]+)=(.*)$", FILES["environment.example"], re.MULTILINE))

    assert given == {"SECRET_KEY": "", "ALLOWED_HOSTS": ""}


@pytest.mark.parametrize("name", FILES)
def test_no_file_has_a_password(name):
    secret = r"(?im)^#?[\s-]*(\w*(?:PASSWORD|TOKEN|SECRET\w*))(?:=| *: )(?!\$)[ \"']*([^\s\"']+)"
    # The key that signs nothing while an image is built.
    given = [match for match in re.findall(secret, FILES[name]) if match != ("SECRET_KEY", "build")]
    within = re.findall(r"//\w*:([^@\s/$]+)@", FILES[name].replace("user:password@", ""))

    assert given == within == []


def manage(command: list[str]) -> bool:
    """Whether `python manage.py …` is a command that the site has."""
    return command[1] == "manage.py" and command[2] in get_commands()


def test_container_copies_and_runs_what_is_there():
    text = FILES["Containerfile"]
    copied = [name for line in re.findall(r"^COPY (?!--)(.+) \S+$", text, re.MULTILINE) for name in line.split()]
    run = [shlex.split(line)[-4:] for line in re.findall(r"python manage.py [^\n]+", text)]

    assert [name for name in copied if not (ROOT / name).exists()] == []
    assert copied == ["requirements-server.lock", ".", "deploy/nginx.conf"]
    assert [manage(command) for command in run] == [True]
    assert "BIND=0.0.0.0:8000" in text
    assert 'CMD ["gunicorn", "config.wsgi"]' in text
    assert text.count("--require-hashes") == text.count("pip install") == 1


def test_container_has_the_programs_that_back_up_its_database():
    server = re.fullmatch(r"docker\.io/library/postgres:(\d+)-(\w+)", SERVICES["primary"]["image"])
    site = FILES["Containerfile"].partition(" AS site\n")

    assert site[0].endswith(f"python:3.11-slim-{server[2]}")
    assert re.findall(r"postgresql-client-\d+", site[2]) == [f"postgresql-client-{server[1]}"]


def test_container_names_the_instances_to_nginx():
    upstream = re.findall(r"server (127\.0\.0\.1:800\d) ", FILES["nginx.conf"])
    script = re.search(r'sed -i -E "(.+)" ', FILES["Containerfile"])[1].replace("$HOST", "models.test")
    done = subprocess.run(["sed", "-E", script], input=FILES["nginx.conf"], capture_output=True, text=True, check=True)
    configured, build = done.stdout, SERVICES["nginx"]["build"]

    assert len(upstream) == 3
    assert re.findall(r"^ +server (\S+) max", configured, re.MULTILINE) == ["site1:8000", "site2:8000", "site3:8000"]
    assert "example.org" not in re.sub("#.*", "", configured)
    assert "return 301 https://models.test$request_uri;" in configured
    assert build["target"] == "nginx"
    assert re.findall(r"^FROM \S+ AS (\w+)$", FILES["Containerfile"], re.MULTILINE) == ["build", "nginx", "site"]


def test_what_is_secret_comes_into_no_image():
    ignored = (ROOT / ".dockerignore").read_text().split("\n")

    assert {
        "**/.env",
        "deploy/environment",
        "deploy/certificates",
        "**/*.sqlite3*",
        "**/*.zip",
        "backups",
        ".git",
    } <= set(ignored)
    # Nor what the site does without.
    assert {"tests", "benchmarks", "docs", ".ci"} <= set(ignored)


def pins(name: str) -> dict[str, tuple]:
    """Each package's version and hashes."""
    found = re.findall(r"^([\w.-]+)==(\S+).*\\\n((?: +--hash.*\n)+)", (ROOT / name).read_text(), re.MULTILINE)
    return {package: (version, hashes.split()) for package, version, hashes in found}


def test_servers_packages_are_those_of_the_site_and_the_drivers_that_tests_use():
    server, tested = pins("requirements-server.lock"), pins("requirements-dev.lock")

    assert pins("requirements.lock").items() <= server.items()
    assert server.keys() - pins("requirements.lock").keys() >= {"psycopg", "psycopg-binary", "redis"}
    assert {name: pin for name, pin in server.items() if tested.get(name, pin) != pin} == {}


@pytest.mark.parametrize("name", UNITS)
def test_unit_runs_what_is_there(name):
    unit = dict(re.findall(r"^(\w+)=(.*)$", FILES[name], re.MULTILINE))
    program, *arguments = shlex.split(unit["ExecStart"])

    assert program.startswith(f"{unit['WorkingDirectory']}/.venv/bin/")
    assert (unit["User"], unit["EnvironmentFile"]) == ("descent", "/etc/descent/environment")
    if program.endswith("/python"):
        assert manage([program, *arguments])
    else:
        assert (program.rpartition("/")[2], arguments) == ("gunicorn", ["config.wsgi"])
        assert (ROOT / "gunicorn.conf.py").is_file()


@pytest.mark.parametrize("query", [5_000, 8_000])
def test_query_that_the_site_takes_comes_through_its_server(query):
    server = Config()
    assert server.limit_request_line < query
    for name, value in runpy.run_path(str(ROOT / "gunicorn.conf.py")).items():
        if name in server.settings:
            server.set(name, value)
    address = f"/models/?q={'x' * query}"
    sent = f"GET {address} HTTP/1.1\r\nHost: descent.example\r\n\r\n".encode()

    request = next(RequestParser(server, [sent], ("127.0.0.1", 1)))

    assert (request.uri, query < MAX_QUERY_BYTES) == (address, True)


def test_every_timer_has_its_unit():
    timers = [name.removesuffix(".timer") for name in FILES if name.endswith(".timer")]

    assert timers == ["descent-backup"]
    assert f"{timers[0]}.service" in UNITS


def test_composition_is_whole():
    sites = [name for name in SERVICES if name.startswith("site")]
    images = {name: service["image"] for name, service in SERVICES.items()}

    assert sites == ["site1", "site2", "site3"]
    assert {"nginx", "primary", "replica", "redis", "migrate"} == SERVICES.keys() - set(sites)
    assert images["primary"] == images["replica"]
    assert "postgres:" in images["primary"]
    assert "redis:" in images["redis"]
    assert manage(SERVICES["migrate"]["command"])
    for name in (*sites, "migrate"):
        assert SERVICES[name]["environment"].keys() == {
            "DATABASE_URL",
            "REPLICA_URL",
            "REDIS_URL",
            "CLIENT_ADDRESS_HEADER",
            "BACKUP_DIR",
        }
        assert SERVICES[name]["env_file"] == "environment"
    # Only nginx is reached from outside.
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["nginx"]


def test_composition_gives_each_what_it_needs_and_no_more():
    networks = {name: set(service["networks"]) for name, service in SERVICES.items()}

    assert networks.pop("nginx") == {"outside"}
    assert [networks.pop(name) for name in ("primary", "replica", "redis")] == [{"inside"}] * 3
    assert set(map(frozenset, networks.values())) == {frozenset({"outside", "inside"})}
    assert COMPOSE["networks"] == {"outside": None, "inside": {"internal": True}}
    assert {
        name for name, service in SERVICES.items() if service["security_opt"] != ["no-new-privileges:true"]
    } == set()
    assert SERVICES.keys() - {name for name, service in SERVICES.items() if service.get("read_only")} == {
        "primary",
        "replica",
    }
    # The images of nginx and PostgreSQL begin as root and go on as another.
    assert SERVICES.keys() - {name for name, service in SERVICES.items() if service.get("cap_drop") == ["ALL"]} == {
        *("nginx", "primary", "replica"),
    }
    assert "USER descent" in FILES["Containerfile"]


def test_composition_names_services_and_files_that_are_there():
    needed = {name for service in SERVICES.values() for name in service.get("depends_on", ())}
    addresses = [value for name, value in SERVICES["site1"]["environment"].items() if name.endswith("_URL")]
    mounted = [volume.split(":")[0] for service in SERVICES.values() for volume in service.get("volumes", ())]
    files = {name for name in mounted if name.startswith("./")}

    assert needed <= SERVICES.keys()
    assert [re.search(r"(?:@|redis://)(\w+)", address)[1] for address in addresses] == ["primary", "replica", "redis"]
    assert len(files) == 5
    # Certificates are the operator's own.
    assert [name for name in files - {"./certificates"} if not (DEPLOY / name).is_file()] == []
    assert set(mounted) - files == COMPOSE["volumes"].keys()


def test_composition_asks_for_every_secret():
    assert set(re.findall(r"\$\{([^}]+)\}", FILES["compose.yaml"])) == {
        "HOST:?",
        "POSTGRES_PASSWORD:?",
        "REPLICATOR_PASSWORD:?",
    }


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".sh")])
def test_script_is_one(name):
    assert subprocess.run(["sh", "-n", DEPLOY / name]).returncode == 0


def test_every_file_is_told_of():
    told = (ROOT / "docs" / "deploying.md").read_text()

    assert [name for name in FILES if f"`{name}`" not in told] == []
