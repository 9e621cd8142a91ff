"""Whole sites, file by file: a change that moves a byte anywhere says so here. RECORD=1 records what is built now.

A line of Tests/Program/trees/SITE.txt is a path and the digest of what lies there; the digest in the name of an asset is left out everywhere.
What moved, `make compare WITH=COMMIT` shows.
"""
import hashlib
import os
from pathlib import Path

import pytest

import sites
from conftest import BINARY

TREES = Path(__file__).parent / "trees"


def lines(files):
    return {path: hashlib.sha256(data).hexdigest()[:12] for path, data in files.items()}


def moved(before, after):
    """The paths that changed, came and went, a line each."""
    changed = [path for path in before if path in after and before[path] != after[path]]
    return [f"{word} {path}" for word, paths in [
        ("changed", changed), ("came", sorted(after.keys() - before.keys())), ("went", sorted(before.keys() - after.keys()))] for path in paths]


@pytest.mark.parametrize("site", sites.SITES)
def test_the_site_is_the_recorded_one(site):
    found = lines(sites.of(BINARY, site))
    file = TREES / f"{site}.txt"
    if os.environ.get("RECORD"):
        TREES.mkdir(exist_ok=True)
        file.write_text("".join(f"{path} {digest}\n" for path, digest in sorted(found.items())))
    recorded = dict(line.rsplit(" ", 1) for line in file.read_text().splitlines())
    differing = moved(recorded, found)
    if differing:
        pytest.fail("\n".join([f"{site}: {len(differing)} of {len(found)} files (RECORD=1 records them)", *differing]), pytrace=False)


def test_no_recorded_site_is_forgotten():
    assert {file.stem for file in TREES.glob("*.txt")} == set(sites.SITES)


def test_what_moved_is_named():
    before, after = {"same": "1", "other": "1", "gone": "1"}, {"same": "1", "other": "2", "new": "1"}
    assert moved(before, after) == ["changed other", "came new", "went gone"]
