"""`tidemark explain`: the account of reading and joining, told to people and to programs. RECORD=1 records its answers anew."""
import json
import os
from pathlib import Path

import jsonschema
import pytest

from conftest import AS_OF, ROOT, SHARED, tidemark, tree, write
from field import FIELD

RECORDED = Path(__file__).parent / "explained"
SAMPLES = SHARED / "samples"
CLOCK = "2026-12-05T00:00:00Z"


@pytest.fixture(scope="session")
def validator():
    schema = json.loads(tidemark("schema", "explain").out)
    return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())


def explained(content, *arguments, as_of=CLOCK):
    done = tidemark("explain", *arguments, "--content", content, "--as-of", as_of, "--json")
    assert done.out, done.err
    return done.json


# Ten questions that people asked of the field cases: the case, as-of, and how they ask.
QUESTIONS = [
    ("gitlab-retried-job", "2026-03-01", ["content/runs/deployments.json:2"]),
    ("canonical-attempts-in-turn", "2026-06-01", ["content/runs/runs.jsonl"]),
    ("gitlab-external-siblings", "2026-03-01", ["--service", "oven"]),
    ("rule-with-a-typo", "2026-03-05", ["content/runs/runs.jsonl:2"]),
    ("statuspage-summary", "2026-06-01", ["content/runs/summary.json"]),
    ("kubernetes-kinds-not-read", "2026-06-01", ["content/runs/kargo.yml:3"]),
    ("argo-dry-run", "2026-06-01", ["--service", "ledger", "--environment", "production"]),
    ("octopus-tenants", "2026-06-10", ["content/runs/deployments.json"]),
    ("success-without-time", "2026-06-01", ["--service", "api", "--version", "1.20.0"]),
    ("changelog-other-service-heading", "2026-06-01", ["content/releases/checkout/CHANGELOG.md:7"]),
]


@pytest.mark.parametrize("case, as_of, arguments", QUESTIONS, ids=[case for case, *_ in QUESTIONS])
def test_answers_to_questions_of_the_field_are_those_that_were_recorded(case, as_of, arguments):
    done = tidemark("explain", *arguments, "--as-of", f"{as_of}T00:00:00Z", cwd=FIELD / case)
    file = RECORDED / f"{case}.txt"
    if os.environ.get("RECORD"):
        file.write_text(done.out)
    assert done.out == file.read_text()
    assert all(len(line) <= 80 or len(line.split()) == 1 for line in done.out.splitlines())


# Everything that is skipped or inferred anywhere is told with the same words.

def contents():
    found = [(f"field/{folder.name}", folder / "content") for folder in sorted(FIELD.iterdir()) if (folder / "content").is_dir()]
    found.append(("example", ROOT / "content"))
    if SAMPLES.is_dir():
        found += [(f"samples/{folder.name}", folder) for folder in sorted(SAMPLES.iterdir()) if folder.is_dir()]
    return found


def placed(name, content, folder):
    """The content, or a folder of payloads made one."""
    if not name.startswith("samples/"):
        return content
    write(folder / "content", {f"runs/{path}": data for path, data in tree(content).items()})
    return folder / "content"


@pytest.mark.parametrize("name, content", contents(), ids=[name for name, _ in contents()])
def test_what_is_skipped_or_inferred_is_told_with_the_same_words(name, content, tmp_path, validator):
    content = placed(name, content, tmp_path)
    done = tidemark("build", "--content", content, "--output", tmp_path / "public", "--as-of", CLOCK)
    if done.code not in (0, 1):
        pytest.skip("it has no site")
    api = tmp_path / "public/api/v1"
    skipped = json.loads((api / "build.json").read_text())["skipped"]
    for file in sorted({entry["file"] for entry in skipped}):
        told = explained(content, f"{content}/{file}")
        validator.validate(told)
        reasons = [entry for entry in skipped if entry["file"] == file]
        if told["file"]["outcome"] == "skipped":
            assert told["file"]["reason"] in [entry["reason"] for entry in reasons if entry["record"] is None]
        assert sorted((record["record"], record["reason"]) for record in told["records"] if record["reason"]) == sorted(
            (entry["record"], entry["reason"]) for entry in reasons if entry["record"] is not None)
    for file in sorted(api.glob("services/*/*/deployments.json")):
        value = json.loads(file.read_text())
        inferred = {d["id"]: d["inferred"] for d in value["deployments"] if d["inferred"]}
        if not inferred:
            continue
        service, environment = file.parent.parent.name, file.parent.name
        told = explained(content, "--service", service, "--environment", environment)
        validator.validate(told)
        facts = {fact["id"]: fact for fact in told["facts"] if fact["kind"] == "deployment"}
        assert all((tmp_path / "public" / page["path"]).exists() for fact in told["facts"] for page in fact["pages"])
        for id, fields in inferred.items():
            assert facts[id]["inferred"] == fields
            topics = {"startedAt": "times", "finishedAt": "times", "hotfix": "kind", "rollbackOf": "action"}
            for field in fields:
                reasons = [r["text"] for r in facts[id]["because"] if r["about"] == topics.get(field, field)]
                assert any(reason.startswith("inferred: ") or "records[" in reason for reason in reasons), (id, field)


@pytest.mark.parametrize("name, content", contents(), ids=[name for name, _ in contents()])
def test_every_record_of_a_file_can_be_asked_about_by_its_line(name, content, tmp_path, validator):
    """The first and the last one of each file; what a page shows is told by some record."""
    content = placed(name, content, tmp_path)
    for file in sorted(p for p in content.rglob("*") if p.is_file() and p.parent.name != "public")[:12]:
        path = file.relative_to(content)
        done = tidemark("explain", f"{content}/{path}", "--content", content, "--as-of", CLOCK, "--json")
        if done.code == 65:
            # With a configuration that cannot be read nothing is, and that is said.
            assert "tidemark.yml" in done.err
            return
        told = done.json
        validator.validate(told)
        for record in told["records"][:1] + told["records"][-1:]:
            one = explained(content, f"{content}/{path}:{record['line']}")
            assert record["record"] in [r["record"] for r in one["records"]]


# How people ask.

STORY = {
    "content/tidemark.yml": "records:\n  - {pipeline: ship, service: shop, environment: production}\n",
    "content/runs/a.jsonl": "\n".join([
        '{"id":"1","repository":"acme/shop","pipeline":"ship","state":"succeeded","finishedAt":"2026-03-01T10:00:00Z","version":"1.0.0"}',
        '{"id":"2","repository":"acme/shop","pipeline":"test","state":"succeeded","finishedAt":"2026-03-02T10:00:00Z"}',
        '{"id":"1","repository":"acme/shop","pipeline":"ship","state":"succeeded","finishedAt":"2026-03-01T10:00:00Z","version":"1.0.0"}',
        '{"nothing":"known"}',
    ]),
    "content/runs/pretty.json": '{\n  "service": "shop",\n  "id": "3",\n  "state": "succeeded",\n  "deployments": [\n    {"environment": "staging",\n'
                                '     "version": "2.0.0"}\n  ]\n}\n',
    "content/releases/shop/CHANGELOG.md": "# Changelog\n\n## 1.0.0\n\n- first\n\n## 0.9.0\n\n- before\n",
    "content/odd.txt": "nothing",
}


@pytest.fixture
def shop(site):
    site.write(STORY)
    return lambda *arguments: tidemark("explain", *arguments, "--as-of", AS_OF, cwd=site.folder)


def test_a_record_tells_which_rule_gave_it_service_and_environment(shop):
    facts = {fact["kind"]: fact for fact in shop("content/runs/a.jsonl:1", "--json").json["facts"]}
    assert facts["run"]["values"]["service"] == "shop"
    assert [r["text"] for r in facts["run"]["because"] if r["about"] == "service"][0] == '"shop" is set by records[1] in line 2 of tidemark.yml'
    because = [r["text"] for r in facts["deployment"]["because"] if r["about"] == "environment"]
    assert '"production" is set by records[1] in line 2 of tidemark.yml' in because
    assert facts["deployment"]["values"]["environment"] == "production"
    assert "index.html" in [page["path"] for page in facts["deployment"]["pages"]]


def test_a_run_without_an_environment_says_what_is_missing(shop):
    told = shop("content/runs/a.jsonl:2")
    assert told.code == 0
    assert "environment  none: nothing in it names one, and no rule in `records:` gives it" in told.out


def test_an_exact_duplicate_says_of_what_and_what_that_became(shop):
    told = shop("content/runs/a.jsonl:3", "--json").json
    assert [(r["outcome"], r["reason"]) for r in told["records"]] == [("skipped", "exact duplicate of runs/a.jsonl:1")]
    assert ("run", "1") in [(f["kind"], f["id"]) for f in told["facts"]]


@pytest.mark.parametrize("place", ["content/runs/pretty.json:7", "runs/pretty.json:6", "./content/runs/pretty.json:6:5"])
def test_a_line_within_a_record_means_that_record(shop, place):
    told = shop(place, "--json").json
    assert [(r["record"], r["line"]) for r in told["records"]] == [("run 3", 1)]
    assert ("deployment", "3-staging") in [(f["kind"], f["id"]) for f in told["facts"]]


def test_a_heading_of_a_changelog_says_which_release_it_became(shop):
    told = shop("content/releases/shop/CHANGELOG.md:5", "--json").json
    assert [(f["kind"], f["service"], f["id"]) for f in told["facts"]] == [("release", "shop", "1.0.0")]
    assert told["facts"][0]["pages"][0] == {"path": "releases/shop/1.0.0.html", "role": "its page"}


def test_a_file_that_is_not_read_says_why(shop):
    told = shop("content/odd.txt", "--json").json
    assert told["file"]["outcome"] == "skipped" and told["file"]["reason"].startswith("nothing is expected here")


def test_a_version_tells_its_release_and_its_deployments(shop):
    told = shop("--service", "shop", "--version", "v1.0.0", "--json").json
    assert [(f["kind"], f["id"]) for f in told["facts"]] == [("release", "1.0.0"), ("deployment", "1-production")]


def test_a_service_tells_what_was_left_out_since_that_belongs_to_no_service(shop):
    assert shop("--service", "shop", "--json").json["leftOut"] == [{"file": "content/runs/a.jsonl", "records": 2}]


@pytest.mark.parametrize("arguments, message, suggestion", [
    (["content/runs/a.jsonk"], "there is no file 'content/runs/a.jsonk'", "did you mean 'content/runs/a.jsonl'?"),
    (["content/runs/a.jsonl:9"], "no record of runs/a.jsonl stands on line 9", "the nearest are on line 4 (line 4, column 1)"),
    (["content/releases/shop/CHANGELOG.md:1"], "stands on line 1", "the nearest are on line 3 (release: shop 1.0.0)"),
    (["--service", "shpo"], "there is no service 'shpo'", "did you mean 'shop'?"),
    (["--service", "shop", "--version", "1.0.1"], "there is no version '1.0.1'", "did you mean '1.0.0'?"),
    (["--environment", "prodution"], "there is no environment 'prodution'", "did you mean 'production'?"),
])
def test_a_name_that_is_not_there_is_an_error_with_the_near_miss(shop, arguments, message, suggestion):
    done = shop(*arguments)
    assert done.code == 64 and done.out == ""
    assert message in done.err and f"suggestion: {suggestion}" in done.err


@pytest.mark.parametrize("arguments", [[], ["content/runs/a.jsonl", "--service", "shop"]])
def test_it_must_be_said_what_is_asked_about(shop, arguments):
    assert shop(*arguments).code == 64


def test_the_same_question_has_the_same_answer(shop, site):
    before = shop("content/runs/a.jsonl", "--json").out
    assert shop("content/runs/a.jsonl", "--json").out == before


def test_hostile_text_reaches_no_terminal(site):
    site.write({"content/runs/a.json": json.dumps({"id": "1\u001b[31m", "state": "succeeded", "service": "a\u202eb", "version": "\u0007"})})
    out = tidemark("explain", "content/runs/a.json", "--as-of", AS_OF, cwd=site.folder).out
    assert not any(c in out for c in "\u001b\u202e\u0007")
