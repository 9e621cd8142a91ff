"""The example site in real Chromium, opened from disk."""
from pathlib import Path

import pytest

from browser import Visit

PAGES = ["index.html", "metrics.html", "metrics/2026-02.html", "pending.html", "incidents.html", "audit/2026-02.html", "audit/2026-03.html", "changes/checkout/2026-03.html", "changes/search/2026-03.html", "compare/staging...production.html", "compare/checkout/staging...production.html", "environments/production.html", "environments/test.html",
         "environments/production/changelog.html", "environments/production/history/2026-03.html",
         "environments/production/changelog/2026-03.html", "services/checkout.html", "services/mailer.html",
         "releases/checkout/2.10.0.html", "releases/search/4.2.1.html"]


@pytest.fixture(scope="module")
def every_page(example):
    """One of each kind by name, and the newest of those whose names only the example knows."""
    found = list(PAGES)
    for folder in ("runs/*", "deployments/*", "incidents"):
        found += [str(max(pages, key=lambda p: p.stat().st_size).relative_to(example))
                  for pages in ([p for p in parent.glob("*.html")] for parent in sorted(example.glob(folder)) if parent.is_dir()) if pages]
    assert len(found) > 18
    return [example / name for name in found]


@pytest.mark.parametrize("width, height", [(320, 640), (768, 1024), (1280, 800), (2560, 1440)])
def test_pages_open_from_disk_without_an_error_and_do_not_overflow(browser, every_page, width, height):
    with Visit(browser, viewport={"width": width, "height": height}) as visit:
        for page in every_page:
            visit.open(page.as_uri())
            assert visit.wrong() == [], page
            assert all(url.startswith("file://") for url in visit.requests), page
            assert visit.tab.evaluate("document.documentElement.scrollWidth") <= width, page
            assert visit.tab.evaluate("getComputedStyle(document.body).marginTop") == "0px", f"{page}: the style sheet is not in force"


def test_the_facts_are_there_without_script(browser, example):
    with Visit(browser, java_script_enabled=False, viewport={"width": 1280, "height": 800}) as visit:
        visit.open((example / "index.html").as_uri())
        text = visit.tab.inner_text("main")
    for fact in ("2.9.1", "2.10.0", "wait", "Freeze", "Incident", "rolled back", "hotfix", "never deployed", "no gate"):
        assert fact in text, fact


def test_the_page_that_is_not_there_stands_at_any_depth(browser, example):
    """It is served wherever somebody errs, so its links are whole; served by its own site it has its style and no fault."""
    base = "https://status.example.com/releases/"

    def answer(route):
        file = example / route.request.url.removeprefix(base)
        if file.is_file():
            route.fulfill(path=file)
        else:
            route.fulfill(path=example / "404.html", status=404, content_type="text/html")

    for width in (320, 1280):
        context = browser.new_context(viewport={"width": width, "height": 800})
        context.route(base + "**", answer)
        tab = context.new_page()
        faults = []
        tab.on("console", lambda message: faults.append(message.text) if message.type in ("error", "warning") else None)
        response = tab.goto(base + "runs/checkout/no/such/page.html")
        assert response.status == 404
        # Chromium reports the status of the page itself; nothing else may be wrong.
        assert [fault for fault in faults if "status of 404" not in fault] == []
        assert tab.evaluate("getComputedStyle(document.body).marginTop") == "0px"
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
        tab.click("text=checkout")
        assert tab.url == base + "services/checkout.html"
        context.close()


def test_the_icon_of_a_page_is_drawn_under_the_policy_of_the_page(browser, example):
    for name in ("index.html", "services/checkout.html"):
        with Visit(browser) as visit:
            visit.open((example / name).as_uri())
            size = visit.tab.evaluate("""() => new Promise(done => {
                const image = new Image()
                image.onload = () => done([image.naturalWidth, image.naturalHeight])
                image.onerror = () => done(null)
                image.src = document.querySelector('link[rel=icon]').href
            })""")
            assert size == [16, 16] and visit.wrong() == [], name
            assert all(url.startswith("file://") for url in visit.requests)


def test_the_water_of_the_chart_is_the_ground_of_its_words_in_forced_colours(browser, example):
    with Visit(browser, forced_colors="active", color_scheme="dark") as visit:
        visit.open((example / "services/checkout.html").as_uri())
        ground = visit.tab.evaluate("getComputedStyle(document.body).backgroundColor")
        fills = visit.tab.evaluate("[...document.querySelectorAll('.tide-water path[class^=water]')].map(path => getComputedStyle(path).fill)")
    assert fills and set(fills) == {ground}
