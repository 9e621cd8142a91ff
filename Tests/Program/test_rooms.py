"""Package.swift: a room declares what it imports. A build that finds the module of another by chance says nothing, and a build from a clean clone fails."""
import json
import os
import re
import subprocess

import pytest

from conftest import ROOT

IMPORT = re.compile(r"^\s*(?:@\w+ )?(?:(?:public|package|internal|private|fileprivate) )?import (?:struct |enum |class |func )?(\w+)", re.M)


def described(**environment):
    done = subprocess.run(["swift", "package", "dump-package", "--scratch-path", ".build"], cwd=ROOT, capture_output=True, text=True,
                          env=os.environ | environment)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["targets"]


def declared(target):
    return {next(kind[0] for kind in dependency.values()) for dependency in target["dependencies"]}


def imported(target):
    folder = ROOT / (target.get("path") or ("Tests/" if target["type"] == "test" else "Sources/") + target["name"])
    files = sorted(folder.rglob("*.swift"))
    assert files or target["name"].startswith("C") or target["name"] == "FuzzDriver", f"{folder} holds no Swift"
    return {name for file in files for name in IMPORT.findall(file.read_text())}


@pytest.mark.parametrize("environment", [{}, {"TIDEMARK_FUZZ": "1"}], ids=["as built", "as fuzzed"])
def test_a_room_declares_what_it_imports_and_nothing_else(environment):
    targets = [target for target in described(**environment) if target["type"] != "system"]
    assert len(targets) > 20
    ours = {target["name"] for target in described(**environment)} | {"ArgumentParser", "Subprocess"}
    wrong = []
    for target in targets:
        wrong += [f"{target['name']} imports {name} and does not declare it" for name in sorted((imported(target) & ours) - declared(target))]
        wrong += [f"{target['name']} declares {name} and does not import it" for name in sorted(declared(target) - imported(target))]
    assert not wrong, "\n".join(wrong)


def test_a_room_begins_with_what_it_is():
    rooms = [target["name"] for target in described() if target["type"] == "regular" and "path" not in target and target["name"] != "CTheme"]
    assert len(rooms) > 15
    for room in rooms:
        head = (ROOT / "Sources" / room / f"{room}.swift").read_text()
        for part in ["**In:**", "**Out:**", "**Never here:**"]:
            assert part in head, f"{room} does not say {part}"
