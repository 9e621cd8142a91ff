"""check: everything that a build would complain about, and nothing written."""
import json

import pytest

from conftest import AS_OF, ROOT, tidemark, tree, write

GOOD = json.dumps({"id": "1", "service": "shop", "version": "1.0.0", "state": "succeeded", "finishedAt": "2026-03-02T10:00:00Z",
                   "deployments": [{"environment": "production"}]})
FAULTY = {
    "content/tidemark.yml": "sites: {name: S}\n",
    "content/runs/a.json": GOOD,
    "content/runs/b,1%.json": '{"id": "2", "state": "done: ::error::x"}\n',
    "content/releases/shop/CHANGELOG.md": "## 1.0.0 (8/2/2014)\n- a\n",
    "content/incidents/slow.md": "---\nstate: over\n---\nSlow.\n",
    "templates/run.mustache": "{{nothing}}",
}
EXPECTED = {("content/tidemark.yml", "warning"), ("content/runs/b,1%.json", "warning"), ("content/releases/shop/CHANGELOG.md", "warning"),
            ("content/incidents/slow.md", "error"), ("templates/run.mustache", "error")}


def check(folder, *arguments):
    return tidemark("check", "--as-of", AS_OF, *arguments, cwd=folder)


def test_every_fault_is_told_and_nothing_is_written(tmp_path):
    write(tmp_path, FAULTY)
    before = tree(tmp_path)
    done = check(tmp_path, "--format", "json")
    assert done.code == 1 and done.json["status"] == "checked"
    assert {(d["file"], d["severity"]) for d in done.json["diagnostics"] if d["severity"] != "note"} == EXPECTED
    assert tree(tmp_path) == before
    text = check(tmp_path)
    assert text.code == 1 and text.out == ""
    assert "content/releases/shop/CHANGELOG.md:1:1: warning: '8/2/2014'" in text.err and text.err.endswith("2 errors, 3 warnings\n")


def test_annotations_of_github_cannot_be_forged(tmp_path):
    write(tmp_path, FAULTY)
    lines = check(tmp_path, "--format", "github").out.splitlines()
    assert len(lines) == 5 and all(line.startswith(("::error file=", "::warning file=")) for line in lines)
    hostile, = [line for line in lines if "runs/b" in line]
    assert hostile.startswith("::warning file=content/runs/b%2C1%25.json,line=1,col=")
    assert "::warning file=content/releases/shop/CHANGELOG.md,line=1,col=1,title=unclear-date::" in "\n".join(lines)


def test_a_report_for_gitlab(tmp_path):
    write(tmp_path, FAULTY)
    first = json.loads(check(tmp_path, "--format", "gitlab-codequality").out)
    assert {(i["location"]["path"], {"major": "error", "minor": "warning"}[i["severity"]]) for i in first} == EXPECTED
    assert all(i["location"]["lines"]["begin"] >= 1 and i["description"] and i["check_name"] for i in first)
    assert len({i["fingerprint"] for i in first}) == 5
    # A fault that only moved is the same fault.
    write(tmp_path, {"content/releases/shop/CHANGELOG.md": "# Log\n\n## 1.0.0 (8/2/2014)\n- a\n"})
    second = json.loads(check(tmp_path, "--format", "gitlab-codequality").out)
    assert {i["fingerprint"] for i in second} == {i["fingerprint"] for i in first}


@pytest.mark.parametrize("files, arguments, code", [
    ({"content/runs/a.json": GOOD}, [], 0), ({"content/runs/a.json": GOOD}, ["--strict"], 0),
    ({"content/runs/a.json": GOOD, "content/tidemark.yml": "sites: {}\n"}, [], 0),
    ({"content/runs/a.json": GOOD, "content/tidemark.yml": "sites: {}\n"}, ["--strict"], 1),
    ({"content/tidemark.yml": "site: 3\n"}, [], 65), ({"other/a.json": GOOD}, [], 65), ({"content/runs/a.json": GOOD}, ["--format", "xml"], 64)])
def test_exit_codes(tmp_path, files, arguments, code):
    write(tmp_path, files)
    assert check(tmp_path, *arguments).code == code


def test_lists_that_go_on_are_told_and_no_fault(tmp_path):
    pipeline = {"type": "pipeline", "uuid": "{p1}", "build_number": 5, "created_on": "2026-03-01T10:00:00Z", "target": {},
                "state": {"name": "COMPLETED", "result": {"name": "SUCCESSFUL"}}}
    write(tmp_path, {"content/runs/a.json": json.dumps({"next": "https://api.bitbucket.org/2.0/x?page=2", "values": [pipeline]})})
    done = check(tmp_path, "--strict")
    assert done.code == 0
    assert "content/runs/a.json:1: this list goes on: it has more pipelines than the 1 that are here\n" in done.err


def test_the_example_has_no_error():
    done = check(ROOT)
    assert done.code == 0 and "0 errors" in done.err, done.err
