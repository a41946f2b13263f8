"""Those who read the site and those who write in it, each as a browser would, and what they found."""

import random
import re
import time
from dataclasses import dataclass, field

from benchmarks.production.servers import Answer, Server
from tests.forms import FormReader

# Seconds that a reader and an editor think between two steps, on average.
READS, THINKS = 2.0, 3.0
TOKEN = "a" * 32
# Of an edit: whose it is, and the how manieth of theirs.
MARK = re.compile(r"Edit by (\w+), number (\d+)\.")
# The app of each kind that is edited, and the field in which edits are numbered.
KINDS = {"term": ("glossary", "definition"), "aimodel": ("catalog", "summary")}


@dataclass(frozen=True)
class Entry:
    kind: str
    key: int
    address: str

    @property
    def form(self) -> str:
        return f"/admin/{KINDS[self.kind][0]}/{self.kind}/{self.key}/change/"

    @property
    def field(self) -> str:
        return KINDS[self.kind][1]


@dataclass
class Log:
    """What happened. All threads write here, each time by one statement."""

    waits: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    conflicts: list[Entry] = field(default_factory=list)
    # Edits that were acknowledged, by entry and text.
    saved: list[tuple[str, int, str]] = field(default_factory=list)
    # The number of the last of them on an entry where one editor writes alone.
    last: dict[Entry, int] = field(default_factory=dict)

    def ask(self, server: Server, address: str, form: dict | None = None, **headers: str) -> Answer | None:
        """The answer; None, and an error, where there is none or one that tells of an error."""
        try:
            answer = server.ask(address, form, **headers)
        except OSError as error:
            self.errors.append(f"{address}: {error!r}")
            return None
        self.waits.append(1000 * answer.seconds)
        if answer.status not in (200, 302, 304):
            self.errors.append(f"{address}: {answer.status}")
            return None
        return answer


@dataclass
class Editor:
    """Somebody with a session in a browser."""

    name: str
    session: str
    server: Server
    log: Log
    count: int = 0

    def edit(self, entry: Entry) -> int | None:
        """Opens the form, writes the next number and saves, looking at what others saved meanwhile.

        The number; None, and an error, where it was not saved.
        """
        self.count += 1
        text, cookie = f"Edit by {self.name}, number {self.count}.", f"sessionid={self.session}; csrftoken={TOKEN}"
        opened = self.log.ask(self.server, entry.form, Cookie=cookie)
        if opened is None or opened.status != 200:
            self.log.errors.append(f"{entry.form} does not open")
            return None
        form = _typed(opened.text) | {entry.field: text, "csrfmiddlewaretoken": TOKEN}
        while answer := self.log.ask(self.server, entry.form, form, Cookie=cookie):
            if answer.status == 302:
                self.log.saved.append((entry.kind, entry.key, text))
                return self.count
            seen = re.search(r'name="seen" value="([^"]+)"', answer.text)
            if not seen or seen[1] == form.get("seen"):
                said = re.findall(r'class="errornote">\s*(.+?)\s*<', answer.text)
                self.log.errors.append(f"{entry.form} is refused: {said}")
                return None
            self.log.conflicts.append(entry)
            form["seen"] = seen[1]
        return None

    def work(self, own: list[Entry], shared: list[Entry], until: float) -> None:
        """In turns where nobody else writes, and the page shows it at once, and where others write too."""
        chance, eyes = random.Random(self.name), Reader(self.server, self.log)
        while time.monotonic() < until:
            entry = chance.choice(own)
            if number := self.edit(entry):
                self.log.last[entry] = number
                eyes.look(entry.address, entry)
            self.edit(chance.choice(shared))
            time.sleep(chance.expovariate(1 / THINKS))


def _typed(page: str) -> dict:
    reader = FormReader()
    reader.feed(page)
    return reader.sent


@dataclass
class Reader:
    """Somebody whose browser keeps pages, and asks whether they still hold."""

    server: Server
    log: Log
    # The ETag of each page that is kept, and the number of the edit that it shows.
    kept: dict[str, tuple[str, int]] = field(default_factory=dict)

    def look(self, address: str, entry: Entry | None = None) -> None:
        """Asks for a page, which must be whole and, where one editor alone writes in `entry`, show what was saved."""
        wanted = self.log.last.get(entry, 0)
        tag, shown = self.kept.get(address, ("", 0))
        answer = self.log.ask(self.server, address, **({"If_None_Match": tag} if tag else {}))
        if answer is None:
            return
        if answer.status == 200:
            page = answer.text
            if answer.headers.get_content_type() == "text/html" and not page.rstrip().endswith("</html>"):
                self.log.errors.append(f"{address} is not whole")
            mark = MARK.search(page)
            shown = int(mark[2]) if mark else 0
            self.kept[address] = answer.headers["ETag"] or "", shown
        if shown < wanted:
            self.log.stale.append(f"{address}: {answer.status} shows edit {shown}, though {wanted} was saved")

    def read(self, pages: list[str], edited: list[Entry], until: float, chance: random.Random) -> None:
        """One page after the other; every other one is one that is edited."""
        while time.monotonic() < until:
            if chance.random() < 0.5:
                entry = chance.choice(edited)
                self.look(entry.address, entry)
            else:
                self.look(chance.choice(pages))
            time.sleep(chance.expovariate(1 / READS))
