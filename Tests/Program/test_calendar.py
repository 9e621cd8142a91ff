"""calendar.ics: freezes and maintenance, read by a real parser of calendars."""
import datetime

from icalendar import Calendar

from conftest import AS_OF, tidemark, write

CONFIG = """
site: {name: "Shop; a, b", id: shop, timezone: Europe/Berlin}
environments: [{key: staging}, {key: production}]
freezes:
  - {from: 2026-12-20, to: 2027-01-04, environments: [production], reason: "Holidays, for all; 🎄🎄🎄🎄🎄🎄🎄🎄🎄🎄🎄🎄🎄🎄🎄🎄🎄🎄🎄🎄🎄🎄🎄🎄🎄🎄🎄🎄🎄🎄🎄🎄🎄🎄🎄", kind: freeze}
  - {from: "2026-02-15T02:00:00Z", to: "2026-02-15T05:00:00Z", kind: maintenance}
"""


def read(folder, output="public"):
    return (folder / output / "calendar.ics").read_bytes()


def test_a_calendar_reads_it(tmp_path):
    write(tmp_path, {"content/tidemark.yml": CONFIG})
    assert tidemark("build", "--as-of", AS_OF, cwd=tmp_path).code == 0
    data = read(tmp_path)
    assert data.endswith(b"\r\n") and all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")
    calendar = Calendar.from_ical(data)
    # The parser leaves a name that no standard has as it is written.
    assert str(calendar["X-WR-CALNAME"]) == "Shop\\; a\\, b"
    freeze, maintenance = calendar.walk("VEVENT")
    # Whole days of the site's zone; the end is the first day after.
    assert freeze.decoded("DTSTART") == datetime.date(2026, 12, 20) and freeze.decoded("DTEND") == datetime.date(2027, 1, 5)
    assert str(freeze["SUMMARY"]) == "Freeze of production: Holidays, for all; " + "🎄" * 35
    assert maintenance.decoded("DTSTART") == datetime.datetime(2026, 2, 15, 2, tzinfo=datetime.timezone.utc)
    assert maintenance.decoded("DTEND") == datetime.datetime(2026, 2, 15, 5, tzinfo=datetime.timezone.utc)
    assert str(maintenance["SUMMARY"]) == "Maintenance of all environments"
    assert len({str(event["UID"]) for event in (freeze, maintenance)}) == 2


def test_it_says_the_same_on_any_day(tmp_path):
    write(tmp_path, {"content/tidemark.yml": CONFIG})
    tidemark("build", "--as-of", AS_OF, cwd=tmp_path)
    tidemark("build", "--as-of", "2027-06-01T00:00:00Z", "--output", "later", cwd=tmp_path)
    assert read(tmp_path) == read(tmp_path, "later")


def test_without_freezes_it_is_empty_and_whole(tmp_path):
    write(tmp_path, {"content/tidemark.yml": "site: {name: a}\n"})
    tidemark("build", "--as-of", AS_OF, cwd=tmp_path)
    assert Calendar.from_ical(read(tmp_path)).walk("VEVENT") == []
