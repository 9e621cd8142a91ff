"""Attempts and targets: cases whose facts were once printed wrong, by exact values (record.md, Targets and attempts; rules.md, Targets)."""
import re

import html5lib
import pytest

from conftest import tidemark
from field import build

A1, B2, C3 = "a1" * 6, "b2" * 6, "c3" * 6


def facts(cell):
    last = cell["lastAttempt"]
    return (
        cell["state"], cell["current"] and (cell["current"]["version"], cell["current"]["since"], cell["current"]["kind"]),
        cell["previous"] and cell["previous"]["version"], last and (last["version"], last["state"]), cell["flags"])


def rows(deployments):
    return [(row["id"], row["state"], row["startedAt"], row["finishedAt"]) for row in deployments]


def counted(metrics):
    figures = metrics["deployments"]
    return figures["count"], figures["attempts"]


def words(page):
    """The text of a page as people read it."""
    root = html5lib.parse(page, namespaceHTMLElements=False)
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in ("script", "style"):
                parent.remove(child)
    return re.sub(r"\s+", " ", " ".join(root.itertext())).replace(" ,", ",")


def every_page(site):
    for path in sorted(site.public.rglob("*")):
        if path.is_file() and path.suffix in (".html", ".txt", ".json", ".atom", ".md", ".svg"):
            yield path, path.read_text()


def test_gitlab_retried_job(tmp_path):
    site = build("gitlab-retried-job", tmp_path, "2026-03-01")
    assert facts(site.cell("oven", "production")) == (
        "current", (B2, "2026-02-11T11:05:00Z", "upgrade"), A1, None, [])
    deployments = site.deployments("oven", "production")
    assert rows(deployments) == [
        ("702", "succeeded", "2026-02-11T11:00:00Z", "2026-02-11T11:05:00Z"),
        ("701", "failed", "2026-02-11T10:01:00Z", "2026-02-11T10:05:00Z"),
        ("690", "succeeded", "2026-02-01T10:01:00Z", "2026-02-01T10:05:00Z"),
    ]
    assert [row["attempt"] for row in deployments] == [2, 1, 1]
    assert counted(site.metrics("oven", "production")) == (2, 3)


def test_canonical_attempts_in_turn(tmp_path):
    site = build("canonical-attempts-in-turn", tmp_path, "2026-06-01")
    assert facts(site.cell("skiff", "production")) == ("current", ("2.0.0", "2026-01-01T11:05:00Z", "first"), None, None, [])
    assert rows(site.deployments("skiff", "production")) == [
        ("d2", "succeeded", "2026-01-01T11:01:00Z", "2026-01-01T11:05:00Z"),
        ("d1", "failed", "2026-01-01T10:01:00Z", "2026-01-01T10:05:00Z"),
    ]


@pytest.mark.parametrize("case", ["github-rerun-last-attempt-only", "github-rerun-both-attempts"])
def test_github_rerun(case, tmp_path):
    site = build(case, tmp_path, "2026-06-01")
    assert facts(site.cell("shed", "production")) == (
        "current", (B2, "2026-03-15T11:10:00Z", "upgrade"), A1, None, [])
    assert rows(site.deployments("shed", "production")) == [
        ("952", "succeeded", "2026-03-15T11:00:10Z", "2026-03-15T11:10:00Z"),
        ("951", "failed", "2026-03-15T10:05:10Z", "2026-03-15T10:09:00Z"),
        ("940", "succeeded", "2026-03-01T10:05:05Z", "2026-03-01T10:06:00Z"),
    ]


def test_azure_environment_retry(tmp_path):
    site = build("azure-environment-retry", tmp_path, "2026-06-01")
    assert facts(site.cell("kiln", "production")) == ("current", (B2, "2026-04-21T11:05:00Z", "first"), None, None, [])
    deployments = site.deployments("kiln", "production")
    assert rows(deployments) == [
        ("environment-12-502", "succeeded", "2026-04-21T11:00:05Z", "2026-04-21T11:05:00Z"),
        ("environment-12-501", "failed", "2026-04-21T10:10:05Z", "2026-04-21T10:15:00Z"),
    ]
    assert [row["attempt"] for row in deployments] == [2, 1]


def test_gitlab_allowed_to_fail(tmp_path):
    site = build("gitlab-allowed-to-fail", tmp_path, "2026-06-01")
    assert facts(site.cell("oven", "production")) == ("none", None, None, (B2, "failed"), [])


def test_circleci_rerun_from_failed(tmp_path):
    site = build("circleci-rerun-from-failed", tmp_path, "2026-06-01")
    assert facts(site.cell("kiln", "production")) == ("current", (B2, "2026-04-10T11:05:00Z", "first"), None, None, [])
    assert rows(site.deployments("kiln", "production")) == [
        ("ship-120-production-2", "succeeded", "2026-04-10T11:00:10Z", "2026-04-10T11:05:00Z"),
        ("ship-120-production", "failed", "2026-04-10T10:05:10Z", "2026-04-10T10:10:00Z"),
    ]


def test_gitlab_prepare_and_verify(tmp_path):
    site = build("gitlab-prepare-and-verify", tmp_path, "2026-02-01")
    assert facts(site.cell("oven", "production")) == ("current", (B2, "2025-12-10T10:05:00Z", "first"), None, None, [])
    assert [(row["version"], row["state"]) for row in site.deployments("oven", "production")] == [
        (C3, "skipped"), (B2, "succeeded")]


def test_parallel_targets_one_failed(tmp_path):
    site = build("parallel-targets-one-failed", tmp_path, "2026-06-01")
    cell = site.cell("skiff", "production")
    assert facts(cell) == (
        "mixed", ("1.1.0", "2026-01-02T10:05:00Z", None), "1.0.0", ("1.1.0", "failed"), ["partial"])
    assert [(t["target"], t["version"], t["state"]) for t in cell["targets"]] == [
        ("eu", "1.1.0", "current"), ("us", "1.0.0", "current")]
    assert site.api("summary.json")["status"]["indicator"] == "minor"
    row = site.deployments("skiff", "production")[0]
    assert (row["state"], row["target"]) == ("failed", None)
    assert [(t["target"], t["state"], t["finishedAt"]) for t in row["targets"]] == [
        ("eu", "succeeded", "2026-01-02T10:05:00Z"), ("us", "failed", "2026-01-02T10:08:00Z")]
    for path, text in every_page(site):
        assert not re.search(r"sta(ys|yed) (on|at)|still runs", text), path
    for page in ("index.html", "environments/production.html", "services/skiff.html"):
        assert "1.1.0 on 1 of 2, 1.0.0 on 1" in words(site.html(page)), page
    assert "skiff    mixed: 1.1.0 on 1 of 2, 1.0.0 on 1, partial" in (site.public / "status.txt").read_text()
    assert site.api("../../badges/skiff/production.json")["message"] == "mixed: 1.1.0 on 1 of 2, 1.0.0 on 1"


def test_aborted_then_rolled_back(tmp_path):
    site = build("aborted-then-rolled-back", tmp_path, "2026-06-01")
    assert facts(site.cell("skiff", "production")) == (
        "current", ("1.0.0", "2026-01-03T10:12:00Z", "rollback"), "1.1.0", None, ["rolled-back"])


def test_octopus_tenants(tmp_path):
    site = build("octopus-tenants", tmp_path, "2026-06-10")
    # Capital letters are no part of a path: the folder has digits of a digest.
    slug, = [path.name for path in (site.public / "api/v1/services").iterdir() if path.is_dir()]
    cell = site.cell("Clinic", "production")
    assert facts(cell) == ("mixed", ("0.0.2", "2026-06-03T08:00:31Z", "first"), None, None, [])
    assert [(t["target"], t["version"], t["deployment"], t["state"]) for t in cell["targets"]] == [
        ("Elm", "0.0.2", "Deployments-12", "current"), ("Oak", "0.0.3", "Deployments-13", "current"),
        ("Yew", "0.0.2", "Deployments-14", "current")]
    assert [(row["target"], row["kind"]) for row in site.deployments(slug, "production")] == [
        ("Yew", "first"), ("Oak", "upgrade"), ("Elm", "first"), ("Oak", "first")]
    metrics = site.metrics("Clinic", "production")
    assert counted(metrics) == (4, 4)
    assert (metrics["changeFailRate"], metrics["rework"]) == (
        {"failed": 0, "of": 4, "rate": 0}, {"rework": 0, "of": 4, "rate": 0})
    for page in ("index.html", "environments/production.html", f"services/{slug}.html"):
        assert "0.0.3 on 1 of 3, 0.0.2 on 2" in words(site.html(page)), page
    entries = site.changelog(slug, "production")["entries"]
    assert [(e["to"], e["kind"], [t["target"] for t in e["targets"]]) for e in entries] == [
        ("0.0.3", "upgrade", ["Oak"]), ("0.0.2", "first", ["Oak", "Elm", "Yew"])]
    status = tidemark("status", "--content", "content", "--as-of", "2026-06-10T00:00:00Z", cwd=tmp_path)
    assert "mixed: 0.0.3 on 1 of 3, 0.0.2 on 2" in status.out


def test_octopus_newest_failed(tmp_path):
    site = build("octopus-newest-failed", tmp_path, "2026-06-10")
    assert facts(site.cell("Clinic", "production")) == (
        "current", ("0.0.15", "2026-06-01T08:00:31Z", "first"), None, ("0.0.16", "failed"), [])


def test_two_at_the_same_instant(tmp_path):
    site = build("two-at-the-same-instant", tmp_path, "2026-06-01")
    assert facts(site.cell("liner", "production")) == (
        "current", ("2.1.0", "2026-01-05T12:00:00Z", "upgrade"), "2.0.0", None, ["tie"])
