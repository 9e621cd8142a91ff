"""Continuous delivery and continuous deployment as each format tells them (provider-formats.md, 11): who waits, who released it, or that
nobody had to."""
import json
import re

import pytest

from conftest import AS_OF, tidemark, write

SHA = "0123456789abcdef0123456789abcdef01234567"


def at(minute):
    return f"2026-03-02T10:{minute:02}:00Z"


def epoch(minute):
    return 1772445600000 + minute * 60000


# MARK: One run a format, told three ways

def bitbucket(way):
    done = {"name": "COMPLETED", "result": {"name": "SUCCESSFUL"}}
    waits = way == "waiting"
    deployed = {"name": "UNDEPLOYED", "status": {}} if waits else {
        "name": "COMPLETED", "status": {"name": "SUCCESSFUL"}, "started_on": at(20), "completed_on": at(25)}
    step = {"uuid": "{live}", "type": "pipeline_step", "name": "Ship it", "run_number": 1, "pipeline": {"uuid": "{p}"},
            "state": {"name": "PENDING"} if waits else done, **({} if waits else {"started_on": at(20), "completed_on": at(25)}),
            "trigger": {"type": f"pipeline_step_trigger_{'automatic' if way == 'automatic' else 'manual'}"}}
    return "", [
        {"uuid": "{p}", "type": "pipeline", "build_number": 7, "run_number": 1, "created_on": at(0), "completed_on": None if waits else at(26),
         "repository": {"full_name": "acme/shop"}, "trigger": {"name": "PUSH"},
         "state": {"name": "IN_PROGRESS", "stage": {"name": "PAUSED"}} if waits else done,
         "target": {"ref_type": "branch", "ref_name": "main", "commit": {"hash": SHA}}},
        {"uuid": "{build}", "type": "pipeline_step", "name": "Build", "run_number": 1, "pipeline": {"uuid": "{p}"}, "state": done,
         "trigger": {"type": "pipeline_step_trigger_automatic"}, "started_on": at(1), "completed_on": at(2)},
        step,
        {"uuid": "{d}", "type": "deployment", "environment": {"uuid": "{prd}"}, "step": {"uuid": "{live}"}, "state": deployed,
         "release": {"name": "#7", "pipeline": {"uuid": "{p}"}, "commit": {"hash": SHA}, "url": "https://bitbucket.org/acme/shop/addon/x"}},
        {"uuid": "{prd}", "type": "deployment_environment", "name": "Production", "rank": 2, "environment_type": {"name": "Production"}}]


def github(way):
    waits = way == "waiting"
    run = {"id": 1, "name": "Release", "run_number": 12, "run_attempt": 1, "status": "waiting" if waits else "completed",
           "conclusion": None if waits else "success", "event": "push", "head_branch": "main", "head_sha": SHA, "created_at": at(0),
           "run_started_at": at(0), "updated_at": at(26), "html_url": "https://github.com/acme/shop/actions/runs/1",
           "repository": {"full_name": "acme/shop"}}
    job = {"id": 10, "run_id": 1, "run_attempt": 1, "name": "ship", "status": "waiting" if waits else "completed",
           "conclusion": None if waits else "success", "started_at": at(20), "completed_at": None if waits else at(25), "labels": []}
    deployment = {"id": 5, "url": "https://api.github.com/repos/acme/shop/deployments/5", "sha": SHA, "ref": "main", "task": "deploy",
                  "environment": "production", "created_at": at(3), "updated_at": at(25)}
    status = {"id": 51, "state": "waiting" if waits else "success", "created_at": at(3 if waits else 25),
              "log_url": "https://github.com/acme/shop/actions/runs/1/job/10", "deployment_url": "https://api.github.com/repos/acme/shop/deployments/5"}
    environment = {"id": 1, "name": "production", "url": "https://api.github.com/repos/acme/shop/environments/production"}
    more = {
        "waiting": [[{"environment": environment, "wait_timer": 0, "reviewers": [{"type": "User", "reviewer": {"login": "ana"}}],
                      "current_user_can_approve": True}]],
        "manual": [[{"state": "approved", "comment": "Ship it", "user": {"login": "ana"}, "environments": [environment]}]],
        "automatic": [{**environment, "protection_rules": [{"id": 2, "type": "branch_policy"}], "updated_at": "2026-01-01T00:00:00Z"}],
    }[way]
    return "", [run, job, deployment, status, *more]


def gitlab(way):
    waits = way == "waiting"
    url = "https://gitlab.example.com/acme/shop/-/pipelines/7"
    job = {"id": 3, "name": "live", "stage": "release", "status": "manual" if waits else "success", "ref": "main", "tag": False,
           "created_at": at(0), "pipeline": {"id": 7, "web_url": url}, "allow_failure": False,
           **({} if waits else {"started_at": at(20), "finished_at": at(25), "user": {"username": "ana"}})}
    deployment = {"id": 22, "iid": 22, "ref": "main", "sha": SHA, "status": "blocked" if waits else "success", "created_at": at(1),
                  "updated_at": at(25), "environment": {"id": 10, "name": "production"}, "deployable": job}
    if way == "waiting":
        deployment["pending_approval_count"] = 1
    if way == "automatic":
        # Of a job that is done, only the webhook keeps whether it was played by hand.
        def spaced(minute):
            return at(minute).replace("T", " ").replace("Z", " UTC")
        played = {"id": 3, "name": "live", "stage": "release", "status": "success", "created_at": spaced(0), "started_at": spaced(20),
                  "finished_at": spaced(25), "when": "on_success", "manual": False, "allow_failure": False,
                  "environment": {"name": "production", "action": "start", "deployment_tier": "production"}}
        return "", [deployment, {
            "object_kind": "pipeline", "builds": [played],
            "object_attributes": {"id": 7, "iid": 3, "ref": "main", "tag": False, "sha": SHA, "source": "push", "status": "success",
                                  "created_at": spaced(0), "finished_at": spaced(26), "url": url},
            "project": {"id": 1, "path_with_namespace": "acme/shop", "web_url": "https://gitlab.example.com/acme/shop"}}]
    if way == "manual":
        deployment["approvals"] = [{"user": {"username": "ana"}, "status": "approved", "created_at": at(15), "comment": "Ship it"}]
    return "", [
        {"id": 7, "iid": 3, "project_id": 1, "sha": SHA, "ref": "main", "status": "manual" if waits else "success", "source": "push",
         "created_at": at(0), "updated_at": at(26), "web_url": url}, job, deployment,
        [{"id": 10, "name": "production", "slug": "production", "tier": "production", "external_url": None}]]


def jenkins(way):
    waits = way == "waiting"
    def stage(number, name, status, minute, paused=0):
        return {"_links": {"self": {"href": f"/job/shop/job/main/5/execution/node/{number}/wfapi/describe"}}, "id": str(number), "name": name,
                "status": status, "startTimeMillis": epoch(minute), "durationMillis": 300000, "pauseDurationMillis": paused}
    build = {"_class": "org.jenkinsci.plugins.workflow.job.WorkflowRun", "number": 5, "url": "https://ci.example/job/shop/job/main/5/",
             "timestamp": epoch(0), "building": waits, "result": None if waits else "SUCCESS", "duration": 0 if waits else 1500000,
             "actions": [{"lastBuiltRevision": {"SHA1": SHA, "branch": [{"name": "main"}]}, "remoteUrls": ["git@git.example:acme/shop.git"]}]}
    stages = {"waiting": [stage(6, "Build", "SUCCESS", 1), stage(9, "Deploy to production", "PAUSED_PENDING_INPUT", 20, 5000)],
              "manual": [stage(6, "Build", "SUCCESS", 1), stage(9, "Deploy to production", "SUCCESS", 20, 60000)],
              "automatic": [stage(6, "Build", "SUCCESS", 1), stage(9, "Deploy to production", "SUCCESS", 20)]}[way]
    flow = {"_links": {"self": {"href": "/job/shop/job/main/5/wfapi/describe"}}, "id": "5", "name": "#5",
            "status": "PAUSED_PENDING_INPUT" if waits else "SUCCESS", "startTimeMillis": epoch(0), "endTimeMillis": epoch(25), "stages": stages}
    return "records:\n  - {provider: jenkins, step: 'Deploy to {environment}'}\n", [build, flow]


def azure(way):
    approval = {"id": 1, "approvalType": "preDeploy", "status": "pending" if way == "waiting" else "approved", "isAutomated": way == "automatic",
                "createdOn": at(1), "modifiedOn": at(1 if way == "waiting" else 15), "attempt": 1, "rank": 1, "comments": "",
                "release": {"id": 5, "name": "Release-5", "url": "https://vsrm.dev.azure.com/acme/shop/_apis/Release/releases/5"},
                "releaseDefinition": {"id": 1, "name": "shop"}, "releaseEnvironment": {"id": 51, "name": "Production"}}
    if way != "automatic":
        approval["approver"] = {"displayName": "Leads"}
    if way == "manual":
        approval["approvedBy"] = {"displayName": "ana"}
    return "", [
        {"id": 9, "release": {"id": 5, "name": "Release-5", "url": "https://vsrm.dev.azure.com/acme/shop/_apis/Release/releases/5", "artifacts": []},
         "releaseDefinition": {"id": 1, "name": "shop"}, "releaseEnvironment": {"id": 51, "name": "Production"}, "attempt": 1,
         "reason": "automated", "deploymentStatus": "notDeployed" if way == "waiting" else "succeeded",
         "operationStatus": "Pending" if way == "waiting" else "Approved", "queuedOn": at(0),
         **({} if way == "waiting" else {"startedOn": at(20), "completedOn": at(25)}), "lastModifiedOn": at(25), "preDeployApprovals": [approval]}]


def circleci(way):
    waits = way == "waiting"
    hold = {"id": "hold", "name": "hold", "status": "on_hold" if waits else "success", "type": "approval", "project_slug": "gh/acme/shop",
            "dependencies": ["build"], **({} if waits else {"approved_by": "ana", "started_at": at(15)})}
    jobs = [
        {"id": "build", "name": "build", "status": "success", "type": "build", "project_slug": "gh/acme/shop", "dependencies": [],
         "job_number": 1, "started_at": at(1), "stopped_at": at(2)},
        *([] if way == "automatic" else [hold]),
        {"id": "live", "name": "deploy-production", "status": "blocked" if waits else "success", "type": "build", "project_slug": "gh/acme/shop",
         "dependencies": ["build"] if way == "automatic" else ["hold"], "job_number": 2,
         **({} if waits else {"started_at": at(20), "stopped_at": at(25)})}]
    workflow = {"id": "5034460f-c7c4-4c43-9457-de07e2029e7b", "name": "ship", "pipeline_id": "p", "pipeline_number": 25,
                "project_slug": "gh/acme/shop", "status": "on_hold" if waits else "success", "created_at": at(0), "stopped_at": None if waits else at(26)}
    pipeline = {"id": "p", "number": 25, "project_slug": "gh/acme/shop", "state": "created", "errors": [], "created_at": at(0), "updated_at": at(0),
                "trigger": {"type": "webhook"}, "vcs": {"revision": SHA, "branch": "main"}}
    # Jobs do not name their workflow: one file a workflow, as its API answers.
    return "records:\n  - {provider: circleci, step: 'deploy-{environment}'}\n", [[pipeline, {"items": [workflow]}, {"items": jobs}]]


def buildkite(way):
    waits = way == "waiting"
    page = "https://buildkite.com/acme/shop/builds/42"
    gate = {"id": "m", "type": "manual", "label": "Release?", "state": "blocked" if waits else "unblocked", "web_url": None, "unblockable": waits,
            **({} if waits else {"unblocked_by": {"id": "u", "name": "ana"}, "unblocked_at": at(15)})}
    def script(key, name, state, minute):
        return {"id": key, "type": "script", "name": name, "state": state, "web_url": f"{page}#{key}",
                **({} if minute is None else {"started_at": at(minute), "finished_at": at(minute + 5)})}
    build = {"id": "b", "url": "https://api.buildkite.com/v2/organizations/acme/pipelines/shop/builds/42", "web_url": page, "number": 42,
             "state": "passed", "blocked": waits, "message": "One", "commit": SHA, "branch": "main", "source": "webhook", "created_at": at(0),
             "started_at": at(1), "finished_at": None if waits else at(26),
             "pipeline": {"slug": "shop", "name": "Shop", "repository": "git@git.example:acme/shop.git"},
             "jobs": [script("t", "Test", "passed", 1), *([] if way == "automatic" else [gate]),
                      script("d", "Deploy to production", "waiting" if waits else "passed", None if waits else 20)]}
    return "records:\n  - {provider: buildkite, step: 'Deploy to {environment}'}\n", [build]


def argocd(way):
    old, new = "a" * 40, "b" * 40
    by = {"manual": {"username": "ana"}, "automatic": {"automated": True}}.get(way)
    history = [{"id": 3, "revision": old, "deployStartedAt": at(0), "deployedAt": at(1)}]
    if by:
        history.append({"id": 4, "revision": new, "deployStartedAt": at(20), "deployedAt": at(25), "initiatedBy": by})
    spec = {"destination": {"namespace": "production", "server": "https://k8s.example"},
            "source": {"repoURL": "https://git.example/acme/shop.git", "path": "shop", "targetRevision": "main"}}
    if way == "automatic":
        spec["syncPolicy"] = {"automated": {}}
    return "environments:\n  - {key: production, match: [production]}\n", [
        {"apiVersion": "argoproj.io/v1alpha1", "kind": "Application", "metadata": {"name": "shop", "namespace": "argocd"}, "spec": spec,
         "status": {"history": history, "sync": {"status": "OutOfSync" if way == "waiting" else "Synced", "revision": new},
                    "health": {"status": "Healthy"}}}]


def cdevents(way):
    def event(kind, subject, minute, content):
        return {"context": {"specversion": "0.5.1", "id": f"e{kind}", "source": "/ci", "chainId": "c", "type": f"dev.cdevents.{kind}.0.3.0",
                            "timestamp": at(minute)}, "subject": {"id": subject, "source": "/ci", "content": content}}
    gate = {"approvalDetailsUrl": "https://a.example/1", "resourceTargetUrl": "https://deploy.example/shop/prod"}
    run = [event("environment.created", "prod", 0, {"name": "production"}),
           event("pipelinerun.started", "r", 1, {"pipelineName": "Release", "uri": "https://ci.example/r"})]
    if way == "automatic":
        run.append(event("taskrun.finished", "t", 2, {"taskName": "Build", "pipelineRun": {"id": "r"}, "outcome": "success"}))
    else:
        run.append(event("approval.created", "a1", 3, {**gate, "requestor": "urn:user:bea"}))
    if way == "waiting":
        return "", run
    if way == "manual":
        run.append(event("approval.closed", "a1", 15, {**gate, "responder": "urn:user:ana", "decision": "approved", "status": "approved"}))
    return "", run + [
        event("service.deployed", "shop", 25, {"environment": {"id": "prod"}, "artifactId": "pkg:oci/shop@sha256%3A0b31?tag=1.4.0"}),
        event("pipelinerun.finished", "r", 26, {"outcome": "success"})]


FORMATS = {f.__name__: f for f in (bitbucket, github, gitlab, jenkins, azure, circleci, buildkite, argocd, cdevents)}


def build(folder, form, way):
    config, payloads = FORMATS[form](way)
    files = {f"content/runs/{n:02}.json": "\n".join(map(json.dumps, p)) if form == "circleci" else json.dumps(p) for n, p in enumerate(payloads)}
    write(folder, {"content/tidemark.yml": "site: {name: S}\n" + config, **files})
    done = tidemark("build", "--as-of", AS_OF, "--json", cwd=folder)
    assert done.code == 0, done.err
    assert done.json["records"]["error"] == 0
    return folder / "public"


def deployment(public):
    """The newest of the only service in production, from the interface, and the text of its page."""
    file, = public.glob("api/v1/services/*/production/deployments.json")
    newest = json.loads(file.read_text())["deployments"][0]
    pages = {page.stem: page.read_text() for page in public.glob("deployments/*/*.html")}
    page, = [text for stem, text in pages.items() if newest["id"].lower().strip("{}") == stem] or pages.values()
    return newest, " ".join(re.sub(r"<[^>]*>", " ", page).split())


@pytest.mark.parametrize("form", FORMATS)
def test_what_waits_for_a_person_says_so(tmp_path, form):
    public = build(tmp_path, form, "waiting")
    waiting = json.loads((public / "api/v1/pending.json").read_text())["waiting"]
    assert [w["environment"] for w in waiting] == ["production"]
    assert "Waiting for a person" in (public / "index.html").read_text()


# What these formats keep of who released it, once it is done.
NAMELESS = ("bitbucket", "jenkins")
UNGATED = ("argocd",)


@pytest.mark.parametrize("form", FORMATS)
def test_what_a_person_released_says_so(tmp_path, form):
    public = build(tmp_path, form, "manual")
    newest, page = deployment(public)
    assert newest["state"] == "succeeded" and newest["promotion"] == "manual"
    assert "No gate" not in page
    if form in UNGATED:
        assert newest["gate"] is None and "A person started it; no gate is recorded." in page
        assert newest["actor"] == "ana"
        return
    assert newest["gate"]["state"] == "approved" and newest["gate"]["by"] == (None if form in NAMELESS else "ana")
    assert re.search("Gate to production : approved", page, re.I) and ("not recorded" if form in NAMELESS else "ana") + " : approved" in page


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "cdevents"])
def test_what_went_out_by_itself_says_so(tmp_path, form):
    public = build(tmp_path, form, "automatic")
    newest, page = deployment(public)
    assert newest["state"] == "succeeded" and newest["promotion"] == "automatic" and newest["gate"] is None
    assert "No gate: it went out by itself." in page
    assert json.loads((public / "api/v1/pending.json").read_text())["waiting"] == []


def test_what_no_event_tells_is_not_called_automatic(tmp_path):
    """Approvals are events of a draft: a chain without one may be of a sender that has no such events (record.md, rule 2)."""
    newest, page = deployment(build(tmp_path, "cdevents", "automatic"))
    assert newest["state"] == "succeeded" and newest["promotion"] == "unknown" and newest["gate"] is None
    assert "went out by itself" not in page
