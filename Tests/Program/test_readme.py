"""README: what people paste into their pipelines parses, and calls the program as it is."""
import json
import re
import shlex
import subprocess

import pytest
import tree_sitter
import tree_sitter_groovy
import yaml

from conftest import ROOT, tidemark

TEXT = (ROOT / "README.md").read_text()
BLOCKS = [(TEXT[:m.start()].count("\n") + 1, m[1], m[2]) for m in re.finditer(r"^```(\w+)\n(.*?)^```$", TEXT, re.M | re.S)]
PROVIDERS = ["Bitbucket Pipelines", "GitHub Actions", "GitLab CI", "Jenkins", "Azure DevOps", "CircleCI", "Buildkite", "Argo CD", "CDEvents", "Bamboo",
             "Octopus Deploy"]


def blocks(language):
    return [pytest.param(text, id=f"line {line}") for line, found, text in BLOCKS if found == language]


def check_shell(text):
    done = subprocess.run(["bash", "-n"], input=text.encode(), capture_output=True)
    assert done.returncode == 0, done.stderr.decode() + text


def scripts(value, key=None):
    """The shell texts of a pipeline, wherever they lie."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from scripts(inner, name)
    elif isinstance(value, list):
        if key in ("script", "after-script", "after_script"):
            # A colon inside makes a mapping of a line that was meant as a command.
            assert all(isinstance(line, str) for line in value), value
            yield "\n".join(value)
        else:
            for inner in value:
                yield from scripts(inner, key)
    elif isinstance(value, str) and key in ("run", "command", "script"):
        yield value


@pytest.mark.parametrize("text", blocks("yaml"))
def test_yaml_parses_and_so_do_the_scripts_in_it(text):
    found = list(scripts(yaml.safe_load(text)))
    for script in found:
        check_shell(script)
    assert found or set(yaml.safe_load(text)) & {"records", "audiences", "environments", "services", "ignore"}


@pytest.mark.parametrize("text", blocks("sh"))
def test_shell_parses(text):
    check_shell(text)


@pytest.mark.parametrize("text", blocks("groovy"))
def test_groovy_parses_and_so_does_the_shell_in_it(text):
    tree = tree_sitter.Parser(tree_sitter.Language(tree_sitter_groovy.language())).parse(text.encode())
    assert not tree.root_node.has_error, tree.root_node
    shell = re.findall(r"sh '''(.*?)'''", text, re.S)
    assert shell
    for script in shell:
        check_shell(script)


@pytest.mark.parametrize("text", blocks("json"))
def test_json_is_a_record(text, tmp_path):
    (tmp_path / "a.jsonl").write_text(text)
    done = tidemark("import", "a.jsonl", cwd=tmp_path)
    assert done.code == 0 and len(done.out.splitlines()) == len([json.loads(line) for line in text.splitlines()])


def test_no_block_has_another_language():
    assert {language for _, language, _ in BLOCKS} == {"yaml", "sh", "groovy", "json"}


@pytest.mark.parametrize("provider", PROVIDERS)
def test_every_provider_has_its_lines(provider):
    section = re.search(rf"<details><summary>{provider}</summary>(.*?)</details>", TEXT, re.S)
    assert section, provider
    assert "Collect" in section[1] and "tidemark build" in section[1]
    recorded = provider in PROVIDERS[:7]
    assert ("tidemark record" in section[1]) == recorded


def calls():
    """Each call of the program, with its lines joined."""
    text = "\n".join(text for _, language, text in BLOCKS if language != "json").replace("\\\n", " ")
    inline = re.findall(r"`(tidemark [^`]+)`", TEXT)
    return sorted(set(re.findall(r"(tidemark (?:init|build|record|import|compact|notes|check|explain|schema)\b[^|>\n]*)", text)) | set(inline))


@pytest.mark.parametrize("call", calls())
def test_calls_use_options_that_exist(call):
    command, *rest = shlex.split(call.replace("`", ""), comments=True)[1:]
    help_text = tidemark(command, "--help").out
    assert help_text
    for option in rest:
        if option.startswith("--") and option != "--help":
            assert re.search(rf"(^|[\s,]){re.escape(option)}\b", help_text), f"{command} has no {option}"


def test_pasted_lines_of_canonical_records_make_a_site(tmp_path):
    """The last resort of every other system: one printf a run."""
    section = re.search(r"<summary>Every other</summary>.*?```sh\n(.*?)```", TEXT, re.S)[1]
    script = "set -eu; mkdir -p content/runs; tidemark() { :; }\n" + section
    subprocess.run(["bash", "-c", script], cwd=tmp_path, env={"PATH": "/usr/bin:/bin", "BUILD_NUMBER": "12", "VERSION": "1.4.0"}, check=True)
    assert tidemark("build", cwd=tmp_path).code == 0
    summary = json.loads((tmp_path / "public/api/v1/summary.json").read_text())
    assert [(c["service"], c["environment"], c["current"]["version"]) for c in summary["cells"]] == [("checkout", "production", "1.4.0")]
