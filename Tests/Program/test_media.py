"""Pictures beside notes: copied, shown at their size, and nothing else is published."""
import struct
import zlib

import html5lib
from playwright.sync_api import sync_playwright

from conftest import tidemark, tree


def png(width, height):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = b"".join(b"\0" + b"\x20\x60\x90" * width for _ in range(height))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


CONTENT = {
    "content/tidemark.yml": "site: {name: S, url: 'https://status.example.com/x/'}\nenvironments: [{key: e}]\n",
    "content/runs/a.json": '{"id": "1", "service": "shop", "version": "1.0.0", "state": "succeeded", "finishedAt": "2026-03-01T10:00:00Z", "deployments": [{"environment": "e"}]}',
    "content/releases/shop/1.0.0.md": "![The dial](img/Dial.png)\n\n![gone](gone.png)\n",
    "content/releases/shop/img/Dial.png": png(40, 20),
    "content/releases/shop/img/unused.png": png(1, 1),
    "content/media/fake.png": b"<svg onload=alert(1)>",
}


def test_pictures_are_copied_and_accounted_for(site):
    site.write(CONTENT)
    done = site.build("--json")
    assert done.code == 0, done.err
    assert [d["id"] for d in done.json["diagnostics"]] == ["lost-image"]
    build = site.api("build.json")
    assert {s["file"]: s["reason"] for s in build["skipped"]} == {
        "releases/shop/img/unused.png": "no text shows it",
        "media/fake.png": "it is no PNG, JPEG, GIF or WebP picture, whatever its name says"}
    media = {name: data for name, data in tree(site.public).items() if name.startswith("media/")}
    assert list(media.values()) == [png(40, 20)]
    assert build["files"] == {"rendered": 4, "skipped": 2, "error": 0}
    name = next(iter(media))
    feed = html5lib.parse((site.public / "feed.atom").read_text(), namespaceHTMLElements=False)
    assert f"https://status.example.com/x/{name}" in "".join(feed.itertext())


def test_pictures_are_seen(site):
    site.write(CONTENT)
    assert site.build().code == 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        tab = browser.new_page()
        for page in ("releases/shop/1.0.0.html", "environments/e/changelog.html", "environments/e/changelog/2026-03.html"):
            tab.goto((site.public / page).as_uri())
            tab.locator("main img").scroll_into_view_if_needed()
            tab.wait_for_function("document.querySelector('main img').complete")
            seen = tab.evaluate("[...document.querySelectorAll('main img')].map(i => [i.alt, i.complete && i.naturalWidth, i.width, i.height])")
            assert seen == [["The dial", 40, 40, 20]], page
        browser.close()
