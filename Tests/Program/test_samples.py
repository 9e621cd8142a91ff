"""Real payloads of Bitbucket Pipelines and GitHub Actions: the pages say what the payloads say, and everything is accounted for."""
import json
import shutil

from conftest import SHARED, needs_specification, tidemark, tree

pytestmark = needs_specification
SAMPLES = SHARED / "samples"


def build(tmp_path, *files, config=""):
    for file in files:
        target = tmp_path / "content/runs" / file
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(SAMPLES / file, target)
    (tmp_path / "content").mkdir(exist_ok=True)
    if config:
        (tmp_path / "content/tidemark.yml").write_text(config)
    done = tidemark("build", "--as-of", "2026-03-31T09:40:00Z", "--json", cwd=tmp_path)
    assert done.code in (0, 1), done.err
    return done.json, tmp_path / "public"


def api(public, name):
    return json.loads((public / "api/v1" / name).read_text())


def test_a_bitbucket_run_that_waits_at_its_button(tmp_path):
    """faros-*: pipeline #1 deployed to staging by itself and waits for a person before production."""
    names = [f"bitbucket/faros-{n}.json" for n in ("pipelines", "pipelineSteps", "deployments", "environments")]
    result, public = build(tmp_path, *names)
    # 2 pipelines, 5 steps, 2 deployments, 3 environments
    assert sum(result["records"].values()) == 12 and result["records"]["error"] == 0
    summary = api(public, "summary.json")
    assert [(e["name"], e["tier"]) for e in summary["environments"]] == [("Staging", "staging"), ("Production", "production")]
    assert [s["key"] for s in summary["services"]] == ["geekhub2019"]
    staging, production = summary["cells"]
    assert staging["state"] == "current"
    assert staging["current"]["commit"] == "7dfd0e39462a812a2540acce9e3dea92e898fc9a"
    assert staging["current"]["since"] == "2021-12-05T08:25:38.867507Z"
    assert staging["current"]["promotion"] == "automatic"
    assert production["state"] == "none" and production["current"] is None
    assert [(w["run"], w["version"]) for w in production["waiting"]] == [("{00cf862d-c393-430f-be94-be99d971d293}", "7dfd0e39462a")]
    runs = {run["number"]: run for run in api(public, "runs/geekhub2019.json")["runs"]}
    assert {n: r["state"] for n, r in runs.items()} == {1: "waiting", 2: "waiting"}
    assert [(s["name"], s["state"]) for s in runs[1]["steps"]] == [
        ("Build and Test", "succeeded"), ("Lint", "succeeded"), ("Security scan", "succeeded"), ("Deployment to Staging", "succeeded"),
        ("Deployment to Production", "waiting")]
    assert runs[1]["url"] == "https://bitbucket.org/RomanKyrnis/geekhub2019/pipelines/results/1"
    page = next((public / "runs/geekhub2019").glob("00cf862d*.html")).read_text()
    assert "Рома Кирнос" in page and "Deployment to Production" in page and "waiting" in page


def test_bitbucket_deployments_without_an_outcome_are_not_green(tmp_path):
    """devlake-deployments: COMPLETED, but the narrow query left the status out and the steps are of other runs."""
    result, public = build(tmp_path, "bitbucket/devlake-deployments.jsonl", "bitbucket/devlake-pipelines.jsonl", "bitbucket/devlake-steps.jsonl")
    assert sum(result["records"].values()) == 22 + 19 + 16
    states = {d["state"] for file in public.glob("api/v1/services/*/*/deployments.json") for d in json.loads(file.read_text())["deployments"]}
    payload = [json.loads(line) for line in (SAMPLES / "bitbucket/devlake-deployments.jsonl").read_text().splitlines()]
    outcomes = {json.loads(line)["uuid"]: json.loads(line)["state"] for line in (SAMPLES / "bitbucket/devlake-steps.jsonl").read_text().splitlines()}
    succeeded = sum(1 for d in payload if outcomes.get(d["step"]["uuid"], {}).get("result", {}).get("name") == "SUCCESSFUL"
                    or d["state"].get("status", {}).get("name") == "SUCCESSFUL")
    shown = sum(1 for file in public.glob("api/v1/services/*/*/deployments.json")
                for d in json.loads(file.read_text())["deployments"] if d["state"] == "succeeded")
    assert shown <= succeeded, states


def test_github_runs_say_what_the_page_of_runs_says(tmp_path):
    result, public = build(tmp_path, "github/rest-workflow-runs-page.json")
    payload = json.loads((SAMPLES / "github/rest-workflow-runs-page.json").read_text())["workflow_runs"]
    assert sum(result["records"].values()) == len(payload) and result["records"]["error"] == 0
    shown = {run["id"]: run for file in (public / "api/v1/runs").glob("*.json") for run in json.loads(file.read_text())["runs"]}
    words = {"success": "succeeded", "neutral": "succeeded", "failure": "failed", "cancelled": "cancelled", "skipped": "skipped"}
    for run in payload:
        assert shown[str(run["id"])]["state"] == words[run["conclusion"]]
        assert shown[str(run["id"])]["commit"] == run["head_sha"] and shown[str(run["id"])]["url"] == run["html_url"]
        assert shown[str(run["id"])]["number"] == run["run_number"]


def test_a_github_gate_shows_who_may_decide(tmp_path):
    """deployment_review requested: the run waits since the moment that the webhook says."""
    result, public = build(tmp_path, "github/webhook-deployment_review-requested.json")
    assert result["records"]["error"] == 0
    waiting = api(public, "pending.json")["waiting"]
    payload = json.loads((SAMPLES / "github/webhook-deployment_review-requested.json").read_text())
    assert [w["environment"] for w in waiting] == [payload["environment"].lower()]
    assert waiting[0]["since"] == payload["since"].replace(".000", "")
    assert waiting[0]["allowed"]


def test_an_inactive_github_deployment_keeps_its_first_success(tmp_path):
    files = ["github/rest-deployments-list.json", "github/rest-deployment-statuses.json"]
    result, public = build(tmp_path, *files)
    assert result["records"]["error"] == 0
    assert sum(result["records"].values()) == sum(len(json.loads((SAMPLES / f).read_text())) for f in files)


def test_every_sample_of_every_provider_is_accounted_for(tmp_path):
    folders = [f for f in SAMPLES.iterdir() if f.is_dir() and f.name not in ("changelogs", "mustache-spec", "commonmark", "junit")]
    files = sorted(str(p.relative_to(SAMPLES)) for f in folders for p in f.rglob("*") if p.suffix in (".json", ".jsonl"))
    assert len(files) > 90
    result, public = build(tmp_path, *files)
    account = api(public, "build.json")
    assert sum(account["files"].values()) == len(files)
    assert sum(account["records"].values()) == sum(result["records"].values()) > 450
    assert len([s for s in account["skipped"] if s["record"]]) == account["records"]["skipped"]
    assert all(item["reason"] for item in account["skipped"])
    for name, data in tree(public).items():
        if name.endswith(".html"):
            assert b"<script" not in data.replace(b'<script src="', b"")


def test_incidents_of_the_tools_that_page_people_have_their_pages(tmp_path):
    """PagerDuty, Opsgenie and Statuspage: six incidents, the updates as the text that they are."""
    names = ["devlake-pagerduty.jsonl", "devlake-opsgenie.jsonl", "faros-statuspage-incidents.json", "faros-statuspage-components.json"]
    result, public = build(tmp_path, *[f"incidents/{n}" for n in names])
    assert result["records"] == {"rendered": 6, "skipped": 2, "error": 0}
    incidents = {i["id"]: i for i in api(public, "incidents.json")["incidents"]}
    assert {i: incidents[i]["state"] for i in incidents} == {
        "3a74524a-f492-4172-b3f5-6041c7cb404a": "detected", "Q3YON8WNWTZMRQ": "detected", "Q3CZAU7Q4008QD": "acknowledged",
        "12zwlm6q5twt": "resolved", "mm4x7m368bzv": "resolved", "zyrnzw0h585r": "acknowledged"}
    page = (public / "incidents/12zwlm6q5twt.html").read_text()
    assert "This is an example incident" in page and "Empathize with those affected" in page
    assert "Acknowledged by Keon Amini." in (public / "incidents/q3yon8wnwtzmrq.html").read_text()
