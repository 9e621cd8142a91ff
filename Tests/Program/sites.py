"""Whole sites, from which a change is judged: their content, what a program makes of it, and what it says of it.

`SITES` are those whose trees are recorded in Tests/Program/trees; `CASES` are the cases of Tests/Program/field, which `make compare` builds too.
"""
import json
import os
import re
import subprocess
import tempfile
from datetime import date, timedelta
from pathlib import Path

import many_states
from conftest import AS_OF, ROOT, tree, write

HERE = Path(__file__).parent
PROVIDERS = ["argocd", "azure-devops", "bamboo", "bitbucket", "buildkite", "canonical", "cdevents", "circleci", "github", "gitlab", "jenkins", "octopus"]
INCIDENTS = ["opsgenie", "pagerduty", "statuspage"]
# The name of an asset holds a digest of it, and each page the name of each: one changed colour would be a change of every page.
ASSET = re.compile(rb"(assets/[a-z-]+)-[0-9a-f]{8}(\.(?:css|js|svg))")
# What a build says of its own time: how far it is after a second, how long it took.
CLOCK = re.compile(r"^(?:[a-z ]+: \d+ of \d+|joining records)\n|\d+ m?s$", re.M)


def folder(path, below="content"):
    return {f"{below}/{name}": data for name, data in tree(path).items()}


def payloads(*names):
    found = {f"content/runs/{name}/{file}": data for name in names for file, data in tree(ROOT / "Tests/Fuzz/Corpus" / name).items()}
    # Jenkins and the incidents name no environment; the others need no rule.
    rules = [{"provider": "jenkins", "step": "{environment}"}]
    return {**found, "content/tidemark.yml": json.dumps({"site": {"name": names[0], "url": "https://status.example.com/"}, "records": rules})}


def states(language):
    files = many_states.content()
    config = json.loads(files["content/tidemark.yml"])
    config["site"]["language"] = language
    return {**files, "content/tidemark.yml": json.dumps(config, ensure_ascii=False)}


def audiences():
    runs = [{"id": str(number), "service": "shop", "version": f"1.{number}.0", "state": "succeeded", "finishedAt": f"2026-03-0{number}T10:00:00Z",
             "deployments": [{"environment": place}]} for number, place in enumerate(["staging", "production", "staging"], 1)]
    note = "For all.\n\n### Internals (audience: staff)\n\n- The port is 8081\n\n<!-- audience: customers -->\nDear customers.\n<!-- /audience -->\n"
    return {"content/runs/a.jsonl": "\n".join(json.dumps(run) for run in runs), "content/releases/shop/1.1.0.md": note,
            "content/releases/shop/1.2.0.md": "---\naudience: staff\n---\n- For us alone\n", "content/releases/shop/1.3.0.md": note,
            "content/tidemark.yml": json.dumps({
                "site": {"name": "Shop", "url": "https://status.example.com/"}, "environments": [{"key": "staging"}, {"key": "production"}],
                "audiences": {"customers": {"output": "public-customers"}, "staff": {"output": "public-staff"}}})}


SITES = {
    "example": lambda: folder(ROOT / "content"),
    "states": lambda: states("en"),
    "german": lambda: states("de"),
    "audiences": audiences,
    **{name: lambda name=name: payloads(name) for name in PROVIDERS},
    "incidents": lambda: payloads(*INCIDENTS),
    "disagreed": lambda: folder(HERE / "disagreed/content"),
}
CASES = {f"field/{path.name}": lambda path=path: folder(path / "content") for path in sorted((HERE / "field").iterdir()) if path.is_dir()}


def clock(files):
    """The end of the example's story; of other content that of the last month that it names."""
    months = re.findall(r"\b20[0-4]\d-(?:0[1-9]|1[0-2])", " ".join(f"{name} {text}" for name, text in files.items()))
    last = date.fromisoformat(max(months, default=AS_OF[:7]) + "-01")
    return f"{last + timedelta(days=31)}T00:00:00Z"


def asked(public):
    """What the command line is asked of a site: what runs where, and what releases bring. Each question reads all content again, so few are asked."""
    yield ["status"]
    yield ["status", "--markdown"]
    yield ["notes", "--unreleased"]
    summary = public / "api/v1/summary.json"
    if not summary.exists():
        return
    summary = json.loads(summary.read_text())
    places = [place for place in summary["environments"] if not place["shortLived"]]
    for place in ([place for place in places if place["tier"] == "production"] or places)[-1:]:
        yield ["notes", "--environment", place["key"]]
        yield ["notes", "--pending", place["key"]]
    for file in sorted((public / "api/v1/services").glob("*/releases.json")):
        versions = [release["version"] for release in json.loads(file.read_text())["releases"] if release["version"]]
        if len(versions) > 1:
            yield ["notes", "--service", file.parent.name, "--from", versions[1], "--to", versions[0]]
            return


def said(program, folder, now, *arguments):
    """What a command says, in the order: its end, what went wrong, what it answers."""
    surroundings = {name: value for name, value in os.environ.items() if name not in ("SOURCE_DATE_EPOCH", "NO_COLOR")}
    done = subprocess.run([program, *arguments, "--as-of", now], cwd=folder, env=surroundings, capture_output=True, timeout=300)
    return f"exit {done.returncode}\n{CLOCK.sub('', done.stderr.decode())}".encode() + done.stdout


def built(program, files, as_of=None):
    """Each file of the sites that a program builds of some content, and what it says of them, by path."""
    now = as_of or clock(files)
    with tempfile.TemporaryDirectory() as folder:
        write(folder, files)
        messages = said(program, folder, now, "build")
        made = {name: ASSET.sub(rb"\1\2", data) for name, data in tree(folder).items() if name not in files and not name.split("/")[-1].startswith(".")}
        answers = {"said/" + " ".join(question): said(program, folder, now, *question) for question in asked(Path(folder) / "public")}
    return {"messages": messages, **answers, **{ASSET.sub(rb"\1\2", name.encode()).decode(): data for name, data in made.items()}}


def of(program, name):
    files = {**SITES, **CASES}[name]()
    return built(program, files, None if name in CASES else AS_OF)
