"""Broken inputs: where the fault is, what it is called, and with which exit code the program ends."""
import re

import pytest

GOOD = '{"id": "1", "service": "shop", "state": "succeeded", "finishedAt": "2026-03-01T10:00:00Z", "version": "1.0.0", "deployments": [{"environment": "%s"}]}'
RUN = '{"id": "1", "state": "succeeded"%s}'
NOTE = "---\nversion: 1.0.0\n%s---\nWords.\n"

# (file, its content, exit code, line:column, part of the message)
RECORDS = [
    ("runs/a.json", '{"id": "1", "state": }', 1, "1:22", ""),
    ("runs/a.json", '{"id": "1" "state": "failed"}', 1, "1:12", ""),
    ("runs/a.json", '{"id": "1",}', 1, "1:11", ""),
    ("runs/a.json", "{'id': 1}", 1, "1:2", ""),
    ("runs/a.json", '{"id": "1", "state": "failed"', 1, "1:30", ""),
    ("runs/a.json", '{\n  "id": "1",\n  "number": 01,\n  "state": "failed"\n}', 1, "3:13", ""),
    ("runs/a.json", '{"id": "a\tb", "state": "failed"}', 1, "1:10", ""),
    ("runs/a.json", '{"id": "\\x", "state": "failed"}', 1, "1:9", ""),
    ("runs/a.json", '{"id": "\\ud800", "state": "failed"}', 1, "1:9", ""),
    ("runs/a.json", b'{"id": "\xff", "state": "failed"}', 1, "1:9", ""),
    ("runs/a.json", '{"id": NaN, "state": "failed"}', 1, "1:8", ""),
    ("runs/a.json", '// a comment\n{"id": "1", "state": "failed"}', 1, "1:1", ""),
    ("runs/a.json", "[" * 500, 1, "1:129", ""),
    ("runs/a.json", '{"state": "failed"}', 1, "1:1", "id"),
    ("runs/a.json", '{"id": "1"}', 1, "1:1", "state"),
    ("runs/a.json", '{"id": ["1"], "state": "failed"}', 1, "1:8", "id"),
    ("runs/a.json", '{"id": "1", "state": 7}', 1, "1:22", "state"),
    ("runs/a.json", '{"kind": "rnu", "id": "1", "state": "failed"}', 1, "1:10", "rnu"),
    ("runs/a.json", '{"schema": "tidemark-records/9", "records": []}', 1, "1:12", "tidemark-records/1"),
    ("runs/a.json", '{"kind": "deployment", "id": "1", "state": "failed"}', 1, "1:1", "environment"),
    ("runs/a.json", '{"kind": "incident", "title": "x"}', 1, "1:1", "id"),
    ("runs/a.jsonl", RUN % "" + "\n{broken}\n" + RUN.replace('"1"', '"2"') % "" + "\n", 1, "2:2", ""),
    ("runs/a.jsonl", RUN % "" + "\r\n{\"id\": \"2\", \"state\": tru}\r\n", 1, "2:22", ""),
]
RECORD_WARNINGS = [
    ("runs/a.json", RUN % ', "startedAt": "yesterday"', 0, "1:48", "startedAt"),
    ("runs/a.json", RUN % ', "id": "2"', 0, "1:35", "id"),
    ("runs/a.json", RUN % ', "attempt": "first"', 0, "1:46", "attempt"),
    ("runs/a.json", RUN % ', "steps": {"name": "x"}', 0, "1:44", "steps"),
]
NOTES = [
    ("releases/shop/a.md", "---\nversion: 1.0.0\nWords.\n", 1, "1:1", ""),
    ("releases/shop/a.md", NOTE % "date: 2026-02-30\n", 1, "3:7", "2026-02-30"),
    ("releases/shop/a.md", NOTE % "yanked: perhaps\n", 1, "3:9", "yanked"),
    ("releases/shop/a.md", NOTE % "includes: {a: b}\n", 1, "3:11", "includes"),
    ("releases/shop/a.md", NOTE % "title: [a\n", 1, "", ""),
    ("releases/shop/a.md", NOTE % "title: a: b\n", 1, "3:9", ""),
    ("releases/shop/a.md", "---\nversion: [1]\n---\nWords.\n", 1, "2:10", "version"),
    ("releases/shop/a.md", "+++\nversion = '1'\n+++\nWords.\n", 1, "1:1", "YAML"),
    ("incidents/a.md", "---\ntitle: x\nstartedAt: today\n---\n", 1, "3:12", "startedAt"),
    ("incidents/a.md", "---\ntitle: x\nstate: over\n---\n", 1, "3:8", "over"),
]
NOTE_WARNINGS = [
    ("releases/shop/a.md", NOTE % "yankd: true\n", 0, "3:1", "yanked"),
]
CONFIGURATIONS = [
    ("tidemark.yml", "site: [a]\n", 65, "1:7", "site"),
    ("tidemark.yml", "site:\n  timezone: Europe/Berln\n", 65, "2:13", "Europe/Berln"),
    ("tidemark.yml", "environments:\n  - {name: Staging}\n", 65, "2:5", "key"),
    ("tidemark.yml", "environments:\n  - {key: a, tier: prod}\n", 65, "2:20", "prod"),
    ("tidemark.yml", "environments:\n  - {key: a, gate: maybe}\n", 65, "2:20", "maybe"),
    ("tidemark.yml", "environments:\n  - {key: a}\n  - {key: a}\n", 65, "3:11", "'a'"),
    ("tidemark.yml", "environments:\n  - {key: a, after: b}\n", 65, "2:21", "'b'"),
    ("tidemark.yml", "services:\n  - {key: a, versions: calver}\n", 65, "2:24", "calver"),
    ("tidemark.yml", "stale-after: soon\n", 65, "1:14", "soon"),
    ("tidemark.yml", "history: {runs: -1}\n", 65, "1:17", "-1"),
    ("tidemark.yml", "freezes:\n  - {from: 2026-03-02, to: 2026-03-01}\n", 65, "2:28", "2026-03-01"),
    ("tidemark.yml", "freezes:\n  - {from: christmas, to: 2026-03-01}\n", 65, "2:12", "christmas"),
    ("tidemark.yml", "site:\n\tname: x\n", 65, "2:1", ""),
    ("tidemark.yml", "a: &a [*a]\n", 65, "", ""),
]
CONFIGURATION_WARNINGS = [
    ("tidemark.yml", "sight: {name: x}\n", 0, "1:1", "site"),
    ("tidemark.yml", "site: {nam: x}\n", 0, "1:8", "name"),
    ("tidemark.yml", "site: {url: 'ftp://x/'}\n", 0, "1:13", "ftp"),
]
TEMPLATES = [
    ("dashboard.mustache", "{{#layout}}{{titel}}{{/layout}}", 1, "1:12", "titel"),
    ("dashboard.mustache", "\n  {{>partials/tiem}}", 1, "2:3", "partials/tiem"),
    ("dashboard.mustache", "{{#layout}}open", 1, "1:1", "layout"),
    ("dashboard.mustache", "{{#layout}}{{/laoyut}}", 1, "1:12", "laoyut"),
    ("dashboard.mustache", "{{/layout}}", 1, "1:1", "layout"),
    ("dashboard.mustache", "{{#layout}}{{{title}}}{{/layout}}", 1, "1:12", "title"),
    ("dashboard.mustache", "{{layout", 1, "1:1", ""),
    ("dashboard.mustache", "{{layout}}", 1, "1:1", "layout"),
    ("partials/mark.mustache", "{{>partials/mark}}", 1, "1:1", "partials/mark"),
    ("layout.mustache", "{{=<% %>}}", 1, "1:1", ""),
]


def location(error, place):
    return re.search(rf"(?m)^{re.escape(place)}:(\d+:\d+): (error|warning): (.*)$", error)


def check(site, severity, file, text, code, position, words, folder="content"):
    site.write({"content/runs/good.json": GOOD % "x", f"{folder}/{file}": text})
    done = site.build("--templates", "templates")
    assert done.code == code, done.err
    lines = re.findall(rf"(?m)^{re.escape(folder + '/' + file)}:(\d+:\d+): {severity}: (.*)$", done.err)
    assert lines, done.err
    assert not position or position == lines[0][0], done.err
    whole = done.err[done.err.index(f"{folder}/{file}"):]
    assert words in whole, done.err
    assert re.search(r"\[[a-z0-9-]+\]$", lines[0][1]), "a stable identifier ends the line"
    return done


@pytest.mark.parametrize("case", RECORDS, ids=lambda c: str(c[1])[:40])
def test_a_faulty_record_is_an_error_at_its_place_and_the_rest_is_published(site, case):
    check(site, "error", *case)
    assert site.api("build.json")["records"]["rendered"] >= 1
    assert [e for e in site.api("build.json")["errors"] if e["file"] == case[0] and f"{e['line']}:{e['column']}" == case[3]]


@pytest.mark.parametrize("case", NOTES, ids=lambda c: c[1][:40])
def test_a_faulty_note_is_an_error_at_its_place_and_the_rest_is_published(site, case):
    check(site, "error", *case)
    assert site.api("build.json")["records"]["error"] == 1 and (site.public / "index.html").exists()


@pytest.mark.parametrize("case", RECORD_WARNINGS + NOTE_WARNINGS + CONFIGURATION_WARNINGS, ids=lambda c: str(c[1])[:40])
def test_what_can_be_used_all_the_same_is_a_warning(site, case):
    check(site, "warning", *case)
    assert (site.public / "index.html").exists()
    assert site.build("--strict").code == 1


@pytest.mark.parametrize("case", CONFIGURATIONS, ids=lambda c: c[1][:40])
def test_a_faulty_configuration_publishes_nothing(site, case):
    check(site, "error", *case)
    assert not site.public.exists()


@pytest.mark.parametrize("case", TEMPLATES, ids=lambda c: c[1][:40])
def test_a_faulty_template_publishes_nothing(site, case):
    check(site, "error", *case, folder="templates")
    assert not site.public.exists()


def test_a_fault_in_a_partial_names_the_templates_that_include_it(site):
    site.write({"content/runs/a.json": GOOD % "x", "templates/partials/time.mustache": "{{machin}}"})
    done = site.build()
    assert done.code == 1
    assert "templates/partials/time.mustache:1:1: error: " in done.err and "machine" in done.err
    assert "included from" in done.err


def test_the_source_line_stands_under_the_message_with_a_caret(site):
    site.write({"content/runs/a.json": '{"id": "1",\n\t"state": oops}'})
    lines = site.build().err.splitlines()
    index = next(i for i, line in enumerate(lines) if "content/runs/a.json:2:11" in line)
    assert lines[index + 1] == '  \t"state": oops}' and lines[index + 2] == "  \t         ^"


def test_all_faults_of_all_files_are_reported_at_once(site):
    site.write({f"content/runs/{n}.json": "{" for n in "abc"} | {"content/releases/s/1.md": "---\nversion: [1]\n---\n"})
    result = site.build("--json").json
    assert [d["file"] for d in result["diagnostics"] if d["severity"] == "error"] == [
        "content/releases/s/1.md", "content/runs/a.json", "content/runs/b.json", "content/runs/c.json"]
