"""What the free text of a score's setting says: “base model; 5-shot CoT” read part by part."""

import re
from functools import lru_cache


def _search(aspect: str, pattern: str, form: str = "") -> tuple[str, re.Pattern, str]:
    return aspect, re.compile(pattern, re.IGNORECASE), form


EDITION = "edition"
# What people write most: the aspect, how it is recognized, and how it is then written, {} being what was captured.
# Looked for in this order, and taken out of the text when found.
_KNOWN = (
    _search(EDITION, r"as a comparison in \w+'s table"),
    _search(EDITION, r"\((?:version )?\d{4}\)|(?-i:(?<!\S)(?=\S*\d)[a-z][a-z0-9.]*(?:-[a-z0-9.]+){2,})"),
    _search(EDITION, r"\b(?:stable|experimental|pre-release) version\b|\bpreview(?! of)\b|\b\d+K edition\b"),
    _search("shots", r"\bfew-shot \((\d+) examples\)|\b(\d+|zero|one|few)-shots?\b", "{}-shot"),
    _search("prompting", r"\b(?:with )?(long )?(?:chains?[- ]of[- ]thought\b|CoT\b(?!@))", "{}chain of thought"),
    _search("prompting", r"\bdirect answers?\b", "direct answer"),
    _search("answers", r"\bpass@(\d+)", "pass@{}"),
    _search(
        "answers",
        r"\bmaj1?@(\d+)|\b(?:majority vote|majority|vote) (?:of|over) (\d+)(?: (?:samples|answers))?",
        "majority of {}",
    ),
    _search("answers", r"\b(?:single|one) attempt\b", "one attempt"),
    _search("average", r"\baverage of (\d+|ten) (?:runs|samples)\b|\bavg@(\d+)", "average of {}"),
    _search("thinking", r"\b(?:without think(?:ing)?|no (?:extended )?thinking|non-thinking)\b", "no thinking"),
    _search(
        "thinking",
        r"\b(\d+K?) tokens of thinking|\b(?:extended )?thinking up to (\d+K?) tokens",
        "{} tokens of thinking",
    ),
    _search("effort", r"\b(\w+) effort\b|\beffort (\w+)|\b(\w+) thinking level\b", "{} effort"),
    _search("thinking", r"\b(?:extended )?thinking(?: mode)?\b|\breasoning on\b|^think\b", "thinking"),
    _search("temperature", r"\btemperature (\d+(?:\.\d+)?)", "temperature {}"),
    _search("top-p", r"\btop-p (\d?\.\d+)", "top-p {}"),
    _search("output limit", r"\b(?:output limited|up) to ([\d,]+K?) tokens", "up to {} tokens"),
    _search("tools", r"\b(?:no|without) tools\b", "no tools"),
    _search("form of the model", r"\bbase (?:model|variant)\b|\bpre-?trained model\b", "base model"),
    _search("form of the model", r"\b(?:(?:instruct(?:ion)?|chat) model|instruction-tuned)\b", "instruction-tuned"),
)
# What then remains are clauses. A word in them tells what they are about.
_CLAUSES = (
    _search("harness", r"\b(?:agent|framework|harness|scaffold\w*|methodology|leaderboard|own run|run by)\b"),
    _search("harness", r"^(?:terminus \d|mini-swe-agent|simple-evals|agentless|openhands)"),
    _search(
        "problems",
        r"\b(?:validation|development|test|testmini|tiers)\b|^(?:val|version|v\d|problems)\b|\d of \d+ tasks",
    ),
)
OTHER = "other conditions"
ASPECTS = (*dict.fromkeys(aspect for aspect, *_ in (*_KNOWN, *_CLAUSES) if aspect != EDITION), OTHER)
_WORDS = {"zero": "0", "one": "1", "ten": "10"}


@lru_cache(maxsize=4096)
def read_setting(text: str) -> dict[str, tuple[str, ...]]:
    """Each of `ASPECTS` that the text states, in their order, with what it states of it, sorted.

    Which edition of the model was run is left out: it says what was measured, not how.
    """
    found: dict[str, set[str]] = {}
    for aspect, pattern, form in _KNOWN:
        while match := pattern.search(text):
            found.setdefault(aspect, set()).add(_write(match, form))
            text = text[: match.start()] + ";" + text[match.end() :]
    for clause in re.split(r"[;,]\s|[;,]$|;", text):
        if clause := " ".join(clause.split()):
            aspect = next((name for name, pattern, _ in _CLAUSES if pattern.search(clause)), OTHER)
            found.setdefault(aspect, set()).add(_harness(clause) if aspect == "harness" else clause)
    return {aspect: tuple(sorted(found[aspect])) for aspect in ASPECTS if aspect in found}


@lru_cache(maxsize=4096)
def setting_text(text: str) -> str:
    """The setting in one way of writing: “5-shot, chain of thought” for “CoT; 5-shot”. "" where none is stated."""
    return ", ".join(part for parts in read_setting(text).values() for part in parts)


def _write(match: re.Match, form: str) -> str:
    captured = next(filter(None, match.groups()), "")
    return form.format(_WORDS.get(captured.lower(), captured.lower() if captured.isalpha() else captured))


def _harness(clause: str) -> str:
    """“Terminus 2” for “Terminus 2 as agent”."""
    return re.sub(r"(?: as)? agent$| framework$|^agent framework ", "", clause)
