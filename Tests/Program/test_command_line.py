"""Arguments, help, exit codes and what is printed where."""
import json
import os
import pty
import re
import select
import subprocess
import time

import jsonschema
import pytest

from conftest import AS_OF, BINARY, tidemark, tree

RUN = '{"service": "shop", "id": "1", "state": "succeeded", "deployments": [{"environment": "staging"}],' \
    ' "finishedAt": "2026-03-01T10:00:00Z", "version": "1.0.0"}'


def test_help_opens_with_examples():
    for command in ([], ["build"], ["init"], ["schema"], ["templates"]):
        done = tidemark(*command, "--help")
        assert done.code == 0
        head = done.out[: done.out.index("USAGE")]
        assert "EXAMPLES" in head and "tidemark " in head


def test_the_version_is_semantic():
    assert re.fullmatch(r"\d+\.\d+\.\d+\n", tidemark("--version").out)


@pytest.mark.parametrize("arguments, says", [
    (["build", "--as-of", "yesterday"], "--as-of takes a time such as"),
    (["build", "--as-of", "2026-02-30T00:00:00Z"], "--as-of takes a time such as"),
    (["build", "--jobs", "0"], "--jobs takes a number from 1 to 1024"),
    (["build", "--jobs", "many"], "jobs"),
    (["build", "--quiet", "--verbose"], "exclude one another"),
    (["build", "--colour"], "Unknown option"),
    (["build", "--output", ""], "takes the path of a folder"),
    (["publish"], "publish"),
    (["schema", "recrods"], "there is no schema 'recrods'"),
])
def test_wrong_usage_is_exit_code_64(arguments, says):
    done = tidemark(*arguments)
    assert (done.code, says in done.err, done.err[:7], done.out) == (64, True, "error: ", ""), done.err


def test_a_missing_content_folder_is_a_configuration_fault_that_says_what_to_do(tmp_path):
    done = tidemark("build", cwd=tmp_path)
    assert done.code == 65
    assert "there is no folder 'content'" in done.err and "tidemark init" in done.err


def test_source_date_epoch_stands_in_for_as_of(site):
    site.write({"content/runs/a.json": RUN})
    done = tidemark("build", "--output", "one", cwd=site.folder, env={"SOURCE_DATE_EPOCH": "1774950000"})
    assert done.code == 0
    assert tidemark("build", "--output", "two", "--as-of", AS_OF, cwd=site.folder).code == 0
    assert json.loads((site.folder / "one/api/v1/build.json").read_text())["asOf"] == AS_OF
    assert tree(site.folder / "one") == tree(site.folder / "two")
    assert tidemark("build", cwd=site.folder, env={"SOURCE_DATE_EPOCH": "soon"}).code == 64


def test_results_for_machines_are_on_standard_output_and_words_on_standard_error(site):
    site.write({"content/runs/a.json": RUN, "content/runs/b.json": "{"})
    done = site.build("--json")
    assert done.code == 1
    result = done.json
    assert result["status"] == "published" and result["records"] == {"rendered": 1, "skipped": 0, "error": 1}
    assert result["diagnostics"][0]["file"] == "content/runs/b.json" and result["diagnostics"][0]["line"] == 1
    assert "content/runs/b.json:1:" in done.err and "pages" in done.err
    assert site.build().out == ""


def test_quiet_prints_errors_only_and_verbose_names_what_was_skipped(site):
    site.write({"content/runs/a.json": RUN, "content/runs/readme.txt": "hello"})
    assert site.build("--quiet").err == ""
    assert "content/runs/readme.txt: skipped" in site.build("--verbose").err


def test_the_summary_counts_pages_and_records(site):
    site.write({"content/runs/a.json": RUN})
    assert re.search(
        r"^\d+ pages and \d+ files, \d+ changed, 0 removed; 1 record read: 1 rendered, 0 skipped, 0 in error; 0 errors, 0 warnings; \d+ ms\n$",
        site.build().err)


def test_the_starter_builds_at_once_without_a_complaint(tmp_path):
    done = tidemark("init", cwd=tmp_path)
    assert done.code == 0 and "content/tidemark.yml" in done.out
    built = tidemark("build", "--strict", "--as-of", AS_OF, "--json", cwd=tmp_path)
    assert built.code == 0, built.err
    assert built.json["diagnostics"] == []
    assert (tmp_path / "public/index.html").exists()
    again = tidemark("init", cwd=tmp_path)
    assert again.code == 73 and "nothing was written" in again.err
    assert tidemark("init", "other", cwd=tmp_path).code == 0 and (tmp_path / "other/content/tidemark.yml").exists()


def test_every_schema_is_a_schema_and_stands_beside_the_interface(example):
    names = tidemark("schema").out.split()
    assert {"records", "config", "summary", "environments", "deployments", "changelog", "releases", "runs", "build"} <= set(names)
    for name in names:
        text = tidemark("schema", name).out
        jsonschema.Draft202012Validator.check_schema(json.loads(text))
        assert (example / f"api/v1/schemas/{name}.json").read_text() == text


def run_on_a_terminal(arguments, cwd, env):
    master, slave = pty.openpty()
    process = subprocess.Popen([BINARY, *arguments], cwd=cwd, env={**os.environ, **env}, stdout=slave, stderr=slave)
    os.close(slave)
    text = b""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if select.select([master], [], [], 0.1)[0]:
            try:
                piece = os.read(master, 4096)
            except OSError:
                break
            if not piece:
                break
            text += piece
        elif process.poll() is not None:
            break
    process.wait(10)
    os.close(master)
    return text.decode()


def test_colours_are_for_terminals_and_no_color_turns_them_off(site):
    site.write({"content/runs/a.json": "{"})
    assert "\x1b" not in site.build().err
    coloured = run_on_a_terminal(["build"], site.folder, {"TERM": "xterm", "NO_COLOR": ""})
    assert "\x1b[1;31merror:" in coloured
    # The progress line may still move the cursor; no sequence sets a colour.
    assert not re.search(r"\x1b\[[0-9;]*m", run_on_a_terminal(["build"], site.folder, {"TERM": "xterm", "NO_COLOR": "1"}))


def test_control_characters_of_content_do_not_reach_the_terminal(site):
    site.write({"content/runs/a\x1b[31m.json": '{"id": "1", "state": "x\\u001b]0;owned\\u0007", "kind": "\\u001b[2J"}'})
    assert "\x1b" not in site.build("--verbose").err
