"""A strict reader of BibTeX, by the rules of BibTeX itself: a backslash protects no brace, and each sign has a cost."""

import re
from dataclasses import dataclass

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_HEAD = re.compile(r"@(?P<kind>[a-z]+)\{(?P<key>[^\s\"#%'(),={}~\\]+),\s*")
_FIELD = re.compile(r"(?P<name>[a-z]+) = ")
_TOKEN = re.compile(r"\\[&%$#_]|\{\\text[a-z]+\}|.", re.DOTALL)
_COMMANDS = {
    r"{\textbraceleft}": "{",
    r"{\textbraceright}": "}",
    r"{\textasciitilde}": "~",
    r"{\textasciicircum}": "^",
    r"{\textbackslash}": "\\",
    r"{\textless}": "<",
    r"{\textgreater}": ">",
    r"{\textbar}": "|",
}


@dataclass(frozen=True)
class Entry:
    """One entry, its values as they stand between their braces."""

    kind: str
    key: str
    fields: dict[str, str]

    def text(self, name: str) -> str:
        return printed(self.fields[name])

    @property
    def authors(self) -> list[tuple[str, str, str, str]]:
        return [parts_of(name) for name in split(self.fields["author"], " and ")]


def read_bibtex(text: str) -> list[Entry]:
    """All entries of a file; ValueError at the first sign that does not belong there."""
    entries, at = [], 0
    while at < len(text):
        head = _HEAD.match(text, at)
        if not head:
            raise ValueError(f"No entry begins with {text[at : at + 20]!r}.")
        fields, at = {}, head.end()
        while text[at] != "}":
            name = _FIELD.match(text, at)
            if not name or name["name"] in fields:
                raise ValueError(f"No field begins with {text[at : at + 20]!r}.")
            fields[name["name"]], at = _value(text, name.end())
            if not text.startswith(",\n", at):
                raise ValueError(f"No comma follows {name['name']}.")
            at = _blank(text, at + 1)
        at = _blank(text, at + 1)
        entries.append(Entry(head["kind"], head["key"], fields))
    return entries


def printed(value: str) -> str:
    """What LaTeX prints of a value; ValueError at a sign that it would take for a command."""
    letters, depth = [], 0
    for token in _TOKEN.findall(value):
        if token in "{}":
            depth += 1 if token == "{" else -1
        elif token in tuple("&%$#_~^\\<>|"):
            raise ValueError(f"{token} stands there as it is.")
        else:
            letters.append(_COMMANDS.get(token) or token.removeprefix("\\"))
        if depth < 0:
            raise ValueError("A brace too many.")
    return "".join(letters)


def parts_of(name: str) -> tuple[str, str, str, str]:
    """Particles, surname, suffix and given names, as BibTeX takes “von Last, Jr, First” apart."""
    parts = split(name, ", ")
    last, suffix, first = {1: (parts[0], "", ""), 2: (parts[0], "", parts[-1]), 3: tuple(parts)}[len(parts)]
    words = split(last, " ")
    # All words up to the last small one, which is never the last word of all.
    small = [place for place, word in enumerate(words[:-1]) if _is_small(word)]
    end = small[-1] + 1 if small else 0
    return tuple(printed(part) for part in (" ".join(words[:end]), " ".join(words[end:]), suffix, first))


def split(text: str, separator: str) -> list[str]:
    """The parts of a text between separators that stand in no braces."""
    parts, depth, start, at = [], 0, 0, 0
    while at < len(text):
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        if not depth and text.startswith(separator, at):
            parts.append(text[start:at])
            at = start = at + len(separator)
        else:
            at += 1
    return [*parts, text[start:]]


def _is_small(word: str) -> bool:
    """By its first letter; what begins with a brace has none."""
    letter = next((sign for sign in word if sign.isalpha() or sign == "{"), "")
    return letter.islower()


def _value(text: str, at: int) -> tuple[str, int]:
    if text[at] != "{":
        month = text[at : at + 3]
        if month not in MONTHS:
            raise ValueError(f"{month} is no month.")
        return month, at + 3
    depth = 0
    for end in range(at, len(text)):
        depth += {"{": 1, "}": -1}.get(text[end], 0)
        if not depth:
            return text[at + 1 : end], end + 1
    raise ValueError("A value without an end.")


def _blank(text: str, at: int) -> int:
    return at + len(text[at:]) - len(text[at:].lstrip())
