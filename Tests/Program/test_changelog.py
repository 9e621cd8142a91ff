"""A changelog in one file: split, linked, and cut by environment."""
import json

from conftest import AS_OF, tidemark, write

CHANGELOG = """# Changelog

## [1.2.0](https://bitbucket.org/acme/shop/compare/v1.1.0...v1.2.0) - 2026-03-02

> [!WARNING]
> The port is another one.

- [x] Split payments (#12, SHOP-7) by @ana, see https://example.com/a_b

| Method | Fee |
|--------|----:|
| [Card] | 1 % |

## [1.1.0] - 2026-02-02

### 💥 Breaking Changes

- The hook is gone

[1.1.0]: https://bitbucket.org/acme/shop/src/v1.1.0
[Card]: https://example.com/card
"""
CONFIG = """
environments: [{key: staging}, {key: production}]
services: [{key: shop, repository: "https://bitbucket.org/acme/shop"}]
links: {user: "https://people.example.com/{name}", issues: [{pattern: "SHOP-[0-9]+", url: "https://jira.example.com/browse/{key}"}]}
"""


def run(number, version, environment, time):
    return json.dumps({"id": str(number), "service": "shop", "version": version, "state": "succeeded", "finishedAt": time,
                       "deployments": [{"environment": environment}]})


def test_a_changelog_is_cut_by_release_and_environment(tmp_path):
    runs = [run(1, "1.1.0", "staging", "2026-02-02T10:00:00Z"), run(2, "1.1.0", "production", "2026-02-02T11:00:00Z"),
            run(3, "1.2.0", "staging", "2026-03-02T10:00:00Z")]
    write(tmp_path, {"content/runs/a.jsonl": "\n".join(runs), "content/tidemark.yml": CONFIG, "content/releases/shop/CHANGELOG.md": CHANGELOG})
    done = tidemark("build", "--as-of", AS_OF, "--json", cwd=tmp_path)
    assert done.code == 0 and done.json["diagnostics"] == [], done.err
    assert done.json["records"]["rendered"] == 5
    page = (tmp_path / "public/releases/shop/1.2.0.html").read_text()
    for part in ('<div class="alert warning">', 'href="https://bitbucket.org/acme/shop/issues/12"', 'href="https://jira.example.com/browse/SHOP-7"',
                 'href="https://people.example.com/ana"', 'href="https://example.com/a_b"', '<th class="right">Fee</th>',
                 'href="https://example.com/card"', ">comparison</a>", 'aria-label="done"'):
        assert part in page, part
    assert (tmp_path / "public/releases/shop/1.1.0.md").read_text().strip().startswith("### 💥 Breaking Changes")
    staging = (tmp_path / "public/environments/staging/changelog.html").read_text()
    production = (tmp_path / "public/environments/production/changelog.html").read_text()
    assert "Split payments" in staging and "The hook is gone" in staging
    assert production.index("Split payments") < production.index("The hook is gone")  # what is to come stands on top
    releases = json.loads((tmp_path / "public/api/v1/services/shop/releases.json").read_text())["releases"]
    assert [(r["version"], r["date"], r["line"]) for r in releases] == [("1.2.0", "2026-03-02", 3), ("1.1.0", "2026-02-02", 14)]


def test_a_link_to_another_release_leads_to_its_page_from_wherever_it_is_told(tmp_path):
    runs = [run(1, "1.0.0", "staging", "2026-02-02T10:00:00Z"), run(2, "1.1.0", "staging", "2026-03-02T10:00:00Z")]
    write(tmp_path, {"content/runs/a.jsonl": "\n".join(runs), "content/tidemark.yml": CONFIG,
                     "content/releases/shop/CHANGELOG.md": "## 1.1.0\n\n- as [then](#100)\n\n## 1.0.0\n\n- a\n"})
    done = tidemark("build", "--as-of", AS_OF, "--json", cwd=tmp_path)
    assert done.code == 0 and done.json["diagnostics"] == [], done.err
    for page, address in {"releases/shop/1.1.0.html": "../../releases/shop/1.0.0.html",
                          "environments/staging/changelog/2026-03.html": "../../../releases/shop/1.0.0.html",
                          "compare/staging...production.html": "../releases/shop/1.0.0.html",
                          "feed.atom": "releases/shop/1.0.0.html"}.items():
        text = (tmp_path / "public" / page).read_text().replace("&lt;", "<").replace("&quot;", '"').replace("&gt;", ">")
        assert f'<a href="{address}">then</a>' in text, page
    assert not [p for p in (tmp_path / "public").rglob("*.html") if "release:" in p.read_text()]


def test_a_pattern_that_cannot_be_read_is_an_error_with_its_place(tmp_path):
    write(tmp_path, {"content/tidemark.yml": 'links:\n  issues:\n    - {pattern: "(A|B)-1", url: "https://j.example/{key}"}\n'})
    done = tidemark("build", cwd=tmp_path)
    assert done.code == 65 and "content/tidemark.yml:3:17: error: '(A|B)-1' is no pattern of keys" in done.err
