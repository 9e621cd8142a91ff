"""Answers that lie in several files, or without the run that they belong to: whose they are, how they stand, and who may let them in."""
import json

import pytest

from conftest import tidemark, write
from field import Built

A, B = "a1" * 20, "b2" * 20


def built(folder, files, as_of="2026-06-01T00:00:00Z"):
    write(folder, {f"content/runs/{name}": json.dumps(payload) for name, payload in files.items()})
    return Built(folder, tidemark("build", "--as-of", as_of, cwd=folder))


def bitbucket(number, sha):
    return {"type": "deployment", "uuid": f"{{d{number}}}", "state": {"name": "COMPLETED", "status": {"name": "SUCCESSFUL"}}, "environment": {"uuid": "{e1}"},
            "release": {"name": f"#{number}", "pipeline": {"uuid": f"{{p{number}}}"}, "commit": {"hash": sha}, "created_on": f"2026-05-0{number}T10:00:00Z"},
            "last_update_time": f"2026-05-0{number}T10:00:00Z"}


BITBUCKET_RUN = {
    "type": "pipeline", "uuid": "{p2}", "build_number": 2, "state": {"name": "COMPLETED", "result": {"name": "SUCCESSFUL"}}, "repository": {"full_name": "acme/shop"},
    "created_on": "2026-05-02T09:55:00Z", "completed_on": "2026-05-02T10:05:00Z", "target": {"type": "pipeline_ref_target", "ref_name": "main", "ref_type": "branch", "commit": {"hash": B}}}
BITBUCKET_PLACE = {"type": "deployment_environment", "uuid": "{e1}", "name": "Production", "slug": "production", "environment_type": {"name": "Production", "rank": 2}}


def azure(number):
    return {"id": number, "environmentId": 12, "requestIdentifier": "r", "planType": "Build", "planId": f"pl{number}", "serviceOwner": "x", "scopeId": "p", "resourceId": None, "stageName": "prod", "jobName": "Deploy", "stageAttempt": 1, "jobAttempt": 1,
            "definition": {"id": 3, "name": "shop-ci"}, "owner": {"id": 7710 + number, "name": str(7710 + number)}, "result": "succeeded",
            "queueTime": f"2026-05-0{number}T10:00:00Z", "startTime": f"2026-05-0{number}T10:00:00Z", "finishTime": f"2026-05-0{number}T10:08:00Z"}


AZURE_RUN = {
    "id": 7712, "buildNumber": "7712", "status": "completed", "result": "succeeded", "queueTime": "2026-05-02T10:00:00Z", "startTime": "2026-05-02T10:00:00Z",
    "finishTime": "2026-05-02T10:10:00Z", "url": "https://dev.azure.com/org/acme/_apis/build/Builds/7712", "definition": {"id": 3, "name": "shop-ci"},
    "project": {"id": "p", "name": "acme"}, "repository": {"id": "r", "name": "shop", "type": "TfsGit"}, "sourceBranch": "refs/heads/main", "sourceVersion": B}
AZURE_PLACE = {"id": 12, "name": "production", "createdBy": {"displayName": "E"}, "createdOn": "2026-01-01T00:00:00Z", "lastModifiedBy": {"displayName": "E"}, "lastModifiedOn": "2026-01-01T00:00:00Z", "project": {"id": "p", "name": "acme"}}
SIBLINGS = {
    "bitbucket": {"runs.json": [BITBUCKET_RUN], "deployments.json": {"values": [bitbucket(1, A), bitbucket(2, B)]}, "environments.json": BITBUCKET_PLACE},
    "azure": {"runs.json": {"count": 1, "value": [AZURE_RUN]}, "deployments.json": {"count": 2, "value": [azure(1), azure(2)]}, "environments.json": AZURE_PLACE}}


@pytest.mark.parametrize("provider", SIBLINGS)
def test_a_deployment_whose_run_was_not_read_is_of_the_repository_of_its_environment(tmp_path, provider):
    site = built(tmp_path, SIBLINGS[provider])
    assert [service["key"] for service in site.api("summary.json")["services"]] == ["shop"]
    assert len(site.deployments("shop", "production")) == 2


def gitlab(state, changed):
    return [{"id": 5, "name": "staging", "slug": "staging", "state": state, "tier": "staging", "external_url": None, "updated_at": f"2026-05-{changed}T10:00:00Z"}]


def gitlab_deployment(number, sha, environment, place, status="success", **more):
    at = f"2026-05-0{number}T10:00:00Z"
    end = at if status == "success" else None
    job = {"id": 8000 + number, "status": status if end else "manual", "stage": "deploy", "name": "ship", "ref": "main", "tag": False, "created_at": at, "started_at": end,
           "finished_at": end, "pipeline": {"id": 950 + number, "sha": sha, "ref": "main", "status": "success", "web_url": f"https://git.example.org/acme/shop/-/pipelines/{950 + number}"}}
    return {"id": number, "iid": number, "ref": "main", "sha": sha, "created_at": at, "updated_at": at, "status": status, "user": {"id": 7, "username": "tomo"},
            "environment": {"id": place, "name": environment, "slug": environment}, "deployable": job, **more}


@pytest.mark.parametrize("first, second", [("a.json", "b.json"), ("b.json", "a.json")])
def test_the_newer_word_on_an_environment_counts_whatever_its_file_is_called(tmp_path, first, second):
    site = built(tmp_path, {first: gitlab("available", "03"), second: gitlab("stopped", "12"),
                            "d.json": [gitlab_deployment(1, A, "production", 3), gitlab_deployment(2, B, "staging", 5)]})
    assert site.cell("shop", "staging")["state"] == "removed"
    assert site.api("summary.json")["pending"] == []


def github(number, sha, environment, *states):
    api = f"https://api.github.com/repos/acme/shop/deployments/{number}"
    made = {"id": number, "sha": sha, "ref": "main", "task": "deploy", "environment": environment, "payload": {}, "created_at": f"2026-05-0{number}T10:00:00Z",
            "updated_at": f"2026-05-0{number}T10:00:00Z", "url": api, "statuses_url": api + "/statuses", "creator": {"login": "kim", "type": "User"}}
    return [made] + [{"id": number * 100 + place, "state": state, "environment": environment, "created_at": f"2026-05-0{number}T1{place}:05:00Z", "deployment_url": api,
                      "creator": {"login": "kim"}, "log_url": "https://github.com/acme/shop/actions/runs/9001/job/77" if state == "waiting" else ""}
                     for place, state in enumerate(states)]


def test_what_is_inactive_is_upstream_of_nothing(tmp_path):
    site = built(tmp_path, {"d.json": github(1, A, "production", "success") + github(2, B, "staging", "success", "inactive")})
    assert site.cell("shop", "staging")["state"] == "unknown"
    assert site.api("summary.json")["pending"] == []
    assert "-1" not in site.html("status.txt")


def test_what_is_inactive_leaves_nothing_due_behind_it(tmp_path):
    site = built(tmp_path, {"d.json": github(1, A, "production", "success") + github(2, B, "development", "success") + github(3, B, "staging", "success", "inactive")})
    assert [p["environment"] for p in site.api("summary.json")["pending"]] == []


def test_an_incident_is_told_where_it_affects_something_by_any_name(tmp_path):
    write(tmp_path, {
        "content/tidemark.yml": "environments: [{key: production, match: [prod]}]\n",
        "content/incidents/i1.md": "---\ntitle: Broken\nstartedAt: 2026-05-04T09:00:00Z\naffects: [{service: shop, environment: prod, impact: major}]\n---\nText.\n"})
    site = built(tmp_path, {"d.json": github(1, A, "production", "success")})
    assert "Broken" in site.html("environments/production.html") and "Broken" in site.html("services/shop.html")


def test_what_is_archived_waits_for_nothing(tmp_path):
    write(tmp_path, {"content/tidemark.yml": "environments: [{key: production}, {key: old, archived: true, after: production}]\n"})
    site = built(tmp_path, {"d.json": github(1, A, "old", "success") + github(2, B, "production", "success")})
    assert site.api("summary.json")["pending"] == []


REVIEWERS = {"total_count": 1, "environments": [{"id": 1, "name": "production", "url": "https://api.github.com/repos/acme/shop/environments/production", "protection_rules": [
    {"id": 1, "type": "required_reviewers", "reviewers": [{"type": "User", "reviewer": {"login": "ana"}}, {"type": "Team", "reviewer": {"name": "Ops", "slug": "ops"}}]}]}]}


def test_who_may_let_in_what_waits_is_known_without_its_run(tmp_path):
    site = built(tmp_path, {"d.json": github(1, A, "production", "waiting"), "e.json": REVIEWERS})
    waiting = site.cell("shop", "production")["waiting"]
    assert [(w["gate"], w["since"], w["allowed"]) for w in waiting] == [("production", "2026-05-01T10:05:00Z", ["ana", "Ops"])]


def test_a_manual_step_waits_without_its_run(tmp_path):
    held = {**bitbucket(2, B), "state": {"name": "UNDEPLOYED"}, "step": {"uuid": "{s2}"}}
    step = {"uuid": "{s2}", "type": "pipeline_step", "name": "Prod", "run_number": 1, "pipeline": {"uuid": "{p2}"}, "state": {"name": "PENDING"},
            "trigger": {"type": "pipeline_step_trigger_manual"}}
    site = built(tmp_path, {"d.json": [step, held, BITBUCKET_PLACE]})
    assert [w["version"] for cell in site.api("summary.json")["cells"] for w in cell["waiting"]] == [B[:12]]
    assert site.api("build.json")["skipped"] == []
    assert "1 release waits for a person" in site.html("status.txt")


def test_what_a_person_refused_waits_for_nobody(tmp_path):
    no = [{"user": {"username": "bo"}, "status": "rejected", "comment": "no", "created_at": "2026-05-02T11:00:00Z"}]
    site = built(tmp_path, {"d.json": [gitlab_deployment(1, A, "production", 36), gitlab_deployment(2, B, "production", 36, "blocked", approvals=no, pending_approval_count=1)]})
    assert site.cell("shop", "production")["waiting"] == []
    assert [(d["version"], d["state"]) for d in site.deployments("shop", "production")] == [(A[:12], "succeeded"), (B[:12], "cancelled")]
