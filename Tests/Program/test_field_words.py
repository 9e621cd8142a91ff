"""What is known and said: headlines, rules, mistakes and their messages (cases of Tests/Program/field)."""
import html
import json
import re

import pytest
from conftest import tidemark, tree, write
from field import Built, build


def test_hotfix_false_wins_over_the_rule(tmp_path):
    site = build("hotfix-false", tmp_path, "2026-03-05")
    assert site.outcome.code == 0
    production = site.deployments("shop", "production")
    assert [d["kind"] for d in production] == ["upgrade", "upgrade", "first"]
    assert [d["inferred"] for d in production] == [[], [], []]
    assert "straight to" not in site.html("deployments/shop/1-production.html")
    for page in ("deployments/shop/3-production.html", "deployments/shop/2-production.html"):
        assert "upgrade, straight to <bdi>production</bdi>" in site.html(page)
    assert site.html("environments/production/changelog.html").count(", straight to production") == 2
    assert site.metrics("shop", "production")["rework"] == {"rework": 0, "of": 3, "rate": 0}


def test_a_rule_with_an_unknown_key_does_not_apply(tmp_path):
    site = build("rule-with-a-typo", tmp_path, "2026-03-05")
    assert site.outcome.code == 1
    assert "content/tidemark.yml:3:24: error: unknown key 'pipline' in 'records[1]'" in site.outcome.err
    assert "suggestion: pipeline" in site.outcome.err
    assert site.deployments("shop", "production") == []
    assert site.cell("shop", "production")["state"] == "none"
    assert [error["id"] for error in site.api("build.json")["errors"]] == ["unknown-key"]


def test_the_state_of_a_deployment_is_not_known(tmp_path):
    site = build("deployments-without-status", tmp_path, "2026-03-05")
    assert "<h1>The state of 1 deployment is not known.</h1>" in site.html("index.html")
    assert site.api("summary.json")["status"]["description"] == "The state of 1 deployment is not known"
    assert "<h1 class=\"title\">What waits is not known</h1>" in site.html("pending.html")
    for page in ("index.html", "pending.html", "status.txt"):
        assert "othing" not in site.html(page), page
    assert site.cell("shop", "production")["state"] == "unknown"
    for path in site.public.rglob("*"):
        if path.is_file() and path.suffix in (".html", ".txt", ".md", ".svg"):
            assert "never deployed" not in path.read_text() and "  never" not in path.read_text(), path
    assert "unknown" in site.html("status.txt")


def deployed(service, number, environment, version, state, **more):
    at = f"2026-03-0{number}T10:0"
    finish = {} if state == "running" else {"finishedAt": at + "5:00Z"}
    return json.dumps({"kind": "deployment", "service": service, "id": f"{service}{number}", "environment": environment, "version": version,
                       "state": state, "startedAt": at + "0:00Z", **finish, **more})


FAN_OUT = json.dumps({
    "service": "parts", "id": "1", "version": "1.0.0", "state": "unknown", "finishedAt": "2026-03-02T10:05:00Z",
    "steps": [{"key": "a", "name": "deploy a", "state": "unknown"}, {"key": "b", "name": "deploy b", "state": "failed"}],
    "deployments": [{"environment": "production", "step": "a", "state": "unknown"}, {"environment": "production", "step": "b", "state": "failed"}]})
REVIEW = {"name": "review/x", "shortLived": True}
UNKNOWN = [
    deployed("alone", 1, "staging", "1.0.0", "succeeded"), deployed("alone", 2, "production", "1.0.0", "unknown"),
    deployed("failed", 1, "staging", "1.0.0", "succeeded"), deployed("failed", 2, "production", "1.0.0", "unknown"),
    deployed("failed", 3, "production", "1.1.0", "failed"),
    deployed("target", 1, "staging", "1.0.0", "succeeded"), deployed("target", 2, "production", "1.0.0", "unknown", target="eu"),
    deployed("target", 3, "production", "1.0.0", "succeeded", target="us"),
    deployed("brief", 1, "production", "1.0.0", "succeeded"), deployed("brief", 2, REVIEW, "1.1.0", "unknown"), deployed("brief", 3, REVIEW, "1.2.0", "failed"),
    FAN_OUT]


def words(site, page):
    text = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", site.html(page), flags=re.S)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", text)))


def test_what_is_unknown_is_called_so_on_every_page(tmp_path):
    configuration = "environments: [{key: staging, name: Staging}, {key: production, name: Production, gate: manual}]\n"
    write(tmp_path, {"content/tidemark.yml": configuration, "content/runs/a.jsonl": "\n".join(UNKNOWN) + "\n"})
    page = Built(tmp_path, tidemark("build", "--as-of", "2026-03-05T00:00:00Z", cwd=tmp_path))
    assert page.outcome.code == 0, page.outcome.err
    states = {s: page.cell(s, "production")["state"] for s in ("alone", "failed", "target", "parts")}
    assert states == {"alone": "unknown", "failed": "unknown", "target": "mixed", "parts": "unknown"}
    assert [line.split()[2:] for line in page.html("status.txt").splitlines() if line.startswith(("alone", "failed", "parts"))] == [
        ["unknown"], ["unknown"], ["unknown"]]
    compared = words(page, "compare/staging...production.html")
    assert "Staging runs 1.0.0, what Production runs is unknown: it may be behind" in compared and "nothing" not in compared
    log = words(page, "environments/production/changelog.html")
    assert "may be here already" in log and "what runs here is unknown" in log and "would be the first deployment" not in log
    assert "unknown, perhaps 1.0.0" in words(page, "services/alone.html") and "not reached" not in words(page, "services/alone.html")
    assert "unknown, perhaps 1.0.0" in words(page, "services/failed.html")
    assert "unknown, perhaps 1.1.0" in words(page, "short-lived.html") and "it ran" not in words(page, "short-lived.html")
    waits = words(page, "pending.html")
    assert "Production may lack 1 release of Staging" in waits and "store them with it" in waits and "A rule says" not in waits
    assert "The state of target 1.0.0 in Production (eu) is not known." in waits
    assert "mixed: 1.0.0 on 1 of 2, unknown on 1" in page.html("status.txt")
    assert "what Production runs is unknown since" in words(page, "services/alone.html")
    told = tidemark("explain", "--content", "content", "--service", "target", "--environment", "production", cwd=tmp_path).out
    assert "nobody knows which version" in told and ": nothing" not in told


RUN = {"service": "shop", "pipeline": "deploy", "state": "succeeded", "finishedAt": "2026-03-01T10:00:00Z"}


def runs(*changes):
    return "\n".join(json.dumps({**RUN, "id": str(number), **change}) for number, change in enumerate(changes, 1))


PAUSED = {"state": "waiting", "finishedAt": None, "startedAt": "2026-03-02T10:00:00Z"}
LIVE = {"deployments": [{"environment": "production"}]}
STATES = {
    "no environment": ([{}, {"pipeline": "pull-request"}, {}], "3 runs name no environment: write a rule"),
    "paused": ([LIVE, PAUSED], "Production runs shop 1; 1 run is paused and names no environment"),
    "two paused of one pipeline": ([LIVE, PAUSED, PAUSED], "Production runs shop 1; 1 run is paused and names no environment"),
    "overtaken": ([LIVE, PAUSED, {**LIVE, "startedAt": "2026-03-03T10:00:00Z", "finishedAt": "2026-03-03T10:00:00Z"}],
                  "Production runs shop 3; everything that runs is current; nothing waits for a person"),
    "paused behind a deployment": ([{**PAUSED, "deployments": [{"environment": "staging", "state": "succeeded", "finishedAt": "2026-03-02T10:10:00Z"}]}],
                                   "Staging runs shop 1; 1 run is paused and names no environment"),
    "gate without environment": ([LIVE, {"state": "running", "finishedAt": None, "startedAt": "2026-03-02T10:00:00Z", "gates": [{"kind": "human", "state": "waiting"}]}],
                                 "Production runs shop 1; 1 run is paused and names no environment"),
    "unknown word": ([{"deployments": [{"environment": "production", "state": "wobbly"}]}], "The state of 1 deployment is not known"),
    "unknown before a success": ([{"deployments": [{"environment": "production", "state": "wobbly"}]},
                                  {**LIVE, "finishedAt": "2026-03-03T10:00:00Z"}],
                                 "Production runs shop 2; everything that runs is current; nothing waits for a person"),
    "waits": ([{**PAUSED, "deployments": [{"environment": "production"}]}], "1 release waits for a person and nothing has been deployed yet"),
    "failed": ([{"deployments": [{"environment": "production", "state": "failed"}]}],
               "Nothing has been deployed yet and the last attempt failed in 1 place"),
}


@pytest.mark.parametrize("name", STATES)
def test_one_verdict_is_told_everywhere(tmp_path, name):
    changes, words = STATES[name]
    lines = [{**change, "version": str(number)} for number, change in enumerate(changes, 1)]
    write(tmp_path, {"content/tidemark.yml": "environments: [{key: staging, name: Staging}, {key: production, name: Production}]\n"
                     if "Production" in words else "", "content/runs/a.jsonl": runs(*lines)})
    if name == "paused behind a deployment":
        write(tmp_path, {"content/tidemark.yml": "environments: [{key: staging, name: Staging}]\n"})
    clock = ["--as-of", "2026-03-05T00:00:00Z"]
    assert tidemark("build", *clock, cwd=tmp_path).code == 0
    assert json.loads((tmp_path / "public/api/v1/summary.json").read_text())["status"]["description"] == words
    verdict = words.split(" runs shop ")[-1].split("; ", 1)[1] if " runs shop " in words else words
    assert f"<h1>{verdict[0].upper()}{verdict[1:]}.</h1>" in (tmp_path / "public/index.html").read_text()
    text = " ".join(tidemark("status", *clock, cwd=tmp_path).out.split()) + " "
    assert f" UTC {words}. " in text
    assert (tmp_path / "public/status.txt").read_text() == tidemark("status", *clock, cwd=tmp_path).out
    markdown = tidemark("status", "--markdown", *clock, cwd=tmp_path).out
    assert markdown.splitlines()[0] == f"**{words}**"


# Silent mistakes

CONFIGURED = "environments: [{key: staging}, {key: production}]\n"
SHIPPED = json.dumps({**RUN, "id": "1", "version": "1.0.0", "deployments": [{"environment": "prodution"}]})


def site(folder, files, *arguments, command="build"):
    write(folder, files)
    return tidemark(command, "--as-of", "2026-03-05T00:00:00Z", *arguments, cwd=folder)


@pytest.mark.parametrize("command", ["build", "check"])
def test_an_environment_that_is_not_listed_is_told_with_the_near_miss(tmp_path, command):
    done = site(tmp_path, {"content/tidemark.yml": CONFIGURED, "content/runs/a.json": SHIPPED}, command=command)
    assert done.code == 0
    assert "content/runs/a.json:1:1: warning: environment 'prodution' is not on the list of tidemark.yml (staging, production)" in done.err
    assert "suggestion: did you mean 'production'?" in done.err and "0 errors, 1 warning" in done.err


@pytest.mark.parametrize("files, place, near", [
    ({"content/tidemark.yaml": "site: {name: A}\n"}, "content/tidemark.yaml", "tidemark.yml"),
    ({"content/tidemrak.yml": "site: {name: A}\n"}, "content/tidemrak.yml", "tidemark.yml"),
    ({"content/release/1.0.0.md": "- a\n", "content/release/1.1.0.md": "- b\n"}, "content/release", "releases/"),
    ({"content/run/b.json": SHIPPED}, "content/run", "runs/"),
    ({"content/incident/a.md": "# a\n"}, "content/incident", "incidents/"),
    ({"content/runs.jsonl": SHIPPED}, "content/runs.jsonl", "runs/runs.jsonl"),
    ({"content/CHANGELOG.md": "# a\n"}, "content/CHANGELOG.md", "releases/CHANGELOG.md"),
])
def test_a_misnamed_file_is_told_once(tmp_path, files, place, near):
    done = site(tmp_path, {"content/runs/a.json": SHIPPED, **files})
    assert done.code == 0 and done.err.count("[misnamed]") == 1, done.err
    assert f"{place}: warning: " in done.err and f"suggestion: did you mean '{near}'?" in done.err


def test_content_without_a_record_or_a_note_is_told(tmp_path):
    done = site(tmp_path, {"content/index.md": "# Hello\n"})
    assert done.code == 0 and "content: warning: there is neither a record nor a note in this folder" in done.err
    assert "1 warning (" in done.err or done.err.rstrip().split("; ")[-2].endswith("1 warning")


def test_templates_that_do_nothing_are_told(tmp_path):
    files = {"content/runs/a.json": SHIPPED, "templates/dashbord.mustache": "x", "templates/partials/own.mustache": "y"}
    done = site(tmp_path, files)
    assert "templates/dashbord.mustache: warning: " in done.err and "did you mean 'dashboard.mustache'?" in done.err
    assert "templates/partials/own.mustache: warning: " in done.err
    assert "warning: 'theme' is no folder" in site(tmp_path, {}, "--templates", "theme").err


def test_a_record_without_an_environment_is_told(tmp_path):
    variables = {"GITHUB_ACTIONS": "true", "GITHUB_RUN_ID": "7", "GITHUB_REPOSITORY": "acme/shop", "GITHUB_SHA": "a" * 40,
                 "SOURCE_DATE_EPOCH": "1772618400"}
    write(tmp_path, {"content/tidemark.yml": CONFIGURED})
    done = tidemark("record", "--print", cwd=tmp_path, env=variables)
    assert done.code == 0 and "warning: the record names no environment" in done.err, done.err
    done = tidemark("record", "--print", "--environment", "prodution", cwd=tmp_path, env=variables)
    assert done.code == 0 and "did you mean 'production'?" in done.err, done.err
    assert "warning" not in tidemark("record", "--print", "--environment", "production", cwd=tmp_path, env=variables).err


def imported(tmp_path, text, *arguments):
    return tidemark("import", *arguments, cwd=tmp_path, stdin=text)


@pytest.mark.parametrize("text", [
    "", "\n", "null\n", "{}\n", "[null]\n", '"nothing"\n', "- a\n- b\n", "gh: Not Found (HTTP 404)\n", "Error: HTTP 403\n",
    '{"status":"error","message":"no"}\n', '{"status":"error","message":"no","data":[]}\n', '{"name":"shop","dependencies":{"a":"1"}}\n',
])
def test_what_nobody_knows_on_standard_input_ends_an_import_with_1(tmp_path, text):
    done = imported(tmp_path, text)
    assert (done.code, done.out) == (1, "") and "<stdin>" in done.err and ": error: " in done.err, done.err
    assert "suggestion: look at what the command before it printed" in done.err and "; 1 error, 0 warnings" in done.err, done.err
    write(tmp_path, {"dumps/a.json": text or "null", "dumps/b.json": json.dumps({"id": "1", "service": "shop", "state": "succeeded"})})
    if text.startswith(("{", "[", "null")):  # a folder may hold files of others
        assert tidemark("import", "dumps", cwd=tmp_path).code == 0


EMPTY = ['[]', '{"values":[]}', '{"total_count":0,"workflow_runs":[]}', '{"items":[],"next_page_token":null}', '{"count":0,"value":[]}',
         '{"builds":[]}', '{"metadata":{},"items":null}', '{"results":{"size":0,"result":[]}}', '{"incidents":[],"limit":25}', '{"data":[],"took":0.1}',
         '{"data":{"repository":{"deployments":{"nodes":[]}}}}', '{"data":{"project":{"pipelines":{"nodes":[]}}}}', '{"Deployments":[]}',
         '{"page":{"id":"x","name":"X"},"incidents":[]}', '{"schema":"tidemark-records/1","records":[]}', '{"records":[]}']


@pytest.mark.parametrize("text", EMPTY + ['{"apiVersion":"v1","kind":"Service","metadata":{"name":"shop"}}'])
def test_an_answer_with_nothing_in_it_is_no_error_of_an_import(tmp_path, text):
    done = imported(tmp_path, text + "\n")
    assert (done.code, done.out) == (0, "") and ": error: " not in done.err, done.err


def test_one_is_told_as_one(tmp_path):
    done = imported(tmp_path, json.dumps({"id": "1", "service": "shop", "state": "succeeded"}))
    assert done.err == "1 object read: 1 taken, 0 skipped, 0 in error; 1 record; 0 errors, 0 warnings\n"


@pytest.mark.parametrize("name, text", [
    ("error.json", '{"message": "Not Found", "documentation_url": "https://docs.example.com"}'),
    ("text.yml", "bash: gh: command not found\n"),
    ("words.json", '"nothing"'),
])
def test_what_is_no_payload_ends_an_import_with_1(tmp_path, name, text):
    write(tmp_path, {name: text})
    done = tidemark("import", name, cwd=tmp_path)
    assert done.code == 1 and done.out == "" and ": error: " in done.err


# Rules that can do nothing

SHOP = {**RUN, "id": "1", "provider": "github", "repository": "acme/shop", "version": "1.0.0", "deployments": [{"environment": "production"}]}
BUILD = {"_class": "org.jenkinsci.plugins.workflow.job.WorkflowRun", "number": 7, "id": "7", "building": False, "url": "https://ci.example.org/job/shop/7/",
         "fullDisplayName": "shop #7", "result": "SUCCESS", "timestamp": 1772445600000, "duration": 60000,
         "actions": [{"parameters": [{"name": "ENV", "value": "production"}]}]}
IDLE = {
    "records: [{files: 'runs/jenkns/*', repository: acme/shop}]": "warning: 'records[1]' fits none of the 1 record",
    "records: [{provider: github, parameters: {ENV: production}, environment: production}]": "warning: 'records[1]' fits none of the 1 record",
    "records: [{provider: githb, environment: production}]": "error: 'records[1].provider' is 'githb'",
    "services: [{key: shpo, hidden: true}]": "warning: service 'shpo' is hidden, and nothing that was read is of it",
    "environments: [{key: production}]\nfreezes: [{from: 2026-05-01, to: 2026-05-02, environments: [prodution]}]": "warning: a freeze names environment 'prodution'",
}


@pytest.mark.parametrize("configuration", IDLE)
def test_what_does_nothing_in_the_configuration_is_told_once(tmp_path, configuration):
    done = site(tmp_path, {"content/tidemark.yml": configuration + "\n", "content/runs/a.json": json.dumps(SHOP)})
    is_error = IDLE[configuration].startswith("error")
    assert done.code == (1 if is_error else 0) and IDLE[configuration] in done.err, done.err
    assert ("1 error, 0 warnings" if is_error else "0 errors, 1 warning") in done.err and "content/tidemark.yml:" in done.err, done.err
    assert "suggestion: " in done.err


@pytest.mark.parametrize("configuration, record", [
    ("records: [{provider: github, repository: acme/till}]", SHOP), ("services: [{key: other, match: [shop], hidden: true}]", SHOP),
    ("records: [{provider: jenkins, parameters: {ENV: production}, environment: production}]", {**SHOP, "provider": "jenkins"}),
    ("records: [{provider: jenkins, parameters: {ENV: '{environment}'}}]", BUILD), ("records: [{files: 'dumps/*', service: shop}]", SHOP),
    ("records: [{provider: teamcity, environment: production}]", {**SHOP, "provider": "teamcity"}),
    ("environments: [{key: production, name: Live, match: [prod]}]\nfreezes: [{from: 2026-05-01, to: 2026-05-02, environments: [PROD, live]}]", SHOP),
])
def test_what_fits_or_may_have_done_something_is_not_told(tmp_path, configuration, record):
    done = site(tmp_path, {"content/tidemark.yml": configuration + "\n", "content/runs/a.json": json.dumps(record)})
    told = [line for line in done.err.splitlines() if "tidemark.yml" in line]
    assert done.code == 0 and told == [], done.err


# Payloads of no project

def test_the_service_of_a_payload_without_a_repository_is_the_name_of_its_file_however_that_is_written(tmp_path):
    deployment = {"id": 5, "iid": 5, "ref": "main", "sha": "a" * 40, "status": "success", "created_at": "2026-03-01T10:00:00Z", "updated_at": "2026-03-01T10:05:00Z",
                  "environment": {"id": 1, "name": "production"}, "deployable": None}
    write(tmp_path, {"imp/d.json": json.dumps([deployment]), "imp/eu/d.json": json.dumps([{**deployment, "id": 6}]), "content/tidemark.yml": "{}\n"})
    folder = tmp_path / "imp"
    stored = []
    for path in ("d.json", "./d.json", "../imp/d.json", folder / "d.json"):
        done = tidemark("import", "--content", "../content", "--into", "../content/runs", path, cwd=folder)
        assert done.code == 0, done.err
        stored.append(sorted(str(p.relative_to(tmp_path / "content/runs")) for p in (tmp_path / "content/runs").rglob("*.json")))
        assert "under the service 'd'" in done.err
    assert all(s == stored[0] for s in stored) and len(stored[0]) == 1 and stored[0][0].startswith("d/"), stored
    for given in ("imp", "./imp/", folder):
        lines = [json.loads(line) for line in tidemark("import", given, cwd=tmp_path).out.splitlines()]
        assert sorted(r["service"] for r in lines) == ["d", "eu-d"]


def test_a_folder_without_a_payload_is_told(tmp_path):
    write(tmp_path, {"dumps/notes.txt": "nothing"})
    done = tidemark("import", "dumps", cwd=tmp_path)
    assert done.code == 0 and "dumps: warning: there is no file in this folder that may hold a payload" in done.err


# What writers put in the place of objects, and what servers say to nobody

def test_an_object_that_javascript_wrote_as_a_text_is_told_as_that(tmp_path):
    done = imported(tmp_path, json.dumps({"id": 7, "name": "x", "actor": "[object Object]"}))
    assert "JavaScript" in done.err and "JSON.stringify" in done.err and "ConvertTo-Json" not in done.err


@pytest.mark.parametrize("answer", ["<!DOCTYPE html><html><body>Sign in</body></html>", '{"message": "Bad credentials", "documentation_url": "https://x"}', "gh: command not found\n"])
def test_a_run_is_recorded_without_the_steps_that_cannot_be_read(tmp_path, answer):
    variables = {"GITHUB_ACTIONS": "true", "GITHUB_RUN_ID": "7", "GITHUB_REPOSITORY": "acme/shop", "GITHUB_SHA": "a" * 40, "SOURCE_DATE_EPOCH": "1772618400"}
    done = tidemark("record", "--environment", "production", "--state", "succeeded", "--steps", "-", cwd=tmp_path, env=variables, stdin=answer)
    assert done.code == 0 and ": warning: " in done.err and "error: " not in done.err, done.err
    record = json.loads((tmp_path / done.out.strip()).read_text())
    record = record["records"][0] if "records" in record else record
    assert record["deployments"][0]["state"] == "succeeded"


# Names of an environment

@pytest.mark.parametrize("name", ["production", "Production", "Live", "LIVE", "prod", "PROD", "prod-7"])
def test_an_environment_is_found_by_any_of_its_names(tmp_path, name):
    write(tmp_path, {"content/tidemark.yml": "environments: [{key: production, name: Live, match: [prod, prod-*]}]\nservices: [{key: shop, match: [Store]}]\n",
                     "content/runs/a.json": json.dumps(SHOP)})
    told = tidemark("explain", "--service", "store", "--environment", name, cwd=tmp_path)
    assert told.code == 0 and told.out == tidemark("explain", "--service", "shop", "--environment", "production", cwd=tmp_path).out
    for option in ("--environment", "--pending"):
        assert tidemark("notes", option, name, cwd=tmp_path).code == 0
    variables = {"GITHUB_ACTIONS": "true", "GITHUB_RUN_ID": "7", "GITHUB_REPOSITORY": "acme/shop", "GITHUB_SHA": "a" * 40, "SOURCE_DATE_EPOCH": "1772618400"}
    assert "not on the list" not in tidemark("record", "--print", "--environment", name, cwd=tmp_path, env=variables).err


# Blanks that nobody sees

def spelt(number, **names):
    run = {"repository": "acme/shop", "pipeline": "deploy", "version": "v1.5.0", "environment": "prod eu", "target": "eu", **names}
    place = {"environment": run.pop("environment"), "target": run.pop("target")}
    return {"id": str(number), "state": "succeeded", "finishedAt": f"2026-03-0{number}T10:00:00Z", **run, "deployments": [place]}


BLANKS = [{"repository": "acme/shop "}, {"service": "shop "}, {"service": "\tshop"}, {"pipeline": " deploy\n"}, {"version": "v1.5.0\n"},
          {"version": {"name": " v1.5.0"}}, {"environment": " prod  eu"}, {"environment": {"name": "prod\u00a0eu"}}, {"environment": "prod\teu\r\n"},
          {"target": "eu "}]


@pytest.mark.parametrize("names", BLANKS, ids=repr)
def test_blanks_are_no_part_of_a_name(tmp_path, names):
    plain, other = spelt(1), spelt(2, **names)
    wheres = {"content/runs/a.jsonl": json.dumps(plain) + "\n" + json.dumps(other) + "\n", "content/tidemark.yml": "environments: [{key: prod eu}]\n"}
    done = site(tmp_path, wheres)
    assert done.code == 0 and "warning" not in done.err.replace("0 warnings", ""), done.err
    summary = json.loads((tmp_path / "public/api/v1/summary.json").read_text())
    assert [(s["key"]) for s in summary["services"]] == ["shop"] and [e["key"] for e in summary["environments"]] == ["prod eu"]
    assert summary["cells"][0]["current"]["version"] == "v1.5.0" and summary["cells"][0]["current"]["deployment"].startswith("2-")
    assert len(summary["cells"][0].get("targets", [])) <= 1
    records = [json.loads(line) for line in tidemark("import", "content/runs", cwd=tmp_path).out.splitlines()]
    told = [[r.get("repository"), r.get("pipeline"), r["version"], r["deployments"][0]["target"]] for r in records]
    assert told[0] == told[1], told


def test_blanks_are_no_part_of_a_name_of_a_provider_or_a_rule(tmp_path):
    deployments = [{"id": number, "environment": environment, "ref": "v1\n", "sha": "a" * 40, "task": "deploy", "created_at": f"2026-03-0{number}T10:00:00Z",
                    "statuses_url": f"https://api.github.com/repos/acme/shop/deployments/{number}/statuses", "creator": {"login": "ana "}}
                   for number, environment in ((1, "prod eu"), (2, "prod  eu "), (3, "prod\u00a0eu"))]
    statuses = [{"id": 9 + number, "state": "success", "environment": "prod eu", "created_at": f"2026-03-0{number}T10:05:00Z",
                 "deployment_url": f"https://api.github.com/repos/acme/shop/deployments/{number}"} for number in (1, 2, 3)]
    write(tmp_path, {"d.json": json.dumps(deployments), "s.json": json.dumps(statuses),
                     "j.json": json.dumps({"_class": "hudson.model.FreeStyleBuild", "number": 7, "id": "7", "result": "SUCCESS", "building": False,
                                           "timestamp": 1772445600000, "duration": 1000, "url": "https://ci/job/deploy/7/",
                                           "actions": [{"parameters": [{"name": "WHAT", "value": "till  - 2.0 "}]}]}),
                     "content/tidemark.yml": "records:\n- {files: '**j.json', parameters: {WHAT: '{service} - {version}'}, environment: 'prod  eu'}\n"})
    done = tidemark("import", "d.json", "s.json", "j.json", cwd=tmp_path)
    assert done.code == 0, done.err
    records = [json.loads(line) for line in done.out.splitlines()]
    environments = {d["environment"] if isinstance(d["environment"], str) else d["environment"]["name"]
                    for r in records for d in (r.get("deployments") or [r])}
    assert environments == {"prod eu"}
    assert {(r["service"], r["version"]["name"]) for r in records if r.get("provider") == "jenkins"} == {("till", "2.0")}


def test_blanks_are_no_part_of_a_name_of_a_flag(tmp_path):
    variables = {"GITHUB_ACTIONS": "true", "GITHUB_RUN_ID": "7", "GITHUB_REPOSITORY": "acme/shop\n", "GITHUB_SHA": "a" * 40, "SOURCE_DATE_EPOCH": "1772618400"}
    told = [tidemark("record", "--print", "--service", "shop" + blank, "--environment", "prod" + (blank or " ") + "eu", "--version", "v1.5.0" + blank,
                     "--target", blank + "eu", "--pipeline", "deploy" + blank, cwd=tmp_path, env=variables) for blank in ("", " ", "\n", "  ")]
    assert {done.out for done in told} == {told[0].out} and told[0].code == 0, told


# What nobody wants to see

HIDDEN = {
    "content/runs/a.jsonl": "\n".join(json.dumps({**RUN, **change}) for change in [
        {"id": "1", "version": "1.0.0", "deployments": [{"environment": "production"}]},
        {"id": "2", "service": "secretive", "version": "9.9.9", "deployments": [{"environment": "production"}]},
        {"id": "3", "repository": "acme/sandbox-1", "service": None, "version": "8.8.8", "deployments": [{"environment": "production"}]},
        {"id": "4", "version": "1.0.1", "deployments": [{"environment": "tmp-4"}, {"environment": "production"}]},
        {"id": "5", "version": "7.7.7", "pipeline": "nightly", "deployments": [{"environment": "production"}]},
        {"kind": "deployment", "id": "d6", "service": "shop", "version": "6.6.6", "environment": "tmp-6", "state": "succeeded"},
        {"kind": "incident", "id": "i7", "service": "secretive", "title": "Unspeakable", "state": "detected"},
    ]),
    "content/releases/secretive/9.9.9.md": "- Unspeakable\n",
    "content/releases/shop/1.0.0.md": "- Fine\n",
    "content/tidemark.yml": "services: [{key: shop}, {key: secretive, hidden: true}]\n"
                            "ignore: [{repository: 'acme/sandbox-*'}, {environment: 'tmp-*'}, {service: shop, pipeline: nightly}]\n",
}


def test_what_is_hidden_or_ignored_stands_on_no_page(tmp_path):
    done = site(tmp_path, HIDDEN)
    assert done.code == 0 and "0 errors, 0 warnings" in done.err, done.err
    public = tmp_path / "public"
    build_json = json.loads((public / "api/v1/build.json").read_text())
    assert build_json["records"] == {"rendered": 3, "skipped": 6, "error": 0}
    assert [(item["file"], item["record"], item["reason"]) for item in build_json["skipped"]] == [
        ("releases/secretive/9.9.9.md", "note 9.9.9", "its service 'secretive' is hidden in tidemark.yml"),
        ("runs/a.jsonl", "deployment d6", "ignore[2] of tidemark.yml leaves it out"),
        ("runs/a.jsonl", "deployments of run 4: tmp-4", "ignore[2] of tidemark.yml leaves it out"),
        ("runs/a.jsonl", "incident i7", "its service 'secretive' is hidden in tidemark.yml"),
        ("runs/a.jsonl", "run 2", "its service 'secretive' is hidden in tidemark.yml"),
        ("runs/a.jsonl", "run 3", "ignore[1] of tidemark.yml leaves it out"),
        ("runs/a.jsonl", "run 5", "ignore[3] of tidemark.yml leaves it out"),
    ]
    told = {"skipped.html", "api/v1/build.json"}
    for path, data in tree(public).items():
        if path in told or path.startswith(("assets/", "api/v1/schemas/")):
            continue
        for word in (b"secretive", b"sandbox", b"tmp-", b"9.9.9", b"8.8.8", b"7.7.7", b"6.6.6", b"Unspeakable"):
            assert word not in data and word.decode() not in path, (path, word)
    page = (public / "skipped.html").read_text()
    assert '<bdi lang="en">ignore[1] of tidemark.yml leaves it out</bdi>' in page
    assert '<bdi lang="en">take hidden: true from that service</bdi>' in page
    assert 'href="skipped.html"' in (public / "index.html").read_text()


# One mistake, one message

@pytest.mark.parametrize("name, change", [
    ("a wrong name", lambda text: text.replace("{{siteName}}", "{{siteNmae}}", 1)),
    ("a lost end", lambda text: text[: text.rindex("{{/layout}}")]),
])
def test_a_mistake_in_the_layout_is_one_error(tmp_path, name, change):
    assert tidemark("templates", "eject", "layout", cwd=tmp_path).code == 0
    layout = tmp_path / "templates/layout.mustache"
    layout.write_text(change(layout.read_text()))
    done = site(tmp_path, {"content/runs/a.json": SHIPPED})
    assert done.code == 1 and done.err.count(" error: ") == 1, done.err
    assert "(and on 19 pages more)" in done.err and "; 1 error, 0 warnings" in done.err


def test_counts_say_what_they_count(tmp_path):
    done = site(tmp_path, {
        "content/runs/a.json": SHIPPED, "content/releases/shop/1.0.0.md": "- a\n", "content/releases/shop/CHANGELOG.md": "## 0.9.0\n- b\n\n## 0.8.0\n- c\n",
        "content/incidents/i.md": "---\nservice: shop\n---\n"})
    assert "1 record, 3 notes and 1 incident read: 5 rendered, 0 skipped, 0 in error; 0 errors, 0 warnings; " in done.err
    files = [path for path in tree(tmp_path / "public") if not path.startswith(".")]
    pages = sum(path.endswith(".html") for path in files)
    # A slow machine says first how far it is.
    assert f"\n{pages} pages and {len(files) - pages} files, " in "\n" + done.err, done.err


def test_check_tells_how_much_each_rule_matched(tmp_path):
    rules = "records:\n  - {pipeline: deploy, environment: production}\n  - {pipeline: nihgtly, service: x}\n  - {provider: jenkin, service: y}\n"
    done = site(tmp_path, {"content/tidemark.yml": rules, "content/runs/a.jsonl": runs({}, {}, {"pipeline": "other"})}, command="check")
    assert done.code == 1
    assert "content/tidemark.yml:3:5: warning: 'records[2]' fits none of the 3 records" in done.err
    assert "content/tidemark.yml:4:5: error: 'records[3].provider' is 'jenkin'" in done.err and "did you mean 'jenkins'?" in done.err
    assert done.err.splitlines()[-3:] == [
        "content/tidemark.yml:2: 'records[1]' fits 2 of 3 records; 2 have a value of it",
        "content/tidemark.yml:3: 'records[2]' fits 0 of 3 records; 0 have a value of it",
        "content/tidemark.yml:4: 'records[3]' fits 0 of 3 records; 0 have a value of it",
    ]


@pytest.mark.parametrize("command", ["status", "status --markdown", "status --json", "notes --environment production"])
def test_an_error_of_the_join_is_told_by_commands_that_print(tmp_path, command):
    write(tmp_path, {"content/tidemark.yml": "services: [{key: a}, {key: b}]\n", "content/releases/1.0.0.md": "- x\n",
                     "content/runs/a.json": json.dumps({**RUN, "service": "a", "id": "1", "deployments": [{"environment": "production"}]})})
    done = tidemark(*command.split(), "--as-of", "2026-03-05T00:00:00Z", cwd=tmp_path)
    assert done.code == 1 and "content/releases/1.0.0.md:1:1: error: this note names no service, and there are 2" in done.err
