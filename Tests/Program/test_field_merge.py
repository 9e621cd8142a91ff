"""One run told twice: recorded by its own pipeline, and answered by its provider's API (record.md, rule 5)."""
import json

import pytest

from conftest import tidemark, write
from field import build, copied
from test_record import record

RECIPES = ["record-and-collect-github", "record-and-collect-gitlab", "record-and-collect-bitbucket"]


@pytest.mark.parametrize("case", RECIPES)
def test_what_was_recorded_stays_beside_the_answer_that_ends_later(case, tmp_path):
    site = build(case, tmp_path, "2026-12-05", "--strict")
    assert site.outcome.code == 0, site.outcome.err
    assert "2 records read: 2 rendered, 0 skipped, 0 in error; 0 errors, 0 warnings" in site.outcome.err
    cell = site.cell("shop", "production")
    assert (cell["state"], cell["current"]["version"], cell["current"]["since"]) == ("current", "a" * 12, "2026-11-25T10:06:00Z")
    deployments = site.deployments("shop", "production")
    assert [(d["state"], d["action"], d["finishedAt"]) for d in deployments] == [("succeeded", "rollback", "2026-11-25T10:06:00Z")]
    runs = site.api("runs/shop.json")["runs"]
    assert [(run["state"], run["finishedAt"]) for run in runs] == [("succeeded", "2026-11-25T10:07:30Z")]
    [page] = (site.public / "deployments/shop").glob("*.html")
    assert "Login broken" in page.read_text()


def test_a_deployment_of_the_api_and_the_recorded_one_are_one(tmp_path):
    site = build("github-recipe-record", tmp_path, "2026-06-01", "--strict")
    assert site.outcome.code == 0, site.outcome.err
    assert [(d["id"], d["state"], d["finishedAt"]) for d in site.deployments("shed", "production")] == [
        ("952", "succeeded", "2026-03-15T11:05:00Z")]
    metrics = site.metrics("shed", "production")
    assert (metrics["deployments"]["count"], metrics["deployments"]["attempts"]) == (1, 1)


@pytest.mark.parametrize("case", RECIPES)
def test_a_store_says_what_the_files_say_in_whatever_order_it_was_filled(case, tmp_path):
    direct = copied(case, tmp_path / "direct")
    expected = build(case, direct, "2026-12-05")
    files = sorted((direct / "content/runs").rglob("*.json"))
    for number, order in enumerate([files, files[::-1]]):
        folder = tmp_path / str(number)
        for file in order:
            done = tidemark("import", "--into", folder / "content/runs", file, cwd=direct)
            assert done.code == 0, done.err
        again = tidemark("import", "--into", folder / "content/runs", *files, cwd=direct)
        assert again.out == "", "what is stored already is not written again"
        stored = build(case, folder, "2026-12-05")
        for name in ["summary.json", "runs/shop.json", "services/shop/production/deployments.json"]:
            assert stored.api(name) == expected.api(name), name


GITHUB = {"GITHUB_ACTIONS": "true", "GITHUB_RUN_ID": "9001", "GITHUB_RUN_NUMBER": "12", "GITHUB_RUN_ATTEMPT": "1",
          "GITHUB_REPOSITORY": "acme/shop", "GITHUB_SHA": "a" * 40, "GITHUB_REF": "refs/heads/main", "GITHUB_REF_NAME": "main",
          "GITHUB_WORKFLOW": "Deploy", "GITHUB_EVENT_NAME": "push", "GITHUB_ACTOR": "kim", "GITHUB_JOB": "deploy"}


def answer(status, conclusion, updated):
    return {"id": 9001, "run_number": 12, "run_attempt": 1, "name": "Deploy", "event": "push", "status": status,
            "conclusion": conclusion, "head_sha": "a" * 40, "head_branch": "main", "created_at": "2026-11-25T10:00:00Z",
            "run_started_at": "2026-11-25T10:00:05Z", "updated_at": updated, "repository": {"full_name": "acme/shop"},
            "html_url": "https://github.com/acme/shop/actions/runs/9001", "workflow_id": 1, "actor": {"login": "kim", "type": "User"}}


def test_two_environments_and_both_answers_are_one_run(tmp_path):
    for environment in ("staging", "production"):
        done = record(tmp_path, GITHUB, "--environment", environment, "--state", "success")
        assert done.code == 0, done.err
    write(tmp_path, {"live.json": json.dumps(answer("in_progress", None, "2026-11-25T10:03:00Z")),
                     "over.json": json.dumps(answer("completed", "success", "2026-11-25T10:07:30Z"))})
    for name in ("over.json", "live.json"):
        assert tidemark("import", "--into", "content/runs", name, cwd=tmp_path).code == 0
    done = tidemark("build", "--strict", cwd=tmp_path)
    assert done.code == 0, done.err
    cells = json.loads((tmp_path / "public/api/v1/summary.json").read_text())["cells"]
    assert sorted((c["environment"], c["state"]) for c in cells) == [("production", "current"), ("staging", "current")]
    assert len(json.loads((tmp_path / "public/api/v1/runs/shop.json").read_text())["runs"]) == 1


def test_what_cannot_both_be_true_is_one_warning_with_both_places(tmp_path):
    told = {"kind": "run", "provider": "github", "repository": "acme/shop", "id": "9001", "state": "succeeded",
            "finishedAt": "2026-11-25T10:06:00Z", "deployments": [{"environment": "production", "state": "succeeded"}]}
    write(tmp_path, {"content/runs/a.json": json.dumps(told),
                     "content/runs/b.json": json.dumps(answer("completed", "failure", "2026-11-25T10:07:30Z"))})
    done = tidemark("build", "--strict", cwd=tmp_path)
    assert done.code == 1
    assert "content/runs/a.json:1:1: warning: two records of run '9001' differ in state" in done.err
    assert "the other one: runs/b.json:1:1" in done.err and "1 warning" in done.err


def test_links_to_what_was_recorded_find_what_its_provider_calls_otherwise(tmp_path):
    copied("github-recipe-record", tmp_path)
    write(tmp_path, {"content/incidents/door.md": "---\nid: door\ntitle: The door sticks\nservice: shed\nenvironment: production\n"
                     "startedAt: 2026-03-15T12:00:00Z\ncausedBy: 84001-production\n---\nIt sticks.\n"})
    site = build("github-recipe-record", tmp_path, "2026-06-01", "--strict")
    assert site.outcome.code == 0, site.outcome.err
    assert site.metrics("shed", "production")["changeFailRate"]["failed"] == 1
