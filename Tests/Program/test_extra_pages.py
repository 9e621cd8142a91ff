"""`content/pages/*.md`: words of the site's own, such as a runbook."""
import json

import html5lib



def page(site, name):
    return html5lib.parse((site.public / name).read_bytes(), transport_encoding="utf-8", namespaceHTMLElements=False)


def words(element):
    return " ".join("".join(element.itertext()).split())


def navigation(site, name):
    links = [link for nav in page(site, name).iter("nav") for link in nav.iter("a")]
    return [(words(link), link.get("href"), link.get("aria-current")) for link in links]


def test_each_file_is_a_page_in_the_navigation(site):
    site.write({
        "content/pages/1-runbook.md": "# When production is down\n\nCall **Ana**.\n\n## Then\n\nWait.\n",
        "content/pages/About us.md": "---\ntitle: About\n---\nWe sell <script>alert(1)</script> tea.\n",
        "content/pages/plain.md": "Only words.\n",
    })
    done = site.build()
    assert done.code == 0, done.err
    extra = [link for link in navigation(site, "index.html") if link[1].startswith("pages/")]
    names = [href for _, href, _ in extra]
    assert [text for text, _, _ in extra] == ["When production is down", "About", "plain"]
    assert names[0] == "pages/1-runbook.html" and names[1].startswith("pages/about-us-") and names[2] == "pages/plain.html"
    runbook = page(site, names[0])
    assert [(heading.tag, words(heading)) for level in ("h1", "h2") for heading in runbook.iter(level)] == [("h1", "When production is down"), ("h2", "Then")]
    assert words(next(runbook.iter("title"))).startswith("When production is down: ")
    assert [current for _, href, current in navigation(site, names[0]) if href == "../pages/1-runbook.html"] == ["page"]
    about = (site.public / names[1]).read_text()
    assert "alert(1)" not in about
    assert site.api("build.json")["pages"]["page"] == 3
    assert "as-of" not in about, "a page about no time has no clock"


def test_pages_are_found_and_listed(site):
    site.write({"content/tidemark.yml": "site: {name: Acme, url: https://status.example.com/}\n", "content/pages/runbook.md": "# Runbook\n\nPress the red button.\n"})
    assert site.build().code == 0
    entry = next(entry for entry in json.loads((site.public / "search.json").read_text())["entries"] if entry["url"] == "pages/runbook.html")
    assert entry == {"title": "Runbook", "kind": "page", "url": "pages/runbook.html", "text": "Press the red button."}
    assert "https://status.example.com/pages/runbook.html" in (site.public / "sitemap.xml").read_text()


def test_a_page_for_some_readers_is_on_their_site_only(site):
    site.write({
        "content/tidemark.yml": "audiences: {staff: {output: staff}}\n",
        "content/pages/secret.md": "---\naudience: staff\n---\n# Secret\n\nhunter2\n",
        "content/pages/open.md": "# Open\n\nfor all\n\n<!-- audience: staff -->\nbut this\n<!-- /audience -->\n",
    })
    done = site.build()
    assert done.code == 0, done.err
    files = {path.relative_to(site.folder).as_posix(): path.read_bytes() for path in site.folder.rglob("*") if path.is_file() and "content" not in path.parts}
    assert {name for name, data in files.items() if b"hunter2" in data} == {"staff/pages/secret.html", "staff/search.json", "staff/search.js"}
    assert b"but this" in files["staff/pages/open.html"] and not any(b"but this" in data for name, data in files.items() if name.startswith("public/"))
    assert {"file": "pages/secret.md", "record": None, "reason": "the text is for staff only"} in site.api("build.json")["skipped"]


def test_what_is_no_page_is_skipped_with_the_reason(site):
    site.write({"content/pages/deep/er.md": "# Deep\n", "content/pages/table.csv": "a,b\n", "content/pages/empty.md": "", "content/pages/fault.md": "---\ntitle: [1]\nodd: 1\n---\nx\n"})
    done = site.build()
    assert done.code == 1 and "content/pages/fault.md:2:" in done.err and "unknown key 'odd'" in done.err
    reasons = {skipped["file"]: skipped["reason"] for skipped in site.api("build.json")["skipped"]}
    assert reasons == {
        "pages/deep/er.md": "extra pages lie in pages/ itself, not in a folder of it", "pages/table.csv": "extra pages are .md or .markdown files",
        "pages/empty.md": "the file is empty",
    }


def test_names_that_disks_and_addresses_do_not_take_get_their_own_path(site):
    site.write({"content/pages/Größe.md": "# A\n", "content/pages/größe.md": "# B\n", "content/pages/a.b.md": "# C\n", "content/pages/-.md": "# D\n"})
    done = site.build()
    assert done.code == 0, done.err
    pages = sorted(path.name for path in (site.public / "pages").iterdir())
    assert len(pages) == 4 and "a.b.html" in pages and all(name.isascii() and name[0] not in "-._" for name in pages)


def test_a_page_without_a_heading_of_words_is_named_after_its_file(site):
    site.write({"content/pages/a.md": "# \n\nwords\n", "content/pages/c.md": "# " + "long " * 40 + "\n\nx\n"})
    assert site.build().code == 0
    names = [text for text, href, _ in navigation(site, "index.html") if href.startswith("pages/")]
    assert names[0] == "a" and names[1].endswith("…") and len(names[1]) == 61
