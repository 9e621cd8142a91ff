"""Markup of an attacker in notes and records: what a real parser finds on the pages, and what a browser runs."""
import json

import feedparser
import html5lib
import pytest
from playwright.sync_api import sync_playwright

from attacks import attacks
from conftest import AS_OF, tidemark, write
from test_hostile_text import ELEMENTS, judge

# What notes may hold besides what every page does.
OURS = ELEMENTS | set("abbr cite code del details dfn ins kbd mark q s samp small sub summary sup u var wbr table thead tbody tfoot tr th td div span".split())
ATTACKS = attacks()
EACH = 6


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Every attack in a note of its own, in a line and in blocks, and in the texts of a run."""
    folder = tmp_path_factory.mktemp("attacks")
    files = {"content/tidemark.yml": "site: {name: S, url: 'https://status.example.com/'}\nenvironments: [{key: e}]\nservices: [{key: s}]\n"
                                     "links: {repository: 'https://git.example.com/a/b', base: 'https://git.example.com/a/b/src/'}\n"}
    runs = []
    for number, attack in enumerate(ATTACKS):
        line = attack.replace("\n", " ")
        body = f"{attack}\n\nin a line {line} of text\n\n- in an item {line}\n\n> {line}\n\n| a |\n|---|\n| {line.replace('|', '')} |\n\n<div>\n{line}\n</div>\n\n### {line}\n\nend {number}\n"
        files[f"content/releases/s/1.0.{number}.md"] = body
        if number % 20 == 0:
            runs.append(json.dumps({
                "id": str(number), "service": "s", "version": f"1.0.{number}", "state": "succeeded", "title": line, "url": line,
                "finishedAt": f"2026-01-{1 + number // 60:02}T10:{number % 60:02}:00Z", "commit": {"sha": "abc", "message": attack, "author": line},
                "actor": line, "deployments": [{"environment": "e", "reason": line, "url": line}]}))
    files["content/runs/a.jsonl"] = "\n".join(runs)
    write(folder, files)
    done = tidemark("build", "--as-of", AS_OF, "--output", folder / "public", cwd=folder)
    assert done.code == 0, done.err
    return folder / "public"


def test_there_are_many():
    assert len(ATTACKS) > 1000 and len(set(ATTACKS)) == len(ATTACKS)


@pytest.mark.parametrize("part", range(EACH))
def test_no_page_holds_forbidden_markup(site, part):
    pages = sorted((site / "releases/s").glob("*.html"))[part::EACH]
    if part == 0:
        pages += [p for p in site.rglob("*.html") if "releases" not in p.parts][:60]
    assert len(pages) >= len(ATTACKS) // EACH
    for page in pages:
        data = page.read_bytes()
        root = html5lib.parse(data, transport_encoding="utf-8", namespaceHTMLElements=False)
        judge(page.name, root, OURS)
        for element in root.iter():
            if isinstance(element.tag, str):
                assert not set(element.attrib) & {"target", "srcset", "background", "action", "xlink:href", "cite", "ping"}, page
        # Nothing is hidden: what follows an attack is there.
        if page.parent.parent.name == "releases":
            assert f"end {page.stem.split('.')[-1]}" in "".join(root.itertext()), page


def test_feeds_hold_no_forbidden_markup(site):
    for name in ("feed.atom", "environments/e/feed.atom"):
        feed = feedparser.parse((site / name).read_bytes(), sanitize_html=False)
        assert not feed.bozo and feed.entries
        for entry in feed.entries:
            judge(name, html5lib.parse(entry.content[0].value, namespaceHTMLElements=False), OURS)


# The script of the site tells the style sheet how old the page is, on its outermost element.
FORBIDDEN = """() => {
  const found = [];
  for (const element of document.querySelectorAll('*')) {
    if (['SCRIPT', 'IFRAME', 'OBJECT', 'EMBED', 'FORM', 'BASE'].includes(element.tagName) && !element.src.endsWith('.js')) found.push(element.outerHTML);
    for (const attribute of element.attributes) {
      if (attribute.name.startsWith('on') || (attribute.name === 'style' && element.tagName !== 'HTML')) found.push(element.outerHTML);
      if (['href', 'src'].includes(attribute.name) && !/^(https?|mailto|file):/.test(new URL(attribute.value, location))) found.push(element.outerHTML);
    }
  }
  for (const element of document.querySelectorAll('main *')) for (const type of ['click', 'mouseover', 'focus', 'toggle', 'pointerenter', 'load', 'error'])
    if (element.tagName !== 'A' || type !== 'click') element.dispatchEvent(new Event(type));
  return found.map(text => text.slice(0, 200));
}"""


def test_nothing_runs_in_a_browser(site):
    """The policy of the pages would stop scripts as well: it is switched off, so that the markup alone is judged."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        context = browser.new_context(bypass_csp=True)
        context.add_init_script("window.ran = []; for (const name of ['alert', 'prompt', 'confirm', 'print', 'open']) window[name] = text => { window.ran.push(name) }")
        tab = context.new_page()
        requests = []
        tab.on("request", lambda request: requests.append(request.url))
        tab.on("dialog", lambda dialog: requests.append("a dialog"))
        pages = sorted((site / "releases/s").glob("*.html"))[::3] + [site / "index.html", site / "environments/e.html", *sorted((site / "runs").rglob("*.html"))[:30]]
        for page in pages:
            tab.goto(page.as_uri())
            assert tab.evaluate(FORBIDDEN) == [], page
            assert tab.evaluate("window.ran") == [], page
        browser.close()
    assert all(url.startswith("file://") for url in requests), [url for url in requests if not url.startswith("file://")][:3]
