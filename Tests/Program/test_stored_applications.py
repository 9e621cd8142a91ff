"""Answers about one application of Argo CD tell what is so now: imported one after the other, in whichever order, they say what a build of
all of them says (record.md, rule 5)."""
import itertools
import json

import pytest

from conftest import tidemark, write

A, B, C, D, E = "a1" * 20, "b2" * 20, "c3" * 20, "d4" * 20, "e5" * 20


def entry(number, revision, day, **rest):
    return {"id": number, "revision": revision, "deployStartedAt": f"2026-05-{day:02}T09:59:40Z", "deployedAt": f"2026-05-{day:02}T10:00:00Z",
            "source": {"repoURL": "https://example.org/pay/ledger-deploy.git", "path": "prod", "targetRevision": "main"}, **rest}


def operation(phase, revision, day, **rest):
    end = {} if phase == "Running" else {"finishedAt": f"2026-05-{day:02}T10:00:02Z"}
    return {"phase": phase, "message": f"it {phase}", "startedAt": f"2026-05-{day:02}T09:59:40Z", **end, "syncResult": {"revision": revision},
            "operation": {"initiatedBy": {"username": "kim"}, "sync": {"revision": revision}}, **rest}


def answer(day, history, wanted, *, hour=12, health="Healthy", operation=None, images=(), generation=None, name="ledger", **spec):
    """As it is told on `day`, which wants the revision `wanted`."""
    out = {"apiVersion": "argoproj.io/v1alpha1", "kind": "Application",
           "metadata": {"name": name, "namespace": "argocd", "uid": "7d0a4a2e-0000-4000-8000-000000000627"},
           "spec": {"destination": {"namespace": "production", "server": "https://cluster.example.org"},
                    "source": {"repoURL": "https://example.org/pay/ledger-deploy.git", "path": "prod", "targetRevision": "main"}, **spec},
           "status": {"health": {"status": health, "message": f"it is {health}"}, "reconciledAt": f"2026-05-{day:02}T{hour:02}:00:00Z",
                      "history": history, "summary": {"images": list(images)},
                      "sync": {"status": "Synced" if history and wanted == history[-1]["revision"] else "OutOfSync", "revision": wanted}}}
    if operation:
        out["status"]["operationState"] = operation
    if generation:
        out["metadata"]["generation"] = generation
    return out


def hydrated(answer, made, source):
    answer["status"]["sourceHydrator"] = {"lastSuccessfulOperation": {"drySHA": source, "hydratedSHA": made}}
    return answer


first, second, third = entry(3, A, 4), entry(4, B, 6), entry(5, C, 8)
IMAGE = "registry.example.org/pay/ledger:"
STORIES = {
    "synced": [answer(5, [first], B), answer(6, [first, second], B)],
    "another": [answer(5, [first], B), answer(6, [first], C)],
    "reverted": [answer(5, [first], B), answer(6, [first], A)],
    "automated": [answer(5, [first], B), answer(6, [first], B, syncPolicy={"automated": {}})],
    "back and forth": [answer(5, [first], B), answer(6, [first], A), answer(7, [first], B)],
    "forth and back": [answer(5, [first], B), answer(6, [first], C), answer(7, [first], A)],
    "never synced before": [answer(5, [], B), answer(6, [second], B)],
    "the history lost": [answer(5, [first], B), answer(8, [third], C)],
    "running": [answer(5, [first], B), answer(6, [first], B, operation=operation("Running", B, 6)),
                answer(7, [first, second], B, operation=operation("Succeeded", B, 6))],
    "ran, and nobody knows": [answer(6, [first], B, operation=operation("Running", B, 6)),
                              answer(8, [first, third], C, operation=operation("Succeeded", C, 8))],
    "failed": [answer(5, [first], B), answer(6, [first], B, operation=operation("Failed", B, 6)),
               answer(8, [first, third], C, operation=operation("Succeeded", C, 8))],
    "an operation, later the history": [answer(6, [first, second], B, operation=operation("Succeeded", B, 6)),
                                        answer(8, [first, second, third], C, operation=operation("Succeeded", C, 8))],
    "sick": [answer(6, [first, second], B), answer(7, [first, second], B, health="Degraded")],
    "well again": [answer(6, [first, second], B, health="Degraded"), answer(7, [first, second], B)],
    "progressing": [answer(6, [first, second], B), answer(7, [first, second], B, health="Progressing")],
    "suspended": [answer(6, [first, second], B, health="Suspended"), answer(7, [first, second], B)],
    "up and down": [answer(6, [first, second], B), answer(7, [first, second], B, health="Degraded"), answer(8, [first, second, third], C)],
    "images": [answer(6, [first, second], B, images=[IMAGE + "1.4.0"]), answer(7, [first, second], B, images=[IMAGE + "1.4.1"]),
               answer(8, [first, second, third], C, images=[IMAGE + "1.5.0"])],
    "a chart and images": [
        answer(6, [entry(4, "0.3.1", 6)], "0.3.1", images=[IMAGE + "1.4.0"]), answer(7, [entry(4, "0.3.1", 6)], "0.3.1"),
        answer(8, [entry(4, "0.3.1", 6), entry(5, "0.3.2", 8)], "0.3.2", images=[IMAGE + "1.5.0"])],
    "hydrated": [hydrated(answer(6, [first, second], B), B, D), hydrated(answer(7, [first, second], C), C, E),
                 hydrated(answer(8, [first, second, third], C), C, E)],
    "one time": [answer(6, [first], B, generation=7), answer(6, [first, second], B, generation=8)],
    "no generation": [answer(5, [first], B, hour=23), answer(5, [first, second], B, hour=23)],
}


def stored(folder, groups):
    write(folder, {f"{name}.json": json.dumps(one) for group in groups for name, one in group.items()})
    for group in groups:
        done = tidemark("import", "--into", "content/runs", *[f"{name}.json" for name in group], cwd=folder)
        assert done.code == 0, done.err
    return api(folder)


def api(folder):
    """All that the site says in JSON, but of the build itself."""
    done = tidemark("build", "--as-of", "2026-12-01T00:00:00Z", cwd=folder)
    assert done.code == 0, done.err
    root = folder / "public/api/v1"
    return {str(file.relative_to(root)): json.loads(file.read_text()) for file in root.rglob("*.json")
            if file.name != "build.json" and "schemas" not in file.parts}


def groupings(answers):
    """All orders, each answer alone; and all pairs in one import, before and after the third."""
    for order in itertools.permutations(answers):
        yield [dict([one]) for one in order]
        if len(order) > 2 and order[0][0] < order[1][0]:
            yield [dict(order[:2]), dict(order[2:])]
            yield [dict(order[2:]), dict(order[:2])]


@pytest.mark.parametrize("story", STORIES)
def test_answers_about_an_application_say_the_same_in_whichever_order_they_are_imported(story, tmp_path):
    answers = [(f"at-{n}", one) for n, one in enumerate(STORIES[story])]
    both = tmp_path / "both"
    write(both, {f"content/runs/{name}.json": json.dumps(one) for name, one in answers})
    expected = api(both)
    for number, groups in enumerate(groupings(answers)):
        assert stored(tmp_path / str(number), groups) == expected, [list(group) for group in groups]
    # What is built does not hang on the names of files either.
    for number, order in enumerate(itertools.permutations(STORIES[story])):
        other = tmp_path / f"build-{number}"
        write(other, {f"content/runs/at-{n}.json": json.dumps(one) for n, one in enumerate(order)})
        assert api(other) == expected, number


def service(folder, story):
    write(folder, {f"content/runs/at-{n}.json": json.dumps(one) for n, one in enumerate(STORIES[story])})
    return api(folder)


def test_what_a_revision_was_is_what_the_answers_of_its_time_said(tmp_path):
    chart = service(tmp_path / "chart", "a chart and images")["services/ledger/production/deployments.json"]
    assert sorted(one["version"] for one in chart["deployments"]) == ["1.4.0", "1.5.0"]
    hydrated = service(tmp_path / "hydrated", "hydrated")["services/ledger/production/deployments.json"]
    assert sorted(one["commit"] for one in hydrated["deployments"]) == sorted([A, D, E])


@pytest.mark.parametrize("story, state, raw", [
    ("sick", "failed", "Degraded"), ("well again", "succeeded", "Healthy"), ("progressing", "running", "Progressing")])
def test_the_health_is_that_of_the_newest_answer(story, state, raw, tmp_path):
    answers = [{f"at-{n}": one} for n, one in enumerate(STORIES[story])]
    for number, groups in enumerate((answers, answers[::-1])):
        runs = stored(tmp_path / str(number), groups)["runs/ledger.json"]["runs"]
        told = [step for run in runs for step in run["steps"] if step["name"] == "Health"]
        assert [(step["state"], step["stateRaw"]) for step in told] == [(state, raw)]


@pytest.mark.parametrize("story, waits", [("synced", []), ("another", [C[:12]]), ("reverted", []), ("back and forth", [B[:12]]),
                                          ("forth and back", []), ("running", []), ("never synced before", [])])
def test_a_store_waits_for_what_the_newest_answer_says(story, waits, tmp_path):
    answers = [{f"at-{n}": one} for n, one in enumerate(STORIES[story])]
    pending = stored(tmp_path, answers[::-1])["pending.json"]["waiting"]
    assert [one["version"] for one in pending] == waits
