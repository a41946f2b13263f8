"""Licences by the names that people write, and where each can be read."""

import re

_CREATIVE_COMMONS = re.compile(r"CC[ -](BY(?:-NC)?(?:-SA|-ND)?)[ -](\d\.\d)", re.IGNORECASE)
_OTHERS = {
    "cc0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "cc0 1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "mit": "https://opensource.org/license/mit",
    "apache 2.0": "https://www.apache.org/licenses/LICENSE-2.0",
    "apache-2.0": "https://www.apache.org/licenses/LICENSE-2.0",
}


def licence_url(name: str) -> str:
    """“https://creativecommons.org/licenses/by/4.0/” of “CC BY 4.0”; "" of a name that says too little."""
    if found := _CREATIVE_COMMONS.fullmatch(name):
        return f"https://creativecommons.org/licenses/{found[1].lower()}/{found[2]}/"
    return _OTHERS.get(name.lower(), "")


# Of the text and the data of every entry.
OWN = "CC BY 4.0"
OWN_URL = licence_url(OWN)
