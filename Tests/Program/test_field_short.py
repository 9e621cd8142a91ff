"""What public reports showed to be wrong: environments that end, times that nobody knows, commits for notes (Tests/Program/field)."""
import json
import re

import pytest

from conftest import tidemark
from field import Built, build


def built(folder, records, as_of="2026-06-01", configuration="", notes=None):
    """A site of canonical records, of a configuration and of notes by file."""
    (folder / "content/runs").mkdir(parents=True)
    (folder / "content/runs/runs.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))
    if configuration:
        (folder / "content/tidemark.yml").write_text(configuration)
    for name, text in (notes or {}).items():
        (folder / "content" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "content" / name).write_text(text)
    done = tidemark("build", "--as-of", f"{as_of}T00:00:00Z", cwd=folder)
    return Built(folder, done)


def run(id, version, at=None, environment="production", **rest):
    """A run that deployed a version of `api`."""
    times = {"startedAt": at, "finishedAt": at} if at else {}
    deployment = {"environment": environment, **rest.pop("deployment", {})}
    return {"id": id, "service": "api", "version": version, "state": "succeeded", **times, "deployments": [deployment], **rest}


def words(html):
    """The text of a page, in one line."""
    return re.sub(r" ([,.:;])", r"\1", " ".join(re.sub(r"<[^>]*>", " ", html).split()))


# MARK: A success without a time

@pytest.fixture(scope="module")
def undated(tmp_path_factory):
    return build("success-without-time", tmp_path_factory.mktemp("undated"), "2026-06-01")


def test_a_success_without_a_time_runs_since_nobody_knows_when(undated):
    cell = undated.cell("api", "production")
    assert cell["state"] == "current"
    assert {key: cell["current"][key] for key in ["version", "since", "kind"]} == {"version": "1.20.0", "since": None, "kind": "first"}
    assert [r["arrivals"] for r in undated.releases("api")] == [
        [{"environment": "production", "arrivedAt": None, "leftAt": None, "deployment": "8-production", "targets": []}]
    ]
    entries = undated.changelog("api", "production")["entries"]
    assert [(e["id"], e["kind"], e["at"]) for e in entries] == [("8-production", "first", None)]
    assert undated.metrics("api", "production")["deployments"]["count"] == 0


@pytest.mark.parametrize("records", [
    [{"id": "1", "service": "api", "version": "1.0.0", "state": "succeeded", "finishedAt": "noon", "deployments": [{"environment": "p"}]}],
    [{"id": "1", "service": "api", "version": "1.0.0", "state": "succeeded", "deployments": [{"environment": "p", "finishedAt": "noon"}]}],
    [{"id": "1", "service": "api", "version": "1.0.0", "state": "succeeded", "steps": [{"key": "s", "name": "s", "finishedAt": "noon"}],
      "deployments": [{"environment": "p", "step": "s"}]}],
    [{"kind": "deployment", "id": "1", "service": "api", "version": "1.0.0", "state": "succeeded", "environment": "p", "startedAt": "noon"}],
    [{"id": 5, "sha": "e" * 40, "ref": "main", "environment": "p", "created_at": "noon", "repository_url": "https://api.github.com/repos/a/api"},
     {"id": 6, "state": "success", "deployment_url": "https://api.github.com/repos/a/api/deployments/5", "environment": "p", "created_at": "noon"}],
])
def test_a_time_that_cannot_be_read_is_told_once(records, tmp_path):
    done = built(tmp_path, records).outcome
    faults = [line for line in done.err.splitlines() if ": warning: " in line]
    assert len(faults) == done.err.count("is \"noon\"") > 0, done.stderr


def test_no_page_no_address_and_no_text_is_of_1970(undated):
    for path in sorted(p for p in undated.public.rglob("*") if p.is_file()):
        assert "1970" not in path.name
        text = path.read_bytes().decode(errors="replace")
        if "schemas" not in path.parts and "assets" not in path.parts:
            assert "1970" not in text, path


@pytest.mark.parametrize("page, says", [
    ("index.html", "live, time not known"),
    ("environments/production.html", "Live since time not known"),
    ("environments/production/changelog.html", "api 1.20.0 since when is not known"),
    ("environments/production/changelog/undated.html", "time not known"),
    ("environments/production/history/undated.html", "History of production, time not known"),
    ("services/api.html", "time not known"),
    ("releases/api/1.20.0.html", "arrived, time not known"),
    ("audit/undated.html", "time not known"),
])
def test_every_page_says_that_the_time_is_not_known(undated, page, says):
    assert says in words(undated.html(page))


def test_a_feed_leaves_out_what_it_cannot_date(undated):
    for name in ["feed.json", "environments/production/feed.json"]:
        assert json.loads(undated.html(name))["items"] == []
    assert "<entry>" not in undated.html("feed.atom")


def test_what_is_dated_contradicts_what_is_not(tmp_path):
    site = built(tmp_path, [run("9", "1.21.0"), run("8", "1.20.0", "2026-05-01T10:00:00Z")])
    cell = site.cell("api", "production")
    assert (cell["state"], cell["current"]["version"], cell["current"]["since"]) == ("current", "1.20.0", "2026-05-01T10:00:00Z")
    # Whether 1.21.0 was there before nobody knows: that is no rollback.
    assert (cell["current"]["kind"], cell["previous"], cell["flags"]) == ("first", None, [])


def test_an_undated_success_of_an_older_version_stands_before_what_is_dated(tmp_path):
    site = built(tmp_path, [run("7", "1.19.0"), run("8", "1.20.0", "2026-05-01T10:00:00Z")])
    cell = site.cell("api", "production")
    assert (cell["current"]["version"], cell["current"]["kind"], cell["previous"]["version"]) == ("1.20.0", "upgrade", "1.19.0")
    assert [(e["to"], e["at"]) for e in site.changelog("api", "production")["entries"]] == [
        ("1.20.0", "2026-05-01T10:00:00Z"), ("1.19.0", None)
    ]


def test_of_two_versions_that_nobody_dates_or_numbers_it_is_unknown_which_runs(tmp_path):
    site = built(tmp_path, [run("b", "1.20.0"), run("a", "1.21.0")])
    cell = site.cell("api", "production")
    assert (cell["state"], cell["current"]) == ("unknown", None)
    assert "1.20.0 or 1.21.0: no record says when they came" in words(site.html("index.html"))


def test_of_two_undated_runs_of_one_pipeline_the_higher_number_runs(tmp_path):
    site = built(tmp_path, [run("b", "1.20.0", number=8), run("a", "1.21.0", number=9)])
    cell = site.cell("api", "production")
    assert (cell["state"], cell["current"]["version"], cell["previous"]["version"]) == ("current", "1.21.0", "1.20.0")


def test_what_waits_since_nobody_knows_when_has_no_age(tmp_path):
    site = built(tmp_path, [
        run("7", "1.19.0", "2026-05-01T10:00:00Z"), run("8", "1.20.0", environment="staging"),
        run("6", "1.18.0", "2026-04-01T10:00:00Z", environment="development"),
    ])
    cell = site.cell("api", "production")
    assert cell["behind"] == {"releases": ["1.20.0"], "oldestSince": None}


# MARK: Figures

def test_figures_carry_no_noise_of_binary_fractions(tmp_path):
    times = ["2026-05-01T10:00:00.1Z", "2026-05-02T10:00:00.2Z", "2026-05-05T10:00:00.4Z"]
    records = [run(str(n), f"1.{n}.0", at, commit={"sha": f"{n + 1}" * 12, "committedAt": "2026-04-30T09:59:59.7Z"}) for n, at in enumerate(times)]
    records[2]["deployments"][0]["rollbackOf"] = "1-production"
    site = built(tmp_path, records)
    figures = site.metrics("api", "production")
    assert figures["deployments"]["perDay"] == 0.033333
    assert figures["deployments"]["perWeek"] == 0.233333
    assert figures["deployments"]["medianGapSeconds"] == 172800.15
    assert figures["leadTime"]["medianSeconds"] == 172800.5
    assert figures["changeFailRate"]["rate"] == 0.333333
    text = (site.public / "api/v1/metrics.json").read_text()
    assert not re.findall(r"\d\.\d{7,}", text)


# MARK: Freezes

def test_a_freeze_spans_the_hour_that_the_clock_has_twice(tmp_path):
    site = build("freeze-over-the-clock-change", tmp_path, "2026-11-01")
    audit = site.api("audit/2026-10.json")["changes"][0]
    assert [f["reason"] for f in audit["freezes"]] == ["Autumn day", "The double hour"]
    assert [(f["from"], f["to"]) for f in audit["freezes"]] == [
        ("2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"), ("2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z")
    ]
    calendar = site.html("calendar.ics").replace("\r\n", "\n")
    spans = re.findall(r"DTSTART[^:]*:(\S+)\nDTEND[^:]*:(\S+)", calendar)
    assert ("20261025T003000Z", "20261025T013000Z") in spans


# MARK: The end of an environment

def test_gitlab_says_that_an_environment_was_stopped(tmp_path):
    site = build("gitlab-stopped-review", tmp_path, "2026-03-01")
    assert site.cell("oven", "review/door")["state"] == "removed"
    production = site.cell("oven", "production")
    assert (production["state"], production["current"]["version"]) == ("current", "a1a1a1a1a1a1")
    assert production["behind"] == {"releases": [], "oldestSince": None}
    summary = site.api("summary.json")
    assert summary["pending"] == []
    assert {e["key"]: e["shortLived"] for e in summary["environments"]} == {"production": False, "review/door": True}
    dashboard = words(site.html("index.html"))
    assert "review/door" not in dashboard and "Short-lived" in dashboard
    page = words(site.html("short-lived.html"))
    assert "0 in use, 1 ended." in page
    assert "review/door oven removed; it ran b2b2b2b2b2b2" in page


REVIEW = "review/door"


def outcome(site, environment=REVIEW):
    cell = site.cell("api", environment)
    return cell["state"], cell["current"] and cell["current"]["version"], cell["previous"] and cell["previous"]["version"]


@pytest.mark.parametrize("ends, state", [
    ({"environment": {"name": REVIEW, "state": "stopped"}}, ("removed", None, "1.1.0")),
    ({"environment": {"name": "preview-7", "shortLived": True, "state": "stopped"}}, ("removed", None, "1.1.0")),
    ({"environment": {"name": REVIEW}, "inactive": True}, ("removed", None, "1.1.0")),
    ({"environment": {"name": REVIEW, "state": "available"}}, ("current", "1.1.0", None)),
    ({"environment": {"name": "canary", "state": "stopped"}}, ("removed", None, "1.1.0")),
    ({"environment": {"name": "canary"}, "inactive": True}, ("unknown", None, None)),
])
def test_a_record_says_how_it_ended(tmp_path, ends, state):
    site = built(tmp_path, [run("5", "1.1.0", "2026-05-01T10:00:00Z", deployment=ends), run("4", "1.0.0", "2026-04-01T10:00:00Z")])
    assert outcome(site, ends["environment"]["name"]) == state
    production = site.cell("api", "production")
    assert (production["behind"]["releases"], production["current"]["version"]) == ([], "1.0.0")


def test_what_comes_after_the_end_is_live_again(tmp_path):
    stopped = {"environment": {"name": REVIEW, "state": "stopped"}}
    site = built(tmp_path, [
        run("5", "1.1.0", "2026-05-01T10:00:00Z", deployment=stopped), run("6", "1.2.0", "2026-05-02T10:00:00Z", environment=REVIEW),
    ])
    assert outcome(site) == ("current", "1.2.0", "1.1.0")
    assert "review/door api 1.2.0 Sat 2 May 2026 10:00 30 d 14 h" in words(site.html("short-lived.html"))


def test_an_inactive_success_with_a_newer_one_is_history(tmp_path):
    site = built(tmp_path, [
        run("5", "1.1.0", "2026-05-01T10:00:00Z", deployment={"inactive": True}), run("6", "1.2.0", "2026-05-02T10:00:00Z"),
    ])
    assert outcome(site, "production") == ("current", "1.2.0", "1.1.0")


def test_the_dashboard_says_why_it_is_unknown_what_runs(tmp_path):
    site = built(tmp_path, [run("5", "1.1.0", "2026-05-01T10:00:00Z", deployment={"inactive": True})])
    assert "1.1.0 is not active any more, and nothing newer is recorded" in words(site.html("index.html"))


def test_the_configuration_names_patterns_and_lists_what_is_no_review(tmp_path):
    configuration = """environments:
  - {key: staging}
  - {match: ["pr-*", "demo/*"], short-lived: true}
  - {key: review/main}
  - {key: trial, short-lived: true}
  - {key: production}
"""
    environments = ["staging", "pr-7", "Demo/A", "review/main", "review/b", "trial", "production"]
    site = built(tmp_path, [
        run(str(n), f"1.{n}.0", f"2026-05-0{n + 1}T10:00:00Z", environment=e) for n, e in enumerate(environments)
    ], configuration=configuration)
    summary = site.api("summary.json")
    assert [(e["key"], e["shortLived"]) for e in summary["environments"]] == [
        ("staging", False), ("review/main", False), ("trial", True), ("production", False),
        ("review/b", True), ("demo/a", True), ("pr-7", True),
    ]
    # Before production comes what is listed before it and is no short-lived one.
    assert site.cell("api", "production")["behind"]["releases"] == []
    assert {p["environment"]: p["upstream"] for p in summary["pending"]} == {}
    assert [c for c in site.outcome.err.splitlines() if "error" in c and "0 errors" not in c] == []


def test_a_page_of_short_lived_environments_only_where_there_are_some(tmp_path):
    site = built(tmp_path, [run("5", "1.1.0", "2026-05-01T10:00:00Z")])
    assert not (site.public / "short-lived.html").exists()
    assert "Short-lived" not in site.html("index.html")


def test_short_lived_environments_are_on_one_list_with_all_that_is_known(tmp_path):
    record = run("5", "1.1.0", "2026-05-01T10:00:00Z", environment={"name": "review/door", "url": "https://door.example.org"},
                 ref={"name": "door", "type": "pull_request", "pullRequest": "41"}, actor={"name": "tomo"})
    site = built(tmp_path, [record, run("4", "1.0.0", "2026-04-01T10:00:00Z")])
    row = words(site.html("short-lived.html"))
    assert "review/door api 1.1.0 Fri 1 May 2026 10:00 pull request 41 30 d 14 h tomo https://door.example.org" in row
    assert site.metrics("api", None)["deployments"]["count"] == 1
    assert [i["title"] for i in json.loads(site.html("feed.json"))["items"]] == ["api 1.0.0 in production"]


GITHUB = {"sha": "b" * 40, "ref": "door", "task": "deploy", "creator": {"login": "runa", "type": "User"},
          "url": "https://api.github.com/repos/acorn/shed/deployments/7"}


@pytest.mark.parametrize("transient, environment, state", [
    (True, "pr-41", ("removed", None)), (False, "production", ("unknown", None)), (False, "review/pr-41", ("removed", None)),
])
def test_github_says_inactive_last(tmp_path, transient, environment, state):
    (tmp_path / "content/runs").mkdir(parents=True)
    deployment = {"id": 7, "environment": environment, "transient_environment": transient, "created_at": "2026-05-01T10:00:00Z",
                  "updated_at": "2026-05-04T10:00:00Z", **GITHUB}
    statuses = [{"id": n, "state": s, "created_at": f"2026-05-0{n}T10:05:00Z",
                 "deployment_url": "https://api.github.com/repos/acorn/shed/deployments/7"} for n, s in [(1, "success"), (4, "inactive")]]
    (tmp_path / "content/runs/deployments.json").write_text(json.dumps([deployment]))
    (tmp_path / "content/runs/statuses.json").write_text(json.dumps(statuses))
    done = tidemark("build", "--as-of", "2026-06-01T00:00:00Z", cwd=tmp_path)
    site = Built(tmp_path, done)
    cell = site.cell("shed", environment)
    assert (cell["state"], cell["current"]) == state
    [told] = list((site.public / "api/v1/services/shed").glob("*/deployments.json"))
    told = json.loads(told.read_text())["deployments"]
    assert [(d["id"], d["state"], d["finishedAt"]) for d in told] == [("7", "succeeded", "2026-05-01T10:05:00Z")]


def test_cdevents_say_that_an_environment_was_deleted(tmp_path):
    (tmp_path / "content/runs").mkdir(parents=True)

    def event(kind, day, content, subject="pr-41"):
        return {"context": {"version": "0.4.1", "id": f"{kind}-{day}", "source": "/ci", "type": f"dev.cdevents.{kind}.0.2.0",
                            "timestamp": f"2026-05-0{day}T10:00:00Z"},
                "subject": {"id": subject, "source": "/ci", "content": content}}

    events = [
        event("environment.created", 1, {"name": "preview of 41", "url": "https://41.example.org"}),
        event("service.deployed", 2, {"environment": {"id": "pr-41", "source": "/ci"}, "artifactId": "pkg:oci/shed@1.4.0"}, "shed"),
        event("environment.deleted", 3, {}),
    ]
    (tmp_path / "content/runs/events.jsonl").write_text("".join(json.dumps(e) + "\n" for e in events))
    site = Built(tmp_path, tidemark("build", "--as-of", "2026-06-01T00:00:00Z", cwd=tmp_path))
    assert [c["state"] for c in site.api("summary.json")["cells"]] == ["removed"]
    assert site.api("build.json")["records"] == {"rendered": 3, "skipped": 0, "error": 0}


# MARK: Commits for notes

CHANGES = [
    {"sha": "1" * 40, "message": "feat(door)!: open both ways\n\nlong words"}, {"sha": "2" * 40, "message": "fix: no draught"},
    {"sha": "3" * 40, "message": "Merge branch 'main'"}, {"sha": "4" * 40, "message": "fix: no draught"},
    {"sha": "5" * 40, "message": "<img src=x onerror=alert(1)> [x](javascript:alert(1))"},
]


def described(folder, configuration=""):
    return built(folder, [
        run("1", "1.0.0", "2026-05-01T10:00:00Z"),
        run("2", "1.1.0", "2026-05-02T10:00:00Z", changes=CHANGES), run("3", "1.2.0", "2026-05-03T10:00:00Z", environment="staging",
                                                                         changes=[{"sha": "6" * 40, "message": "Warm it"}]),
    ], notes={"releases/api/1.0.0.md": "- first"}, configuration=configuration)


@pytest.fixture(scope="module")
def commits(tmp_path_factory):
    return described(tmp_path_factory.mktemp("commits"))


ALL = ("Nobody wrote notes for 1.1.0. These are its commits: Breaking door: open both ways Fixes no draught "
       "Other commits &lt;img src=x onerror=alert(1)&gt; [x](javascript:alert(1))")


@pytest.mark.parametrize("page", ["environments/production/changelog.html", "releases/api/1.1.0.html"])
def test_a_version_without_notes_shows_its_commits(commits, page):
    assert ALL in words(commits.html(page))
    assert 'href="javascript:' not in commits.html(page) and "<img src=x" not in commits.html(page)


@pytest.mark.parametrize("page", ["environments/production/changelog.html", "compare/api/staging...production.html"])
def test_what_is_pending_shows_its_commits(commits, page):
    assert "Nobody wrote notes for 1.2.0. These are its commits: Warm it" in words(commits.html(page))


def test_json_goes_on_to_say_that_notes_are_missing(commits):
    entries = commits.changelog("api", "production")["entries"]
    assert [(e["to"], e["includes"], e["missingNotes"]) for e in entries] == [
        ("1.1.0", [], ["1.1.0"]), ("1.0.0", ["1.0.0"], [])
    ]


def test_the_feed_has_the_commits(commits):
    entry = next(i for i in json.loads(commits.html("feed.json"))["items"] if "1.1.0" in i["title"])
    assert entry["content_html"].endswith(
        "<h3>1.1.0</h3><p>Nobody wrote notes for 1.1.0. These are its commits:</p><h4>Breaking</h4><ul><li>door: open both ways</li></ul>"
        "<h4>Fixes</h4><ul><li>no draught</li></ul>"
        "<h4>Other commits</h4><ul><li>&lt;img src=x onerror=alert(1)&gt; [x](javascript:alert(1))</li></ul>")


def test_notes_print_the_commits(commits):
    told = tidemark("notes", "--service", "api", "--to", "1.1.0", cwd=commits.folder)
    assert told.out == (
        "# api 1.1.0\n\n## 1.1.0\n\nNobody wrote notes. These are its commits:\n\n### Breaking\n\n- door: open both ways\n\n"
        "### Fixes\n\n- no draught\n\n### Other commits\n\n"
        "- \\<img src=x onerror=alert\\(1\\)\\> \\[x\\]\\(javascript:alert\\(1\\)\\)\n")
    told = tidemark("notes", "--service", "api", "--to", "1.1.0", "--format", "json", cwd=commits.folder)
    [release] = json.loads(told.out)["notes"][0]["releases"]
    assert (release["text"], [(c["kind"], c["text"]) for c in release["commits"]][:2]) == (
        None, [("breaking", "door: open both ways"), ("fixes", "no draught")])


def test_the_configuration_says_that_commits_are_no_notes(tmp_path):
    site = described(tmp_path, "notes: {from-commits: false}\n")
    assert "These are its commits" not in site.html("environments/production/changelog.html")
    told = tidemark("notes", "--service", "api", "--to", "1.1.0", cwd=tmp_path)
    assert told.out == "# api 1.1.0\n\nWithout notes: 1.1.0\n"
