"""What a build writes, leaves alone and removes."""
import fcntl
import os
import random
import shutil

import pytest

from conftest import AS_OF, ROOT, tidemark, tree, write

RUN = '{"service": "shop", "id": "%d", "state": "succeeded", "version": "1.%d.0", "finishedAt": "2026-03-0%dT10:00:00Z",' \
    ' "deployments": ["%s"]}\n'.replace('["%s"]', '[{"environment": "%s"}]')


def records(*days, environment="staging"):
    return "".join(RUN % (day, day, day, environment) for day in days)


def test_a_second_build_of_the_same_content_writes_nothing(site):
    site.write({"content/runs/a.jsonl": records(1, 2)})
    assert site.build().code == 0
    before = {p: p.stat().st_mtime_ns for p in site.public.rglob("*")}
    second = site.build("--json")
    assert second.json["changed"] == 0 and second.json["removed"] == 0 and second.json["pages"] > 10
    assert {p: p.stat().st_mtime_ns for p in site.public.rglob("*")} == before


def test_one_added_run_changes_a_handful_of_pages(site):
    site.write({"content/runs/a.jsonl": records(*range(1, 6))})
    first = site.build("--json").json
    site.write({"content/runs/b.jsonl": records(6)})
    second = site.build("--json").json
    assert second["pages"] > first["pages"]
    past = [p for p in tree(site.public) if p.startswith(("runs/", "deployments/"))]
    assert len(past) == 12
    assert second["changed"] < second["pages"] / 2


def test_pages_that_are_no_longer_planned_are_removed_and_nothing_else(site):
    site.write({"content/runs/a.jsonl": records(1), "content/runs/b.jsonl": records(2, environment="production")})
    site.build()
    site.write({"public/mine/notes.txt": "mine", "public/environments/mine.txt": "mine"})
    assert (site.public / "environments/production.html").exists()
    (site.folder / "content/runs/b.jsonl").unlink()
    result = site.build("--json").json
    assert result["removed"] > 0
    assert not (site.public / "environments/production.html").exists()
    assert not (site.public / "environments/production").exists(), "a folder that became empty goes too"
    assert (site.public / "mine/notes.txt").read_text() == "mine"
    assert (site.public / "environments/mine.txt").read_text() == "mine"


def test_a_foreign_file_in_the_way_is_not_touched_and_stops_the_build(site):
    site.write({"content/runs/a.jsonl": records(1), "public/index.html": "<h1>Mine</h1>"})
    done = site.build()
    assert done.code == 73
    assert "public/index.html: error: this file was not written by Tidemark" in done.err
    assert tree(site.public) == {"index.html": b"<h1>Mine</h1>"}


def test_a_lost_manifest_is_made_again_where_the_bytes_are_the_same(site):
    site.write({"content/runs/a.jsonl": records(1)})
    site.build()
    (site.public / ".tidemark-manifest").unlink()
    assert site.build().code == 0
    assert "index.html" in (site.public / ".tidemark-manifest").read_text()


def test_a_manifest_that_names_files_outside_removes_nothing_there(site):
    site.write({"content/runs/a.jsonl": records(1), "keep.txt": "keep", "content/runs/keep.jsonl": records(2)})
    site.build()
    manifest = site.public / ".tidemark-manifest"
    manifest.write_text(manifest.read_text() + "../keep.txt\n" + f"{site.folder}/keep.txt\n" + "..\n" + "a/../../keep.txt\n")
    assert site.build().code == 0
    assert (site.folder / "keep.txt").read_text() == "keep"


def test_a_link_out_of_the_output_folder_is_not_followed(site):
    site.write({"content/runs/a.jsonl": records(1), "elsewhere/staging.html": "mine"})
    site.public.mkdir()
    (site.public / "environments").symlink_to(site.folder / "elsewhere")
    done = site.build()
    assert done.code == 73
    assert tree(site.folder / "elsewhere") == {"staging.html": b"mine"}


def test_a_build_that_was_killed_is_finished_by_the_next(site):
    site.write({"content/runs/a.jsonl": records(1)})
    site.build()
    whole = tree(site.public)
    # What a kill leaves: the manifest names all, some pages are missing, some are of another build.
    (site.public / "status.txt").unlink()
    (site.public / "index.html").write_text("half")
    (site.public / "feed.atom.tidemark-new").write_text("half")
    assert site.build().code == 0
    assert {k: v for k, v in tree(site.public).items() if k in whole} == whole


def test_a_second_build_into_the_same_folder_is_refused_while_one_runs(site):
    site.write({"content/runs/a.jsonl": records(1)})
    site.build()
    lock = os.open(site.public, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = site.build()
    finally:
        os.close(lock)
    assert done.code == 75
    assert "another build is writing to 'public'" in done.err


def test_an_output_that_cannot_be_written_says_so(site):
    site.write({"content/runs/a.jsonl": records(1), "public": "a file"})
    done = site.build()
    assert done.code == 73
    assert done.err.startswith("public: error: it cannot be written: ")


def test_the_output_may_not_lie_in_the_content(site):
    site.write({"content/runs/a.jsonl": records(1)})
    (site.folder / "content/public").mkdir()
    done = site.build("--output", "content/public")
    assert done.code == 65 and "hold one another" in done.err


def test_strict_publishes_nothing_where_there_is_a_warning(site):
    site.write({"content/runs/a.jsonl": records(1), "content/tidemark.yml": "sight:\n  name: A\n"})
    done = site.build("--strict")
    assert done.code == 1 and "nothing published" in done.err
    assert not site.public.exists()
    assert site.build().code == 0


def test_jobs_and_the_order_of_files_do_not_change_a_byte(tmp_path):
    """The example with its record files cut into lines, shuffled and dealt to files of other names."""
    one = tidemark("build", "--as-of", AS_OF, "--jobs", "1", "--output", tmp_path / "one")
    many = tidemark("build", "--as-of", AS_OF, "--jobs", "16", "--output", tmp_path / "many")
    assert one.code == 0 and many.code == 0
    assert tree(tmp_path / "one") == tree(tmp_path / "many")
    content = tmp_path / "content"
    shutil.copytree(ROOT / "content", content)
    files = sorted(content.rglob("*.jsonl"))
    assert len(files) > 3
    lines = [line for file in files for line in file.read_text().splitlines() if line.strip()]
    for file in files:
        file.unlink()
    random.Random(7).shuffle(lines)
    for index in range(5):
        write(content, {f"runs/{index}.jsonl": "\n".join(lines[index::5]) + "\n"})
    dealt = tidemark("build", "--as-of", AS_OF, "--content", content, "--output", tmp_path / "dealt")
    assert dealt.code == 0, dealt.err
    # build.json and the footers count files; every other byte is the same.
    expected, found = tree(tmp_path / "one"), tree(tmp_path / "dealt")
    assert set(expected) == set(found)
    assert [p for p in expected if expected[p] != found[p] and p != "api/v1/build.json"] == []


def test_pages_about_the_past_carry_no_clock(tmp_path):
    for name, time in [("early", AS_OF), ("late", "2026-04-09T12:00:00Z")]:
        assert tidemark("build", "--as-of", time, "--output", tmp_path / name).code == 0
    early, late = tree(tmp_path / "early"), tree(tmp_path / "late")
    # A month has closed in between: it has a page of its own, and the lists of pages name it.
    assert set(late) - set(early) == {"metrics/2026-03.html"}
    changed = {p for p in early if early[p] != late.get(p)} - {".tidemark-manifest", "sitemap.xml"}
    about_now = ("index.html", "pending.html", "metrics.html", "compare/", "status.txt", "as-of.js", "incidents.html", "environments/", "incidents/", "api/v1/")
    assert changed and all(p.startswith(about_now) for p in changed), changed
    assert not [p for p in changed if "/history/" in p or "/changelog" in p or p.endswith((".atom", "feed.json"))]


def test_runs_of_two_repositories_with_one_number_have_pages_of_their_own(site):
    run = '{"service": "shop", "repository": "acme/%s", "id": "7", "state": "succeeded", "title": "of %s"}\n'
    site.write({"content/runs/a.jsonl": run % ("one", "one") + run % ("two", "two")})
    assert site.build("--strict").code == 0
    pages = [data.decode() for name, data in tree(site.public).items() if name.startswith("runs/shop/")]
    assert len(pages) == 2 and sorted("of one" in page for page in pages) == [False, True]
