"""The names of authors as papers print them, taken apart."""

import re

from core.references import Name

_PARTICLE = re.compile(
    r"af|al|auf|av|bin|da|dal|das|de|degli|dei|del|della|den|der|des|di|do|dos|du|e|el|het|ibn|la|las|le|los|op|st|te|"
    r"ten|ter|und|van|vande|vanden|vander|vom|von|y|zu|zum|zur|['’][ts]"
)
_SUFFIX = re.compile(r"(?:Jr|Sr)\.?|II|III|IV")
_AFTER_COMMA = re.compile(rf", ({_SUFFIX.pattern})$")
# What only the names of groups have in them: “Qwen Team”, “Meta AI”, “The BigScience Workshop”, “GLM-4.5 Team”.
_GROUP = re.compile(
    r"^The\b|\b(?:AI|the|[Tt]eams?|Groups?|Labs?|Laborator(?:y|ies)|Consortium|Collaboration|Community|Workshop|Projects?|"
    r"Initiative|Institutes?|University|Research|Foundation|Association|Company|Inc|Ltd|LLC|Corporation|Contributors|"
    r"Authors|and|of|for|et al)\b|[\d&:/@(]"
)


def read_name(text: str) -> Name:
    """“Aäron van den Oord” in parts, “A. Joseph Hoane Jr.” too; “DeepSeek-AI” and “Qwen Team” as they are.

    “Hinton, Geoffrey” is read as it is meant. Of surnames in two words without a particle nobody can tell.
    """
    text = _AFTER_COMMA.sub(r" \1", " ".join(text.split()))
    last, _, given = text.partition(", ")
    if " " not in text or "," in last + given or _GROUP.search(text):
        return Name(literal=text)
    return _name(given.split(" "), last.split(" ")) if given else _printed(text.split(" "))


def _printed(words: list[str]) -> Name:
    """A name in the order in which it is spoken."""
    suffix = words.pop() if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else ""
    # The last word is of the surname, whatever it looks like.
    particles = [place for place, word in enumerate(words[:-1]) if _PARTICLE.fullmatch(word)]
    start = particles[0] if particles else len(words) - 1
    return _name(words[:start], words[start:], suffix)


def _name(given: list[str], last: list[str], suffix: str = "") -> Name:
    """`last` may begin with particles."""
    end = next((place for place, word in enumerate(last[:-1]) if not _PARTICLE.fullmatch(word)), len(last) - 1)
    return Name(" ".join(last[end:]), " ".join(given), " ".join(last[:end]), suffix)
