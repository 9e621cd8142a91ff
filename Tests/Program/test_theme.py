"""The theme: what `tidemark templates` tells, and a theme of one's own that holds only what it changes."""
import re

from playwright.sync_api import sync_playwright

from conftest import AS_OF, ROOT, tidemark, tree

CHROMIUM = "/usr/bin/chromium"
MARK = '<svg class="mark" aria-hidden="true" data-own="yes"><use href="#{{symbol}}"/></svg>'
TOKEN = ":root { --front: #7a1f5c; }\n"


def listed(*arguments, cwd=ROOT):
    """`tidemark templates` as a dictionary: path to (where it comes from, names)."""
    done = tidemark("templates", *arguments, cwd=cwd)
    assert done.code == 0, done.err
    files, path = {}, None
    for line in done.out.splitlines():
        if line.startswith("  offers "):
            files[path] = (files[path][0], line.removeprefix("  offers ").split(", "))
        else:
            path, origin = line.split(maxsplit=1)
            files[path] = (origin, [])
    return files


def test_every_file_of_the_theme_is_listed_with_the_one_that_is_used(site):
    built_in = listed(cwd=site.folder)
    assert sorted(built_in) == sorted(tree(ROOT / "templates"))
    assert {origin for origin, _ in built_in.values()} == {"built-in"}
    assert "layout" in built_in["dashboard.mustache"][1] and built_in["layout.mustache"][1] == []
    site.write({"templates/partials/mark.mustache": MARK, "templates/partials/logo.mustache": "", "templates/notes.txt": ""})
    own = listed(cwd=site.folder)
    assert own["partials/mark.mustache"][0] == "templates/partials/mark.mustache"
    assert own["partials/logo.mustache"][0] == "templates/partials/logo.mustache (only there)"
    assert "notes.txt" not in own
    assert listed("--templates", "nowhere", cwd=site.folder) == built_in


def test_the_names_of_a_page_are_those_that_its_template_may_use(site):
    done = tidemark("templates", "names", "incidents", cwd=site.folder)
    assert done.code == 0
    top = re.findall(r"^(\w+): (\w+)$", done.out, flags=re.M)
    assert ("layout", "object") in top and "\n  siteName: text\n" in done.out
    # Each of them compiles in a template of one's own; any other is an error.
    use = {"text": "{{%s}}", "url": "{{%s}}", "markup": "{{{%s}}}"}
    lines = "".join(use.get(kind, "{{#%s}}{{/%s}}").replace("%s", name) + "\n" for name, kind in top)
    site.write({"content/tidemark.yml": "site: {name: Own}\n", "templates/incidents.mustache": lines})
    assert site.build().code == 0
    site.write({"templates/incidents.mustache": lines + "{{nobodyOffersThis}}"})
    refused = site.build()
    assert refused.code != 0 and "unknown name 'nobodyOffersThis'" in refused.err
    wrong = tidemark("templates", "names", "layout")
    assert wrong.code == 64 and "is not the template of a page" in wrong.err


def test_eject_writes_the_built_in_file_and_replaces_nothing(site):
    done = tidemark("templates", "eject", "partials/mark", "assets/tokens.css", cwd=site.folder)
    assert (done.code, done.out) == (0, "templates/partials/mark.mustache\ntemplates/assets/tokens.css\n")
    for name in ("partials/mark.mustache", "assets/tokens.css"):
        assert (site.folder / "templates" / name).read_bytes() == (ROOT / "templates" / name).read_bytes()
    site.write({"templates/partials/mark.mustache": "mine"})
    again = tidemark("templates", "eject", "partials/mark", cwd=site.folder)
    assert again.code == 73 and "is there already" in again.err
    assert (site.folder / "templates/partials/mark.mustache").read_text() == "mine"
    unknown = tidemark("templates", "eject", "partials/mrk", cwd=site.folder)
    assert unknown.code == 64 and "did you mean 'partials/mark'?" in unknown.err


def test_an_ejected_theme_that_nobody_edited_makes_the_same_site(site):
    content = ROOT / "content"
    assert site.build("--content", content, "--output", "plain").code == 0
    names = [path.removesuffix(".mustache") for path in tree(ROOT / "templates")]
    assert tidemark("templates", "eject", *names, cwd=site.folder).code == 0
    assert site.build("--content", content, "--output", "ejected").code == 0
    assert tree(site.folder / "plain") == tree(site.folder / "ejected")


def test_a_theme_of_one_partial_and_one_token_needs_no_copy_of_the_rest(site, example):
    site.write({"templates/partials/mark.mustache": MARK, "templates/assets/tokens.css": TOKEN})
    assert site.build("--content", ROOT / "content").code == 0
    plain, own = tree(example), tree(site.public)
    sheet = next(path for path in own if re.fullmatch(r"assets/tidemark-\w+\.css", path))
    old_sheet = next(path for path in plain if re.fullmatch(r"assets/tidemark-\w+\.css", path))
    assert sheet != old_sheet and TOKEN in own[sheet].decode()
    # Every page is as it was but for the marks and the name of the style sheet.
    pages = [path for path in own if path.endswith(".html")]
    assert len(pages) > 100
    for path in pages:
        marked = own[path].replace(b' data-own="yes"', b"").replace(sheet.encode(), old_sheet.encode())
        assert marked == plain[path], path
    assert sum(b' data-own="yes"' in own[path] for path in pages) > 50
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for scheme in ("light", "dark"):
            tab = browser.new_context(color_scheme=scheme).new_page()
            tab.goto((site.public / "index.html").as_uri())
            value = "name => getComputedStyle(document.documentElement).getPropertyValue(name).trim()"
            assert tab.evaluate(value, "--front") == "#7a1f5c"
            # Those that the own file does not name keep their value.
            assert tab.evaluate(value, "--paper") == {"light": "#fcfdfe", "dark": "#0b151b"}[scheme]
        browser.close()
