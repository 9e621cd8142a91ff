"""Where a commit is, and the search index, on the built site."""
import json
import re

import jsonschema

from conftest import tree


def run(number, day, environments, commits, **more):
    at = f"2026-03-{day:02}T10:00:00Z"
    return {"service": "shop", "repository": "acme/shop", "id": str(number), "number": number, "state": "succeeded", "version": f"1.{number}.0",
            "createdAt": f"2026-03-{day:02}T09:00:00Z", "changes": commits,
            "deployments": [{"environment": name, "finishedAt": at} for name in environments], **more}


def commit(day, number):
    sha = f"{day * 1000 + number:08x}" * 5
    return {"sha": sha, "message": f"SHOP-{day * 1000 + number} Change number {number} of the day, with a subject of usual length",
            "author": "Ana Example", "committedAt": f"2026-03-{day:02}T08:{number % 60:02}:00Z", "pullRequest": str(number)}


CONFIGURATION = """site: {name: A}
environments: [{key: development}, {key: test}, {key: staging}, {key: production}]
links: {commit: "https://bitbucket.org/acme/checkout/commits/{sha}", issues: [{pattern: "SHOP-[0-9]+", url: "https://jira.example.com/browse/{key}"}]}
"""


def test_a_month_of_three_thousand_commits_keeps_every_page_small(site):
    runs = [run(day, day, ["development", "test", "staging", "production"], [commit(day, n) for n in range(100)]) for day in range(1, 31)]
    site.write({"content/runs/a.json": json.dumps(runs), "content/tidemark.yml": CONFIGURATION})
    done = site.build("--strict")
    assert done.code == 0, done.err
    files = tree(site.public)
    pages = {name: data for name, data in files.items() if name.startswith("changes/shop/")}
    assert len(pages) == 31
    assert max(len(data) for name, data in files.items() if name.endswith(".html")) < 500_000
    assert max(len(data) for data in pages.values()) < 200_000
    shas = [sha for data in pages.values() for sha in re.findall(r'<tr id="c/([0-9a-f]+)"', data.decode())]
    assert len(shas) == len(set(shas)) == 3000
    assert len(files["search.json"]) < 1_300_000


def test_a_new_run_changes_only_the_pages_of_its_month(site):
    runs = [run(1, 3, ["staging", "production"], [commit(3, 1)]), run(2, 9, ["staging"], [dict(commit(9, 1), committedAt="2026-02-09T08:00:00Z")])]
    site.write({"content/runs/a.json": json.dumps(runs), "content/tidemark.yml": CONFIGURATION})
    site.build()
    before = tree(site.public / "changes")
    assert set(before) == {"shop/2026-02.html", "shop/2026-03.html"}
    site.write({"content/runs/b.json": json.dumps([run(3, 12, ["staging"], [commit(12, 1)])])})
    site.build()
    after = tree(site.public / "changes")
    assert [name for name in before if before[name] != after[name]] == ["shop/2026-03.html"]


def test_search_js_is_search_json_in_a_script(example):
    text = (example / "search.js").read_text()
    assert text.startswith("window.tidemarkSearch = {") and text.endswith(";\n") and "</" not in text and text.isascii() is False
    index = json.loads((example / "search.json").read_text())
    assert json.loads(text[len("window.tidemarkSearch = "):-2]) == index
    schema = json.loads((example / "api/v1/schemas/search.json").read_text())
    jsonschema.Draft202012Validator(schema).validate(index)
    kinds = {entry["kind"] for entry in index["entries"]}
    assert kinds == {"service", "environment", "release", "deployment", "change", "issue", "incident", "page"}
    for entry in index["entries"]:
        path, _, anchor = entry["url"].partition("#")
        page = (example / path).read_text()
        assert not anchor or f'id="{anchor}"' in page, entry
    assert [e["kind"] for e in index["entries"] if e["title"].startswith("9f31c0a ")] == ["change"]


def test_the_example_tells_where_a_commit_is(example):
    page = (example / "changes/checkout/2026-03.html").read_text()
    rows = {re.search(r"<bdi>([0-9a-f]{7})</bdi>", row).group(1): row for row in page.split("<tr id=")[1:] if row.startswith('"c/')}
    assert "9 Mar 14:02" in rows["701fb05"] and "left <time" in rows["701fb05"] and "17 Mar 14:02" in rows["701fb05"], "out, back, out again"
    assert ">waits</a>" in rows["9f31c0a"] and rows["e5c2b10"].count("not yet") == 3
