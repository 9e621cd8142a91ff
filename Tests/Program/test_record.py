"""record: a pipeline's own run, from its variables and its clone, stored and shown."""
import json
import os
import subprocess

import pytest

from conftest import BINARY, Outcome, write

PATH = os.environ["PATH"]


def record(folder, variables, *arguments, stdin=None):
    """Nothing but the variables of the pipeline is around it."""
    surroundings = {"PATH": PATH, "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1", **variables}
    done = subprocess.run([BINARY, "record", *map(str, arguments)], cwd=folder, env=surroundings, input=stdin, capture_output=True, timeout=60)
    return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())


def stored(folder, done):
    return json.loads((folder / done.out.splitlines()[0]).read_text())


def git(folder, *arguments):
    identity = ["-c", "user.name=Ana Möller", "-c", "user.email=ana@example.com", "-c", "commit.gpgsign=false"]
    return subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True,
                          env={"PATH": PATH, "HOME": str(folder)}).stdout.decode().strip()


@pytest.fixture
def clone(tmp_path):
    """A repository with five commits, the third with a hostile message."""
    git(tmp_path, "init", "-q", "-b", "main")
    messages = ["First", "Second", "--exec=touch /tmp/x\n\n<script>alert(1)</script> \"quoted\"\ttab\x01\n", "Fourth\n\nBody of it", "Fifth: Ümläut 🚀"]
    hashes = []
    for message in messages:
        git(tmp_path, "commit", "-q", "--allow-empty", "-m", message)
        hashes.append(git(tmp_path, "rev-parse", "HEAD"))
    return tmp_path, hashes


def bitbucket(number, sha, **more):
    return {"BITBUCKET_BUILD_NUMBER": str(number), "BITBUCKET_PIPELINE_UUID": "{00000000-0000-4000-8000-%012d}" % number,
            "BITBUCKET_REPO_FULL_NAME": "acme/checkout", "BITBUCKET_COMMIT": sha, "BITBUCKET_BRANCH": "main", **more}


def test_a_deployment_brings_the_commits_since_the_one_before(clone):
    folder, hashes = clone
    write(folder, {"content/tidemark.yml": "site: {url: 'https://status.example.com/releases/'}\n"})
    production = {"BITBUCKET_DEPLOYMENT_ENVIRONMENT": "production", "BITBUCKET_EXIT_CODE": "0"}
    first = record(folder, bitbucket(1, hashes[1], **production))
    assert first.code == 0 and first.err == "", first.err
    path, address = first.out.splitlines()
    assert path.startswith("content/runs/checkout/20") and path.endswith("/00000000-0000-4000-8000-000000000001-1.json")
    assert "changes" not in stored(folder, first)["deployments"][0]
    # A failure and another environment in between change nothing of what production has.
    assert record(folder, bitbucket(2, hashes[2], BITBUCKET_DEPLOYMENT_ENVIRONMENT="production", BITBUCKET_EXIT_CODE="1")).code == 0
    assert record(folder, bitbucket(3, hashes[3], BITBUCKET_DEPLOYMENT_ENVIRONMENT="staging", BITBUCKET_EXIT_CODE="0")).code == 0
    last = record(folder, bitbucket(4, hashes[4], **production))
    run = stored(folder, last)
    changes = run["deployments"][0]["changes"]
    assert [change["sha"] for change in changes] == [hashes[4], hashes[3], hashes[2]]
    assert [change["author"] for change in changes] == ["Ana Möller"] * 3
    assert changes[0]["message"] == "Fifth: Ümläut 🚀" and changes[1]["message"] == "Fourth\n\nBody of it"
    assert changes[2]["message"].startswith("--exec=touch /tmp/x\n\n<script>alert(1)</script> \"quoted\"\ttab")
    assert run["commit"]["message"] == "Fifth: Ümläut 🚀" and run["commit"]["author"] == "Ana Möller"
    # Once more is once: of its own success it is not the successor.
    again = record(folder, bitbucket(4, hashes[4], **production))
    assert [c["sha"] for c in stored(folder, again)["deployments"][0]["changes"]] == [hashes[4], hashes[3], hashes[2]]

    built = subprocess.run([BINARY, "build"], cwd=folder, capture_output=True, timeout=60)
    assert built.returncode == 0, built.stderr
    _, address = last.out.splitlines()
    assert address.startswith("https://status.example.com/releases/runs/checkout/")
    page = folder / "public" / address.removeprefix("https://status.example.com/releases/")
    assert "Fifth: Ümläut 🚀" in page.read_text()
    service = json.loads((folder / "public/api/v1/services/checkout/production/deployments.json").read_text())
    assert [(d["state"], d["commit"]) for d in service["deployments"]] == [
        ("succeeded", hashes[4]), ("failed", hashes[2]), ("succeeded", hashes[1])]


def test_a_shallow_clone_is_told_and_the_record_is_made_all_the_same(clone, tmp_path_factory):
    folder, hashes = clone
    shallow = tmp_path_factory.mktemp("shallow")
    subprocess.run(["git", "clone", "-q", "--depth", "1", folder.as_uri(), shallow], check=True, capture_output=True)
    success = {"BITBUCKET_DEPLOYMENT_ENVIRONMENT": "production", "BITBUCKET_EXIT_CODE": "0"}
    assert record(shallow, bitbucket(1, hashes[0], **success)).code == 0
    done = record(shallow, bitbucket(2, hashes[4], **success))
    assert done.code == 0
    assert f"warning: Git does not tell what came since {hashes[0]}" in done.err and "fetch-depth: 0" in done.err
    assert "changes" not in stored(shallow, done)["deployments"][0]


def test_without_a_clone_the_record_is_made_of_the_variables(tmp_path):
    done = record(tmp_path, bitbucket(1, "0" * 39 + "1", BITBUCKET_DEPLOYMENT_ENVIRONMENT="production"))
    assert done.code == 0 and "note: Git tells nothing of the commit" in done.err
    assert stored(tmp_path, done)["commit"] == {"sha": "0" * 39 + "1"}


@pytest.mark.parametrize("sha", ["--output=/tmp/x", "HEAD", "main;id", "0123456" * 20])
def test_a_commit_that_is_no_hash_is_never_given_to_git(clone, sha):
    folder, _ = clone
    done = record(folder, bitbucket(1, sha))
    assert done.code == 0 and "is no hash of a commit" in done.err
    assert record(folder, bitbucket(1, "0123456789"), "--environment", "live", f"--since={sha}").code == 0


def test_steps_of_one_pipeline_complete_one_record(tmp_path):
    """Staging, then production after its button, in two jobs of one run."""
    gitlab = {"GITLAB_CI": "true", "CI_PIPELINE_ID": "1001", "CI_PIPELINE_IID": "17", "CI_PROJECT_PATH": "acme/shop",
              "CI_PIPELINE_URL": "https://gitlab.com/acme/shop/-/pipelines/1001", "CI_PIPELINE_CREATED_AT": "2026-03-31T23:50:00Z",
              "CI_COMMIT_SHA": "0123456789abcdef0123456789abcdef01234567", "CI_COMMIT_TAG": "v1.4.0", "CI_COMMIT_MESSAGE": "Faster"}
    staging = {**gitlab, "CI_JOB_ID": "1", "CI_JOB_NAME": "staging", "CI_ENVIRONMENT_NAME": "staging", "CI_JOB_STATUS": "success"}
    production = {**gitlab, "CI_JOB_ID": "2", "CI_JOB_NAME": "production", "CI_ENVIRONMENT_NAME": "production", "CI_JOB_MANUAL": "true"}
    first = record(tmp_path, staging)
    assert first.out == "content/runs/shop/2026/03/1001-1.json\n", first.err
    record(tmp_path, {**production, "CI_JOB_STATUS": "running"})
    assert states(tmp_path) == {"staging": ("succeeded", "unknown"), "production": ("running", "manual")}
    record(tmp_path, {**production, "CI_JOB_STATUS": "success"}, "--state", "succeeded")
    assert states(tmp_path) == {"staging": ("succeeded", "unknown"), "production": ("succeeded", "manual")}
    [run] = json.loads((tmp_path / "public/api/v1/runs/shop.json").read_text())["runs"]
    assert sorted(s["name"] for s in run["steps"]) == ["production", "staging"]
    assert run["state"] == "succeeded"
    assert len(list((tmp_path / "content/runs").rglob("*.json"))) == 1


def states(folder):
    """State and promotion of what a build shows of each environment."""
    done = subprocess.run([BINARY, "build", "--strict"], cwd=folder, capture_output=True, timeout=60)
    assert done.returncode == 0, done.stderr
    found = {}
    for file in (folder / "public/api/v1/services/shop").glob("*/deployments.json"):
        [deployment] = json.loads(file.read_text())["deployments"]
        found[file.parent.name] = (deployment["state"], deployment["promotion"])
    return found


def test_the_payload_and_the_record_of_a_run_are_one_run_on_the_page(tmp_path):
    github = {"GITHUB_ACTIONS": "true", "GITHUB_RUN_ID": "30433642", "GITHUB_RUN_NUMBER": "562", "GITHUB_REPOSITORY": "acme/shop",
              "GITHUB_SHA": "0123456789abcdef0123456789abcdef01234567", "GITHUB_REF": "refs/heads/main", "GITHUB_REF_NAME": "main"}
    assert record(tmp_path, github, "--environment", "live", "--state", "success").code == 0
    payload = {"id": 30433642, "run_number": 562, "run_attempt": 1, "name": "Deploy", "path": ".github/workflows/deploy.yml",
               "event": "push", "status": "completed", "conclusion": "success", "head_sha": github["GITHUB_SHA"], "head_branch": "main",
               "html_url": "https://github.com/acme/shop/actions/runs/30433642", "repository": {"full_name": "acme/shop"},
               "created_at": "2026-03-02T10:00:00Z", "updated_at": "2026-03-02T10:10:00Z", "workflow_id": 1}
    write(tmp_path, {"content/runs/payload.json": json.dumps(payload)})
    assert subprocess.run([BINARY, "build"], cwd=tmp_path, capture_output=True, timeout=60).returncode == 0
    runs = json.loads((tmp_path / "public/api/v1/runs/shop.json").read_text())["runs"]
    assert [run["id"] for run in runs] == ["30433642"]
    summary = json.loads((tmp_path / "public/api/v1/summary.json").read_text())
    assert [cell["state"] for cell in summary["cells"]] == ["current"]


def test_rules_find_the_service_and_the_environment(tmp_path):
    write(tmp_path, {"content/tidemark.yml": 'records:\n  - {provider: jenkins, pipeline: "{service}/main", step: "Deploy to {environment}"}\n'})
    jenkins = {"JENKINS_URL": "https://ci.example.com/", "BUILD_NUMBER": "5", "JOB_NAME": "checkout/main", "STAGE_NAME": "Deploy to live"}
    done = record(tmp_path, jenkins, "--state", "SUCCESS")
    assert done.out.startswith("content/runs/checkout/"), done.err
    assert [(d["environment"]["name"], d["state"]) for d in stored(tmp_path, done)["deployments"]] == [("live", "succeeded")]


def test_print_stores_nothing(tmp_path):
    done = record(tmp_path, bitbucket(1, "0123456789"), "--print", "--version", "1.4.0")
    assert json.loads(done.out)["version"] == {"name": "1.4.0"}
    assert not (tmp_path / "content").exists()


def test_steps_come_from_a_file_or_standard_input(tmp_path):
    steps = b'[{"name": "build", "state": "succeeded"}]'
    write(tmp_path, {"steps.json": steps})
    for arguments, stdin in ((["--steps", "steps.json"], None), (["--steps", "-"], steps)):
        done = record(tmp_path, bitbucket(1, "0123456789"), "--print", *arguments, stdin=stdin)
        assert [step["name"] for step in json.loads(done.out)["steps"]] == ["build"], done.err


@pytest.mark.parametrize("variables, arguments, code, words", [
    ({}, [], 64, "these are the variables of no pipeline that is known"),
    ({"BITBUCKET_BUILD_NUMBER": "1"}, [], 64, "the variable BITBUCKET_PIPELINE_UUID is not set"),
    ({"GITHUB_ACTIONS": "true", "GITLAB_CI": "true"}, [], 64, "there are variables of github and of gitlab"),
    (bitbucket(1, "0123456"), ["--state", "sucess"], 64, "suggestion: success"),
    (bitbucket(1, "0123456"), ["--steps", "missing.json"], 64, "missing.json: error: it cannot be read"),
    (bitbucket(1, "0123456"), ["--attempt", "0"], 64, "--attempt takes a number from 1"),
    (bitbucket(1, "0123456"), ["--into", "file/runs"], 73, "it cannot be written"),
])
def test_faults_are_told_with_their_exit_code(tmp_path, variables, arguments, code, words):
    write(tmp_path, {"file": ""})
    done = record(tmp_path, variables, *arguments)
    assert (done.code, words in done.err) == (code, True), done.err
    assert done.out == ""


def test_two_legs_of_a_matrix_are_two_targets(tmp_path):
    variables = {"GITHUB_ACTIONS": "true", "GITHUB_RUN_ID": "9001", "GITHUB_RUN_NUMBER": "12", "GITHUB_RUN_ATTEMPT": "1", "GITHUB_JOB": "deploy",
                 "GITHUB_REPOSITORY": "acme/shop", "GITHUB_SHA": "a1" * 20, "GITHUB_REF": "refs/heads/main", "GITHUB_REF_NAME": "main",
                 "GITHUB_REF_TYPE": "branch", "GITHUB_SERVER_URL": "https://github.com", "GITHUB_WORKFLOW": "Ship", "GITHUB_EVENT_NAME": "push"}
    for target, state in (("eu", "success"), ("us", "failure")):
        done = record(tmp_path, variables, "--environment", "production", "--target", target, "--state", state)
        assert done.code == 0, done.err
    assert record(tmp_path, variables, "--environment", "production", "--target", "").code == 64
    built = subprocess.run([BINARY, "build", "--strict"], cwd=tmp_path, capture_output=True, timeout=60)
    assert built.returncode == 0, built.stderr
    api = tmp_path / "public/api/v1"
    [cell] = json.loads((api / "summary.json").read_text())["cells"]
    assert (cell["state"], cell["flags"]) == ("mixed", ["partial"])
    assert [(t["target"], t["state"]) for t in cell["targets"]] == [("eu", "current"), ("us", "none")]
    [run] = json.loads((api / "runs/shop.json").read_text())["runs"]
    assert (run["state"], sorted(s["name"] for s in run["steps"])) == ("failed", ["deploy (eu)", "deploy (us)"])
