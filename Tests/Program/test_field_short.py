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
        [{"environment": "production", "arrivedAt": None, "leftAt": None, "deployment": "8-production"}]
    ]
    entries = undated.changelog("api", "production")["entries"]
    assert [(e["id"], e["kind"], e["at"]) for e in entries] == [("8-production", "first", None)]
    assert undated.metrics("api", "production")["deployments"]["count"] == 0


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
