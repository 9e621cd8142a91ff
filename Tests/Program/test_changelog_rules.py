"""Worked cases of the nine rules of a changelog per environment, and of those that meet: each a file in changelogs/."""
import json
from pathlib import Path

import pytest
import yaml

from conftest import AS_OF, tidemark, write

CASES = sorted((Path(__file__).parent / "changelogs").glob("*.yml"))
LISTS = ("includes", "removes", "folded", "again", "missingFixes", "missingNotes", "yanked", "breaking")


def records(deployments):
    """One run for each line: `2026-01-05 production 1.2.0 [commit] [word]`; a word is rollback, hotfix or remove."""
    for number, line in enumerate(deployments, 1):
        day, environment, version, *more = line.split()
        deployment = {"environment": environment, "state": "succeeded"}
        commit = next((word for word in more if word not in ("rollback", "hotfix", "remove")), version.replace(".", "") + "abcdef0")
        if "remove" in more:
            deployment["action"] = "remove"
        if "rollback" in more:
            deployment["rollbackOf"] = "x"
        if "hotfix" in more:
            deployment["action"] = "hotfix"
        yield json.dumps({"id": str(number), "number": number, "service": "shop", "version": version, "state": "succeeded", "pipeline": "main",
                          "commit": {"sha": commit}, "createdAt": f"{day}T10:00:00Z", "finishedAt": f"{day}T10:{number:02}:00Z",
                          "deployments": [deployment]})


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_case(tmp_path, case):
    told = yaml.safe_load(case.read_text())
    assert told["about"] and told["rules"]
    configuration = {"environments": [{"key": "staging"}, {"key": "production", "after": "staging"}], **told.get("configuration", {})}
    write(tmp_path, {"content/runs/shop.jsonl": "\n".join(records(told["deployments"])), "content/tidemark.yml": json.dumps(configuration)})
    for name, text in told.get("files", {"CHANGELOG.md": told.get("notes")}).items():
        write(tmp_path, {f"content/releases/shop/{name}": text})
    done = tidemark("build", "--as-of", AS_OF, "--json", cwd=tmp_path)
    assert done.code == 0, done.err
    for environment, expected in told["expected"].items():
        found = json.loads((tmp_path / f"public/api/v1/services/shop/{environment}/changelog.json").read_text())
        entries = [{key: entry[key] for key in ("kind", "from", "to", *LISTS) if entry[key] not in (None, [])} for entry in found["entries"]]
        assert entries == expected.get("entries", entries)
        assert found["pending"] == expected.get("pending", found["pending"])
        assert found["live"] == expected.get("live", found["live"])
    assert [d["id"] for d in done.json["diagnostics"]] == told.get("warnings", [])


def test_every_rule_has_a_case_and_rules_that_meet_have_one():
    rules = [set(yaml.safe_load(case.read_text())["rules"]) for case in CASES]
    assert set().union(*rules) == set(range(1, 10))
    assert sum(1 for met in rules if len(met) > 1) >= 12
