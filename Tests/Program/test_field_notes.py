"""Notes as people write them in the field: what their pages, JSON, feeds and the commands must say (changelogs.md)."""
import json
import os
import re

import html5lib
import pytest

from conftest import tidemark, write
from field import build, copied

AS_OF = "2026-06-01"


def facts(built, service):
    """Version, day and number of arrivals of each release, in their order."""
    return [(r["version"], r["date"], len(r["arrivals"])) for r in built.releases(service)]


def notes(built, service, *arguments):
    done = tidemark("notes", "--service", service, *arguments, cwd=built.folder)
    assert done.code == 0, done.err
    return done.out


def root(text):
    return html5lib.parse(text, namespaceHTMLElements=False)


def items(built, page, section=None):
    """The text of each item of a page's lists."""
    tree = root(built.html(page))
    top = next(e for e in tree.iter() if e.get("aria-labelledby") == section) if section else next(e for e in tree.iter() if e.tag == "main")
    return ["".join(e.itertext()).strip() for e in top.iter() if e.tag == "li"]


def test_calens(tmp_path):
    built = build("changelog-calens", tmp_path, AS_OF)
    assert facts(built, "tank") == [("0.14.0", "2025-05-31", 1), ("0.13.0", "2024-07-26", 1), ("0.12.1", "2023-07-09", 0)]
    for version, own in [("0.14.0", "Close the lid"), ("0.13.0", "Oil the pump"), ("0.12.1", "Paint the tap")]:
        page = built.html(f"releases/tank/{version}.html")
        said = [words for words in ("Close the lid", "Oil the pump", "Paint the tap") if words in page]
        assert said == [own]


def test_changes_in(tmp_path):
    built = build("changelog-changes-in", tmp_path, AS_OF)
    assert facts(built, "api") == [("2.0.0", "2026-05-01", 1), ("1.0.0", "2026-04-01", 0)]
    assert items(built, "releases/api/2.0.0.html")[-1] == "a louder bell"
    assert items(built, "releases/api/1.0.0.html")[-1] == "a small drum"


def test_definitions(tmp_path):
    built = build("changelog-definitions", tmp_path, AS_OF)
    source = (built.public / "releases/tank/1.2.0.md").read_text()
    ending = "- see [pump] and [valve]\n\n[pump]: https://example.org/pump\n[valve]: https://example.org/valve\n"
    assert source == "\n" + ending
    assert notes(built, "tank", "--to", "1.2.0") == "# tank 1.2.0\n\n## 1.2.0 – 2026-05-03\n\n" + ending


@pytest.mark.parametrize("case, line", [("changelog-head-section", 1), ("changelog-unreleased-section", 3)])
def test_what_comes_next(tmp_path, case, line):
    words = {"changelog-head-section": "quiet the fan", "changelog-unreleased-section": "a softer bell"}[case]
    group = {"changelog-head-section": "Fixes", "changelog-unreleased-section": "Added"}[case]
    built = build(case, tmp_path, AS_OF)
    assert items(built, "services/gem.html", "next") == [words]
    first, second = built.releases("gem")
    assert (first["version"], first["unreleased"], first["line"], first["notes"]) == (None, True, line, f"\n### {group}\n\n- {words}\n\n")
    assert (second["version"], second["unreleased"], second["notes"]) == ("1.3.0", False, None)
    assert notes(built, "gem", "--unreleased") == f"# gem: what comes next\n\n### {group}\n\n- {words}\n"
    told = json.loads(notes(built, "gem", "--unreleased", "--format", "json"))["notes"][0]
    assert (told["to"], [r["version"] for r in told["releases"]], told["releases"][0]["text"]) == (None, [None], f"{group}\n{words}")


@pytest.mark.parametrize("heading", ["2.1.0 (unreleased)", "2.1.0 - TBD", "[2.1.0] - not yet released", "2.1.0 – in Arbeit"])
def test_a_version_that_is_not_released(tmp_path, heading):
    write(tmp_path, {
        "content/runs/r.jsonl": '{"id": "1", "service": "gem", "version": "2.0.0", "state": "succeeded", "finishedAt": "2026-05-05T10:00:00Z", '
                                '"deployments": [{"environment": "production"}]}\n',
        "content/releases/gem/CHANGELOG.md": f"## {heading}\n\n- quiet\n\n## 2.0.0 (unreleased)\n\n- two\n"})
    built = build("written here", tmp_path, AS_OF)
    told = [(r["version"], r["unreleased"], r["notes"]) for r in built.releases("gem")]
    assert told == [("2.1.0", True, "\n- quiet\n\n"), ("2.0.0", False, None)]
    assert items(built, "services/gem.html", "next") == ["quiet"]
    assert notes(built, "gem", "--unreleased") == "# gem: what comes next\n\n## 2.1.0\n\n- quiet\n"
    assert notes(built, "gem", "--unreleased", "--format", "text") == "gem: what comes next\n\n2.1.0\nquiet\n"
    assert json.loads(notes(built, "gem", "--unreleased", "--format", "json"))["notes"][0]["releases"][0]["version"] == "2.1.0"
    assert "not released yet" in built.html("releases/gem/2.1.0.html")


def test_nothing_is_written_for_the_next_release(tmp_path):
    built = build("changelog-code-names", tmp_path, AS_OF)
    done = tidemark("notes", "--unreleased", cwd=tmp_path)
    assert (done.code, done.out, done.err) == (0, "", "nothing is unreleased: no note tells of what comes next\n")
    assert 'id="next"' not in built.html("services/api.html")
    done = tidemark("notes", "--unreleased", "--to", "1.0.0", cwd=tmp_path)
    assert done.code == 64


def test_an_unreleased_section_without_words(tmp_path):
    write(tmp_path, {"content/releases/gem/CHANGELOG.md": "## [Unreleased]\n\n## 1.0.0\n\n- one\n"})
    done = tidemark("notes", "--unreleased", cwd=tmp_path)
    assert (done.code, done.out, done.err) == (0, "", "nothing is unreleased: no note tells of what comes next\n")
    assert json.loads(tidemark("notes", "--unreleased", "--format", "json", cwd=tmp_path).out)["notes"] == []


def test_a_name_that_is_no_text(tmp_path):
    folder = copied("file-name-not-utf8", tmp_path)
    runs = os.fsencode(folder / "content/runs")
    os.rename(runs + b"/lauf.jsonl", runs + b"/lauf-\xfc.jsonl")
    built = build("file-name-not-utf8", folder, AS_OF)
    assert built.outcome.code == 1
    account = built.api("build.json")
    assert account["files"] == {"rendered": 1, "skipped": 0, "error": 1}
    assert [(e["file"], e["id"]) for e in account["errors"]] == [("runs/lauf-\\xFC.jsonl", "name-not-utf8")]
    assert "content/runs/lauf-\\xFC.jsonl: error: this file's name is no UTF-8" in built.outcome.err


@pytest.mark.parametrize("path", [b"releases/api/1.1.\xff.md", b"incidents/\xc3\x28.md", b"pages/h\xe4user.md", b"media/\xfc.png", b"releases/\xe4pi/1.0.0.md"])
def test_no_place_has_names_that_are_no_text(tmp_path, path):
    folder = copied("file-name-not-utf8", tmp_path)
    place = os.fsencode(folder / "content") + b"/" + path
    os.makedirs(os.path.dirname(place), exist_ok=True)
    with open(place, "wb") as file:
        file.write(b"- a\n")
    built = build("file-name-not-utf8", folder, AS_OF)
    assert built.outcome.code == 1
    assert built.api("build.json")["files"] == {"rendered": 2, "skipped": 0, "error": 1}


def test_product_at_version(tmp_path):
    built = build("product-at-version", tmp_path, AS_OF)
    assert facts(built, "gears") == [("1.4.0", "2026-05-04", 1), ("1.3.0", "2026-04-03", 1)]
    newest = built.changelog("gears", "production")["entries"][0]
    assert (newest["from"], newest["to"], newest["includes"], newest["missingNotes"]) == ("1.3.0", "1.4.0", ["1.4.0"], [])


def test_a_heading_of_another_service(tmp_path):
    built = build("changelog-other-service-heading", tmp_path, AS_OF)
    assert facts(built, "checkout") == [("1.2.0", "2026-05-01", 1)]
    assert facts(built, "search") == [("3.0.0", "2026-04-01", 1)]
    assert items(built, "releases/search/3.0.0.html")[-1] == "search old"


def test_services_that_are_headings_of_one_changelog(tmp_path):
    runs = "".join('{"id": "%s", "service": "%s", "version": "%s", "state": "succeeded", "finishedAt": "2026-05-02T10:00:00Z", '
                   '"deployments": [{"environment": "production"}]}\n' % row for row in [("1", "web", "2.0.0"), ("2", "api", "1.0.0")])
    write(tmp_path, {"content/runs/r.jsonl": runs, "content/releases/CHANGELOG.md": "# web\n\n## 2.0.0\n\n- w2\n\n# api\n\n## 1.0.0\n\n- a1\n"})
    built = build("written here", tmp_path, AS_OF)
    assert built.outcome.code == 0
    assert (facts(built, "web"), facts(built, "api")) == ([("2.0.0", None, 1)], [("1.0.0", None, 1)])
    assert items(built, "releases/web/2.0.0.html")[-1] == "w2"
    assert "which is that service" in tidemark("explain", "content/releases/CHANGELOG.md:9", cwd=tmp_path).out


def test_code_names(tmp_path):
    built = build("changelog-code-names", tmp_path, AS_OF)
    assert [(r["version"], r["title"]) for r in built.releases("api")] == [("2.0.0", "Heron"), ("1.9.0", "Egret")]
    assert "warning" not in built.outcome.err.replace("0 warnings", "")


def test_german_dates(tmp_path):
    assert facts(build("changelog-german-dates", tmp_path, AS_OF), "api") == [("2.0.0", "2026-05-04", 1), ("1.9.0", "2026-04-04", 0)]


def test_nothing_breaking(tmp_path):
    built = build("breaking-nothing", tmp_path, AS_OF)
    newest = built.changelog("a", "production")["entries"][0]
    assert (newest["includes"], newest["breaking"]) == (["1.5.0", "1.4.0", "1.3.0", "1.2.0", "1.1.0"], [])
    assert 'class="badge breaking"' not in built.html("environments/production/changelog.html")


def test_really_breaking(tmp_path):
    newest = build("breaking-really", tmp_path, AS_OF).changelog("a", "production")["entries"][0]
    assert newest["breaking"] == ["Breaking: no default colour", "None of the old keys is read any more.", "the old door is gone"]


def test_a_date_with_a_time(tmp_path):
    built = build("note-date-with-time", tmp_path, AS_OF)
    assert built.outcome.code == 0
    assert [(r["version"], r["date"], r["title"]) for r in built.releases("a")] == [("1.0.0", "2026-03-05", "Spring")]


def test_days_that_do_not_exist(tmp_path):
    built = build("changelog-days-that-do-not-exist", tmp_path, AS_OF)
    assert [(r["version"], r["date"], r["title"]) for r in built.releases("a")] == [("1.4.0", None, None), ("1.3.0", None, None)]
    warnings = [line for line in built.outcome.err.splitlines() if "not-a-day" in line]
    assert [re.match(r"content/releases/a/CHANGELOG.md:(\d+):1: warning: '([^']*)'", line).groups() for line in warnings] == [
        ("3", "2026-02-30"), ("7", "2017-01-00")]


@pytest.mark.parametrize("name", ["History.markdown", "CHANGELOG.MD", "changes.Markdown", "1.3.0.MD"])
def test_other_endings(tmp_path, name):
    folder = copied("notes-of-other-endings", tmp_path)
    (folder / "content/releases/gem/History.markdown").rename(folder / "content/releases/gem" / name)
    built = build("notes-of-other-endings", folder, AS_OF)
    assert [(r["version"], r["file"], len(r["arrivals"])) for r in built.releases("gem")] == [("1.3.0", f"releases/gem/{name}", 1)]
    assert items(built, "releases/gem/1.3.0.html")[-1] == "older thing"


def test_carriage_returns_alone(tmp_path):
    built = build("carriage-returns-alone", tmp_path, AS_OF)
    assert items(built, "releases/cr/3.2.0.html")[-1] == "repaired the pump"
    assert (built.public / "releases/cr/3.2.0.md").read_text() == "\n### Fixed\n\n- repaired the pump\n\n"
    assert notes(built, "cr", "--to", "3.2.0") == "# cr 3.2.0\n\n## 3.2.0 – 2026-05-04\n\n### Fixed\n\n- repaired the pump\n"


def contents(built):
    """The markup of every entry of every feed."""
    for file in sorted(built.public.rglob("feed.json")):
        yield file.relative_to(built.public), [item["content_html"] for item in json.loads(file.read_text())["items"]]


def test_fragments_in_feeds(tmp_path):
    built = build("feed-fragments", tmp_path, AS_OF)
    feeds = list(contents(built))
    assert [str(name) for name, _ in feeds] == ["environments/production/feed.json", "feed.json", "incidents/feed.json"]
    for _, entries in feeds:
        ids = re.findall(r' id="([^"]*)"', "".join(entries))
        assert len(ids) == len(set(ids))
    assert re.findall(r'href="([^"]*)"', feeds[1][1][0]) == [
        "https://pages.example.org/ops/releases/a/1.1.0.html#note-fn-1", "https://pages.example.org/ops/releases/a/1.1.0.html#note-notes",
        "https://pages.example.org/ops/releases/a/1.1.0.html#note-fnref-1"]
    page = built.html("releases/a/1.1.0.html")
    for place in ["note-fn-1", "note-notes", "note-fnref-1"]:
        assert f'id="{place}"' in page


def test_fragments_in_feeds_without_an_address(tmp_path):
    folder = copied("feed-fragments", tmp_path)
    (folder / "content/tidemark.yml").write_text("site: {name: F, id: f}\n")
    built = build("feed-fragments", folder, AS_OF)
    feeds = dict((str(name), entries) for name, entries in contents(built))
    assert re.findall(r'href="([^"]*)"', feeds["environments/production/feed.json"][0])[0] == "../../releases/a/1.1.0.html#note-fn-1"
    assert re.findall(r'href="([^"]*)"', feeds["feed.json"][0])[0] == "releases/a/1.1.0.html#note-fn-1"


def test_an_entry_of_a_feed_is_bounded(tmp_path):
    folder = copied("feed-fragments", tmp_path)
    long = "## 1.1.0 (2026-05-02)\n\n" + "".join(f"- number {n} of many\n" for n in range(5000)) + "\n## 1.0.0 (2026-05-01)\n\n- first\n"
    (folder / "content/releases/a/CHANGELOG.md").write_text(long)
    built = build("feed-fragments", folder, AS_OF)
    newest, first = dict((str(name), entries) for name, entries in contents(built))["feed.json"]
    assert len(newest) < 2000
    assert "number 0 of many" in newest and "number 4999" not in newest
    assert newest.endswith('<p><a href="https://pages.example.org/ops/releases/a/1.1.0.html">Its notes stand on its own page.</a></p>')
    assert "first" in first


def test_a_footnote_of_a_version_told_twice(tmp_path):
    built = build("footnote-of-version-told-twice", tmp_path, AS_OF)
    tree = root(built.html("releases/app/1.2.2.html"))
    places = {e.get("id"): "".join(e.itertext()).strip(" ↩\n") for e in tree.iter() if e.get("id")}
    told = {}
    for item in (e for e in tree.iter() if e.tag == "li"):
        words = (item.text or "").strip()
        for link in (e for e in item.iter() if e.tag == "a"):
            if words in ("fix b", "second copy"):
                told[words] = places[link.get("href")[1:]]
    assert told == {"fix b": "note of the first", "second copy": "shared by all"}


def test_tags_that_open_items(tmp_path):
    built = build("tags-that-open-items", tmp_path, AS_OF)
    assert items(built, "releases/web/1.0.0.html")[-4:] == ["<table> rows wrap", "<p> margins", "<form> posts", "<nav> moved"]


LINKED = {
    "content/runs/runs.jsonl": '{"id": "1", "service": "a", "version": "2.0.0", "state": "succeeded", "finishedAt": "2026-05-03T10:00:00Z", '
                               '"deployments": [{"environment": "production"}]}\n',
    "content/releases/a/2.0.0.md": "- see [one](../../pages/runbook.md#step-2), [two](1.9.0.md), [three](/incidents/slow%20door.md), [four](CHANGELOG.md#any)\n",
    "content/releases/a/1.9.0.md": "### Fixed\n\n- a [lost](gone.md)\n",
    "content/releases/a/CHANGELOG.md": "## 1.8.0\n- a\n\n## 1.7.0\n- b\n",
    "content/incidents/slow door.md": "---\nstartedAt: 2026-05-03T10:00:00Z\n---\nSee [the book](../pages/runbook.md#step-2) and [it](../releases/a/1.9.0.md#fixed).\n",
    "content/pages/runbook.md": "# Runbook\n\nSee [home](../index.md), [2.0.0](../releases/a/2.0.0.md).\n\n## Step 1\n\n## Step 2\n",
    "content/index.md": "Read [the book](pages/runbook.md).\n",
}


def addresses(folder, page):
    main = next(e for e in root((folder / "public" / page).read_text()).iter() if e.tag == "main")
    return {"".join(e.itertext()): e.get("href") for e in main.iter() if e.tag == "a"}


def test_links_between_content_files_lead_to_the_pages(tmp_path):
    write(tmp_path, LINKED)
    done = tidemark("build", "--as-of", "2026-06-01T00:00:00Z", cwd=tmp_path)
    assert done.code == 0
    slow = next(p.name for p in (tmp_path / "public/incidents").glob("*.html"))
    note = addresses(tmp_path, "releases/a/2.0.0.html")
    assert [note[word] for word in ("one", "two", "three", "four")] == [
        "../../pages/runbook.html#page-step-2", "../../releases/a/1.9.0.html", f"../../incidents/{slow}", "../../services/a.html"]
    incident = addresses(tmp_path, f"incidents/{slow}")
    assert [incident[word] for word in ("the book", "it")] == ["../pages/runbook.html#page-step-2", "../releases/a/1.9.0.html#note-fixed"]
    book = addresses(tmp_path, "pages/runbook.html")
    assert [book[word] for word in ("home", "2.0.0")] == ["../index.html", "../releases/a/2.0.0.html"]
    assert addresses(tmp_path, "index.html")["the book"] == "pages/runbook.html"
    assert "lost" not in addresses(tmp_path, "releases/a/1.9.0.html")
    # One warning, about the file that is not there.
    assert [line.split(": ")[0] for line in done.err.splitlines() if "relative-link" in line] == ["content/releases/a/1.9.0.md:3:1"]
    # Every place that is led to is there.
    for page, place in [("pages/runbook.html", "page-step-2"), ("releases/a/1.9.0.html", "note-fixed")]:
        assert f'id="{place}"' in (tmp_path / "public" / page).read_text()


def test_what_comes_next_is_said_in_german(tmp_path):
    folder = copied("changelog-unreleased-section", tmp_path)
    (folder / "content/tidemark.yml").write_text("site: {language: de}\n")
    built = build("changelog-unreleased-section", folder, AS_OF)
    assert '<h2 id="next">Was als Nächstes kommt</h2>' in built.html("services/gem.html")
