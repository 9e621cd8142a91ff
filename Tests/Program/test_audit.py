"""The audit of production, read back from the built site by other tools."""
import csv
import io
import json

from conftest import tree


def gate(state="approved", by="cy", comment=None):
    return {"key": "g", "kind": "human", "state": state, "environment": "production", "requestedAt": "2026-03-10T08:00:00Z",
            "decisions": [{"by": by, "at": "2026-03-10T08:30:00Z", "decision": state, "comment": comment}] if by else []}


def run(number, day, gates, **more):
    at = f"2026-03-{day:02}T"
    deployment = {"environment": {"name": "production", "tier": "production"}, "startedAt": at + "09:00:00Z", "finishedAt": at + "10:00:00Z"}
    return {"service": "shop", "repository": "acme/shop", "id": str(number), "number": number, "state": "succeeded",
            "url": f"https://ci.example.com/{number}", "createdAt": at + "07:00:00Z", "version": f"1.{number}.0",
            "commit": {"sha": f"{number:040x}", "author": "bo"}, "actor": {"name": "ana", "kind": "human"}, "gates": gates,
            "deployments": [deployment], **more}


def content(runs, configuration=""):
    return {"content/runs/a.json": json.dumps(runs), "content/tidemark.yml": "site: {name: A, timezone: Europe/Berlin}\n" + configuration}


STORY = [
    run(1, 10, [gate()]),
    run(2, 11, [gate(by="ana")]),
    run(3, 12, [gate("rejected", by="cy")]),
    run(4, 13, []),
    run(5, 14, [gate(by=None)]),
    run(6, 15, [gate(by="renovate[bot]")]),
]
FLAGS = {"1": [], "2": ["self-approval"], "3": ["missing-approval", "bypassed", "freeze"], "4": ["missing-approval"],
         "5": ["not-recorded"], "6": ["missing-approval"]}
FREEZE = 'freezes: [{from: "2026-03-12T09:59:00Z", to: "2026-03-12T12:00:00Z", environments: [production], reason: "quarter close"}]\n' \
         "environments: [{key: production, tier: production, gate: manual}]\n"


def test_the_three_forms_tell_the_same(site):
    site.write(content(STORY, FREEZE))
    assert site.build("--strict").code == 0
    audit = json.loads((site.public / "audit/2026-03.json").read_text())
    assert (site.public / "audit/2026-03.json").read_bytes() == (site.public / "api/v1/audit/2026-03.json").read_bytes()
    assert {change["run"]: change["flags"] for change in audit["changes"]} == FLAGS
    assert [change["run"] for change in audit["changes"]] == ["6", "5", "4", "3", "2", "1"], "newest first"
    assert audit["counts"] == {"changes": 6, "flagged": 5, "flags": {
        "self-approval": 1, "missing-approval": 3, "bypassed": 1, "freeze": 1, "not-recorded": 1}}
    page = (site.public / "audit/2026-03.html").read_text()
    assert "5 flagged: 1 self-approved, 3 without approval, 1 past a closed gate, 1 in a freeze, 1 with records too incomplete to judge. 1 without a flag." in page
    with (site.public / "audit/2026-03.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {row["run"]: row["flags"].split() for row in rows} == FLAGS
    assert rows[3]["decisions"] == "rejected by cy at 2026-03-10T08:30:00Z" and rows[3]["freezes"].endswith(": quarter close")
    assert rows[5]["page"] == "deployments/shop/1-production.html" and rows[5]["run_address"] == "https://ci.example.com/1"


def test_a_month_is_that_of_the_sites_zone_and_later_months_leave_its_files_alone(site):
    late = run(7, 31, [gate()])
    late["deployments"][0]["finishedAt"] = "2026-03-31T22:30:00Z"  # 00:30 on 1 April in Berlin
    site.write(content(STORY, FREEZE))
    site.build()
    before = tree(site.public / "audit")
    site.write(content(STORY + [late], FREEZE))
    site.build()
    after = tree(site.public / "audit")
    assert set(after) - set(before) == {"2026-04.html", "2026-04.csv", "2026-04.json"}
    assert [name for name in before if before[name] != after[name]] == []


def test_a_csv_of_hostile_text_holds_no_formula_and_reads_back(site):
    texts = ["=HYPERLINK(\"http://evil.example\",\"x\")", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "a\r\n\"b\",c", "\u202e\u0000x"]
    runs = [run(n, 10, [gate(by=text, comment=text)], actor={"name": text}, version=text) for n, text in enumerate(texts, 1)]
    site.write(content(runs, FREEZE))
    assert site.build().code in (0, 1)
    data = (site.public / "audit/2026-03.csv").read_bytes()
    assert data.startswith(b"at,service,") and data.endswith(b"\r\n") and b"\x00" not in data
    rows = list(csv.reader(io.StringIO(data.decode(), newline=""), strict=True))
    assert len(rows) == len(texts) + 1 and {len(row) for row in rows} == {25}
    assert not [cell for row in rows for cell in row if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]
    assert sum(cell.startswith("'") for row in rows for cell in row) >= 6
