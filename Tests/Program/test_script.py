"""What the optional script adds, in real Chromium: filters, sorting, ages, copying, search, keys, and the word that a page is stale."""
import re
import shutil
from datetime import datetime, timedelta, timezone
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from time import sleep

import pytest
from axe_playwright_python.sync_playwright import Axe

from browser import BESIDE, Visit
from conftest import both_fonts, tree

BUILT = datetime(2026, 3, 31, 9, 45, tzinfo=timezone.utc)
STALE = datetime(2026, 4, 1, 9, 41, tzinfo=timezone.utc)
SHOWN = "query => [...document.querySelectorAll(query)].filter(e => e.checkVisibility()).length"


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
    assert rows(tab) == [] and tab.inner_text(".tools output") == "Nothing fits."
    assert not tab.locator("section.waiting").is_visible(), "a heading over nothing"
    tab.select_option(".tools [name=order]", "name")
    tab.click(".tools button")
    assert rows(tab) == ["checkout", "web", "search", "mailer"] and tab.input_value(".tools input") == "" and not tab.locator(".tools button").is_visible()


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
    assert column(tab, 1, ".release-table").index("2.9.0-rc.1") + 1 == next(i for i, text in enumerate(column(tab, 1, ".release-table")) if text.startswith("2.9.0 "))
    # A column whose head is a link has its button beside it, with a name of its own.
    assert tab.locator(".release-table thead .sort-beside").first.get_attribute("aria-label").startswith("Sort by ")


def test_ages_are_told_at_the_stamp_and_beside_each_time_when_asked_for(open_page):
    tab = open_page("index.html")
    before = "query => getComputedStyle(document.querySelector(query), '::before').content"
    assert tab.evaluate(before, ".ago") == '" (5 min. ago)"'
    tab.hover(".matrix td > p:not([class]) time")
    assert re.fullmatch(r"\d+ (hr\.|days) ago", tab.get_attribute(".matrix td > p:not([class]) time >> nth=0", "title"))
    assert tab.locator("time[data-ago]").count() == 0
    tab.keyboard.press("t")
    ages = {tab.evaluate("e => e.dataset.ago", time) for time in tab.locator("main time").element_handles()}
    assert {"18 hr. ago", "10 days ago", "in 6 hr."} <= ages and "" not in ages
    assert tab.evaluate("getComputedStyle(document.querySelector('.matrix td > p:not([class]) time'), '::after').content") == '" (18 hr. ago)"'
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


@pytest.mark.parametrize("now, time, said", [
    ("2026-03-31T09:00:00", "2026-03-29T17:00:00Z", "1 day ago"), ("2026-03-31T09:00:00", "2024-12-15T09:00:00Z", "1 yr. ago"),
    ("2026-03-31T09:00:00", "2026-04-02T08:00:00Z", "in 1 day"), ("2026-03-31T09:00:00", "2026-03-31T09:00:40Z", "this minute"),
    ("2026-03-31T23:30:00", "2026-03-31", "today"), ("2026-03-31T00:30:00", "2026-04-01", "in 1 day"), ("2026-03-31T23:30:00", "2026-03-30", "1 day ago"),
    ("2026-03-31T09:00:00", "no time", ""),
])
def test_an_age_is_true(open_page, now, time, said):
    tab = open_page("pending.html", time=datetime.fromisoformat(now + "+00:00"), timezone_id="UTC")
    tab.evaluate("time => { document.querySelector('main').innerHTML = `<time datetime='${time}'>x</time>` }", time)
    tab.hover("main time")
    assert tab.get_attribute("main time", "title") == said


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
    assert "search Łukasz Żak pull request 341 35016cd" in tab.inner_text("dialog.search li small >> nth=0")
    tab.keyboard.press("Escape")
    assert not tab.locator("dialog.search").is_visible()
    tab.keyboard.press("/")
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


def test_search_opens_again_in_the_frame_in_which_it_was_closed(open_page):
    tab = open_page("releases/checkout/2.10.0.html")
    tab.keyboard.press("/")
    tab.keyboard.type("pay")
    press = "key => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true}))"
    assert tab.evaluate("() => { const press = %s; press('Escape'); const closed = !document.querySelector('dialog[open]'); press('/'); return [closed, document.querySelector('dialog.search').open]; }" % press) == [True, True]


def test_search_loads_its_index_once_however_slow_it_is(browser, example):
    asked, held = [], []

    def answer(route):
        path = route.request.url.removeprefix("http://status.example/")
        if path == "search.js":
            asked.append(path)
            return held.append(route)
        route.fulfill(path=example / path)

    with Visit(browser) as visit:
        visit.context.route("**", answer)
        visit.open("http://status.example/index.html")
        visit.tab.keyboard.press("/")
        visit.tab.keyboard.type("checkout")
        visit.tab.wait_for_timeout(200)
        assert asked == ["search.js"]
        held[0].fulfill(body="<html>", content_type="text/javascript")
        visit.tab.wait_for_function("document.querySelector('dialog.search output').textContent.includes('does not load')")
        visit.tab.keyboard.type(" 2")
        visit.tab.wait_for_timeout(200)
        held[1].fulfill(path=example / "search.js")
        visit.tab.wait_for_selector("dialog.search li")
        assert len(asked) == 2 and "2" in visit.tab.inner_text("dialog.search li >> nth=0")


def test_search_says_when_its_index_is_not_there(browser, example, tmp_path):
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
    tab.click("text=Search")
    tab.click("dialog.search >> text=Keys")
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


class Server:
    """A site under a path of plain http, as a test changes it."""

    def __init__(self, folder):
        self.asked = asked = []

        class Quiet(SimpleHTTPRequestHandler):
            def log_message(self, *_):
                asked.append(self.path)

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder))
        Thread(target=self.http.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self.http.server_port}"

    def stop(self):
        self.http.shutdown()
        self.http.server_close()


@pytest.fixture
def served(example, tmp_path):
    """The example beneath `/releases/`, which is also the name of one of its folders."""
    shutil.copytree(example, tmp_path / "releases")
    server = Server(tmp_path)
    server.folder = tmp_path / "releases"
    yield server
    server.stop()


def test_a_screen_on_the_wall_loads_the_page_again_when_there_is_a_newer_build(browser, served):
    with Visit(browser) as visit:
        tab = visit.tab
        tab.clock.install(time=BUILT)
        visit.open(served.address + "/releases/index.html")

        def passes(minutes):
            tab.clock.run_for(minutes * 60_000 + 1)
            tab.wait_for_timeout(300)
            return tab.evaluate("window.old")

        def build(time):
            (served.folder / "as-of.js").write_text(f'window.tidemarkAsOf = "{time}";\n')
            page = served.folder / "index.html"
            page.write_text(re.sub(r'data-as-of="[^"]*"', f'data-as-of="{time}"', page.read_text()))

        tab.evaluate("window.old = true")
        build("2026-03-31T09:50:00Z")
        assert passes(5) is True and not any("as-of.js" in path for path in served.asked), "nobody asked for it"
        tab.keyboard.press("?")
        tab.click("text=Load the page again")
        tab.keyboard.press("Escape")
        tab.select_option(".tools [name=state]", "failed")
        assert passes(5) is None and rows(tab) == ["checkout"], "the choice stays, and holds nothing up"
        tab.evaluate("window.old = true")
        assert passes(5) is True, "there is nothing newer"
        assert tab.locator("head script").count() == 1
        # Neither a server that answers for something else nor one that is gone costs the page.
        (served.folder / "as-of.js").write_text("<!doctype html>")
        assert passes(2) is True
        (served.folder / "as-of.js").unlink()
        assert passes(2) is True
        served.stop()
        assert passes(2) is True and rows(tab) == ["checkout"]
        visit.faults.clear()


def test_the_site_may_lie_in_a_folder_of_any_name(browser, served):
    with Visit(browser) as visit:
        visit.open(served.address + "/releases/index.html?filter=mailer")
        assert rows(visit.tab) == ["mailer"] and visit.tab.evaluate(SHOWN, ".tide-service") == 1
        assert visit.tab.evaluate(SHOWN, ".waiting tbody tr") == 1 and 0 < visit.tab.evaluate(SHOWN, ".events > li") < 5


@both_fonts
def test_nothing_moves_while_a_page_comes_in_slowly(browser, example):
    """A server that sends the page in parts; ages that are kept on, and a choice in the address, change the page before it is seen."""
    class Slow(SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

        def copyfile(self, source, output):
            data = source.read()
            size = max(1, len(data) // 6) if self.path.split("?")[0].endswith(".html") else len(data)
            for at in range(0, len(data), size):
                output.write(data[at:at + size])
                output.flush()
                sleep(.04 if size < len(data) else 0)

    http = ThreadingHTTPServer(("127.0.0.1", 0), partial(Slow, directory=example))
    Thread(target=http.serve_forever, daemon=True).start()
    try:
        for width in (320, 780, 900, 1280):
            with Visit(browser, viewport={"width": width, "height": 800}) as visit:
                visit.tab.clock.set_fixed_time(BUILT)
                for path in ("index.html", "index.html?state=waiting&order=name", "services/checkout.html"):
                    visit.open(f"http://127.0.0.1:{http.server_port}/{path}")
                    assert visit.wrong() == [], (width, path)
                visit.tab.keyboard.press("t")
                visit.open(f"http://127.0.0.1:{http.server_port}/index.html")
                assert visit.tab.locator("time[data-ago]").count() > 10 and visit.wrong() == [], width
    finally:
        http.shutdown()
        http.server_close()


def test_the_height_of_the_head_does_not_go_with_the_age(open_page):
    tab = open_page("index.html")
    heights = set()
    for minutes in (0, 5, 50, 60 * 5, 60 * 20):
        tab.clock.set_fixed_time(BUILT + timedelta(minutes=minutes))
        tab.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        heights.add(tab.evaluate("document.querySelector('.as-of').getBoundingClientRect().top"))
    assert len(heights) == 1


def test_paper_says_what_was_left_out(open_page):
    tab = open_page("audit/2026-03.html", query="?filter=checkout")
    tab.emulate_media(media="print")
    assert tab.locator(".tools output").is_visible() and not tab.locator(".tools input").is_visible()
    assert tab.evaluate("getComputedStyle(document.querySelector('.tools output'), '::after').content") == '": checkout"'
    whole = open_page("audit/2026-03.html")
    whole.emulate_media(media="print")
    assert not whole.locator(".tools").is_visible()


def test_figures_are_sorted_by_what_they_are(open_page):
    """What has no figure, and what has none of its kind, comes last in either direction."""
    tab = open_page("metrics.html")
    tab.evaluate("""() => { document.querySelector('.metrics-services tbody').innerHTML =
        ['<b>2 d 3 h</b> median<br>1 open, 9 d so far', 'no data<br>0 mended; 1 open, 19 d 23 h so far', '<b>40 min</b> median', '<b>1 h 5 min</b> median']
          .map((text, index) => `<tr><th>${index}</th><td>${text}</td><td>${['Wait 30 s before', 'Z', 'Alpha', 'wait'][index]}</td></tr>`).join('') }""")
    # The script has taken its rows before: the table is made sortable as a page of such rows would be.
    page = tab.content()
    tab.context.route("**/sorted.html", lambda route: route.fulfill(body=re.sub(r'<button type="button" class="sort">(.*?)</button>', r"\1", page), content_type="text/html"))
    tab.goto(tab.url.replace("metrics.html", "sorted.html"))
    order = lambda: [cell.inner_text() for cell in tab.locator(".metrics-services").first.locator("tbody th").all()]
    button = lambda number: tab.locator(".metrics-services").first.locator("thead button").nth(number)
    button(1).click()
    assert order() == ["2", "3", "0", "1"]
    button(1).click()
    assert order() == ["0", "3", "2", "1"]
    button(2).click()
    assert order() == ["2", "3", "0", "1"]


def test_a_dialog_closes_by_a_click_beside_it_and_not_by_one_within(open_page):
    tab = open_page("index.html")
    tab.click("text=Search")
    box = tab.locator("dialog.search").bounding_box()
    tab.mouse.click(box["x"] + 6, box["y"] + 6)
    assert tab.locator("dialog.search").is_visible()
    # A selection that is let go outside.
    tab.mouse.move(box["x"] + 60, box["y"] + 70)
    tab.mouse.down()
    tab.mouse.move(5, 5)
    tab.mouse.up()
    assert tab.locator("dialog.search").is_visible()
    tab.evaluate("document.activeElement.blur()")
    tab.keyboard.press("m")
    assert tab.locator("dialog.search").is_visible() and "index.html" in tab.url, "keys wait while a dialog is open"
    tab.mouse.click(5, 5)
    assert not tab.locator("dialog.search").is_visible()


def test_a_small_screen_shows_the_head_of_a_dialog(browser, example):
    with Visit(browser, viewport={"width": 320, "height": 480}) as visit:
        visit.open((example / "index.html").as_uri())
        visit.tab.keyboard.press("?")
        assert visit.tab.evaluate("document.querySelector('dialog[open]').scrollTop") == 0
        visit.tab.keyboard.press("Escape")
        visit.tab.click("text=Search")
        visit.tab.keyboard.type("e")
        visit.tab.wait_for_selector("dialog.search li")
        visit.tab.locator("dialog.search li a").last.focus()
        assert visit.tab.locator("dialog.search input").bounding_box()["y"] > 0


def test_a_word_that_is_being_composed_opens_nothing(open_page):
    tab = open_page("index.html")
    tab.click("text=Search")
    tab.keyboard.type("checkout")
    tab.wait_for_selector("dialog.search li")
    address = tab.url
    tab.evaluate("document.querySelector('dialog.search input').dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true}))")
    assert tab.url == address and tab.locator("dialog.search").is_visible()


def test_a_choice_that_a_page_does_not_offer_changes_nothing(open_page):
    asked = open_page("environments/production/history/2026-03.html", query="?order=name&state=succeeded")
    assert column(asked, 1, ".history") == column(open_page("environments/production/history/2026-03.html"), 1, ".history")


def test_pages_work_where_the_browser_keeps_nothing(open_page, browser, example):
    with Visit(browser) as visit:
        visit.context.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError') }})")
        visit.open((example / "index.html").as_uri())
        visit.tab.keyboard.press("t")
        assert visit.tab.locator("time[data-ago]").count() > 10
        visit.tab.fill(".tools input", "mail")
        assert rows(visit.tab) == ["mailer"] and visit.faults == []


@pytest.mark.parametrize("look", [{"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"}], ids=["light", "dark", "forced"])
@both_fonts
@pytest.mark.parametrize("width", [320, 1280])
def test_what_the_script_adds_is_accessible_and_fits(browser, example, look, width):
    with Visit(browser, viewport={"width": width, "height": 800}, bypass_csp=True, **look) as visit:
        tab = visit.tab

        def judge(step):
            tab.add_style_tag(content=BESIDE)
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
    script = scripts[0].read_text()
    assert len(scripts) == 1 and '{{"' not in script and '"Any state"' in script
    # What it shows comes from records and addresses: it enters as text alone.
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|setHTML|javascript:", script)
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
