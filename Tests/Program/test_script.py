"""What the optional script adds, in real Chromium: filters, sorting, ages, copying, search, keys, and the word that a page is stale."""
import re
from datetime import datetime, timezone
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from axe_playwright_python.sync_playwright import Axe

from browser import Visit, launched
from conftest import AS_OF, tree

BUILT = datetime(2026, 3, 31, 9, 45, tzinfo=timezone.utc)
STALE = datetime(2026, 4, 1, 9, 41, tzinfo=timezone.utc)
SHOWN = "query => [...document.querySelectorAll(query)].filter(e => e.checkVisibility()).length"


@pytest.fixture(scope="module")
def browser():
    with launched() as browser:
        yield browser


@pytest.fixture
def open_page(browser, example):
    """Opens a page of the example from disk at a time; what goes wrong in it fails the test."""
    visits = []

    def opened(name, time=BUILT, address=None, query="", **options):
        visit = Visit(browser, viewport={"width": 1280, "height": 800}, **options)
        visits.append(visit)
        visit.tab.clock.install(time=time)
        visit.open((address or example.as_uri()) + "/" + name + query)
        return visit.tab

    yield opened
    for visit in visits:
        assert visit.faults == []
        visit.context.close()


def rows(tab, query=".matrix tbody tr"):
    return [row.inner_text().split()[0] for row in tab.locator(query).all() if row.is_visible()]


def column(tab, number, query):
    return [cell.inner_text() for cell in tab.locator(f"{query} tbody tr > :nth-child({number})").all()]


def test_rows_are_filtered_by_words_in_every_list_of_the_page(open_page):
    tab = open_page("index.html")
    assert rows(tab) == ["checkout", "web", "search", "mailer"]
    tab.fill(".tools input", "MAIL")
    assert rows(tab) == ["mailer"]
    assert tab.inner_text(".tools output") == "1 / 4"
    assert tab.evaluate(SHOWN, ".waiting tbody tr") == 1 and tab.evaluate(SHOWN, ".tide-service") == 1
    assert 0 < tab.evaluate(SHOWN, ".events > li") < tab.locator(".events > li").count()
    tab.fill(".tools input", "no such thing")
    assert rows(tab) == [] and tab.inner_text(".tools output") == "0 / 4"
    tab.click(".tools button")
    assert len(rows(tab)) == 4 and tab.input_value(".tools input") == "" and not tab.locator(".tools button").is_visible()


def test_rows_are_filtered_by_state_and_person(open_page):
    tab = open_page("index.html")
    chosen = lambda **fields: [tab.select_option(f".tools [name={name}]", value) for name, value in fields.items()] and rows(tab)
    assert chosen(state="failed") == ["checkout"]
    assert chosen(state="unknown") == ["mailer"]
    assert chosen(state="person") == ["checkout", "mailer"]
    assert chosen(state="behind") == ["checkout", "search", "mailer"]
    assert chosen(state="", person="Ines Rocha") == ["checkout", "search"]
    assert chosen(state="person", person="Noor Haddad") == []
    assert tab.evaluate(SHOWN, ".tide-service") == 0
    assert chosen(state="", person="Noor Haddad") == ["web"]
    # The other lists of the page show what is left of the services.
    assert rows(tab, ".tide-service") == ["web"] and rows(tab, ".waiting tbody tr") == []
    left = [event.inner_text() for event in tab.locator(".events > li").all() if event.is_visible()]
    assert left and all("web" in event for event in left)


def test_people_of_the_past_are_those_who_acted(open_page):
    tab = open_page("audit/2026-03.html")
    people = tab.locator(".tools [name=person] option").all_inner_texts()
    assert "Ines Rocha" in people and "Łukasz Żak" in people and "approved" not in people
    tab.select_option(".tools [name=person]", "Łukasz Żak")
    left = [row for row in tab.locator(".audit tbody tr").all() if row.is_visible()]
    assert left and all("Łukasz Żak" in row.inner_text() for row in left)
    tab = open_page("changes/checkout/2026-03.html")
    assert not [name for name in tab.locator(".tools [name=person] option").all_inner_texts() if name.isdigit()]
    tab = open_page("environments/test/history/2026-03.html")
    tab.select_option(".tools [name=state]", "failed")
    assert 0 < tab.evaluate(SHOWN, ".history tbody tr") < tab.locator(".history tbody tr").count()
    assert all("failed" in row.inner_text() for row in tab.locator(".history tbody tr").all() if row.is_visible())


def test_what_is_chosen_stands_in_the_address_and_holds_when_it_is_opened(open_page, example):
    tab = open_page("index.html")
    tab.select_option(".tools [name=state]", "person")
    tab.fill(".tools input", "é&=")
    address = tab.evaluate("location.href")
    assert address == (example / "index.html").as_uri() + "?state=person&filter=%C3%A9%26%3D"
    tab.fill(".tools input", "mail")
    again = open_page("index.html", query=tab.evaluate("location.search"))
    assert rows(again) == ["mailer"] and again.input_value(".tools [name=state]") == "person"
    odd = open_page("index.html", query="?state=nobody&person=%3Cb%3E&filter=%C3%A9%26%3D&x=1")
    assert rows(odd) == [] and odd.input_value(".tools input") == "é&=" and odd.input_value(".tools [name=state]") == ""
    assert "x=1" in odd.evaluate("location.search")


def test_services_are_put_in_another_order(open_page):
    tab = open_page("index.html")
    ordered = lambda order: tab.select_option(".tools [name=order]", order) and rows(tab)
    assert ordered("name") == ["checkout", "mailer", "search", "web"]
    assert ordered("person") == ["checkout", "mailer", "web", "search"]
    assert ordered("latest")[0] == "web"
    tab.select_option(".tools [name=order]", "")
    assert rows(tab) == ["checkout", "web", "search", "mailer"]


def test_tables_are_sorted_by_durations_times_and_versions(open_page):
    tab = open_page("environments/production/history/2026-03.html")
    before, head = column(tab, 5, ".history"), tab.locator(".history thead th").nth(4)
    seconds = lambda text: sum(float(n) * {"d": 86400, "h": 3600, "min": 60, "s": 1}[unit] for n, unit in re.findall(r"(\d+) (d|h|min|s)\b", text))
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    known = [seconds(text) for text in column(tab, 5, ".history") if text]
    assert known == sorted(known) != [seconds(text) for text in before if text]
    head.locator("button").click()
    assert [seconds(text) for text in column(tab, 5, ".history") if text] == sorted(known, reverse=True)
    head.locator("button").click()
    assert head.get_attribute("aria-sort") is None and column(tab, 5, ".history") == before
    tab.locator(".history thead button").first.click()
    assert column(tab, 1, ".history") == list(reversed(column(open_page("environments/production/history/2026-03.html"), 1, ".history")))

    tab = open_page("services/checkout.html")
    tab.locator(".release-table thead button").first.click()
    versions = [tuple(map(int, re.findall(r"\d+", text.split()[0])[:3])) for text in column(tab, 1, ".release-table")]
    assert versions == sorted(versions) and (2, 9, 1) in versions and (2, 10, 0) in versions
    # A column whose head is a link has its button beside it, with a name of its own.
    assert tab.locator(".release-table thead .sort-beside").first.get_attribute("aria-label").startswith("Sort by ")


def test_ages_are_told_at_the_stamp_and_beside_each_time_when_asked_for(open_page):
    tab = open_page("index.html")
    before = "query => getComputedStyle(document.querySelector(query), '::before').content"
    assert tab.evaluate(before, ".ago") == '" (5 minutes ago)"'
    tab.hover(".matrix td > p:not([class]) time")
    assert re.fullmatch(r"\d+ (hours|days) ago|yesterday", tab.get_attribute(".matrix td > p:not([class]) time >> nth=0", "title"))
    assert tab.locator("time[data-ago]").count() == 0
    tab.keyboard.press("t")
    ages = {tab.evaluate("e => e.dataset.ago", time) for time in tab.locator("main time").element_handles()}
    assert {"18 hours ago", "10 days ago", "in 6 hours"} <= ages and "" not in ages
    assert tab.evaluate("getComputedStyle(document.querySelector('.matrix td > p:not([class]) time'), '::after').content") == '" (18 hours ago)"'
    tab.keyboard.press("t")
    assert tab.evaluate("getComputedStyle(document.querySelector('main time'), '::after').content") == "none"


def test_a_page_says_that_it_is_stale_when_it_is(open_page):
    fresh = open_page("index.html")
    assert not fresh.locator(".stale-note").is_visible()
    fresh.clock.fast_forward("24:00:00")
    assert fresh.locator(".stale-note").is_visible(), "a page that was left open becomes stale"
    stale = open_page("pending.html", time=STALE)
    assert stale.inner_text(".stale-note").startswith("Stale This page should have been built again by Wed 1 Apr 2026 09:40")
    past = open_page("releases/checkout/2.10.0.html", time=STALE)
    assert past.locator(".stale-note").count() == 0, "the past does not go stale"
    without = open_page("index.html", time=STALE, java_script_enabled=False)
    assert not without.locator(".stale-note").is_visible()
    assert "Consider this page stale after Wed 1 Apr 2026 09:40" in without.inner_text(".foot")


def test_versions_and_addresses_are_copied(open_page, example):
    tab = open_page("releases/checkout/2.10.0.html", permissions=["clipboard-read", "clipboard-write"])
    clipboard = lambda: tab.evaluate("navigator.clipboard.readText()")
    tab.click("text=Copy version")
    assert clipboard() == "2.10.0" and tab.inner_text(".said-now") == "Copied: 2.10.0"
    tab.click("text=Copy link")
    assert clipboard() == tab.url
    tab.clock.fast_forward(5_000)
    assert tab.inner_text(".said-now") == ""
    tab = open_page("index.html", permissions=["clipboard-read", "clipboard-write"])
    tab.focus(".matrix .cell-version")
    tab.keyboard.press("c")
    assert clipboard() == "2.11.0"
    tab.keyboard.press("y")
    assert clipboard() == (example / "releases/checkout/2.11.0.html").as_uri()


def test_copying_works_without_a_clipboard_of_the_page(open_page):
    """As where a page comes by plain http."""
    tab = open_page("runs/checkout/931.html")
    tab.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    tab.evaluate("document.addEventListener('copy', event => { window.taken = document.activeElement.value })")
    tab.click("text=Copy link")
    assert tab.evaluate("taken") == tab.url and tab.inner_text(".said-now").startswith("Copied: ")
    tab.evaluate("document.execCommand = () => false")
    tab.click("text=Copy link")
    assert tab.inner_text(".said-now") == "The browser did not let the page copy"


def test_search_asks_for_its_index_at_the_first_letter_and_finds(open_page, example):
    tab = open_page("releases/checkout/2.10.0.html")
    asked = []
    tab.on("request", lambda request: asked.append(request.url) if "favicon" not in request.url else None)
    tab.keyboard.press("/")
    assert tab.locator("dialog.search").is_visible() and asked == []
    tab.keyboard.type("lukasz 35016CD")
    tab.wait_for_selector("dialog.search li")
    assert asked == [(example / "search.js").as_uri()]
    assert "35016cd" in tab.inner_text("dialog.search li >> nth=0") and "found" in tab.inner_text("dialog.search output")
    tab.fill("dialog.search input", "production")
    assert tab.inner_text("dialog.search li >> nth=0").split() == ["environment", "Production", "production", "production"]
    assert tab.inner_text("dialog.search li mark >> nth=0").lower() == "production"
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("ArrowDown")
    assert tab.evaluate("document.activeElement.closest('li') == document.querySelectorAll('dialog.search li')[1]")
    tab.keyboard.press("ArrowUp")
    tab.keyboard.press("ArrowUp")
    assert tab.evaluate("document.activeElement.matches('dialog.search input')")
    tab.fill("dialog.search input", "zzzz")
    assert tab.locator("dialog.search li").count() == 0 and tab.inner_text("dialog.search output") == "0 found"
    tab.fill("dialog.search input", "production")
    tab.keyboard.press("Enter")
    tab.wait_for_url((example / "environments/production.html").as_uri())


def test_search_says_when_its_index_is_not_there(open_page, browser, example, tmp_path):
    for path, data in tree(example).items():
        if path.startswith("assets/") or path == "pending.html":
            (tmp_path / path).parent.mkdir(exist_ok=True)
            (tmp_path / path).write_bytes(data)
    with Visit(browser) as visit:
        visit.open((tmp_path / "pending.html").as_uri())
        visit.tab.click("text=Search")
        visit.tab.keyboard.type("a")
        visit.tab.wait_for_function("document.querySelector('dialog.search output').textContent.includes('does not load')")


def test_keys_lead_on_and_are_explained(open_page, example):
    tab = open_page("index.html")
    tab.keyboard.press("f")
    assert tab.evaluate("document.activeElement.matches('.tools input')")
    tab.keyboard.type("d")
    assert tab.url.startswith((example / "index.html").as_uri()), "a letter in a field is a letter"
    tab.keyboard.press("Escape")
    tab.keyboard.press("?")
    assert "filter the rows of this page" in tab.inner_text("dialog[open]")
    tab.keyboard.press("Escape")
    assert not tab.locator("dialog[open]").is_visible()
    tab.keyboard.press("w")
    tab.wait_for_url((example / "pending.html").as_uri())


def test_keys_can_be_switched_off_for_good(open_page, example):
    """WCAG 2.2, 2.1.4."""
    tab = open_page("index.html")
    tab.keyboard.press("?")
    tab.click("text=These keys are on")
    tab.keyboard.press("Escape")
    tab.keyboard.press("i")
    tab.reload()
    tab.keyboard.press("i")
    assert tab.url == (example / "index.html").as_uri()
    tab.click(".site-tools [aria-label=Keys]")
    tab.click("text=These keys are on")
    tab.keyboard.press("Escape")
    tab.keyboard.press("i")
    tab.wait_for_url((example / "incidents.html").as_uri())


def test_arrows_go_through_the_matrix(open_page):
    tab = open_page("index.html")
    here = lambda: tab.evaluate("(cell => cell && [cell.parentNode.rowIndex, cell.cellIndex])(document.activeElement.closest('td, th'))")
    tab.focus(".matrix tbody a")
    assert here() == [1, 0]
    walked = []
    for key in ("ArrowRight", "ArrowDown", "ArrowDown", "ArrowRight", "ArrowUp", "ArrowLeft", "ArrowLeft", "ArrowLeft"):
        tab.keyboard.press(key)
        walked.append(here())
    assert walked == [[1, 1], [2, 1], [3, 1], [3, 2], [2, 2], [2, 1], [2, 0], [2, 0]]


@pytest.fixture
def server(example):
    """The example over plain http, and whether it still answers."""
    class Quiet(SimpleHTTPRequestHandler):
        asked = []

        def log_message(self, *_):
            Quiet.asked.append(self.path)

    http = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=example))
    Thread(target=http.serve_forever, daemon=True).start()
    http.asked = Quiet.asked
    yield http
    http.shutdown()
    http.server_close()


def test_a_screen_on_the_wall_loads_the_page_again_while_the_server_answers(browser, server):
    with Visit(browser) as visit:
        visit.tab.clock.install(time=BUILT)
        visit.open(f"http://127.0.0.1:{server.server_port}/index.html")
        visit.tab.evaluate("window.old = true")
        visit.tab.clock.run_for(301_000)
        visit.tab.wait_for_timeout(300)
        assert visit.tab.evaluate("window.old") is True, "nobody asked for it"
        visit.tab.keyboard.press("?")
        visit.tab.click("text=Load the page again")
        visit.tab.keyboard.press("Escape")
        visit.tab.clock.run_for(301_000)
        visit.tab.wait_for_function("window.old === undefined")
        visit.tab.evaluate("window.old = true")
        server.shutdown()
        server.server_close()
        visit.tab.clock.run_for(301_000)
        visit.tab.wait_for_timeout(300)
        assert visit.tab.evaluate("window.old") is True and rows(visit.tab), "what is shown stays when nobody answers"


@pytest.mark.parametrize("look", [{"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"}], ids=["light", "dark", "forced"])
@pytest.mark.parametrize("width", [320, 1280])
def test_what_the_script_adds_is_accessible_and_fits(browser, example, look, width):
    with Visit(browser, viewport={"width": width, "height": 800}, bypass_csp=True, **look) as visit:
        tab = visit.tab

        def judge(step):
            found = Axe().run(tab, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}).response["violations"]
            assert [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in found] == [], step
            assert visit.overflow() == [], step

        visit.open((example / "index.html").as_uri())
        tab.select_option(".tools [name=state]", "waiting")
        judge("filtered")
        tab.keyboard.press("t")
        judge("with ages")
        tab.keyboard.press("?")
        judge("keys")
        tab.keyboard.press("Escape")
        tab.click("text=Search")
        tab.keyboard.type("checkout")
        tab.wait_for_selector("dialog.search li")
        judge("search")
        visit.open((example / "services/checkout.html").as_uri())
        tab.locator(".release-table thead button").first.click()
        judge("sorted")
        visit.open((example / "releases/checkout/2.10.0.html").as_uri())
        tab.click("text=Copy version")
        judge("copied")


def test_the_script_holds_no_mark_of_a_phrase_and_no_page_has_one_inline(example):
    scripts = list(example.glob("assets/tidemark-*.js"))
    assert len(scripts) == 1 and '{{"' not in scripts[0].read_text() and '"Any state"' in scripts[0].read_text()
    for page in example.rglob("*.html"):
        tags = re.findall(r"<script\b[^>]*>([^<]*)</script>", page.read_text())
        assert tags == [""], page


def test_a_theme_without_a_script_has_none(site):
    site.write({"content/tidemark.yml": "site: {name: Own}\n", "templates/assets/tidemark.js": ""})
    assert site.build().code == 0
    assert not list(site.public.glob("assets/*.js"))
    assert "<script" not in (site.public / "index.html").read_text()


def test_a_script_of_a_theme_says_its_phrases_in_the_language_of_the_site(site):
    site.write({
        "content/tidemark.yml": "site: {name: Own, language: de}\n", "templates/languages/de.yml": '"Copied:": "Kopiert </script>\\"\\\\:"\n',
        "templates/assets/tidemark.js": 'const words = [{{"Copied:"}}, {{"Not in the table"}}], end = "{{";\n',
    })
    assert site.build().code == 0
    script = next(site.public.glob("assets/tidemark-*.js")).read_text()
    assert script == 'const words = ["Kopiert \\u003c/script\\u003e\\"\\\\:", "Not in the table"], end = "{{";\n'
