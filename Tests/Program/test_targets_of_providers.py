"""Retried, fanned out, and both, as the records of each provider tell it (record.md, Targets and attempts)."""
import json

import pytest

from conftest import tidemark, write

A, B = "a1" * 20, "b2" * 20
DAY = "2026-03-02T"

# Each attempt: the job or target it is of, how it ended, its start and end; and what must be read of all of them.
RETRIED = [("go", False, "10:00", "10:05"), ("go", True, "11:00", "11:05")]
FANNED = [("eu", True, "10:00", "10:05"), ("us", False, "10:00", "10:08")]
BOTH = [("eu", False, "10:00", "10:05"), ("us", True, "10:00", "10:06"), ("eu", True, "11:00", "11:05")]
SHAPES = {"retried": RETRIED, "fanned out": FANNED, "both": BOTH}


def at(minutes):
    return f"{DAY}{minutes}:00Z"


def job_id(attempts, index):
    return 900 + index


def bitbucket(attempts):
    steps = [{
        "uuid": f"{{s{i}}}", "type": "pipeline_step", "name": f"Deploy {name}", "run_number": 1, "pipeline": {"uuid": "{p}"},
        "state": {"name": "COMPLETED", "result": {"name": "SUCCESSFUL" if ok else "FAILED"}},
        "trigger": {"type": "pipeline_step_trigger_automatic"}, "started_on": at(start), "completed_on": at(end),
    } for i, (name, ok, start, end) in enumerate(attempts)]
    run = {
        "type": "pipeline", "uuid": "{p}", "build_number": 7, "state": {"name": "COMPLETED", "result": {"name": "SUCCESSFUL"}},
        "repository": {"full_name": "acme/shop"}, "created_on": at("09:59"), "completed_on": at("11:30"),
        "target": {"type": "pipeline_ref_target", "ref_name": "main", "ref_type": "branch", "commit": {"hash": B}}}
    return [run, *steps], [{"provider": "bitbucket", "step": "Deploy *", "environment": "production"}]


def github(attempts):
    last = max(start for _, _, start, _ in attempts)
    again = last > "10:30"
    host = "https://git.example.org"
    run = {
        "id": 84001, "name": "Ship", "run_number": 41, "run_attempt": 2 if again else 1, "event": "push", "status": "completed",
        "conclusion": "success", "workflow_id": 9, "head_branch": "main", "head_sha": B, "created_at": at("09:59"),
        "run_started_at": at("10:59") if again else at("09:59"), "updated_at": at("11:30"),
        "html_url": f"{host}/acme/shop/actions/runs/84001", "repository": {"full_name": "acme/shop"}}
    records = [run]
    for i, (name, ok, start, end) in enumerate(attempts):
        job = job_id(attempts, i)
        records.append({
            "id": job, "run_id": 84001, "run_attempt": 2 if start > "10:30" else 1, "head_sha": B, "name": f"deploy ({name})",
            "status": "completed", "conclusion": "success" if ok else "failure", "started_at": at(start),
            "completed_at": at(end), "steps": [], "labels": []})
        api = f"{host}/api/v3/repos/acme/shop/deployments/{i}"
        records.append({
            "id": i, "sha": B, "ref": "main", "task": "deploy", "environment": "production", "payload": {},
            "created_at": at(start), "updated_at": at(start), "url": api, "statuses_url": f"{api}/statuses"})
        records.append({
            "id": 100 + i, "state": "success" if ok else "failure", "environment": "production", "created_at": at(end),
            "deployment_url": api, "log_url": f"{host}/acme/shop/actions/runs/84001/job/{job}"})
    return records, []


def gitlab(attempts):
    pipeline = {
        "id": 950, "sha": B, "ref": "main", "status": "success", "source": "push",
        "web_url": "https://git.example.org/acme/shop/-/pipelines/950"}
    return [{
        "id": 700 + i, "iid": 700 + i, "ref": "main", "sha": B, "created_at": at(start), "updated_at": at(end),
        "status": "success" if ok else "failed", "environment": {"id": 3, "name": "production", "slug": "production"},
        "deployable": {
            "id": job_id(attempts, i), "status": "success" if ok else "failed", "stage": "deploy", "name": f"ship-{name}",
            "ref": "main", "tag": False, "allow_failure": False, "created_at": at("09:59"), "started_at": at(start),
            "finished_at": at(end), "pipeline": pipeline,
            "web_url": f"https://git.example.org/acme/shop/-/jobs/{job_id(attempts, i)}"},
    } for i, (name, ok, start, end) in enumerate(attempts)], []


def jenkins(attempts):
    def milliseconds(minutes):
        hours, minutes = minutes.split(":")
        return 1_772_409_600_000 + (int(hours) * 60 + int(minutes)) * 60_000

    build = {
        "_class": "org.jenkinsci.plugins.workflow.job.WorkflowRun", "number": 7, "id": "7", "building": False,
        "url": "https://ci.example.org/job/shop/7/", "fullDisplayName": "shop #7", "result": "SUCCESS",
        "timestamp": milliseconds("09:59"), "duration": 5_400_000, "actions": []}
    stages = {
        "_links": {"self": {"href": "/job/shop/7/wfapi/describe"}}, "id": "7", "name": "#7", "status": "SUCCESS",
        "startTimeMillis": milliseconds("09:59"), "endTimeMillis": milliseconds("11:29"), "durationMillis": 5_400_000,
        "stages": [{
            "id": str(10 + i), "name": f"Deploy {name}", "status": "SUCCESS" if ok else "FAILED",
            "startTimeMillis": milliseconds(start), "durationMillis": milliseconds(end) - milliseconds(start),
            "pauseDurationMillis": 0,
        } for i, (name, ok, start, end) in enumerate(attempts)]}
    return [build, stages], [{"provider": "jenkins", "step": "Deploy *", "service": "shop", "environment": "production"}]


def azure(attempts):
    build = {
        "id": 7713, "buildNumber": "20260302.1", "status": "completed", "result": "succeeded", "queueTime": at("09:59"),
        "startTime": at("09:59"), "finishTime": at("11:30"), "url": "https://devops.example.org/acme/shop/_apis/build/Builds/7713",
        "definition": {"id": 3, "name": "shop"}, "project": {"id": "p", "name": "shop"},
        "repository": {"id": "r", "name": "shop", "type": "TfsGit"}, "sourceBranch": "refs/heads/main", "sourceVersion": B,
        "reason": "individualCI"}
    person = {"displayName": "Edda"}
    environment = {
        "id": 12, "name": "production", "createdBy": person, "createdOn": at("08:00"), "lastModifiedBy": person,
        "lastModifiedOn": at("08:00"), "project": {"id": "p", "name": "shop"}}
    return [build, environment] + [{
        "id": 500 + i, "requestIdentifier": f"r{i}", "environmentId": 12, "planType": "Build", "planId": f"plan{i}",
        "serviceOwner": "x", "scopeId": "p", "resourceId": None, "stageName": "prod", "jobName": name,
        "stageAttempt": 2 if start > "10:30" else 1, "jobAttempt": 1, "definition": {"id": 3, "name": "shop"},
        "owner": {"id": 7713, "name": "20260302.1"}, "result": "succeeded" if ok else "failed", "queueTime": at(start),
        "startTime": at(start), "finishTime": at(end),
    } for i, (name, ok, start, end) in enumerate(attempts)], []


def circleci(attempts):
    pipeline = "11111111-0000-4000-8000-000000000001"
    records = [{
        "id": pipeline, "number": 120, "state": "created", "project_slug": "gh/acme/shop", "created_at": at("09:59"),
        "updated_at": at("09:59"), "errors": [], "trigger": {"type": "webhook", "received_at": at("09:59"), "actor": {"login": "ana"}},
        "vcs": {"provider_name": "GitHub", "target_repository_url": "https://git.example.org/acme/shop", "revision": B, "branch": "main"}}]
    files = {}
    for number, late in enumerate((False, True)):
        own = [(i, a) for i, a in enumerate(attempts) if (a[2] > "10:30") == late]
        if not own:
            continue
        workflow = f"aaaaaaaa-0000-4000-8000-00000000000{number + 1}"
        records.append({
            "pipeline_id": pipeline, "id": workflow, "name": "ship", "project_slug": "gh/acme/shop",
            "status": "success" if all(a[1] for _, a in own) else "failed", "started_by": "9d", "pipeline_number": 120,
            "created_at": at("10:59" if late else "09:59"), "stopped_at": at(max(a[3] for _, a in own))})
        files[f"jobs-{workflow}.json"] = {"items": [{
            "id": f"j{i}", "name": f"deploy {a[0]}", "type": "build", "status": "success" if a[1] else "failed", "job_number": i,
            "project_slug": "gh/acme/shop", "dependencies": [], "started_at": at(a[2]), "stopped_at": at(a[3]),
        } for i, a in own], "next_page_token": None}
    return records, [{"provider": "circleci", "step": "deploy *", "environment": "production"}], files


def buildkite(attempts):
    seen = {}
    jobs = []
    for i, (name, ok, start, end) in enumerate(attempts):
        jobs.append({
            "id": f"job{i}", "type": "script", "name": f"Deploy {name}", "state": "passed" if ok else "failed",
            "retries_count": seen.get(name, 0), "started_at": at(start), "finished_at": at(end), "exit_status": 0 if ok else 1,
            "web_url": f"https://buildkite.com/acme/shop/builds/7#job{i}"})
        seen[name] = seen.get(name, 0) + 1
    build = {
        "id": "b7", "number": 7, "state": "passed", "commit": B, "branch": "main", "message": "Ship",
        "url": "https://api.buildkite.com/v2/organizations/acme/pipelines/shop/builds/7",
        "web_url": "https://buildkite.com/acme/shop/builds/7", "created_at": at("09:59"), "started_at": at("09:59"),
        "finished_at": at("11:30"), "pipeline": {"slug": "shop", "repository": "git@git.example.org:acme/shop.git"}, "jobs": jobs}
    return [build], [{"provider": "buildkite", "step": "Deploy *", "environment": "production"}]


def argocd(attempts):
    events = []
    for i, (name, ok, start, end) in enumerate(attempts):
        events.append({
            "apiVersion": "argoproj.io/v1alpha1", "kind": "Application",
            "metadata": {"name": f"shop-{name}", "namespace": "argocd", "generation": i + 1},
            "spec": {"destination": {"namespace": "live", "name": name}, "source": {
                "repoURL": "https://git.example.org/acme/shop.git", "path": "k8s", "targetRevision": "main"}},
            "status": {"reconciledAt": at(end), "sync": {"status": "Synced", "revision": B}, "operationState": {
                "phase": "Succeeded" if ok else "Failed", "startedAt": at(start), "finishedAt": at(end),
                "operation": {"sync": {"revision": B}}, "syncResult": {"revision": B}}}})
    return events, [{"provider": "argocd", "service": "shop", "environment": "production"}]


def octopus(attempts):
    names = [
        {"Id": "Environments-1", "Name": "production", "SortOrder": 1}, {"Id": "Projects-1", "Name": "shop"},
        {"Id": "Releases-1", "Version": "2.0.0", "ProjectId": "Projects-1", "Assembled": at("09:00"), "ReleaseNotes": ""}]
    tenants = sorted({name for name, *_ in attempts})
    names += [{"Id": f"Tenants-{tenants.index(t)}", "Name": t, "TenantTags": []} for t in tenants]
    records = []
    for i, (name, ok, start, end) in enumerate(attempts):
        records.append({
            "Id": f"Deployments-{i}", "ReleaseId": "Releases-1", "EnvironmentId": "Environments-1", "ProjectId": "Projects-1",
            "TenantId": f"Tenants-{tenants.index(name)}", "TaskId": f"ServerTasks-{i}", "Name": "Deploy", "Created": at(start)})
        records.append({
            "Id": f"ServerTasks-{i}", "Name": "Deploy", "Arguments": {"DeploymentId": f"Deployments-{i}"},
            "State": "Success" if ok else "Failed", "QueueTime": at(start), "StartTime": at(start), "CompletedTime": at(end)})
    return names + records, []


def bamboo(attempts):
    """A plan's jobs are fanned out, and a plan that is run again is another result; a deployment is repeated on its own."""
    def milliseconds(minutes):
        hours, minutes = minutes.split(":")
        return 1_772_409_600_000 + (int(hours) * 60 + int(minutes)) * 60_000

    if len({name for name, *_ in attempts}) == 1:
        project = {"id": 10, "name": "shop", "planKey": {"key": "SHOP-MAIN"}, "environments": [
            {"id": 20, "key": {"key": "10-20"}, "name": "production", "deploymentProjectId": 10, "position": 0}]}
        return [project] + [{
            "id": 500 + i, "deploymentVersionName": "2.0.0", "deploymentState": "SUCCESS" if ok else "FAILED", "lifeCycleState": "FINISHED",
            "startedDate": milliseconds(start), "queuedDate": milliseconds(start), "finishedDate": milliseconds(end),
            "reasonSummary": "Manual run by ana", "key": {"key": f"10-20-{500 + i}", "entityKey": {"key": "10-20"}, "resultNumber": 500 + i},
        } for i, (_, ok, start, end) in enumerate(attempts)], []
    results = []
    for number, late in ((7, False), (8, True)):
        own = [a for a in attempts if (a[2] > "10:30") == late]
        if not own:
            continue
        results.append({
            "key": f"SHOP-MAIN-{number}", "number": number, "lifeCycleState": "Finished", "plan": {"key": "SHOP-MAIN"},
            "buildState": "Successful" if all(ok for _, ok, *_ in own) else "Failed", "vcsRevisionKey": B,
            "buildStartedTime": at(own[0][2]), "buildCompletedTime": at(max(a[3] for a in own)),
            "stages": {"stage": [{"name": "Release", "results": {"result": [{
                "key": f"SHOP-MAIN-{name.upper()}-{number}", "plan": {"shortName": f"Deploy {name}"}, "lifeCycleState": "Finished",
                "buildState": "Successful" if ok else "Failed", "buildStartedTime": at(start), "buildCompletedTime": at(end),
            } for name, ok, start, end in own]}}]}})
    return results, [{"provider": "bamboo", "service": "shop", "step": "Deploy *", "environment": "production"}]


def cdevents(attempts):
    def event(kind, version, id, time, **content):
        return {"context": {
            "specversion": "0.5.1", "id": f"{id}-{kind}", "chainId": "c1", "source": "/ci/acme", "type": f"dev.cdevents.{kind}.{version}",
            "timestamp": at(time)}, "subject": {"id": id, "source": "/ci/acme", "content": content}}

    events = [event("pipelinerun.started", "0.3.0", "p7", "09:59", pipelineName="shop")]
    for i, (name, ok, start, end) in enumerate(attempts):
        task = {"taskName": f"Deploy {name}", "pipelineRun": {"id": "p7"}}
        events.append(event("taskrun.started", "0.3.0", f"t{i}", start, **task))
        events.append(event("taskrun.finished", "0.3.0", f"t{i}", end, outcome="success" if ok else "failure", **task))
    events.append(event("pipelinerun.finished", "0.3.0", "p7", "11:30", pipelineName="shop", outcome="success"))
    return events, [{"provider": "cdevents", "service": "shop", "step": "Deploy *", "environment": "production"}]


def canonical(attempts):
    deployments = [{
        "id": f"d{i}", "environment": "production", "step": name, "state": "succeeded" if ok else "failed",
        "startedAt": at(start), "finishedAt": at(end)} for i, (name, ok, start, end) in enumerate(attempts)]
    return [{"id": "7", "service": "shop", "version": "2.0.0", "state": "succeeded", "deployments": deployments}], []


PROVIDERS = [bitbucket, github, gitlab, jenkins, azure, circleci, buildkite, argocd, octopus, bamboo, cdevents, canonical]


def built(tmp_path, made):
    records, rules, *more = made
    files = {"content/runs/records.jsonl": "\n".join(json.dumps(r) for r in records)}
    for name, body in (more[0] if more else {}).items():
        files[f"content/runs/{name}"] = json.dumps(body)
    if rules:
        files["content/tidemark.yml"] = json.dumps({"records": rules})
    write(tmp_path, files)
    done = tidemark("build", "--as-of", "2026-04-01T00:00:00Z", cwd=tmp_path)
    assert done.code == 0, done.err
    api = tmp_path / "public/api/v1"
    cells = json.loads((api / "summary.json").read_text())["cells"]
    assert len(cells) == 1, [(c["service"], c["environment"]) for c in cells]
    folder = next(api.glob("services/*/*/deployments.json"))
    return cells[0], json.loads(folder.read_text())["deployments"]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda p: p.__name__)
def test_attempts_and_targets(provider, shape, tmp_path):
    cell, deployments = built(tmp_path, provider(SHAPES[shape]))
    states = [d["state"] for d in deployments]
    isNamed = any(d["target"] for d in deployments)
    if shape == "retried":
        assert states == ["succeeded", "failed"]
        assert (cell["state"], cell["lastAttempt"], cell["flags"]) == ("current", None, [])
        assert cell["current"]["since"] == at("11:05")
    elif shape == "fanned out":
        assert states == (["failed", "succeeded"] if isNamed else ["failed"])
        assert cell["state"] == "mixed"
        assert [t["target"].split(" ")[-1].split("-")[-1].split(".")[-1] for t in cell["targets"]] == ["eu", "us"]
        assert [t["version"] is None for t in cell["targets"]] == [False, True]
        assert cell["lastAttempt"]["state"] == "failed"
    else:
        assert states[0] == "succeeded" and "failed" in states
        assert len(states) == (3 if isNamed else 2)
        assert (cell["state"], cell["lastAttempt"], cell["flags"]) == ("current", None, [])
        assert cell["current"]["since"] == at("11:05")
