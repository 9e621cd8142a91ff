"""notes: what a deployment brings, for people who read it outside of the site."""
import json

import pytest

from conftest import AS_OF, ROOT, tidemark, write

CHANGELOG = """# Changelog

## [Unreleased]
- soon

## [1.3.0] - 2026-03-03
### Added
- *Split* payments, [#12]

## [1.3.0-rc.1] - 2026-03-02
- a candidate

## [1.2.0] - 2026-02-02
### Breaking changes
- The port is another one.

## [1.1.0] - 2026-01-02 [YANKED]
- <script>alert(1)</script>

## [1.0.0] - 2026-01-01
- first

[#12]: https://example.com/12
"""


def run(number, version, environment, time, state="succeeded"):
    return json.dumps({"id": str(number), "service": "shop", "version": version, "state": state, "createdAt": time, "finishedAt": time,
                       "deployments": [{"environment": environment, "state": state}]})


@pytest.fixture
def content(tmp_path):
    runs = [run(1, "1.0.0", "staging", "2026-01-01T10:00:00Z"), run(2, "1.0.0", "production", "2026-01-01T11:00:00Z"),
            run(3, "1.2.0", "staging", "2026-02-02T10:00:00Z"), run(4, "1.2.0", "production", "2026-02-02T11:00:00Z"),
            run(5, "1.3.0", "staging", "2026-03-03T10:00:00Z")]
    write(tmp_path, {"content/runs/shop.jsonl": "\n".join(runs), "content/releases/shop/CHANGELOG.md": CHANGELOG,
                     "content/tidemark.yml": "environments: [{key: staging}, {key: production}]\n"})
    return tmp_path


def notes(folder, *arguments):
    return tidemark("notes", "--as-of", AS_OF, *arguments, cwd=folder)


def test_what_the_newest_deployment_brought(content):
    done = notes(content, "--environment", "production")
    assert (done.code, done.err) == (0, "")
    assert done.out == ("# shop 1.2.0 in production, after 1.0.0\n\n## 1.2.0 – 2026-02-02\n\n### Breaking changes\n- The port is another one.\n\n"
                        "## 1.1.0 – 2026-01-02 – yanked\n\n- <script>alert(1)</script>\n")


def test_what_is_on_its_way(content):
    done = notes(content, "--pending", "production", "--format", "text")
    assert done.out == "shop 1.3.0 for production, after 1.2.0\n\n1.3.0\nAdded\nSplit payments, #12\n"
    assert notes(content, "--pending", "staging").out == ""


def test_a_range_of_versions_up_and_down(content):
    up = json.loads(notes(content, "--from", "v1.0.0", "--to", "1.3.0", "--format", "json").out)
    assert up["schema"] == "tidemark/notes/1"
    brought, = up["notes"]
    assert [r["version"] for r in brought["releases"]] == ["1.3.0", "1.2.0", "1.1.0"]
    assert [r["date"] for r in brought["releases"]] == ["2026-03-03", "2026-02-02", "2026-01-02"]
    assert [r["yanked"] for r in brought["releases"]] == [False, False, True]
    assert brought["releases"][1]["breaking"] == ["The port is another one."]
    assert (brought["service"], brought["environment"], brought["from"], brought["to"], brought["rollback"]) == ("shop", None, "v1.0.0", "1.3.0", False)
    down, = json.loads(notes(content, "--from", "1.3.0", "--to", "1.1.0", "--format", "json").out)["notes"]
    assert down["rollback"] and down["releases"] == [] and down["removes"] == ["1.3.0", "1.2.0"]
    alone = notes(content, "--to", "1.2.0").out
    assert alone.startswith("# shop 1.2.0\n\n## 1.2.0 – 2026-02-02") and "1.1.0" not in alone


@pytest.mark.parametrize("arguments, said", [
    ([], "one of --environment, --pending, --unreleased and --to is needed"), (["--environment", "a", "--to", "b"], "one of --environment"),
    (["--environment", "a", "--from", "b"], "--from needs --to"), (["--to", "1", "--format", "yaml"], "not 'yaml'"),
    (["--environment", "prodution"], "did you mean 'production'?"), (["--to", "1.9.0"], "there is no version '1.9.0'"),
    (["--from", "0.9.0", "--to", "1.2.0"], "there is no version '0.9.0'"), (["--to", "1.2.0", "--service", "shopp"], "did you mean 'shop'?")])
def test_what_is_not_there_is_a_clear_error(content, arguments, said):
    done = notes(content, *arguments)
    assert done.code == 64 and said in done.err and done.out == ""


def test_versions_of_several_services_need_a_name(content):
    write(content, {"content/releases/till/CHANGELOG.md": "## 1.2.0\n- other\n"})
    done = notes(content, "--to", "1.2.0")
    assert done.code == 64 and "shop, till have these versions" in done.err and "--service" in done.err
    assert notes(content, "--to", "1.2.0", "--service", "till").out == "# till 1.2.0\n\n## 1.2.0\n\n- other\n"


def test_the_example_says_what_its_pages_say():
    done = tidemark("notes", "--pending", "production", "--format", "json", "--as-of", AS_OF, cwd=ROOT)
    waiting = {n["service"]: [r["version"] for r in n["releases"]] for n in json.loads(done.out)["notes"]}
    assert waiting["checkout"][0] == "2.10.0"
