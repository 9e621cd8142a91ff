"""What providers' payloads say, in cases that were once read wrong: nothing that was only tried, skipped or cut off is a fact."""
import json
import shutil

import pytest

from conftest import tidemark, write
from field import build, copied

A, B, C = ("a1" * 6, "b2" * 6, "c3" * 6)


def current(cell):
    return (cell["state"], cell["current"]["version"], cell["current"]["since"], cell["current"]["kind"])


def test_a_dry_run_of_argo_is_no_deployment(tmp_path):
    site = build("argo-dry-run", tmp_path, "2026-06-01")
    cell = site.cell("ledger", "production")
    assert current(cell) == ("current", A, "2026-05-04T10:00:00Z", "first")
    assert [w["version"] for w in cell["waiting"]] == [B]
    assert [(d["version"], d["state"]) for d in site.deployments("ledger", "production")] == [(B, "waiting"), (A, "succeeded")]


def test_a_full_synchronization_is_one(tmp_path):
    site = build("argo-full-sync", tmp_path, "2026-06-01")
    cell = site.cell("ledger", "production")
    assert current(cell) == ("current", B, "2026-05-05T09:00:08Z", "upgrade")
    assert cell["waiting"] == []


def test_a_synchronization_of_chosen_resources_leaves_what_runs(tmp_path):
    copied("argo-dry-run", tmp_path)
    file = tmp_path / "content/runs/ledger.json"
    payload = json.loads(file.read_text())
    operation = payload["status"]["operationState"]["operation"]["sync"]
    del operation["dryRun"]
    payload["status"]["operationState"]["message"] = "successfully synced"
    operation["resources"] = [{"kind": "ConfigMap", "name": "ledger"}]
    file.write_text(json.dumps(payload))
    site = build("argo-dry-run", tmp_path, "2026-06-01")
    cell = site.cell("ledger", "production")
    assert current(cell) == ("current", A, "2026-05-04T10:00:00Z", "first")
    assert [w["version"] for w in cell["waiting"]] == [B]
    assert (cell["lastAttempt"]["version"], cell["lastAttempt"]["state"]) == (B, "unknown")


def audited(site, version):
    """The row of a version in the audit."""
    months = sorted(path for path in (site.public / "api/v1/audit").rglob("*.json"))
    rows = [row for path in months for row in json.loads(path.read_text()).get("changes", [])]
    return next(row for row in rows if row["version"] == version)


def test_any_one_of_two_approvers_lets_a_classic_release_through(tmp_path):
    site = build("azure-classic-any-one", tmp_path, "2026-06-01")
    cell = site.cell("kiln", "production")
    assert (cell["current"]["version"], cell["current"]["by"]) == ("2026.4.61", "Vera")
    assert [(w["version"], w["allowed"]) for w in cell["waiting"]] == [("2026.4.62", ["Vera", "Isak"])]
    row = next(d for d in site.deployments("kiln", "production") if d["version"] == "2026.4.61")
    assert (row["gate"]["by"], row["gate"]["decidedAt"]) == ("Vera", "2026-04-02T10:30:00Z")
    assert audited(site, "2026.4.61")["approvedBy"] == ["Vera"]
    assert "2 of Vera" not in site.html("pending.html")


def test_any_one_of_two_approvers_lets_a_stage_through(tmp_path):
    site = build("azure-yaml-any-one", tmp_path, "2026-06-01")
    cell = site.cell("kiln", "production")
    assert (cell["current"]["version"], cell["current"]["by"], cell["current"]["promotion"]) == (B, "Vera", "manual")
    assert audited(site, B)["approvedBy"] == ["Vera"]


def test_an_approval_that_timed_out_deploys_nothing(tmp_path):
    site = build("azure-approval-timed-out", tmp_path, "2026-06-01")
    assert site.cell("kiln", "test")["current"]["version"] == B
    cell = site.cell("kiln", "production")
    assert (cell["current"], cell["lastAttempt"], cell["waiting"]) == (None, None, [])
    gates = [d["gate"] for d in site.deployments("kiln", "production")]
    assert [(g["state"], g["by"]) for g in gates] == [("expired", None)]


def test_one_of_two_approvals_decides_nothing(tmp_path):
    site = build("gitlab-one-of-two-approvals", tmp_path, "2026-02-13")
    row = site.deployments("oven", "production")[0]
    assert (row["version"], row["state"]) == (C, "waiting")
    assert (row["gate"]["state"], row["gate"]["decidedAt"], row["gate"]["by"]) == ("waiting", None, None)


def test_the_commit_of_a_library_is_not_the_products(tmp_path):
    site = build("jenkins-library-commit", tmp_path, "2026-06-01")
    assert site.cell("attic", "production")["current"]["version"] == B


@pytest.mark.parametrize("case", ["gitlab-external-siblings", "gitlab-external-with-rule"])
def test_a_deployment_without_a_repository_is_that_of_its_siblings(case, tmp_path):
    site = build(case, tmp_path, "2026-03-01")
    assert [(c["service"], c["environment"]) for c in site.api("summary.json")["cells"]] == [("oven", "production")]
    cell = site.cell("oven", "production")
    assert (cell["current"]["version"], cell["previous"]["version"]) == (B, A)
    assert site.metrics("oven", "production")["deployments"]["count"] == 2


def test_deployments_of_nobody_stand_apart_with_the_rule_that_would_place_them(tmp_path):
    copied("gitlab-external-siblings", tmp_path)
    file = tmp_path / "content/runs/deployments.json"
    rows = [row for row in json.loads(file.read_text()) if row["deployable"] is None]
    file.write_text(json.dumps(rows))
    for row in rows:
        row["id"] += 1000
        row["environment"]["id"] = 9
    write(tmp_path, {"content/runs/other/deployments.json": json.dumps(rows)})
    site = build("gitlab-external-siblings", tmp_path, "2026-03-01")
    assert [c["service"] for c in site.api("summary.json")["cells"]] == ["deployments", "other-deployments"]
    assert "2 deployments are of a project that nothing here names; they stand apart under the service 'deployments'" in (
        site.outcome.err)
    assert 'say whose they are: records: [{files: "runs/deployments.json", repository: OWNER/NAME}]' in site.outcome.err
    rules = '[{files: "runs/deployments.json", repository: bakery/oven}, {files: "runs/other/*", repository: x/kiln}]'
    write(tmp_path, {"content/tidemark.yml": f"records: {rules}\n"})
    placed = build("gitlab-external-siblings", tmp_path, "2026-03-01")
    assert [c["service"] for c in placed.api("summary.json")["cells"]] == ["kiln", "oven"]
    assert "no-repository" not in placed.outcome.err


def test_what_is_broken_or_limited_has_not_run(tmp_path):
    site = build("buildkite-broken-and-limited", tmp_path, "2026-06-01")
    production, staging = site.cell("garden", "production"), site.cell("garden", "staging")
    assert (production["current"]["version"], production["lastAttempt"]) == (A, None)
    assert (staging["current"]["version"], staging["lastAttempt"]) == (B, None)
    skipped = next(d for d in site.deployments("garden", "production") if d["version"] == B)
    queued = next(d for d in site.deployments("garden", "staging") if d["version"] == "d4" * 6)
    assert (skipped["state"], skipped["startedAt"], skipped["finishedAt"]) == ("skipped", None, None)
    assert (queued["state"], queued["startedAt"], queued["finishedAt"]) == ("queued", None, None)


def test_a_skipped_job_deploys_nothing(tmp_path):
    site = build("github-skipped-job", tmp_path, "2026-06-01")
    assert site.cell("shed", "staging")["current"]["version"] == B
    cell = site.cell("shed", "production")
    assert (cell["current"], cell["lastAttempt"]) == (None, None)


def test_what_waited_and_is_queued_asks_nobody(tmp_path):
    site = build("github-waiting-then-queued", tmp_path, "2026-06-01")
    cell = site.cell("shed", "production")
    assert (cell["current"]["version"], cell["waiting"]) == (A, [])
    row = next(d for d in site.deployments("shed", "production") if d["id"] == "801")
    assert (row["state"], row["promotion"]) == ("queued", "automatic")


def test_a_deployment_that_is_only_inactive_came_before_at_a_time_nobody_knows(tmp_path):
    site = build("github-graphql-inactive", tmp_path, "2026-03-01")
    cell = site.cell("shed", "production")
    assert current(cell) == ("current", B, "2026-02-20T12:00:00Z", "upgrade")
    assert cell["previous"]["version"] == A
    row = next(d for d in site.deployments("shed", "production") if d["id"] == "601")
    assert (row["state"], row["startedAt"], row["finishedAt"]) == ("succeeded", None, None)


def test_blanks_are_no_part_of_an_environments_name(tmp_path):
    site = build("environment-name-blanks", tmp_path, "2026-06-01")
    assert [(c["service"], c["environment"]) for c in site.api("summary.json")["cells"]] == [("skiff", "production")]
    cell = site.cell("skiff", "production")
    assert (cell["current"]["version"], cell["previous"]["version"]) == ("1.4.0", "1.3.0")


def test_pages_that_stand_on_one_line_are_all_read(tmp_path):
    site = build("gh-paginate-one-line", tmp_path, "2026-06-01")
    cell = site.cell("shed", "production")
    assert (cell["current"]["version"], cell["previous"]["version"]) == (B, A)
    assert site.outcome.err.count("error") == site.outcome.err.count("0 errors") + site.outcome.err.count("in error")


def test_kinds_that_are_not_read_are_named(tmp_path):
    site = build("kubernetes-kinds-not-read", tmp_path, "2026-06-01")
    assert [(s["file"], s["reason"]) for s in site.api("build.json")["skipped"]] == [
        ("runs/flux.yml", "HelmRelease of helm.toolkit.fluxcd.io is not read"),
        ("runs/kargo.yml", "Promotion of kargo.akuity.io is not read")]
    for file, kind in [("flux", "HelmRelease of helm.toolkit.fluxcd.io"), ("kargo", "Promotion of kargo.akuity.io")]:
        assert f"runs/{file}.yml:1:1: warning: nothing of this file is shown: {kind} is not read" in site.outcome.err


def test_objects_that_were_cut_off_are_told_with_the_cure(tmp_path):
    site = build("powershell-cut-depth", tmp_path, "2026-06-01")
    assert "runs/depth.json:6:15: warning: an object was written as the text \"@{id=61; name=Release-61}\"" in site.outcome.err
    assert "ConvertTo-Json without enough -Depth" in site.outcome.err
    assert [s["reason"] for s in site.api("build.json")["skipped"]] == [
        "objects in it were cut off: ConvertTo-Json without enough -Depth"]


def test_the_statuses_of_deployments_are_missed_aloud(tmp_path):
    site = build("deployments-without-status", tmp_path, "2026-03-05")
    assert "its statuses are not among the records" in site.outcome.err
    assert "gh api repos/OWNER/NAME/deployments/ID/statuses" in site.outcome.err


def test_a_page_of_statuspage_is_read_whole(tmp_path):
    site = build("statuspage-summary", tmp_path, "2026-06-01")
    records = site.api("build.json")["records"]
    assert (records["rendered"], records["skipped"]) == (2, 1)
    assert [(i["id"], i["type"]) for i in site.api("incidents.json")["incidents"]] == [
        ("mt1", "maintenance"), ("in1", "incident")]
    assert [i["id"] for i in site.api("summary.json")["incidents"]] == ["in1"]
    assert [s["record"] for s in site.api("build.json")["skipped"]] == ["component API"]


def test_planned_maintenance_is_a_window_and_live_maintenance_is_no_failure(tmp_path):
    copied("statuspage-summary", tmp_path)
    planned = build("statuspage-summary", tmp_path, "2026-05-03")
    calendar = (planned.public / "calendar.ics").read_bytes().decode()
    assert "DTSTART:20260509T020000Z\r\nDTEND:20260509T040000Z\r\nSUMMARY:Maintenance of all environments: Move the kiln" in calendar
    assert [i["id"] for i in planned.api("summary.json")["incidents"]] == ["in1"]
    file = tmp_path / "content/runs/summary.json"
    payload = json.loads(file.read_text())
    payload["incidents"] = []
    payload["scheduled_maintenances"][0].update(status="in_progress")
    file.write_text(json.dumps(payload))
    shutil.rmtree(tmp_path / "public")
    live = build("statuspage-summary", tmp_path, "2026-05-09T03:00:00Z")
    summary = live.api("summary.json")
    assert summary["status"]["indicator"] == "minor"
    assert [(i["id"], i["type"], i["state"]) for i in summary["incidents"]] == [("mt1", "maintenance", "acknowledged")]


def test_planned_maintenance_without_an_end_waits_for_its_beginning_and_says_so(tmp_path):
    copied("statuspage-summary", tmp_path)
    file = tmp_path / "content/runs/summary.json"
    payload = json.loads(file.read_text())
    payload["scheduled_maintenances"][0]["scheduled_until"] = None
    file.write_text(json.dumps(payload))
    planned = build("statuspage-summary", tmp_path, "2026-05-03")
    facts = planned.api("build.json")
    assert (facts["records"]["rendered"], facts["records"]["skipped"]) == (1, 2)
    assert [(s["record"], s["reason"]) for s in facts["skipped"] if "mt1" in s["record"]] == [
        ("incident mt1, line 1", "maintenance is planned for 2026-05-09T02:00:00Z without an end; it is shown once it begins")]
    assert "BEGIN:VEVENT" not in (planned.public / "calendar.ics").read_text()
    shutil.rmtree(tmp_path / "public")
    live = build("statuspage-summary", tmp_path, "2026-05-09T03:00:00Z")
    assert [(i["id"], i["type"]) for i in live.api("summary.json")["incidents"]] == [("mt1", "maintenance"), ("in1", "incident")]
    assert live.api("build.json")["records"]["rendered"] == 2
