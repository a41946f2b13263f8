"""Looks for violations of accessibility rules with axe-core, all the rules that it runs by default."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.guard import Guard
from tests.browser.pages import go

WIDTHS = (390, 1440)
SCHEMES = ("light", "dark")
UNFOLD = "document.querySelectorAll('details').forEach((details) => details.open = true)"
# axe reads the color of all that lies behind each text anew, which is a fifth of its work; a page has few colors.
REMEMBER_COLORS = """
(() => {
  const { prototype } = axe.commons.color.Color;
  const { parseString } = prototype;
  const known = new Map();
  prototype.parseString = function (text) {
    if (!known.has(text)) {
      const { r, g, b, alpha } = parseString.call(this, text);
      known.set(text, { r, g, b, alpha });
    }
    return Object.assign(this, known.get(text));
  };
})();
"""
AXE = Axe().axe_script + REMEMBER_COLORS
COLOR_RULES = ["color-contrast", "link-in-text-block"]  # of those that axe runs by default
# Not before colors have stopped changing.
RUN = """
async ([context, options]) => {
  await Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => 0)));
  const { passes, violations } = await axe.run(context ?? document, { resultTypes: ["violations"], ...options });
  const nodes = ({ id, nodes }) => nodes.map(({ target, failureSummary }) => (
    { rule: id, at: target[0], why: failureSummary.replace(/\\s+/g, " ") }));
  return [passes.length, violations.flatMap(nodes)];
}
"""


def violations(guard: Guard, page: Page, *, within: str | None = None, colors: bool = False) -> list[dict]:
    """The violations on a page: rule, selector and reason. What axe itself stirs up, the guard overlooks.

    Looks at the whole page or at what is `within` a selector; by all rules, or by those alone that look at `colors`.
    """
    options = {"runOnly": COLOR_RULES} if colors else {}
    with guard.paused():
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE)
        passed, found = page.evaluate(RUN, [within, options])
    # Whatever it looked at, it looked: some rules had something to pass.
    assert passed >= (1 if colors or within else 10)
    return found


class Inspection:
    """The violations on many pages, each in every width and theme.

    A page is opened once, on a phone, and then widened: its styles alone know how wide it is. No script asks, but that
    select2 gives its boxes the width that is there at first.
    """

    def __init__(self, guard: Guard, page: Page, excused: dict[str, str] | None = None):
        self.guard = guard
        self.page = page
        self.excused = excused or {}
        self.used: set[str] = set()
        self.checked = 0
        self.found: list[str] = []
        self.wide: list[tuple[str, int]] = []
        self.resize(WIDTHS[0])

    def resize(self, width: int) -> None:
        self.page.set_viewport_size({"width": width, "height": 900})

    def go(self, address: str, *, unfold: bool = False) -> None:
        go(self.page, address)
        if unfold:
            self.page.evaluate(UNFOLD)
        self.look(address)

    def look(self, name: str, *, within: str | None = None) -> None:
        for width in WIDTHS:
            self.resize(width)
            if self.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                self.wide.append((name, width))
            for scheme in SCHEMES:
                self.page.emulate_media(color_scheme=scheme)
                self.checked += 1
                # In the second theme only the colors are other ones.
                for violation in violations(self.guard, self.page, within=within, colors=scheme != SCHEMES[0]):
                    if not self.is_excused(violation):
                        self.found.append("{}, {}, {}: {rule} at {at}: {why}".format(name, width, scheme, **violation))
        self.resize(WIDTHS[0])

    def is_excused(self, violation: dict) -> bool:
        place = self.excused.get(violation["rule"])
        within = "([at, place]) => document.querySelector(at).closest(place) !== null"
        if not place or not self.page.evaluate(within, [violation["at"], place]):
            return False
        self.used.add(violation["rule"])
        return True
