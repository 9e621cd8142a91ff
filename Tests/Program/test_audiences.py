"""Sites for several audiences: what is for some is nowhere in the sites of others."""
import json

from conftest import AS_OF, tidemark, write

CONFIG = """
site: {name: Shop, url: "https://status.example.com/"}
environments: [{key: staging}, {key: production}]
services: [{key: shop}]
audiences:
  customers: {output: site-customers}
  staff: {output: inside/staff}
"""
NOTE = """# Split payments

For all.

### Internals (audience: staff)

- SECRETPORT is 8081 (breaking)

### Fixed

- Carts

<!-- audience: customers -->
Dear customers.
<!-- /audience -->
"""


def content(folder, **more):
    runs = [json.dumps({"id": str(n), "service": "shop", "version": version, "state": "succeeded", "finishedAt": f"2026-03-0{n}T10:00:00Z",
                        "deployments": [{"environment": "staging"}]}) for n, version in enumerate(["1.0.0", "1.1.0"], 1)]
    write(folder, {"content/runs/a.jsonl": "\n".join(runs), "content/tidemark.yml": CONFIG, "content/releases/shop/1.1.0.md": NOTE,
                   "content/releases/shop/1.0.0.md": "---\naudience: staff\n---\nSECRETLAUNCH\n", **more})


def holding(folder, word):
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file() and word in p.read_text(errors="replace"))


def test_each_audience_has_a_site_with_its_parts(tmp_path):
    content(tmp_path)
    done = tidemark("build", "--as-of", AS_OF, "--json", cwd=tmp_path)
    assert done.code == 0, done.err
    everybody, customers, staff = tmp_path / "public", tmp_path / "site-customers", tmp_path / "inside/staff"
    for site in (everybody, customers):
        assert holding(site, "SECRET") == [] and holding(site, "Internals") == []
        assert "releases/shop/1.1.0.html" in holding(site, "Carts")
    for path in ("releases/shop/1.1.0.html", "releases/shop/1.1.0.md", "environments/staging/changelog.html", "feed.atom"):
        assert path in holding(staff, "SECRETPORT"), path
        assert path in holding(customers, "Dear customers"), path
    assert "releases/shop/1.0.0.html" in holding(staff, "SECRETLAUNCH")
    assert holding(everybody, "Dear customers") == [] and holding(staff, "Dear customers") == []
    assert (everybody / "sitemap.xml").exists() and holding(customers, "https://status.example.com/") == []
    assert done.json["pages"] == sum(1 for site in (everybody, customers, staff) for p in site.rglob("*") if p.is_file() and not p.name.startswith("."))
    again = tidemark("build", "--as-of", AS_OF, "--json", cwd=tmp_path)
    assert again.json["changed"] == 0 and again.json["removed"] == 0


def test_what_is_left_out_is_accounted_for(tmp_path):
    content(tmp_path)
    tidemark("build", "--as-of", AS_OF, cwd=tmp_path)
    account = json.loads((tmp_path / "public/api/v1/build.json").read_text())
    assert {"file": "releases/shop/1.0.0.md", "record": "note", "reason": "the text is for staff only"} in account["skipped"]


def test_two_audiences_cannot_share_a_folder(tmp_path):
    for output in ("./public", "public/customers", "x/../public", "."):
        content(tmp_path, **{"content/tidemark.yml": f"audiences: {{customers: {{output: '{output}'}}}}\n"})
        done = tidemark("build", "--as-of", AS_OF, cwd=tmp_path)
        assert done.code == 65 and ("[shared-output]" in done.err or "[output-in-content]" in done.err), (output, done.err)
        assert not (tmp_path / "public").exists()


def test_a_fault_for_one_audience_publishes_none_under_strict(tmp_path):
    content(tmp_path, **{"content/releases/shop/1.2.0.md": "<!-- audience: staff -->\n[a](#nowhere)\n"})
    assert tidemark("build", "--as-of", AS_OF, "--strict", cwd=tmp_path).code == 1
    assert not (tmp_path / "public").exists() and not (tmp_path / "inside").exists()
    checked = tidemark("check", "--as-of", AS_OF, cwd=tmp_path)
    assert checked.err.count("[lost-fragment]") == 1


def test_notes_are_printed_for_an_audience(tmp_path):
    content(tmp_path)
    arguments = ("notes", "--service", "shop", "--to", "1.1.0", "--as-of", AS_OF)
    assert "SECRET" not in tidemark(*arguments, cwd=tmp_path).out
    assert "SECRETPORT" in tidemark(*arguments, "--audience", "staff", cwd=tmp_path).out
    done = tidemark(*arguments, "--audience", "stuff", cwd=tmp_path)
    assert done.code == 64 and "there is no audience 'stuff'; there are customers, staff" in done.err


def test_audit_and_changes_hold_nothing_that_is_for_others(tmp_path):
    """Commits are no notes: what they say is for everybody who sees the site. Notes and their issue keys are for their readers."""
    run = {"service": "shop", "id": "9", "version": "1.1.0", "state": "succeeded", "finishedAt": "2026-03-05T10:00:00Z",
           "commit": {"sha": "ab" * 20, "author": "bo", "message": "SHOP-1 Carts"},
           "deployments": [{"environment": {"name": "production", "tier": "production"}, "reason": "as planned"}]}
    note = NOTE.replace("(breaking)", "(SHOP-77)").replace("- Carts", "- Carts (SHOP-5)")
    content(tmp_path, **{"content/runs/b.json": json.dumps(run), "content/releases/shop/1.1.0.md": note,
                         "content/releases/shop/1.0.0.md": "---\naudience: staff\n---\nSECRETLAUNCH for SHOP-88\n",
                         "content/tidemark.yml": CONFIG + "links: {issues: [{pattern: 'SHOP-[0-9]+', url: 'https://j.example/{key}'}]}\n"})
    done = tidemark("build", "--as-of", AS_OF, cwd=tmp_path)
    assert done.code == 0, done.err
    everybody, customers, staff = tmp_path / "public", tmp_path / "site-customers", tmp_path / "inside/staff"
    for site in (everybody, customers):
        for word in ("SECRET", "Internals", "SHOP-77", "SHOP-88"):
            assert holding(site, word) == [], word
        assert {"changes/shop/2026-03.html", "search.json", "search.js"} <= set(holding(site, "SHOP-5"))
    changes = (staff / "changes/shop/2026-03.html").read_text()
    assert "SHOP-77" in changes and "SHOP-88" in changes and "SHOP-1" in changes
    assert {"search.json", "search.js"} <= set(holding(staff, "SHOP-77"))
    audits = [{name: (site / "audit" / name).read_text() for name in ("2026-03.csv", "2026-03.json")} for site in (everybody, customers, staff)]
    addresses = [{name: text.replace("https://status.example.com/", "") for name, text in audit.items()} for audit in audits]
    assert addresses[0] == addresses[1] == addresses[2], "the audit tells of deployments, and quotes no note"
