"""Real Chromium, and what it says of a page."""
import os
import tempfile
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

CHROMIUM = "/usr/bin/chromium"

# The fonts that pages are measured with, by how wide they are: no other is seen, whatever the machine has (Makefile, TEST_PACKAGES).
FONTS = {"narrow": "RobotoCondensed", "wide": "DejaVuSans"}

# What is scrolled beneath the column that stays is judged by axe as if it were beside it.
BESIDE = ".matrix th, .board th, .board .board-what { position: static !important; }"

# Before any of the page's own: what it asks that its policy forbids, and what moves after it was drawn.
WATCH = """
window.violated = [];
document.addEventListener('securitypolicyviolation', e => violated.push(`${e.violatedDirective} ${e.blockedURI}`));
window.shifted = [];
new PerformanceObserver(list => { for (const e of list.getEntries()) shifted.push(e.value); }).observe({type: 'layout-shift', buffered: true});
"""

# Boxes whose content is wider than they are: those that scroll are fine, those that cut must say the whole as their title.
WIDER = """() => [...document.querySelectorAll('body *')].filter(e => {
  if (e.closest('svg, .unseen, .skip') || !e.clientWidth || e.scrollWidth <= e.clientWidth + 1) return false;
  const style = getComputedStyle(e);
  if (style.display.startsWith('inline') || ['auto', 'scroll'].includes(style.overflowX)) return false;
  return style.overflowX == 'visible' || !e.closest('[title]');
}).map(e => `${e.tagName.toLowerCase()}.${e.className}: ${e.textContent.trim().slice(0, 40)}: ${e.scrollWidth} in ${e.clientWidth}`).slice(0, 4)"""


@contextmanager
def seeing(font):
    """The surroundings of a program that sees one font."""
    with tempfile.TemporaryDirectory() as folder:
        for style in ("", "-Regular", "-Bold"):
            for file in Path("/usr/share/fonts").rglob(f"{FONTS[font]}{style}.ttf"):
                (Path(folder) / file.name).symlink_to(file)
        assert len(os.listdir(folder)) == 2, f"{FONTS[font]} is not installed"
        (Path(folder) / "fonts.conf").write_text(
            f"<!DOCTYPE fontconfig SYSTEM 'fonts.dtd'><fontconfig><dir>{folder}</dir><cachedir>{folder}/cache</cachedir></fontconfig>")
        yield {**os.environ, "FONTCONFIG_FILE": f"{folder}/fonts.conf"}


@contextmanager
def launched(*switches, font="wide"):
    with seeing(font) as surroundings, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", *switches], env=surroundings)
        yield browser
        browser.close()


class Visit:
    """A tab with what went wrong in it: messages of the console, requests, violations of the page's policy, shifts of the layout."""

    def __init__(self, browser, **options):
        self.context = browser.new_context(**options)
        self.tab = self.context.new_page()
        self.faults, self.requests = [], []
        self.context.add_init_script(WATCH)
        self.tab.on("console", lambda message: self.faults.append(message.text))
        self.tab.on("pageerror", lambda error: self.faults.append(str(error)))
        self.tab.on("request", lambda request: self.requests.append(request.url))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.context.close()

    def open(self, address):
        self.faults.clear()
        self.requests.clear()
        return self.tab.goto(address)

    def wrong(self):
        """All that must not be, after the page came to rest."""
        violated, shifted = self.tab.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(() => done([violated, shifted]))))")
        # A machine under load may paint a long page before all of it is there: less than a thousandth is no shift that anybody sees.
        return self.faults + violated + [shift for shift in shifted if shift >= .001]

    def overflow(self):
        """How much too wide the page is with all its parts open, and the boxes that their content leaves."""
        self.tab.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")
        beyond = self.tab.evaluate("document.documentElement.scrollWidth - innerWidth")
        return ([f"{beyond} pixels too wide"] if beyond > 0 else []) + self.tab.evaluate(WIDER)
