"""The recipes of .ci/recipes: README quotes them, and their shell does what they say, with stand-ins for the providers and a bare repository."""
import json
import os
import re
import subprocess
import sys
import threading
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
import yaml

from conftest import BINARY, ROOT, tree

RECIPES = ROOT / ".ci/recipes"
NOW = datetime.now(timezone.utc)

# Serves $ANSWERS/PATH.json, the query left out; the log has the addresses. gh's own --jq is jq.
ANSWERS = """#!{python}
import os, subprocess, sys, urllib.parse
arguments = sys.argv[1:]
address = next(a for a in arguments if "/" in a and not a.startswith(("-", "Authorization", "PRIVATE")) and arguments[arguments.index(a) - 1] not in ("-o", "-u", "-H"))
parts = urllib.parse.urlsplit(address)
assert {token!r} in " ".join(arguments) + os.environ.get("GH_TOKEN", ""), "no token"
open(os.environ["LOG"], "a").write(address + "\\n")
file = os.environ["ANSWERS"] + "/" + parts.path.strip("/") + ("?status=waiting" if "status=waiting" in parts.query else "") + ".json"
if not os.path.exists(file):
    sys.exit("404: " + file)
data = open(file, "rb").read()
if "--jq" in arguments:
    data = subprocess.run(["jq", "-rc", arguments[arguments.index("--jq") + 1]], input=data, check=True, capture_output=True).stdout
(open(arguments[arguments.index("-o") + 1], "wb") if "-o" in arguments else sys.stdout.buffer).write(data)
"""
# The first record of each job waits until the other job has its own: both push upon the same state.
MEETING = """#!/bin/sh
{binary} "$@" || exit
if [ "$1" = record ] && [ -n "$MEETING" ] && [ ! -e "$MEETING/$ME" ]; then
  touch "$MEETING/$ME"
  n=0; while [ "$(ls "$MEETING" | wc -l)" -lt 2 ] && [ $n -lt 200 ]; do n=$((n + 1)); /bin/sleep .05; done
fi
"""


def at(minutes=0):
    return (NOW - timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")


def git(*arguments, cwd):
    identity = ["-c", "user.name=Ana", "-c", "user.email=ana@example.com"]
    return subprocess.run(["git", *identity, *arguments], cwd=cwd, check=True, capture_output=True, text=True).stdout.strip()


class JobFailed(Exception):
    pass


class Shop:
    """A repository acme/shop, and jobs that run in clones of it with nothing around them but what a provider gives."""

    def __init__(self, folder):
        self.folder, self.origin, self.bin = folder, folder / "origin.git", folder / "bin"
        work = folder / "work"
        git("init", "-q", "--bare", "-b", "main", str(self.origin), cwd=folder)
        git("init", "-q", "-b", "main", str(work), cwd=folder)
        for name in ("deploy.sh", "test.sh"):
            (work / name).write_text("#!/bin/sh\n")
            (work / name).chmod(0o755)
        git("add", ".", cwd=work)
        git("commit", "-qm", "Begin", cwd=work)
        git("push", "-q", str(self.origin), "main", cwd=work)
        self.sha = git("rev-parse", "HEAD", cwd=work)
        self.bin.mkdir()
        stand_in = ANSWERS.format(python=sys.executable, token="t0ken")
        copy = '#!/bin/sh\nmkdir -p "$PUBLISHED" && cp -R "$3." "$PUBLISHED"\n'
        for name, text in {"gh": stand_in, "curl": stand_in, "tidemark": MEETING.format(binary=BINARY), "sleep": "#!/bin/sh\nexec /bin/sleep .1\n",
                           "rsync": copy}.items():
            (self.bin / name).write_text(text)
            (self.bin / name).chmod(0o755)
        # What a provider's own token does: the remote of a recipe is the bare repository.
        (folder / "gitconfig").write_text(f'[url "{self.origin}"]\n\tinsteadOf = https://status:t0ken@gitlab.example.com/acme/shop.git\n')

    def answer(self, path, value):
        file = self.folder / "answers" / (path + ".json")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(value))

    def job(self, name, script, variables, shell=("bash", "-e")):
        clone = self.folder / name
        git("clone", "-q", str(self.origin), str(clone), cwd=self.folder)
        surroundings = {"PATH": f"{self.bin}:{os.environ['PATH']}", "HOME": str(self.folder), "GIT_CONFIG_GLOBAL": str(self.folder / "gitconfig"),
                        "GIT_CONFIG_NOSYSTEM": "1", "ANSWERS": str(self.folder / "answers"), "LOG": str(self.folder / "log"), "ME": name,
                        "PUBLISHED": str(self.folder / f"{name}-published"), **variables}
        done = subprocess.run([*shell, "-c", script], cwd=clone, env=surroundings, capture_output=True, text=True, timeout=120)
        if done.returncode:
            raise JobFailed(f"{name}: {done.stdout}{done.stderr}")
        return clone

    def at_once(self, jobs):
        """Both push upon the same state."""
        meeting, failed = self.folder / "meeting", []
        meeting.mkdir()

        def run(name, script, variables, shell):
            try:
                self.job(name, script, {**variables, "MEETING": str(meeting)}, shell)
            except JobFailed as fault:
                failed.append(fault)

        threads = [threading.Thread(target=run, args=job) for job in jobs]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failed == [] and len(list(meeting.iterdir())) == 2

    def status(self):
        """The records on the branch `status`, by id, and its commits."""
        names = git("ls-tree", "-r", "--name-only", "status", cwd=self.origin).splitlines()
        assert all(name.startswith("content/runs/") for name in names), names
        records = []
        for name in names:
            # A line for each telling that is needed, the weightiest first.
            tellings = [json.loads(line) for line in git("show", f"status:{name}", cwd=self.origin).splitlines()]
            places = {d["environment"]["name"]: d for telling in reversed(tellings) for d in telling.get("deployments", [])}
            records.append({**tellings[0], "deployments": list(places.values())})
        assert git("log", "--merges", "--format=%h", "status", cwd=self.origin) == ""
        return {record["id"]: record for record in records}, git("log", "--format=%s", "status", cwd=self.origin).splitlines()


@pytest.fixture
def shop(tmp_path):
    return Shop(tmp_path)


def recipe(name):
    return yaml.safe_load((RECIPES / name).read_text())


def shell_of(step, key="script"):
    return "\n".join(step[key])


def state(site, environment="production"):
    """What an environment runs and what waits for it, of a built site."""
    summary = json.loads((site / "api/v1/summary.json").read_text())
    cell = next(cell for cell in summary["cells"] if cell["environment"] == environment)
    waiting = json.loads((site / "api/v1/pending.json").read_text())["waiting"]
    return cell["current"] and cell["current"]["commit"], [(w["environment"], w["run"], w.get("allowed")) for w in waiting]


# ---- the providers: the shell of the two jobs, the shell that runs it, and the variables of a run


def github(shop, number, **more):
    return {"GITHUB_ACTIONS": "true", "GITHUB_RUN_ID": str(number), "GITHUB_RUN_NUMBER": str(number), "GITHUB_REPOSITORY": "acme/shop", "GITHUB_SHA": shop.sha,
            "GITHUB_REF": "refs/heads/main", "GITHUB_REF_NAME": "main", "GITHUB_ACTOR": "ana", "GITHUB_JOB": "deploy", "GH_TOKEN": "t0ken",
            "GITHUB_WORKFLOW": "Deploy", "GITHUB_STEP_SUMMARY": str(shop.folder / "summary.md"), "STATE": "success", **more}


def gitlab(shop, number, **more):
    return {"GITLAB_CI": "true", "CI_PIPELINE_ID": str(number), "CI_PIPELINE_IID": str(number), "CI_PROJECT_PATH": "acme/shop", "CI_PROJECT_ID": "7",
            "CI_PIPELINE_URL": f"https://gitlab.example.com/acme/shop/-/pipelines/{number}", "CI_PIPELINE_CREATED_AT": at(10), "CI_COMMIT_SHA": shop.sha,
            "CI_COMMIT_BRANCH": "main", "CI_JOB_ID": f"{number}2", "CI_JOB_NAME": "production", "CI_JOB_STATUS": "success", "CI_JOB_MANUAL": "true",
            "CI_ENVIRONMENT_NAME": "production", "CI_SERVER_HOST": "gitlab.example.com", "STATUS_TOKEN": "t0ken",
            "CI_API_V4_URL": "https://gitlab.example.com/api/v4", **more}


def bitbucket(shop, number, **more):
    return {"BITBUCKET_BUILD_NUMBER": str(number), "BITBUCKET_PIPELINE_UUID": "{00000000-0000-4000-8000-%012d}" % number, "BITBUCKET_COMMIT": shop.sha,
            "BITBUCKET_REPO_FULL_NAME": "acme/shop", "BITBUCKET_BRANCH": "main", "BITBUCKET_DEPLOYMENT_ENVIRONMENT": "production",
            "BITBUCKET_EXIT_CODE": "0", "STATUS_TOKEN": "t0ken", "STATUS_HOST": "host", **more}


def jenkins(shop, number, **more):
    return {"JENKINS_URL": "https://ci.example.com/", "JOB_NAME": "shop/main", "JOB_URL": "https://ci.example.com/job/shop/job/main/", "BUILD_NUMBER": str(number),
            "BUILD_URL": f"https://ci.example.com/job/shop/job/main/{number}/", "GIT_COMMIT": shop.sha, "GIT_URL": "https://git.example.com/acme/shop.git",
            "GIT_BRANCH": "origin/main", "RESULT": "SUCCESS", "STATUS_LOGIN": "ana:t0ken", **more}


def scripts_of(name):
    if name == "github":
        jobs = recipe("github.yml")["jobs"]
        record = next(step["run"] for step in jobs["deploy"]["steps"] if step.get("name") == "Record")
        return record, next(step["run"] for step in jobs["status"]["steps"] if "run" in step)
    if name == "gitlab":
        return shell_of(recipe("gitlab.yml")["production"], "after_script"), shell_of(recipe("gitlab.yml")[".publish"])
    if name == "bitbucket":
        steps = [step["step"] for step in recipe("bitbucket.yml")["pipelines"]["branches"]["main"]]
        return shell_of(next(step for step in steps if "deployment" in step), "after-script"), shell_of(steps[-1])
    publish, *_, record = re.findall(r"sh '''(.*?)'''", (RECIPES / "Jenkinsfile").read_text(), re.S)
    return record, publish


PROVIDERS = {"github": (github, ("bash", "-e")), "gitlab": (gitlab, ("sh", "-e")), "bitbucket": (bitbucket, ("sh", "-e")), "jenkins": (jenkins, ("sh", "-xe"))}


def stages(shop, *numbers):
    for number in numbers:
        shop.answer(f"job/shop/job/main/{number}/wfapi/describe", {"id": str(number), "name": f"#{number}", "status": "IN_PROGRESS", "stages": [
            {"id": "6", "name": "Deploy to production", "status": "IN_PROGRESS", "startTimeMillis": int((NOW.timestamp() - 60) * 1000), "durationMillis": 50000}]})


@pytest.mark.parametrize("provider", PROVIDERS)
def test_two_runs_at_once_make_the_branch_and_lose_nothing(shop, provider):
    variables, shell = PROVIDERS[provider]
    record, _ = scripts_of(provider)
    stages(shop, 5, 6, 7)
    shop.at_once([(f"job-{number}", record, variables(shop, number), shell) for number in (5, 6)])
    records, commits = shop.status()
    assert len(records) == len(commits) == 2
    for one in records.values():
        assert [(d["environment"]["name"], d["state"]) for d in one["deployments"]] == [("production", "succeeded")]
    # The branch is there now: the next run adds to it.
    shop.job("job-7", record, variables(shop, 7), shell)
    assert len(shop.status()[0]) == 3
    # The same once more changes nothing that is known of the run.
    assert git("ls-tree", "--name-only", "main", cwd=shop.origin).splitlines() == ["deploy.sh", "test.sh"]


@pytest.mark.parametrize("provider, places", [
    ("gitlab", [{"CI_JOB_ID": str(n), "CI_JOB_NAME": name, "CI_ENVIRONMENT_NAME": name} for n, name in enumerate(("eu", "us"))]),
    ("bitbucket", [{"BITBUCKET_DEPLOYMENT_ENVIRONMENT": name} for name in ("eu", "us")])])
def test_two_jobs_of_one_run_at_once_lose_nothing(shop, provider, places):
    """Both write the same file: what the other pushed is completed, not merged by lines."""
    variables, shell = PROVIDERS[provider]
    shop.at_once([(f"job-{n}", scripts_of(provider)[0], variables(shop, 5, **place), shell) for n, place in enumerate(places)])
    records, commits = shop.status()
    run, = records.values()
    assert sorted((d["environment"]["name"], d["state"]) for d in run["deployments"]) == [("eu", "succeeded"), ("us", "succeeded")]
    assert len(commits) == 2


def test_the_retry_has_an_end(shop):
    """Nobody may push: the job fails, and says why."""
    (shop.origin / "hooks/pre-receive").write_text("#!/bin/sh\necho no entrance >&2\nexit 1\n")
    (shop.origin / "hooks/pre-receive").chmod(0o755)
    for provider, (variables, shell) in PROVIDERS.items():
        stages(shop, 5)
        with pytest.raises(JobFailed) as failed:
            shop.job(f"job-{provider}", scripts_of(provider)[0], variables(shop, 5), shell)
        assert str(failed.value).count("no entrance") == 6


# ---- the pages: recorded runs, and what the provider's interface says beside them


def github_answers(shop):
    def run(number, status, conclusion, minutes):
        return {"id": number, "run_number": number, "run_attempt": 1, "name": "Deploy", "path": ".github/workflows/deploy.yml", "event": "push", "status": status,
                "conclusion": conclusion, "head_sha": shop.sha if number == 5 else "b2" * 20, "head_branch": "main", "workflow_id": 1,
                "html_url": f"https://github.com/acme/shop/actions/runs/{number}", "repository": {"full_name": "acme/shop"}, "created_at": at(minutes),
                "run_started_at": at(minutes), "updated_at": at(minutes - 1), "actor": {"login": "ana", "type": "User"}}

    def deployment(number, environment, sha):
        address = f"https://api.github.com/repos/acme/shop/deployments/{number}"
        shop.answer(f"repos/acme/shop/deployments/{number}/statuses", [] if environment == "github-pages" else [
            {"id": number + 1, "state": {905: "success", 906: "waiting"}[number], "created_at": at(0), "deployment_url": address, "environment": environment,
             "log_url": f"https://github.com/acme/shop/actions/runs/{number - 900}/job/1"}])
        return {"id": number, "sha": sha, "ref": "main", "task": "deploy", "environment": environment, "created_at": at(3), "updated_at": at(0),
                "url": address, "creator": {"login": "ana", "type": "User"}}

    api = "repos/acme/shop"
    runs = [run(6, "waiting", None, 2), run(5, "completed", "success", 4)]
    shop.answer(f"{api}/actions/runs", {"total_count": 2, "workflow_runs": runs})
    shop.answer(f"{api}/actions/runs?status=waiting", {"total_count": 1, "workflow_runs": runs[:1]})
    for number in (5, 6):
        shop.answer(f"{api}/actions/runs/{number}/jobs", {"total_count": 1, "jobs": [
            {"id": number * 10, "run_id": number, "run_attempt": 1, "name": "deploy", "status": ["completed", "waiting"][number - 5],
             "conclusion": ["success", None][number - 5], "started_at": at(3), "completed_at": [at(1), None][number - 5], "steps": [], "labels": [],
             "html_url": f"https://github.com/acme/shop/actions/runs/{number}/job/{number * 10}"}]})
        shop.answer(f"{api}/actions/runs/{number}/approvals", [])
    shop.answer(f"{api}/actions/runs/6/pending_deployments", [
        {"environment": {"id": 1, "name": "production", "url": "https://api.github.com/repos/acme/shop/environments/production"}, "wait_timer": 0,
         "current_user_can_approve": False, "reviewers": [{"type": "User", "reviewer": {"login": "eva"}}]}])
    shop.answer(f"{api}/deployments", [deployment(906, "production", "b2" * 20), deployment(907, "github-pages", shop.sha), deployment(905, "production", shop.sha)])
    shop.answer(f"{api}/environments", {"total_count": 2, "environments": [
        {"id": n, "name": name, "url": f"https://api.github.com/{api}/environments/{name}", "protection_rules": []}
        for n, name in enumerate(("production", "github-pages"))]})
    shop.answer(f"{api}/releases", [])


def gitlab_answers(shop):
    def pipeline(number, status):
        return {"id": number, "iid": number, "project_id": 7, "sha": shop.sha if number == 5 else "b2" * 20, "ref": "main", "status": status, "source": "push",
                "created_at": at(4), "updated_at": at(0), "web_url": f"https://gitlab.example.com/acme/shop/-/pipelines/{number}"}

    def job(number, status):
        return {"id": number * 10 + 2, "name": "production", "stage": "deploy", "status": status, "ref": "main", "tag": False, "allow_failure": False,
                "created_at": at(4), "started_at": at(2) if status == "success" else None, "finished_at": at(1) if status == "success" else None,
                "pipeline": pipeline(number, status), "web_url": f"https://gitlab.example.com/acme/shop/-/jobs/{number * 10 + 2}"}

    def deployment(number, status):
        return {"id": 900 + number, "iid": 900 + number, "ref": "main", "sha": shop.sha if number == 5 else "b2" * 20, "status": status, "created_at": at(4),
                "updated_at": at(1), "environment": {"id": 1, "name": "production"}, "deployable": job(number, {"created": "manual"}.get(status, status))}

    project = "api/v4/projects/7"
    shop.answer(f"{project}/pipelines", [pipeline(6, "manual"), pipeline(5, "success")])
    for number, status in ((5, "success"), (6, "manual")):
        shop.answer(f"{project}/pipelines/{number}/jobs", [job(number, status)])
    shop.answer(f"{project}/jobs", [job(6, "manual")])
    shop.answer(f"{project}/deployments", [deployment(6, "created"), deployment(5, "success")])
    shop.answer(f"{project}/environments", [{"id": 1, "name": "production", "slug": "production", "tier": "production", "state": "available"}])
    shop.answer(f"{project}/releases", [])


def bitbucket_answers(shop):
    def uuid(number, kind=0):
        return "{0000000%d-0000-4000-8000-%012d}" % (kind, number)

    def pipeline(number, state):
        return {"type": "pipeline", "uuid": uuid(number), "build_number": number, "state": state, "created_on": at(4), "trigger": {"name": "PUSH"},
                "completed_on": at(0) if state["name"] == "COMPLETED" else None, "creator": {"display_name": "Ana"}, "repository": {"full_name": "acme/shop"},
                "target": {"type": "pipeline_ref_target", "ref_type": "branch", "ref_name": "main", "commit": {"hash": shop.sha if number == 5 else "b2" * 20}}}

    def step(number, state):
        return {"type": "pipeline_step", "uuid": uuid(number, 1), "pipeline": {"uuid": uuid(number)}, "name": "Deploy to production", "state": state,
                "trigger": {"type": "pipeline_step_trigger_manual"}, **({"started_on": at(2), "completed_on": at(1)} if state["name"] == "COMPLETED" else {})}

    def deployment(number, state):
        return {"type": "deployment", "uuid": uuid(number, 2), "state": state, "environment": {"uuid": uuid(1, 3)}, "step": {"uuid": uuid(number, 1)},
                "release": {"name": f"#{number}", "pipeline": {"uuid": uuid(number)}, "commit": {"hash": shop.sha if number == 5 else "b2" * 20}, "created_on": at(4)},
                **({"last_update_time": at(1)} if state["name"] == "COMPLETED" else {})}

    done = {"name": "COMPLETED", "result": {"name": "SUCCESSFUL"}}
    api = "2.0/repositories/acme/shop"
    shop.answer(f"{api}/pipelines", {"values": [pipeline(6, {"name": "IN_PROGRESS", "stage": {"name": "PAUSED"}}), pipeline(5, done)]})
    shop.answer(f"{api}/pipelines/5/steps", {"values": [step(5, done)]})
    shop.answer(f"{api}/pipelines/6/steps", {"values": [step(6, {"name": "PENDING"})]})
    shop.answer(f"{api}/deployments", {"values": [deployment(6, {"name": "UNDEPLOYED"}), deployment(5, {"name": "COMPLETED", "status": {"name": "SUCCESSFUL"}})]})
    shop.answer(f"{api}/environments", {"values": [{"type": "deployment_environment", "uuid": uuid(1, 3), "name": "production", "slug": "production",
                                                    "environment_type": {"name": "Production", "rank": 2}}]})


def jenkins_answers(shop):
    def run(number, status, stage):
        begun = int((NOW.timestamp() - 240) * 1000)
        return {"id": str(number), "name": f"#{number}", "status": status, "startTimeMillis": begun, "durationMillis": 100000, "stages": [
            {"id": "6", "name": "Deploy to production", "status": stage, "startTimeMillis": begun + 5000, "durationMillis": 50000, "pauseDurationMillis": 0}],
            "_links": {"self": {"href": f"/job/shop/job/main/{number}/wfapi/describe"}}}

    def build(number, result, building):
        return {"_class": "org.jenkinsci.plugins.workflow.job.WorkflowRun", "number": number, "id": str(number), "building": building, "result": result,
                "url": f"https://ci.example.com/job/shop/job/main/{number}/", "timestamp": int((NOW.timestamp() - 240) * 1000), "duration": 100000,
                "fullDisplayName": f"shop » main #{number}", "actions": [
                    {"_class": "hudson.plugins.git.util.BuildData", "lastBuiltRevision": {"SHA1": shop.sha if number == 5 else "b2" * 20, "branch": [
                        {"name": "origin/main"}]}, "remoteUrls": ["https://git.example.com/acme/shop.git"]}]}

    stages(shop, 5, 6)
    shop.answer("job/shop/job/main/api/json", {"_class": "org.jenkinsci.plugins.workflow.job.WorkflowJob", "name": "main", "builds": [
        build(6, None, True), build(5, "SUCCESS", False)]})
    shop.answer("job/shop/job/main/wfapi/runs", [run(6, "PAUSED_PENDING_INPUT", "PAUSED_PENDING_INPUT"), run(5, "SUCCESS", "SUCCESS")])


SITES = {"github": ("public", github_answers), "gitlab": ("public", gitlab_answers), "bitbucket": ("public", bitbucket_answers), "jenkins": ("public", jenkins_answers)}
RULE = 'records:\n  - {provider: jenkins, pipeline: "{service}/main", step: "Deploy to {environment}"}\n'


@pytest.mark.parametrize("provider", PROVIDERS)
def test_what_is_recorded_runs_and_what_waits_is_shown(shop, provider):
    """Run 5 was recorded and is told by the interface; run 6 waits at the gate, and the job beside it builds the pages."""
    variables, shell = PROVIDERS[provider]
    record, publish = scripts_of(provider)
    public, answers = SITES[provider]
    answers(shop)
    shop.job("record", record, variables(shop, 5), shell)
    configured(shop)
    site = shop.job("pages", publish, variables(shop, 6), shell) / public
    current, waiting = state(site)
    assert current == shop.sha
    assert [(environment, run.split("-")[-1].strip("{}").lstrip("0")) for environment, run, _ in waiting] == [("production", "6")]
    if provider == "github":
        assert waiting[0][2] == ["eva"]
        assert "github-pages" not in (site / "api/v1/environments.json").read_text()
        assert re.search(r"^\| .*shop", (shop.folder / "summary.md").read_text(), re.M)
    if provider == "bitbucket":
        assert tree(shop.folder / "pages-published") == tree(site)


def configured(shop):
    """Somebody commits a configuration to the branch."""
    clone = shop.folder / "configuration"
    git("clone", "-q", "-b", "status", str(shop.origin), str(clone), cwd=shop.folder)
    (clone / "content/tidemark.yml").write_text(RULE)
    git("add", ".", cwd=clone)
    git("commit", "-qm", "Configure", cwd=clone)
    git("push", "-q", cwd=clone)


NO_DEPLOYMENTS = {"github": ("repos/acme/shop/deployments", []), "gitlab": ("api/v4/projects/7/deployments", []),
                  "bitbucket": ("2.0/repositories/acme/shop/deployments", {"values": []})}


@pytest.mark.parametrize("provider", NO_DEPLOYMENTS)
def test_what_the_record_alone_knows_is_kept_beside_what_the_interface_says(shop, provider):
    """The list of runs ends run 5 later than its record, and knows nothing of where it deployed."""
    variables, shell = PROVIDERS[provider]
    record, publish = scripts_of(provider)
    SITES[provider][1](shop)
    shop.answer(*NO_DEPLOYMENTS[provider])
    shop.job("record", record, variables(shop, 5), shell)
    site = shop.job("pages", publish, variables(shop, 6), shell) / SITES[provider][0]
    assert state(site)[0] == shop.sha
    assert json.loads((site / "api/v1/build.json").read_text())["errors"] == []


@pytest.mark.parametrize("provider", PROVIDERS)
def test_pages_are_built_before_anything_is_recorded(shop, provider):
    """Without the branch the pages hold what the interface says, and the branch is not made."""
    variables, shell = PROVIDERS[provider]
    SITES[provider][1](shop)
    site = shop.job("pages", scripts_of(provider)[1], variables(shop, 6), shell) / SITES[provider][0]
    assert (site / "index.html").exists()
    assert git("branch", "--list", cwd=shop.origin).split() == ["*", "main"]


# ---- their form


def test_something_builds_while_a_run_waits_at_the_gate():
    jobs = recipe("github.yml")["jobs"]
    assert jobs["waiting"]["needs"] == jobs["deploy"]["needs"] and jobs["waiting"]["steps"] == jobs["status"]["steps"]
    jobs = recipe("gitlab.yml")
    assert jobs["waiting"]["needs"] == jobs["production"]["needs"] and jobs["waiting"]["extends"] == jobs["status"]["extends"] == ".publish"
    assert jobs["status"]["needs"] == ["production"] and jobs["status"]["when"] == "always"
    steps = [step["step"] for step in recipe("bitbucket.yml")["pipelines"]["branches"]["main"]]
    gate = next(number for number, step in enumerate(steps) if step.get("trigger") == "manual")
    assert steps[gate - 1]["name"] == "Status page" and steps[gate - 1] == steps[-1] and "trigger" not in steps[gate - 1]
    text = (RECIPES / "Jenkinsfile").read_text()
    assert text.index("parallel {") < text.index("input {") < text.index("stage('Status page')")


def test_readme_quotes_each_recipe():
    text = (ROOT / "README.md").read_text()
    section = text.split("\n## In a pipeline\n")[1].split("\n## ")[0]
    quoted = {body for _, body in re.findall(r"^```(\w+)\n(.*?)^```$", section, re.M | re.S)}
    for file in RECIPES.iterdir():
        assert file.read_text() in quoted, f"README does not quote {file.name}"
    shown = [body for body in quoted if len(body.splitlines()) > 3]
    assert {body for body in shown if body not in {file.read_text() for file in RECIPES.iterdir()}} == set()
