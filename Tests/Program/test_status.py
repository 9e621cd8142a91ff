"""status: what runs where, for a log, the summary of a job and programs."""
import json

from conftest import AS_OF, ROOT, tidemark, write
from jsonschema import Draft202012Validator

CONFIG = "environments: [{key: staging}, {key: production, gate: manual}]\nservices: [{key: shop}, {key: 'a|b*c'}]\n"


def run(number, service, version, environment, time, **more):
    return json.dumps({"id": str(number), "service": service, "version": version, "state": "succeeded", "finishedAt": time,
                       "deployments": [{"environment": environment}], **more})


def content(folder):
    runs = [run(1, "shop", "1.0.0", "staging", "2026-03-01T10:00:00Z"), run(2, "shop", "1.0.0", "production", "2026-03-02T10:00:00Z"),
            run(3, "shop", "1.1.0", "staging", "2026-03-03T10:00:00Z"), run(4, "shop", "1.1.0", "production", "2026-03-05T10:00:00Z"),
            run(5, "a|b*c", "2.0.0", "staging", "2026-03-04T10:00:00Z")]
    write(folder, {"content/tidemark.yml": CONFIG, "content/runs/a.jsonl": "\n".join(runs)})


def status(folder, *arguments):
    return tidemark("status", "--as-of", AS_OF, *arguments, cwd=folder)


def test_the_text_is_that_of_the_site(tmp_path):
    content(tmp_path)
    tidemark("build", "--as-of", AS_OF, cwd=tmp_path)
    done = status(tmp_path)
    assert done.code == 0 and done.err == ""
    assert done.out == (tmp_path / "public/status.txt").read_text()
    assert all(len(line) <= 80 for line in done.out.splitlines())


def test_the_json_is_that_of_the_site_and_of_its_schema(tmp_path):
    content(tmp_path)
    tidemark("build", "--as-of", AS_OF, cwd=tmp_path)
    told = json.loads(status(tmp_path, "--json").out)
    assert told == json.loads((tmp_path / "public/api/v1/summary.json").read_text())
    Draft202012Validator(json.loads(tidemark("schema", "summary").out)).validate(told)


def test_the_table_survives_names_that_markdown_means_something_by(tmp_path):
    content(tmp_path)
    lines = status(tmp_path, "--markdown").out.splitlines()
    assert lines[-4:-2] == ["| Service | staging | production |", "| --- | --- | --- |"]
    assert lines[-2:] == ["| shop | 1.1.0 | 1.1.0 |", "| a\\|b\\*c | 2.0.0 | never, 1 behind |"]


def cells(done):
    return {(c["service"], c["environment"]): (c["state"], (c["current"] or {}).get("version")) for c in json.loads(done.out)["cells"]}


def test_at_a_time_only_what_had_finished_by_then_ran(tmp_path):
    content(tmp_path)
    then = cells(status(tmp_path, "--json", "--at", "2026-03-04T09:00:00Z"))
    assert then == {("shop", "staging"): ("current", "1.1.0"), ("shop", "production"): ("current", "1.0.0"),
                    ("a|b*c", "staging"): ("none", None), ("a|b*c", "production"): ("none", None)}
    # The moment at which it arrives it is there.
    assert cells(status(tmp_path, "--json", "--at", "2026-03-05T10:00:00Z"))[("shop", "production")] == ("current", "1.1.0")
    assert cells(status(tmp_path, "--json", "--at", "2026-03-05T09:59:59Z"))[("shop", "production")] == ("current", "1.0.0")
    text = status(tmp_path, "--at", "2026-03-04T09:00:00Z").out
    assert "As of Wed 4 Mar 2026 09:00 UTC" in text and "waits for" not in text and "shop     1.1.0    1.0.0" in text


def test_an_incident_is_open_from_its_beginning_to_its_end(tmp_path):
    content(tmp_path)
    write(tmp_path, {"content/incidents/i.md": "---\ntitle: Down\nstate: resolved\nstartedAt: 2026-03-02T12:00:00Z\nresolvedAt: 2026-03-03T12:00:00Z\n---\n"})
    for time, expected in (("2026-03-02T11:00:00Z", []), ("2026-03-03T00:00:00Z", ["Down"]), ("2026-03-04T00:00:00Z", [])):
        assert [i["title"] for i in json.loads(status(tmp_path, "--json", "--at", time).out)["incidents"]] == expected


def test_wrong_arguments_are_told(tmp_path):
    content(tmp_path)
    assert status(tmp_path, "--at", "yesterday").code == 64
    assert status(tmp_path, "--json", "--markdown").code == 64
    assert status(tmp_path, "--content", "nowhere").code == 65
    write(tmp_path, {"content/runs/b.json": "{"})
    done = status(tmp_path)
    assert done.code == 1 and "content/runs/b.json:1:" in done.err and "shop" in done.out
