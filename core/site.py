"""What the site is called, what it is, and how the address of one is written."""

import tomllib
from pathlib import Path
from urllib.parse import urlsplit

NAME = "Descent"
ABOUT = "An open encyclopedia of AI models, every figure with its source."


def site_address(text: str) -> str:
    """“https://example.org” of what is typed, without a slash at the end. ValueError where it is no such address."""
    problem = f"“{text}” is no address of a site: write https://example.org."
    try:
        parts = urlsplit(text.rstrip("/"))
        parts.port  # noqa: B018 (read to be checked)
    except ValueError:
        raise ValueError(problem) from None
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query or parts.fragment:
        raise ValueError(problem)
    return parts.geturl()


def version() -> str:
    """“0.1.0”: which release of the code this is."""
    project = Path(__file__).resolve().parent.parent / "pyproject.toml"
    return tomllib.loads(project.read_text())["project"]["version"]
