"""Test reports in the form of JUnit: beside a run's record, and given to the record of a run."""
import json

import pytest

from conftest import AS_OF, SHARED, needs_specification, tidemark, tree, write
from test_record import bitbucket, record, stored

RECORD = json.dumps({"id": "128", "service": "shop", "state": "succeeded", "finishedAt": "2026-03-02T10:00:00Z",
                     "deployments": [{"environment": "production"}]})
UNIT = '<testsuite time="2"><testcase name="a"/><testcase name="b"><failure/></testcase><testcase name="b"/></testsuite>'
BROWSER = '<testsuites><testsuite><testcase name="c"><failure/></testcase><testcase name="d"><skipped/></testcase></testsuite></testsuites>'
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><testsuite name="&b;"/>'


def build(folder, *arguments):
    return tidemark("build", "--as-of", AS_OF, "--json", *arguments, cwd=folder)


def test_the_run_has_the_sum_of_the_reports_beside_it(tmp_path):
    write(tmp_path, {"content/runs/shop/2026/03/128-1.json": RECORD, "content/runs/shop/2026/03/128-1-unit.xml": UNIT,
                     "content/runs/shop/2026/03/128-1-browser.xml": BROWSER})
    done = build(tmp_path)
    assert done.code == 0, done.err
    assert done.json["files"] == {"rendered": 3, "skipped": 0, "error": 0}
    run, = json.loads((tmp_path / "public/api/v1/runs/shop.json").read_text())["runs"]
    assert run["tests"] == {"total": 4, "passed": 2, "failed": 1, "skipped": 1, "flaky": 1, "seconds": 2.0}
    assert "4 tests: 2 passed, 1 failed, 1 skipped, 1 flaky" in (tmp_path / "public/runs/shop/128.html").read_text()


def test_what_is_wrong_with_a_report_is_told_and_the_run_stays(tmp_path):
    write(tmp_path, {"content/runs/128.json": RECORD, "content/runs/128-a.xml": UNIT, "content/runs/128-b.xml": LAUGHS,
                     "content/runs/128-c.xml": "<html/>", "content/runs/999.xml": UNIT, "content/runs/128-d.xml": "<testsuite>"})
    done = build(tmp_path)
    assert done.code == 1
    assert done.json["files"] == {"rendered": 2, "skipped": 2, "error": 2}
    found = {(d["file"], d["id"]) for d in done.json["diagnostics"]}
    assert found == {("content/runs/128-b.xml", "xml-doctype"), ("content/runs/128-c.xml", "not-junit"),
                     ("content/runs/128-d.xml", "invalid-xml"), ("content/runs/999.xml", "report-without-run")}
    run, = json.loads((tmp_path / "public/api/v1/runs/shop.json").read_text())["runs"]
    assert run["tests"]["total"] == 2


def test_a_folded_month_keeps_its_reports(tmp_path):
    second = json.dumps({"id": "129", "service": "shop", "state": "failed", "finishedAt": "2026-02-02T11:00:00Z"})
    odd = json.dumps({"id": "130", "service": "shop", "state": "failed", "finishedAt": "2026-02-03T11:00:00Z"})
    folder = "content/runs/shop/2026/02/"
    write(tmp_path, {folder + "128-1.json": RECORD.replace("-03-", "-02-"), folder + "128-1.xml": UNIT, folder + "129-1.json": second,
                     folder + "129-1.unit.xml": BROWSER, folder + "smoke.json": odd, folder + "smoke.xml": UNIT})
    assert build(tmp_path).code == 0
    before = {path: data for path, data in tree(tmp_path / "public").items() if "build.json" not in str(path)}
    done = tidemark("compact", cwd=tmp_path)
    assert done.code == 0, done.err
    assert "smoke.json" in done.err and "by the name of its file" in done.err
    assert sorted(p.name for p in (tmp_path / folder).iterdir()) == ["128-1.xml", "129-1.unit.xml", "smoke.json", "smoke.xml"]
    assert build(tmp_path).code == 0
    after = {path: data for path, data in tree(tmp_path / "public").items() if "build.json" not in str(path)}
    assert after == before


def test_record_takes_reports_and_folders_of_them(tmp_path):
    write(tmp_path, {"reports/unit/a.xml": UNIT, "reports/b.xml": BROWSER, "reports/notes.txt": "no report", "one.xml": UNIT, "bad.xml": LAUGHS,
                     "empty/x.txt": ""})
    done = record(tmp_path, bitbucket(1, "a" * 40, BITBUCKET_EXIT_CODE="1"), "--tests", "reports", "one.xml", "--attempt", "1")
    assert done.code == 0, done.err
    assert stored(tmp_path, done)["tests"] == {"total": 6, "passed": 4, "failed": 1, "skipped": 1, "flaky": 2, "seconds": 4}
    done = record(tmp_path, bitbucket(2, "a" * 40, BITBUCKET_EXIT_CODE="1"), "--tests", "bad.xml", "missing.xml", "empty", "one.xml")
    assert done.code == 1
    assert all(text in done.err for text in ("a document type is refused", "missing.xml", "no .xml file in this folder"))
    assert stored(tmp_path, done)["tests"]["total"] == 2


@needs_specification
def test_every_sample_goes_to_its_run(tmp_path):
    reports = sorted((SHARED / "samples/junit").glob("*.xml"))
    write(tmp_path, {f"content/runs/{n}.json": RECORD.replace("128", str(n)) for n in range(len(reports))})
    write(tmp_path, {f"content/runs/{n}.xml": report.read_bytes() for n, report in enumerate(reports)})
    done = build(tmp_path)
    assert done.json["files"] == {"rendered": 2 * len(reports), "skipped": 0, "error": 0}
    runs = json.loads((tmp_path / "public/api/v1/runs/shop.json").read_text())["runs"]
    assert sum(run["tests"]["total"] for run in runs) == 40
    assert sum(run["tests"]["failed"] for run in runs) == 12
