"""A run that was asked for while it waited, and again when it was over: what is imported one after the other says what a build of all of the
answers says (record.md, rule 5)."""
import json

import pytest

from conftest import tidemark, write

SHA = "a1" * 20
AT = {"made": "2026-11-30T14:53:15Z", "begun": "2026-11-30T14:56:15Z", "staged": "2026-11-30T14:59:33Z", "asked": "2026-11-30T15:00:45Z",
      "pressed": "2026-11-30T15:50:00Z", "over": "2026-11-30T16:00:00Z"}
ENDS = {"success": "succeeded", "failure": "failed", "cancelled": "cancelled"}


def github(end):
    job = {"run_id": 9001, "run_attempt": 1, "head_sha": SHA, "labels": []}
    address = "https://github.com/acme/shop/actions/runs/9001"
    production = {**job, "id": 701, "name": "production", "status": "completed" if end else "waiting", "conclusion": end,
                  "started_at": AT["pressed"] if end in ("success", "failure") else AT["staged"],
                  "completed_at": AT["over"] if end else None, "steps": [{"name": "Set up job", "number": 1, "status": "completed",
                  "conclusion": "success"}] if end in ("success", "failure") else [], "html_url": f"{address}/job/701"}
    jobs = [{**job, "id": 700, "name": "staging", "status": "completed", "conclusion": "success", "started_at": AT["begun"],
             "completed_at": AT["staged"], "steps": [], "html_url": f"{address}/job/700"}, production]
    deployments = [{"id": 55 + n, "sha": SHA, "ref": "main", "task": "deploy", "environment": name, "created_at": AT["begun"],
                    "updated_at": AT["staged"], "url": f"https://api.github.com/repos/acme/shop/deployments/{55 + n}",
                    "statuses_url": f"https://api.github.com/repos/acme/shop/deployments/{55 + n}/statuses"}
                   for n, name in enumerate(["staging", "production"])]
    def status(n, deployment, state, at):
        return {"id": n, "state": state, "created_at": at, "log_url": f"{address}/job/{645 + deployment}",
                "environment": deployments[deployment - 55]["environment"],
                "deployment_url": f"https://api.github.com/repos/acme/shop/deployments/{deployment}"}
    statuses = [status(1055, 55, "success", AT["staged"]), status(1056, 56, "waiting", AT["staged"])]
    if end:
        statuses.append(status(1057, 56, {"cancelled": "inactive"}.get(end, end), AT["over"]))
    answers = {"runs.json": {"total_count": 1, "workflow_runs": [
        {"id": 9001, "run_number": 12, "run_attempt": 1, "name": "Deploy", "event": "push", "status": "completed" if end else "waiting",
         "conclusion": end, "head_sha": SHA, "head_branch": "main", "created_at": AT["made"], "run_started_at": AT["made"],
         "updated_at": AT["over" if end else "asked"], "repository": {"full_name": "acme/shop"}, "html_url": address,
         "workflow_id": 1, "actor": {"login": "kim", "type": "User"}}]},
        "jobs-9001.json": {"total_count": 2, "jobs": jobs}, "deployments.json": deployments, "statuses.json": statuses}
    if not end:
        answers["pending-9001.json"] = [{"environment": {"id": 1, "name": "production"}, "wait_timer": 0, "wait_timer_started_at": None,
                                         "current_user_can_approve": True, "reviewers": [{"type": "Team", "reviewer": {"slug": "ops"}}]}]
    return answers


def github_without_deployments(end):
    return {name: answer for name, answer in github(end).items() if name in ("runs.json", "pending-9001.json")}


def bitbucket(end):
    word = {"success": "SUCCESSFUL", "failure": "FAILED", "cancelled": "STOPPED"}.get(end)
    completed = {"name": "COMPLETED", "result": {"name": word}}
    def step(uuid, name, trigger, **rest):
        return {"uuid": uuid, "type": "pipeline_step", "name": name, "run_number": 1, "pipeline": {"uuid": "{p}"},
                "trigger": {"type": f"pipeline_step_trigger_{trigger}"}, **rest}
    def deployment(uuid, environment, number, state):
        return {"type": "deployment", "uuid": uuid, "state": state, "environment": {"uuid": environment}, "step": {"uuid": f"{{s{number}}}"},
                "release": {"name": "#7", "pipeline": {"uuid": "{p}"}, "commit": {"hash": SHA}, "created_on": AT["made"]},
                "last_update_time": AT["over" if end else "staged"]}
    good = {"name": "COMPLETED", "status": {"name": "SUCCESSFUL"}}
    return {
        "pipelines.json": {"values": [{"type": "pipeline", "uuid": "{p}", "build_number": 7, "repository": {"full_name": "acme/shop"},
            "created_on": AT["made"], "completed_on": AT["over"] if end else None,
            "state": completed if end else {"name": "IN_PROGRESS", "stage": {"name": "PAUSED"}},
            "target": {"type": "pipeline_ref_target", "ref_name": "main", "ref_type": "branch", "commit": {"hash": SHA}}}]},
        "steps.json": {"values": [
            step("{s1}", "Deploy", "automatic", state={"name": "COMPLETED", "result": {"name": "SUCCESSFUL"}}, started_on=AT["begun"],
                 completed_on=AT["staged"]),
            step("{s2}", "Prod", "manual", state=completed, started_on=AT["pressed"], completed_on=AT["over"])
            if end else step("{s2}", "Prod", "manual", state={"name": "PENDING"})]},
        "deployments.json": {"values": [deployment("{d1}", "{e0}", 1, good), deployment("{d2}", "{e1}", 2,
            {"name": "COMPLETED", "status": {"name": word}} if end else {"name": "UNDEPLOYED"})]},
        "environments.json": {"values": [
            {"type": "deployment_environment", "uuid": f"{{e{n}}}", "name": name, "slug": name.lower(),
             "environment_type": {"name": name, "rank": n}} for n, name in enumerate(["Staging", "Production"])]}}


def buildkite(end):
    word = {"success": "passed", "failure": "failed", "cancelled": "canceled"}.get(end)
    began = end in ("success", "failure")
    return {"builds.json": [{"id": "b7", "number": 7, "state": word or "blocked", "blocked": end is None, "commit": SHA, "branch": "main",
        "message": "Ship", "url": "https://api.buildkite.com/v2/organizations/acme/pipelines/shop/builds/7",
        "web_url": "https://buildkite.com/acme/shop/builds/7", "created_at": AT["made"], "started_at": AT["made"],
        "finished_at": AT["over"] if end else None, "pipeline": {"slug": "shop", "repository": "git@example.org:acme/shop.git"},
        "jobs": [{"id": "job0", "type": "script", "name": "Deploy staging", "state": "passed", "started_at": AT["begun"],
                  "finished_at": AT["staged"]},
                 {"id": "job1", "type": "manual", "label": "Release", "state": "unblocked" if began else "blocked",
                  "unblocked_by": {"name": "Kim"} if began else None, "unblocked_at": AT["pressed"] if began else None},
                 {"id": "job2", "type": "script", "name": "Deploy production", "state": word if began else "blocked",
                  "started_at": AT["pressed"] if began else None, "finished_at": AT["over"] if began else None}]}]}


def circleci(end):
    word = {"success": "success", "failure": "failed", "cancelled": "canceled"}.get(end)
    workflow = "aaaaaaaa-0000-4000-8000-000000000001"
    began = end in ("success", "failure")
    def job(id, name, kind, status, needs, start, stop):
        return {"id": id, "name": name, "type": kind, "status": status, "project_slug": "gh/acme/shop", "dependencies": needs,
                "started_at": start, "stopped_at": stop}
    return {
        "pipeline.json": {"id": "11111111-0000-4000-8000-000000000001", "number": 120, "state": "created", "project_slug": "gh/acme/shop",
            "created_at": AT["made"], "updated_at": AT["made"], "errors": [], "trigger": {"type": "webhook", "received_at": AT["made"],
            "actor": {"login": "ana"}}, "vcs": {"revision": SHA, "branch": "main"}},
        "workflows.json": {"items": [{"pipeline_id": "11111111-0000-4000-8000-000000000001", "id": workflow, "name": "ship",
            "project_slug": "gh/acme/shop", "status": word or "on_hold", "pipeline_number": 120, "created_at": AT["made"],
            "stopped_at": AT["over"] if end else None}], "next_page_token": None},
        f"jobs-{workflow}.json": {"items": [
            job("j1", "deploy-staging", "build", "success", [], AT["begun"], AT["staged"]),
            job("j2", "hold", "approval", "success" if began else word or "on_hold", ["j1"], AT["staged"], AT["pressed"] if end else None),
            job("j3", "deploy-production", "build", word if began else "not_run" if end else "blocked", ["j2"],
                AT["pressed"] if began else None, AT["over"] if began else None)], "next_page_token": None}}


def gitlab(end):
    word = {"success": "success", "failure": "failed", "cancelled": "canceled"}.get(end)
    began = end in ("success", "failure")
    pipeline = {"id": 950, "iid": 17, "sha": SHA, "ref": "main", "status": word or "manual", "source": "push", "created_at": AT["made"],
                "updated_at": AT["over" if end else "asked"], "web_url": "https://gitlab.com/acme/shop/-/pipelines/950", "project_id": 1}
    def job(id, name, stage, status, start, stop):
        return {"id": id, "status": status, "stage": stage, "name": name, "ref": "main", "tag": False, "allow_failure": False,
                "created_at": AT["made"], "started_at": start, "finished_at": stop, "pipeline": pipeline,
                "web_url": f"https://gitlab.com/acme/shop/-/jobs/{id}"}
    return {"pipelines.json": [pipeline], "jobs.json": [
        job(900, "deploy-staging", "staging", "success", AT["begun"], AT["staged"]),
        job(901, "deploy-production", "production", word or "manual", AT["pressed"] if began else None, AT["over"] if end else None)]}


def jenkins(end):
    word = {"success": "SUCCESS", "failure": "FAILURE", "cancelled": "ABORTED"}.get(end)
    stage = {"success": "SUCCESS", "failure": "FAILED", "cancelled": "ABORTED"}.get(end, "PAUSED_PENDING_INPUT")
    start, pause = 1796050395000, 3027000 if end else 180000
    return {
        "build.json": {"_class": "org.jenkinsci.plugins.workflow.job.WorkflowRun", "number": 7, "id": "7", "building": end is None,
            "url": "https://ci.example.org/job/shop/7/", "fullDisplayName": "shop #7", "result": word, "timestamp": start,
            "duration": 4005000 if end else 0, "actions": [{"_class": "hudson.plugins.git.util.BuildData", "lastBuiltRevision": {"SHA1": SHA,
            "branch": [{"SHA1": SHA, "name": "refs/remotes/origin/main"}]}, "remoteUrls": ["https://example.org/acme/shop.git"]}]},
        "stages.json": {"_links": {"self": {"href": "/job/shop/7/wfapi/describe"}}, "id": "7", "name": "#7", "status": stage,
            "startTimeMillis": start, "durationMillis": 4005000 if end else 390000, "stages": [
            {"id": "10", "name": "deploy-staging", "status": "SUCCESS", "startTimeMillis": start + 60000, "durationMillis": 60000,
             "pauseDurationMillis": 0},
            {"id": "11", "name": "deploy-production", "status": stage, "startTimeMillis": start + 378000, "durationMillis": pause + 600,
             "pauseDurationMillis": pause}]}}


RULES = """records:
  - {provider: buildkite, step: Deploy production, environment: production}
  - {provider: buildkite, step: Deploy staging, environment: staging}
  - {provider: jenkins, step: deploy-production, environment: production}
""" + "".join(f"  - {{provider: {name}, step: deploy-{place}, environment: {place}}}\n" for name in ("circleci", "gitlab")
              for place in ("production", "staging"))
ONLY_PRODUCTION = (github_without_deployments, jenkins)


def built(folder):
    done = tidemark("build", "--as-of", "2026-12-01T00:00:00Z", cwd=folder)
    assert done.code == 0, done.err
    api = folder / "public/api/v1"
    names = ["summary.json", "pending.json", "runs/shop.json"]
    names += sorted(str(file.relative_to(api)) for file in api.glob("services/shop/*/deployments.json"))
    return {name: json.loads((api / name).read_text()) for name in names}


# What is asked for again when the run is over; None: everything.
AGAIN = [(provider, None) for provider in (github, github_without_deployments, bitbucket, buildkite, circleci, gitlab, jenkins)] + [
    (github, ["runs.json"]), (github, ["runs.json", "jobs-9001.json"]), (github_without_deployments, ["runs.json"]),
    (bitbucket, ["pipelines.json"]), (bitbucket, ["pipelines.json", "steps.json"]),
    (bitbucket, ["pipelines.json", "deployments.json", "environments.json"]), (circleci, ["workflows.json"]), (gitlab, ["pipelines.json"]),
    (jenkins, ["build.json"])]


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("provider, again", AGAIN)
def test_a_store_says_what_a_build_of_both_answers_says(provider, again, end, tmp_path):
    waits, over = provider(None), {name: answer for name, answer in provider(end).items() if again is None or name in again}
    both, stored = tmp_path / "both", tmp_path / "stored"
    write(both, {"content/tidemark.yml": RULES} | {f"content/runs/{n}/{name}": json.dumps(answer)
                                                  for n, answers in enumerate((waits, over)) for name, answer in answers.items()})
    write(stored, {"content/tidemark.yml": RULES} | {f"{n}/{name}": json.dumps(answer)
                                                     for n, answers in enumerate((waits, over)) for name, answer in answers.items()})
    for n, answers in enumerate((waits, over)):
        done = tidemark("import", "--into", "content/runs", *[f"{n}/{name}" for name in answers], cwd=stored)
        assert done.code == 0, done.err
    expected, found = built(both), built(stored)
    assert found == expected
    cell = next(cell for cell in expected["summary.json"]["cells"] if cell["environment"].lower() == "production")
    states = [one["state"] for name, answer in expected.items() if "/production/" in name for one in answer["deployments"]]
    tells = again is None or len(again) > 1
    if again is None:
        environments = {cell["environment"].lower() for cell in expected["summary.json"]["cells"]}
        assert environments == {"production"} | ({"staging"} if provider not in ONLY_PRODUCTION else set())
    if tells and provider is not github_without_deployments:
        ended = "skipped" if provider is circleci and end == "cancelled" else ENDS[end]
        assert (states, cell["waiting"]) == ([ended], [])
    else:
        assert (states, cell["waiting"]) == (["cancelled" if end == "cancelled" else "unknown"], []), "nobody told how it ended"


def only(answers, *names):
    return {name: answer for name, answer in answers.items() if name in names}


def github_again(end):
    """A second attempt, of which `end` tells: the first one failed."""
    first, answers = github("failure"), github(end)
    answers["runs.json"]["workflow_runs"][0] |= {"run_attempt": 2, "run_started_at": "2026-11-30T17:00:00Z",
                                                 "updated_at": f"2026-11-30T{'18:00' if end else '17:30'}:00Z"}
    for job in answers["jobs-9001.json"]["jobs"]:
        job["run_attempt"] = 2
    address = "https://github.com/acme/shop/actions/runs/9001/job/801"
    answers["jobs-9001.json"]["jobs"][1] |= {"id": 801, "html_url": address, "completed_at": "2026-11-30T17:50:00Z" if end else None,
        "started_at": "2026-11-30T17:40:00Z" if end == "success" else "2026-11-30T17:01:00Z"}
    deployment = "https://api.github.com/repos/acme/shop/deployments/66"
    answers["deployments.json"] = first["deployments.json"] + [first["deployments.json"][1] | {"id": 66, "url": deployment,
        "statuses_url": deployment + "/statuses", "created_at": "2026-11-30T17:00:30Z", "updated_at": "2026-11-30T17:50:00Z"}]
    base = first["statuses.json"][1] | {"log_url": address, "deployment_url": deployment}
    answers["statuses.json"] = first["statuses.json"] + [base | {"id": 4001, "created_at": "2026-11-30T17:01:00Z"}]
    if end:
        answers["statuses.json"].append(base | {"id": 4002, "created_at": "2026-11-30T17:50:00Z",
                                                "state": {"cancelled": "inactive"}.get(end, end)})
    return answers


def gitlab_protected(end):
    """Its deployment asks for approvals, of which nobody tells who gave them."""
    answers = gitlab(end)
    status = {"success": "success", "failure": "failed", "cancelled": "canceled"}.get(end, "blocked")
    answers["deployments.json"] = [{"id": 77, "iid": 5, "ref": "main", "sha": SHA, "status": status, "created_at": AT["staged"],
        "updated_at": AT["over" if end else "asked"], "user": {"username": "kim"}, "environment": {"id": 9, "name": "production"},
        "deployable": answers["jobs.json"][1] | {"user": {"username": "kim"}}, "pending_approval_count": 0 if end else 1,
        "approvals": []}]
    return answers


def octopus(end):
    """A task that stops for a person in its middle: who is asked, nothing tells."""
    task = {"Id": "ServerTasks-15", "Name": "Deploy", "Description": "Deploy clinic release 0.0.16 to Production",
            "State": {"success": "Success", "failure": "Failed", "cancelled": "Canceled"}.get(end, "Executing"),
            "QueueTime": AT["made"], "StartTime": AT["begun"], "CompletedTime": AT["over"] if end else None,
            "HasPendingInterruptions": end is None, "Arguments": {"DeploymentId": "Deployments-12"}}
    return {"octopus.json": [
        {"Id": "Environments-3", "Name": "Production", "SortOrder": 1},
        {"Id": "Projects-1", "Name": "clinic", "Slug": "clinic"},
        {"Id": "Releases-9", "ProjectId": "Projects-1", "ChannelId": "Channels-1", "Version": "0.0.16", "Assembled": AT["made"]},
        {"Id": "Deployments-12", "ReleaseId": "Releases-9", "EnvironmentId": "Environments-3", "ProjectId": "Projects-1",
         "TaskId": "ServerTasks-15", "Name": "Deploy to Production", "Created": AT["made"], "DeployedBy": "bruna"}, task]}


STATUSES = ("deployments.json", "statuses.json")
PARTS = {
    "statuses": lambda end: [github(None), only(github(end), *STATUSES)],
    "runs and statuses": lambda end: [github(None), only(github(end), "runs.json", *STATUSES)],
    "runs and deployments": lambda end: [github(None), only(github(end), "runs.json", "deployments.json")],
    "again": lambda end: [github(None), github("failure"), github_again(None), github_again(end)],
    "again, with a gap": lambda end: [github(None), github_again(None), github_again(end)],
    "again, the run alone": lambda end: [github(None), github("failure"), github_again(None), only(github_again(end), "runs.json")],
    "again, the run alone, with a gap": lambda end: [github(None), only(github_again(end), "runs.json")],
    "approvals": lambda end: [gitlab_protected(None), gitlab_protected(end)],
    "approvals, the pipeline alone": lambda end: [gitlab_protected(None), only(gitlab_protected(end), "pipelines.json")],
    "approvals, without the deployment": lambda end: [
        gitlab_protected(None), only(gitlab_protected(end), "pipelines.json", "jobs.json")],
    "middle": lambda end: [octopus(None), octopus(end)],
}


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("part", PARTS)
def test_a_store_says_of_parts_what_a_build_of_them_says(part, end, tmp_path):
    """Only a part was asked for again, or the run was started again while it waited. The audit and the metrics say the same too."""
    told = PARTS[part](end)
    both, stored = tmp_path / "both", tmp_path / "stored"
    write(both, {f"content/runs/{n}/{name}": json.dumps(answer)
                 for n, answers in enumerate(told) for name, answer in answers.items()})
    write(stored, {f"{n}/{name}": json.dumps(answer) for n, answers in enumerate(told) for name, answer in answers.items()})
    for n, answers in enumerate(told):
        done = tidemark("import", "--into", "content/runs", *[f"{n}/{name}" for name in answers], cwd=stored)
        assert done.code == 0, done.err
    expected, found = api(both), api(stored)
    assert found == expected
    gates = [one["gate"] for name, answer in expected.items() if name.endswith("/production/deployments.json")
             for one in answer["deployments"] if one["state"] in ("succeeded", "failed")]
    assert all(gate is None or gate["state"] != "waiting" for gate in gates), "what went on is not held any more"


def api(folder):
    """All that the site says in JSON, but of the build itself."""
    done = tidemark("build", "--as-of", "2026-12-01T00:00:00Z", cwd=folder)
    assert done.code == 0, done.err
    root = folder / "public/api/v1"
    return {str(file.relative_to(root)): json.loads(file.read_text()) for file in root.rglob("*.json")
            if file.name != "build.json" and "schemas" not in file.parts}


def test_a_failure_is_told_though_its_run_was_not_asked_for_again(tmp_path):
    """The deployment and its statuses were: the job, the run and the question are as old as they were."""
    again = {name: answer for name, answer in github("failure").items() if name in ("deployments.json", "statuses.json")}
    write(tmp_path, {f"content/runs/{n}/{name}": json.dumps(answer)
                     for n, answers in enumerate((github(None), again)) for name, answer in answers.items()})
    [found] = [one for name, answer in built(tmp_path).items() if "/production/" in name for one in answer["deployments"]]
    assert (found["state"], found["finishedAt"]) == ("failed", AT["over"])


def test_what_an_attempt_waited_for_is_not_said_of_the_next_one(tmp_path):
    """Run again while it waited: of the second attempt nobody told where it went."""
    first = github_without_deployments(None)
    second = json.loads(json.dumps(github_without_deployments("success")))
    second["runs.json"]["workflow_runs"][0] |= {"run_attempt": 2, "run_started_at": AT["pressed"]}
    write(tmp_path, {f"{n}/{name}": json.dumps(answer) for n, answers in enumerate((first, second)) for name, answer in answers.items()})
    sites = [tmp_path / "both", tmp_path / "stored"]
    for site in sites:
        write(site, {"content/tidemark.yml": "site: {name: Shop}\n"})
    write(sites[0], {f"content/runs/{n}/{name}": json.dumps(answer)
                     for n, answers in enumerate((first, second)) for name, answer in answers.items()})
    for n, answers in enumerate((first, second)):
        assert tidemark("import", "--into", "content/runs", *[f"../{n}/{name}" for name in answers], cwd=sites[1]).code == 0
    expected, found = built(sites[0]), built(sites[1])
    assert found == expected
    assert expected["summary.json"]["status"]["description"] == "1 run names no environment: write a rule"


def application(revision, synced=None):
    """Argo CD: synced at a1; out of sync with `revision`, or not."""
    history = [{"id": 3, "revision": "a1" * 20, "deployedAt": "2026-05-04T10:00:00Z", "deployStartedAt": "2026-05-04T09:59:40Z"}]
    if synced:
        history.append({"id": 4, "revision": synced, "deployedAt": "2026-05-06T10:00:00Z", "deployStartedAt": "2026-05-06T09:59:40Z"})
    return {"apiVersion": "argoproj.io/v1alpha1", "kind": "Application",
            "metadata": {"name": "ledger", "namespace": "argocd", "uid": "7d0a4a2e-0000-4000-8000-000000000627"},
            "spec": {"destination": {"namespace": "production", "server": "https://cluster.example.org"},
                     "source": {"repoURL": "https://example.org/pay/ledger-deploy.git", "path": "prod", "targetRevision": "main"}},
            "status": {"health": {"status": "Healthy"}, "reconciledAt": f"2026-05-0{6 if synced else 5}T12:00:00Z", "history": history,
                       "sync": {"status": "Synced" if revision == history[-1]["revision"] else "OutOfSync", "revision": revision}}}


@pytest.mark.parametrize("then, waits", [
    (application("a1" * 20), []), (application("c3" * 20), ["c3" * 6]), (application("b2" * 20, synced="b2" * 20), []),
    (application("b2" * 20), ["b2" * 6])], ids=["reverted", "another", "synced", "still"])
def test_an_application_waits_for_what_its_last_answer_says_and_no_more(then, waits, tmp_path):
    other = {**application("d4" * 20), "metadata": {"name": "books", "namespace": "argocd", "uid": "8d0a4a2e-0000-4000-8000-000000000628"}}
    write(tmp_path, {"first.json": json.dumps([application("b2" * 20), other]), "then.json": json.dumps(then)})
    for name in ("first.json", "then.json"):
        done = tidemark("import", "--into", "content/runs", name, cwd=tmp_path)
        assert done.code == 0, done.err
    pending = json.loads((tmp_path / "public/api/v1/pending.json").read_text())["waiting"] if not tidemark(
        "build", "--as-of", "2026-12-01T00:00:00Z", cwd=tmp_path).code else None
    assert sorted((one["service"], one["version"]) for one in pending) == [("books", "d4" * 6)] + [("ledger", one) for one in waits]
    if waits != ["b2" * 6]:
        assert "1 that waits no more removed" in done.err
