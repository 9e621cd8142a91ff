"""import and compact: payloads become canonical records, one file each; nothing is lost on the way, and twice is once."""
import json
import shutil
import subprocess

import jsonschema
import pytest

from conftest import AS_OF, BINARY, CORPUS, SHARED, needs_specification, tidemark, tree, write

SAMPLES = SHARED / "samples"
PROVIDERS = ["argocd", "azure-devops", "bamboo", "bitbucket", "buildkite", "cdevents", "circleci", "github", "gitlab", "incidents",
             "jenkins", "octopus"]
# A file of Argo CD there is for the fuzzer alone.
OWN = [*(name for name in PROVIDERS if name not in ("incidents", "argocd")), "canonical", "opsgenie", "pagerduty", "statuspage"]
# Small payloads of our own, and real ones.
PAYLOADS = [pytest.param(CORPUS / name, id=f"own {name}") for name in OWN] + [
    pytest.param(SAMPLES / name, id=name, marks=needs_specification) for name in PROVIDERS]
RUN = {"kind": "run", "service": "shop", "provider": "gitlab", "repository": "acme/shop", "id": "7", "state": "running",
       "createdAt": "2026-01-31T23:59:59Z"}


def lines(*records):
    return "".join(json.dumps(record) + "\n" for record in records)


def stored(folder):
    return {path: json.loads(content) for path, content in tree(folder).items()}


@pytest.mark.parametrize("payloads", PAYLOADS)
def test_records_of_all_samples_are_valid_and_store_to_the_same(payloads, tmp_path):
    schema = json.loads(tidemark("schema", "records").out)
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    done = tidemark("import", payloads, cwd=tmp_path)
    assert done.code == 0, done.err
    records = [json.loads(line) for line in done.out.splitlines()]
    for record in records:
        validator.validate(record)
    validator.validate({"schema": "tidemark-records/1", "records": records})
    assert records, done.err
    # What was made of the payloads is made of the records again, to the byte.
    write(tmp_path, {"again.jsonl": done.out})
    assert tidemark("import", "again.jsonl", cwd=tmp_path).out == done.out
    # Stored, they are the same records.
    into = tidemark("import", "--into", "store", payloads, cwd=tmp_path)
    assert into.code == 0 and len(into.out.splitlines()) == len(records)
    assert tidemark("import", "store", cwd=tmp_path).out == done.out
    before = tree(tmp_path / "store")
    again = tidemark("import", "--into", "store", payloads, cwd=tmp_path)
    assert again.out == "" and tree(tmp_path / "store") == before


@pytest.mark.parametrize("payloads", [p for p in PAYLOADS if not p.id.endswith(("github", "gitlab"))])
def test_a_site_of_stored_records_says_what_the_site_of_the_payloads_says(payloads, tmp_path):
    """github and gitlab hold releases too, which are notes."""
    shutil.copytree(payloads, tmp_path / "a/runs")
    tidemark("import", "--into", "b/runs", "a/runs", cwd=tmp_path)
    sites = []
    for content in "ab":
        done = tidemark("build", "--as-of", AS_OF, "--content", content, "--output", "site-" + content, cwd=tmp_path)
        assert done.code == 0, done.err
        files = tree(tmp_path / ("site-" + content))
        site = {p: b for p, b in files.items() if p.startswith("api/") and p != "api/v1/build.json"}
        summary = json.loads(site["api/v1/summary.json"])
        # Where nothing is deployed the sentence counts what was read and is not shown; what import skips is not stored.
        if not any(cell["current"] for cell in summary["cells"]):
            del summary["status"]["description"]
        sites.append({**site, "api/v1/summary.json": summary})
    assert sites[0] == sites[1]


def test_every_payload_of_our_own_is_accounted_for(tmp_path):
    """Rendered, skipped with a reason, or an error: files and records."""
    for name in [*OWN, "argocd"]:
        shutil.copytree(CORPUS / name, tmp_path / "content/runs" / name)
    done = tidemark("build", "--as-of", AS_OF, "--json", cwd=tmp_path)
    assert done.code == 1
    account = json.loads((tmp_path / "public/api/v1/build.json").read_text())
    assert sum(account["files"].values()) == len(tree(tmp_path / "content/runs"))
    assert sum(account["records"].values()) == sum(done.json["records"].values()) > 80
    assert len([s for s in account["skipped"] if s["record"]]) == account["records"]["skipped"]
    assert all(item["reason"] for item in account["skipped"])
    # YAML for the fuzzer, and a release whose service nobody can tell among so many.
    assert {error["file"] for error in account["errors"]} == {"runs/argocd/waiting.yml", "runs/github/10.json"}


def test_a_record_lies_where_its_service_and_its_time_put_it(tmp_path):
    write(tmp_path, {"in.jsonl": lines(
        RUN,
        {**RUN, "id": "8", "attempt": 2, "createdAt": None, "startedAt": "2026-02-01T00:30:00+01:00"},
        {**RUN, "id": "Deploy Job-9", "service": None, "createdAt": None},
        {"kind": "deployment", "environment": "live", "service": "shop", "id": "d1", "state": "succeeded", "finishedAt": "2026-03-01T00:00:00Z"},
        {"kind": "incident", "id": "i1", "startedAt": "2026-03-01T00:00:00Z", "state": "detected"})})
    done = tidemark("import", "--into", "runs", "in.jsonl", cwd=tmp_path)
    assert done.code == 0, done.err
    names = sorted(tree(tmp_path / "runs"))
    undated = [name for name in names if "undated" in name]
    assert len(undated) == 1 and undated[0].startswith("shop/undated/deploy-job-9-") and undated[0].endswith("-1.json")
    assert [n for n in names if n not in undated] == [
        "incidents/2026/03/incident-i1.json", "shop/2026/01/7-1.json", "shop/2026/01/8-2.json", "shop/2026/03/deployment-d1.json"]
    assert sorted(done.out.splitlines()) == ["runs/" + name for name in names]


def test_a_deployment_alone_is_stored_under_the_id_that_the_site_gives_it(tmp_path):
    """Of a second attempt of its run, which the deployment itself does not tell. A file of the name that it once had joins it."""
    deployment = {"kind": "deployment", "service": "shop", "run": "7", "environment": "live", "state": "succeeded", "finishedAt": "2026-02-01T00:30:00Z"}
    write(tmp_path, {"in.jsonl": lines({**RUN, "attempt": 2, "state": "succeeded"}, deployment), "old.jsonl": lines(deployment)})
    into = ["import", "--into", "content/runs"]
    assert tidemark(*into, "in.jsonl", cwd=tmp_path).out.splitlines() == [
        "content/runs/shop/2026/01/7-2.json", "content/runs/shop/2026/02/deployment-7-live-2.json"]
    assert tidemark(*into, "in.jsonl", cwd=tmp_path).out == ""
    # What comes without its run has no other name than this.
    assert tidemark(*into, "old.jsonl", cwd=tmp_path).out == "content/runs/shop/2026/02/deployment-7-live.json\n"
    assert tidemark(*into, "in.jsonl", cwd=tmp_path).out == ""
    assert tidemark("build", "--strict", cwd=tmp_path).code == 0
    path = tmp_path / "public/api/v1/services/shop/live/deployments.json"
    assert [d["id"] for d in json.loads(path.read_text())["deployments"]] == ["7-live-2"]


def test_what_is_stored_of_a_run_is_completed_and_never_poorer(tmp_path):
    """One run told three times: by its staging step, by its production step, and by a payload that knows no deployment."""
    staging = {**RUN, "startedAt": "2026-01-31T23:59:59Z", "deployments": [{"environment": "staging", "state": "succeeded"}],
               "steps": [{"name": "Staging", "state": "succeeded"}]}
    production = {**RUN, "startedAt": "2026-02-01T00:09:00Z", "deployments": [{"environment": "production", "state": "running"}]}
    payload = {**RUN, "state": "succeeded", "finishedAt": "2026-02-01T00:20:00Z", "title": "Faster"}
    for record in (staging, production, payload, production):
        write(tmp_path, {"in.json": json.dumps(record)})
        assert tidemark("import", "--into", "runs", "in.json", cwd=tmp_path).code == 0
    # Each telling that says something no other says better is a line, the weightiest first; a build makes them one.
    tellings = [json.loads(line) for line in (tmp_path / "runs/shop/2026/01/7-1.json").read_text().splitlines()]
    assert [t["state"] for t in tellings] == ["succeeded", "running", "running"]
    write(tmp_path, {"content/runs/7.jsonl": lines(*tellings)})
    assert tidemark("build", "--strict", cwd=tmp_path).code == 0
    [run] = json.loads((tmp_path / "public/api/v1/runs/shop.json").read_text())["runs"]
    assert (run["state"], run["startedAt"], run["finishedAt"]) == ("succeeded", "2026-01-31T23:59:59Z", "2026-02-01T00:20:00Z")
    assert (run["title"], [s["name"] for s in run["steps"]]) == ("Faster", ["Staging"])
    # The run is over, and nobody told how that ended which ran once.
    for environment, state in (("staging", "succeeded"), ("production", "unknown")):
        path = tmp_path / f"public/api/v1/services/shop/{environment}/deployments.json"
        assert [d["state"] for d in json.loads(path.read_text())["deployments"]] == [state]


def test_what_a_later_answer_says_as_well_is_not_kept(tmp_path):
    for state, more in (("queued", {}), ("running", {"startedAt": "2026-01-31T23:59:59Z"}),
                        ("succeeded", {"startedAt": "2026-01-31T23:59:59Z", "finishedAt": "2026-02-01T00:20:00Z"})):
        write(tmp_path, {"in.json": json.dumps({**RUN, "state": state, **more})})
        assert tidemark("import", "--into", "runs", "in.json", cwd=tmp_path).code == 0
    [line] = (tmp_path / "runs/shop/2026/01/7-1.json").read_text().splitlines()
    assert json.loads(line)["state"] == "succeeded"


def test_two_repositories_with_one_id_and_service_get_two_files(tmp_path):
    other = {**RUN, "repository": "other/shop"}
    write(tmp_path, {"in.jsonl": lines(RUN, other)})
    tidemark("import", "--into", "runs", "in.jsonl", cwd=tmp_path)
    records = stored(tmp_path / "runs")
    assert len(records) == 2 and {r["repository"] for r in records.values()} == {"acme/shop", "other/shop"}
    assert tidemark("import", "--into", "runs", "in.jsonl", cwd=tmp_path).out == ""


def test_a_file_that_is_no_record_is_not_overwritten(tmp_path):
    write(tmp_path, {"in.json": json.dumps(RUN), "runs/shop/2026/01/7-1.json": "{\"mine\": 1"})
    done = tidemark("import", "--into", "runs", "in.json", cwd=tmp_path)
    assert done.code == 0, done.err
    assert (tmp_path / "runs/shop/2026/01/7-1.json").read_text() == "{\"mine\": 1"
    assert len(tree(tmp_path / "runs")) == 2


def test_pipelines_that_store_at_once_lose_nothing(tmp_path):
    """Eight processes: each stores a run of its own and one environment of the run that all share."""
    for n in range(8):
        shared = {**RUN, "deployments": [{"environment": f"env-{n}", "state": "succeeded"}]}
        write(tmp_path, {f"{n}.jsonl": lines(shared, {**RUN, "id": f"own-{n}"})})
    running = [subprocess.Popen([BINARY, "import", "--into", "runs", f"{n}.jsonl"], cwd=tmp_path, stdout=subprocess.DEVNULL,
                                stderr=subprocess.DEVNULL) for n in range(8)]
    assert [process.wait(60) for process in running] == [0] * 8
    files = tree(tmp_path / "runs")
    assert len(files) == 9
    tellings = [json.loads(line) for line in files["shop/2026/01/7-1.json"].decode().splitlines()]
    assert {d["environment"]["name"] for telling in tellings for d in telling["deployments"]} == {f"env-{n}" for n in range(8)}


def test_standard_input_takes_json_and_yaml(tmp_path):
    application = """
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: shop}
spec: {destination: {namespace: live}, source: {repoURL: https://example.com/shop}}
status:
  history:
    - {id: 1, revision: 0123456789abcdef0123456789abcdef01234567, deployedAt: "2026-01-02T03:04:05Z"}
"""
    for text in (application, json.dumps(RUN)):
        done = subprocess.run([BINARY, "import"], cwd=tmp_path, input=text.encode(), capture_output=True, timeout=60)
        assert done.returncode == 0, done.stderr
        assert len(done.stdout.splitlines()) == 1


def test_rules_of_the_configuration_complete_what_is_imported(tmp_path):
    build = {"_class": "hudson.model.FreeStyleBuild", "number": 5, "id": "5", "result": "SUCCESS", "building": False,
             "timestamp": 1767225600000, "duration": 1000, "url": "https://ci.example.com/job/shop-live/5/",
             "actions": [{"_class": "hudson.model.ParametersAction", "parameters": [{"name": "VERSION", "value": "2.0"}]}]}
    write(tmp_path, {
        "content/tidemark.yml": 'records:\n  - {provider: jenkins, pipeline: "{service}-{environment}", parameters: {VERSION: "{version}"}}\n',
        "build.json": json.dumps(build)})
    done = tidemark("import", "build.json", cwd=tmp_path)
    record = json.loads(done.out)
    assert (record["service"], record["version"]["name"]) == ("shop", "2.0")
    assert [d["environment"]["name"] for d in record["deployments"]] == ["live"]


def test_a_file_that_needs_another_says_so(tmp_path):
    status = {"id": 1, "state": "success", "created_at": "2026-03-02T10:00:00Z",
              "deployment_url": "https://api.github.com/repos/acme/web/deployments/5"}
    write(tmp_path, {"statuses.json": json.dumps([status, {**status, "id": 2}])})
    done = tidemark("import", "statuses.json", "--into", "runs", cwd=tmp_path)
    assert done.code == 0
    assert done.err.count("nothing of this file was taken: its deployment 5 is not among the records") == 1
    assert "import all files of one collection at once" in done.err and "1 warning" in done.err


def test_releases_are_told_and_not_lost(tmp_path):
    release = {"url": "https://api.github.com/repos/acme/shop/releases/1", "html_url": "https://github.com/acme/shop/releases/tag/v1",
               "id": 1, "tag_name": "v1", "target_commitish": "main", "name": "One", "draft": False, "prerelease": False, "published_at": "2026-01-01T00:00:00Z",
               "body": "- a"}
    write(tmp_path, {"release.json": json.dumps(release)})
    done = tidemark("import", "release.json", cwd=tmp_path)
    assert done.code == 0 and done.out == ""
    assert "release.json:1:1: warning: the release v1 is a note and no record" in done.err


@pytest.mark.parametrize("arguments, code, words", [
    (["--from", "hudson", "x.json"], 64, "--from takes one of bitbucket, github,"),
    (["missing.json"], 1, "missing.json: error: it cannot be read"),
    (["broken.json"], 1, "broken.json:1:"),
    (["--into", "file", "ok.json"], 73, "it cannot be written"),
    (["--content", "bad", "ok.json"], 65, "bad/tidemark.yml:1:"),
])
def test_faults_are_told_with_their_exit_code(tmp_path, arguments, code, words):
    write(tmp_path, {"ok.json": json.dumps(RUN), "broken.json": '{"id": 1,', "file": "", "bad/tidemark.yml": "site: [}"})
    done = tidemark("import", *arguments, cwd=tmp_path)
    assert (done.code, words in done.err) == (code, True), done.err


def test_what_is_sound_is_imported_beside_what_is_not(tmp_path):
    write(tmp_path, {"ok.json": json.dumps(RUN), "broken.json": '{"id": 1,'})
    done = tidemark("import", "broken.json", "ok.json", cwd=tmp_path)
    assert done.code == 1 and json.loads(done.out)["id"] == "7"


# compact

COMPACT = ["compact", "--as-of", "2026-04-01T00:00:00Z"]


def sites(tmp_path):
    tidemark("build", "--as-of", AS_OF, "--output", tmp_path / "public", cwd=tmp_path)
    site = tree(tmp_path / "public")
    account = json.loads(site.pop("api/v1/build.json"))
    site.pop(".tidemark-manifest")
    return site, account


def test_compacting_changes_no_page(tmp_path):
    """The example's own records, stored one a file."""
    done = tidemark("import", "--into", tmp_path / "content/runs", "content/runs")
    assert done.code == 0, done.err
    (tmp_path / "content/tidemark.yml").write_text(open("content/tidemark.yml").read())
    site, account = sites(tmp_path)
    count = len(tree(tmp_path / "content/runs"))
    done = tidemark(*COMPACT, cwd=tmp_path)
    assert done.code == 0, done.err
    files = tree(tmp_path / "content/runs")
    assert len(files) == len(done.out.splitlines()) < count / 5 and all(name.endswith(".jsonl") for name in files)
    after, account_after = sites(tmp_path)
    assert after == site
    # The account alone tells that there are fewer files.
    assert account_after["records"] == account["records"] and account_after["errors"] == account["errors"]
    again = tidemark(*COMPACT, cwd=tmp_path)
    assert again.out == "" and tree(tmp_path / "content/runs") == files


@pytest.mark.parametrize("folder, names", [(CORPUS, OWN), pytest.param(SAMPLES, PROVIDERS, marks=needs_specification)], ids=["own", "samples"])
def test_compacting_the_records_of_all_samples_changes_no_page(tmp_path, folder, names):
    for name in names:
        tidemark("import", "--into", tmp_path / "content/runs" / name, folder / name)
    site, account = sites(tmp_path)
    done = tidemark("compact", "--as-of", AS_OF, cwd=tmp_path)
    assert done.code == 0 and done.out, done.err
    after, account_after = sites(tmp_path)
    assert after == site and account_after["records"] == account["records"]


def test_the_month_that_goes_on_and_what_is_no_record_stay(tmp_path):
    write(tmp_path / "content/runs", {
        "shop/2026/03/1-1.json": json.dumps({**RUN, "id": "1"}), "shop/2026/04/2-1.json": json.dumps({**RUN, "id": "2"}),
        "shop/2026/03/broken.json": "{", "shop/2026/03/payload.json": '{"tag_name": "v1"}', "shop/2026/03/notes.txt": "mine",
        "flat.json": json.dumps({**RUN, "id": "3"}), "shop/2026/13/4-1.json": json.dumps({**RUN, "id": "4"})})
    done = tidemark("compact", "--as-of", "2026-04-30T23:59:59Z", cwd=tmp_path)
    assert done.code == 0 and done.out.splitlines() == ["content/runs/shop/2026/03.jsonl"]
    assert "content/runs/shop/2026/03/broken.json: warning: it stays as it is" in done.err
    assert set(tree(tmp_path / "content/runs")) == {
        "shop/2026/03.jsonl", "shop/2026/03/broken.json", "shop/2026/03/payload.json", "shop/2026/03/notes.txt", "shop/2026/04/2-1.json",
        "flat.json", "shop/2026/13/4-1.json"}


def test_what_nobody_knows_survives_compacting(tmp_path):
    record = '{ "kind":"run","id" : "1", "state":"succeeded",\n "mine": 1.00000000000000000001, "text": "a  \\" b" }\n'
    write(tmp_path / "content/runs/shop/2026/01", {"1-1.json": record, "2-1.json": "[" + lines(RUN).strip() + "]"})
    tidemark(*COMPACT, cwd=tmp_path)
    text = (tmp_path / "content/runs/shop/2026/01.jsonl").read_text().splitlines()
    assert text[0] == '{"kind":"run","id":"1","state":"succeeded","mine":1.00000000000000000001,"text":"a  \\" b"}'
    assert json.loads(text[1]) == [RUN]


def test_a_month_takes_late_records_in_and_knows_those_it_has(tmp_path):
    write(tmp_path, {"in.json": json.dumps(RUN), "late.json": json.dumps({**RUN, "id": "8"})})
    into = ["import", "--into", "content/runs"]
    tidemark(*into, "in.json", cwd=tmp_path)
    tidemark(*COMPACT, cwd=tmp_path)
    assert tidemark(*into, "in.json", cwd=tmp_path).out == ""
    assert tidemark(*into, "late.json", cwd=tmp_path).out == "content/runs/shop/2026/01/8-1.json\n"
    tidemark(*COMPACT, cwd=tmp_path)
    assert [json.loads(line)["id"] for line in (tmp_path / "content/runs/shop/2026/01.jsonl").read_text().splitlines()] == ["7", "8"]
    assert list(tree(tmp_path / "content/runs")) == ["shop/2026/01.jsonl"]


def test_a_file_that_a_rule_would_lose_stays(tmp_path):
    write(tmp_path / "content", {
        "tidemark.yml": 'records:\n  - {files: "runs/shop/2026/01/**", version: "9"}\n', "runs/shop/2026/01/1-1.json": json.dumps(RUN)})
    done = tidemark(*COMPACT, cwd=tmp_path)
    assert done.code == 0 and done.out == "" and "records: rule" in done.err


def test_compact_without_content_says_so(tmp_path):
    done = tidemark("compact", cwd=tmp_path)
    assert done.code == 65 and "there is no folder 'content'" in done.err
    assert tidemark("compact", "--as-of", "soon", cwd=tmp_path).code == 64
