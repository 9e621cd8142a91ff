"""`make compare`: what differs between the sites of two programs is counted by kind, and shown."""
import subprocess
import sys

import compare
from conftest import BINARY, ROOT


def test_files_of_one_kind_are_told_together():
    assert compare.kind("public/deployments/shop/run-1.html") == compare.kind("public/deployments/web/2.html") == "public/deployments/*/*.html"
    assert compare.kind("public/api/v1/services/shop/production/deployments.json") == "public/api/v1/services/*/*/deployments.json"
    assert compare.kind("public/environments/test/changelog/2026-03.html") == "public/environments/*/changelog/*.html"
    assert compare.kind("public-staff/index.html") == "public-staff/index.html"
    assert compare.kind("messages") == "messages"
    assert compare.kind("said/notes --service shop --from 1.0.0 --to 2.0.0") == "said/notes --service --from --to"


def test_what_differs_is_counted_and_shown_once():
    before = {"public/runs/a/1.html": b"same\nold\n", "public/runs/a/2.html": b"same\nold\n", "public/runs/a/3.html": b"", "public/index.html": b"x"}
    after = {"public/runs/a/1.html": b"same\nnew\n", "public/runs/a/2.html": b"same\nnew\n", "public/runs/a/4.html": b"", "public/index.html": b"x"}
    assert compare.report(list(compare.differences("site", before, after)), 5) == [
        "\npublic/runs/*/*.html: 2 differ, 1 came, 1 went", "  site: public/runs/a/1.html:2", "    - old", "    + new", "  site: public/runs/a/3.html went",
        "  site: public/runs/a/4.html came", "\n4 of 5 files differ, came or went"]


def test_long_lines_are_cut_around_the_place():
    number, before, after = compare.first_difference(b"a" * 500 + b"b" + b"c" * 500, b"a" * 500 + b"d" + b"c" * 500)
    assert number == 1 and len(before) == len(after) == compare.CHARACTERS + 2 and "ab" in before and "ad" in after


def test_a_program_is_the_same_as_itself():
    done = subprocess.run([sys.executable, ROOT / "Tests/Program/compare.py", BINARY, "^(gitlab|field/hotfix-false)$"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0] == "2 sites" and done.stdout.endswith("all the same\n")
