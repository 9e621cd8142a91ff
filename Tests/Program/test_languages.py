"""The words of the interface in another language: everything goes through the table, and the table holds nothing else.

The pages are built with a table whose translations stand between ⟦ and ⟧. What has letters outside of them, and is no name and no address,
is a phrase that was never asked for, or one that the table of German lacks.
"""
import functools
import json
import re

import html5lib
import pytest
import yaml

import large_site
import many_states
from conftest import AS_OF, ROOT, tidemark, tree, write
from pages import by_kind

GERMAN = ROOT / "templates/languages/de.yml"
VALUE = re.compile(r"\{(\d+)\}")
# A description of a page may be cut.
MARKED = re.compile(r"⟦[^⟧]*(?:⟧|…$)")
PHRASE = re.compile(r'\{\{"((?:[^"\\]|\\.)*)"\}\}')

# What stays: units, zones, formats and files, the field that a rule infers, addresses, the headings of a note, and the kind that a commit
# says it is of.
KEPT = re.compile(
    r"(?:https?://|mailto:)\S*|[\w./-]*\.(?:html|atom|json|txt|ics|md|js|yml|csv)\b|\b(?:\d+ )?(?:d|h|min|s)\b"
    r"|\b(?:CSV|JSON|UTC|CES?T|Europe/Berlin|Tidemark|action|hotfix)\b"
    r"|\b[0-9a-f]{7,40}\b|\b(?:Breaking changes|Security)\b|\b(?:feat|fix|perf)(?=!?: )")
LETTERS = re.compile(r"[A-Za-zÄÖÜäöüß]+(?: +[A-Za-zÄÖÜäöüß]+)*")
# What comes from outside stands in these.
OUTSIDE = {"bdi", "code", "pre", "q", "script", "style"}
SPOKEN = ("aria-label", "alt", "title", "placeholder", "data-head", "content")


@pytest.fixture(scope="module")
def german():
    return yaml.safe_load(GERMAN.read_text())


@pytest.fixture(scope="module")
def marked(german):
    """The table with each run of words between brackets."""
    def mark(text):
        return "".join(part if VALUE.fullmatch(part) else f"⟦{part}⟧" for part in re.split(r"(\{\d+\})", text) if part)

    return json.dumps({english: mark(text) for english, text in german.items()}, ensure_ascii=False)


def built(folder, files, table=None, code=0):
    write(folder, files)
    if table is not None:
        write(folder, {"templates/languages/de.yml": table})
    done = tidemark("build", "--as-of", AS_OF, cwd=folder)
    assert done.code == code, done.err
    return folder / "public"


def built_site(site, folder, marked):
    return built(folder, many_states.SITES[site](), marked, code=1 if site in many_states.FAULTY else 0)


def example():
    files = {f"content/{path}": data.decode() for path, data in tree(ROOT / "content").items()}
    assert "language: en" in files["content/tidemark.yml"]
    return {**files, "content/tidemark.yml": files["content/tidemark.yml"].replace("language: en", "language: de")}


def large():
    files = large_site.content()
    config = json.loads(files["content/tidemark.yml"])
    config["site"]["language"] = "de"
    return {**files, "content/tidemark.yml": json.dumps(config, ensure_ascii=False)}


@functools.cache
def is_in(words, said):
    """The content of a large site is long, and its pages repeat themselves."""
    return words in said


def untranslated(page, said=""):
    """Words on a page that came neither through the table nor from outside. Without `said`, the text of the content, no word may."""
    root = html5lib.parse(page.read_bytes(), transport_encoding="utf-8", namespaceHTMLElements=False)
    found = []

    def judge(text, where):
        text = " ".join((text or "").split())
        if not said or not is_in(text, said):
            rest = KEPT.sub("\n", MARKED.sub("\n", text))
            found.extend((where, words) for words in LETTERS.findall(rest) if len(words) > 1 and (not said or not is_in(words, said)))

    def walk(element):
        tag = element.tag.split("}")[-1] if isinstance(element.tag, str) else "comment"
        # The messages of the program are English, and a page that quotes them says so.
        if tag in ("comment", "code", "script", "style") or element.get("lang") == "en" or (said and (tag in OUTSIDE or is_outside(element))):
            return
        for name in SPOKEN:
            if name in element.attrib and (tag != "meta" or is_ours(element, said)):
                judge(element.attrib[name], f"{tag} {name}")
        judge(element.text, tag)
        for child in element:
            walk(child)
            judge(child.tail, tag)

    walk(root)
    return found


def is_outside(element):
    classes = element.get("class", "").split()
    return element.get("dir") == "auto" or "prose" in classes or "label-version" in classes


def is_ours(meta, said):
    """A description may be the first line of a note."""
    return meta.get("name", meta.get("property")) in ("description", "og:description", "og:title") and not said


def listed(folder, said="", most=None):
    """For each kind of page the untranslated words of all its pages, or of the heaviest, with one page that has them."""
    found = {}
    for kind, pages in by_kind(folder).items():
        for page in pages[:most]:
            for where, words in untranslated(page, said):
                found.setdefault((kind, where, words), str(page.relative_to(folder)))
    return [f"{kind}: <{where}> {words!r}, as in {page}" for (kind, where, words), page in sorted(found.items())]


@pytest.mark.parametrize("site", many_states.SITES)
def test_no_word_of_the_pages_is_without_translation(site, marked, tmp_path):
    public = built_site(site, tmp_path, marked)
    pages = by_kind(public)
    assert site != "all" or len(pages) > 18, sorted(pages)
    assert not (words := listed(public)), "\n".join(words)
    assert all(b'<html lang="de">' in page.read_bytes() for page in public.rglob("*.html"))


@pytest.mark.parametrize("content, most", [(example, None), (large, 2)])
def test_no_word_that_is_not_in_the_content_is_without_translation(content, most, marked, tmp_path):
    """Their names are English: what stands in the content may stand on a page."""
    files = content()
    said = " ".join(" ".join(files.values()).split())
    assert not (words := listed(built(tmp_path, files, marked), said, most)), "\n".join(words)


def test_the_pages_show_most_of_the_table(german, marked, tmp_path):
    """Else the test above would prove little. What only a script shows is left out."""
    text = ""
    for site in many_states.SITES:
        public = built_site(site, tmp_path / site, marked)
        text += "".join(page.read_text() for page in public.rglob("*") if page.suffix in (".html", ".atom"))
    shown = {run for run in re.findall(r"⟦[^⟧]*⟧", text)}
    script = ROOT / "templates/assets/tidemark.js"
    scripted = set(PHRASE.findall(script.read_text())) if script.exists() else set()
    missing = []
    for english, translation in german.items():
        runs = [f"⟦{run}⟧" for run in VALUE.sub("\0", translation).split("\0") if run]
        if not all(run in shown for run in runs) and english not in scripted:
            missing.append(english)
    assert len(missing) < len(german) * .15, "\n".join(missing)


def literals(swift):
    """The string literals of a Swift file as the table has them, those within others too."""
    found = []

    def literal(at):
        text, at = "", at + 1
        while swift[at] != '"' and swift[at] != "\n":
            if swift[at] != "\\":
                text, at = text + swift[at], at + 1
            elif swift[at + 1] == "(":
                end = value(at + 2)
                context = re.fullmatch(r'context: "(.*)"', swift[at + 2:end])
                text, at = text + (f" [{context[1]}]" if context else "{}"), end + 1
            else:
                text, at = text + swift[at + 1], at + 2
        found.append(text)
        return at + 1

    def value(at):
        depth = 0
        while depth or swift[at] != ")":
            if swift[at] == '"':
                at = literal(at)
                continue
            depth += {"(": 1, ")": -1}.get(swift[at], 0)
            at += 1
        return at

    at = 0
    while (at := next((i for i in (swift.find('"', at), swift.find("//", at)) if i >= 0 and (i == swift.find('"', at) or swift[i:i + 2] == "//")), -1)) >= 0:
        comment = swift.find("//", at)
        quote = swift.find('"', at)
        if 0 <= comment < quote:
            at = swift.find("\n", comment)
        elif quote >= 0:
            at = literal(quote)
        else:
            break
    return found


def test_the_table_holds_no_phrase_that_nobody_asks_for(german):
    marks = [path for path in (ROOT / "templates").rglob("*") if path.suffix in (".mustache", ".js")]
    known = {phrase.strip(" ") for path in marks for phrase in PHRASE.findall(path.read_text())}
    assert len(known) > 200
    sources = [path.read_text() for path in (ROOT / "Sources").rglob("*.swift")]
    written = {literal.strip(" ") for source in sources for literal in literals(source)}
    written |= {label for source in sources for label in re.findall(r'aria-label=\\"([^"\\]+)\\"', source)}
    cases = {word for source in sources for line in re.findall(r"\bcase ([a-z][\w, ]*)", source) for word in line.split(", ")}
    # `Format.count(3, "release")` asks for `{} releases`, and a short month is the beginning of a long one.
    nouns = {f"{{}} {noun}{end}" for noun in written for end in ("", "s")}
    months = {word[:3] for word in written if word in ("January", "February", "March", "April", "June", "July", "August", "September", "October",
                                                       "November", "December")}
    unused = [english for english in german if english not in known | written | cases | nouns | months or not re.search("[A-Za-z]", english)]
    assert not unused, unused
    assert not (missing := [phrase for phrase in known if phrase not in german]), missing


def test_each_translation_has_the_values_of_its_phrase(german):
    keys = re.findall(r'^"((?:[^"\\]|\\.)*)":', GERMAN.read_text(), re.M)
    assert len(keys) == len(set(keys)) == len(german)
    for english, translation in german.items():
        expected = {"day of the month": 2}.get(english, english.count("{}"))
        values = [int(number) for number in VALUE.findall(translation)]
        assert sorted(set(values)) == list(range(1, expected + 1)), (english, translation)
        assert "{}" not in translation and translation.strip(), english
        assert not re.search(r"\b(?:Sie|Ihr|Ihre[mnrs]?)\b(?= )", translation) or "Ihre Seite" in translation, translation


def test_the_files_for_programs_are_the_same_in_every_language(tmp_path):
    files = many_states.content()
    german = tree(built(tmp_path / "de", files))
    english = tree(built(tmp_path / "en", {**files, "content/tidemark.yml": files["content/tidemark.yml"].replace('"language": "de"', '"language": "en"')}))
    # The script says its words in the language of the site, so its name is another.
    script = re.compile(r"assets/tidemark-\w+\.js|\.tidemark-manifest")
    german, english = ({path: data for path, data in site.items() if not script.fullmatch(path)} for site in (german, english))
    assert german.keys() == english.keys()
    changed = {path for path in german if german[path] != english[path] and not path.endswith(".html")}
    # People read the feeds, which say their language, and the titles in the index of the search.
    assert {path for path in changed if not re.search(r"feed\.(atom|json)$", path)} == {"search.js", "search.json"}
    for path in changed:
        if path.endswith("feed.json"):
            mine, other = (json.loads(site[path]) for site in (german, english))
            assert (mine.pop("language"), other.pop("language")) == ("de", "en")
            for key in ("id", "url", "date_published", "authors"):
                assert [item.get(key) for item in mine["items"]] == [item.get(key) for item in other["items"]], path
    titles = [item["title"] for item in json.loads(german["feed.json"])["items"]]
    assert any(" zurück auf " in title for title in titles)
    assert b"<title>" in german["incidents/feed.atom"] and "Vorfälle</title>".encode() in german["incidents/feed.atom"]
    alerts = re.findall(r'class=\\?"alert-title\\?">([^<]*)<', "".join(item["content_html"] for item in json.loads(german["feed.json"])["items"]))
    assert "Hinweis" in alerts and not {"Note", "Warning"} & set(alerts)
    assert not re.search(rb"&lt;p&gt;(upgrade|rollback|first|rebuild)\b|\bRemoved: | to \d", german["feed.atom"]), "English words"
    for mine, other in zip(*(json.loads(site["search.json"])["entries"] for site in (german, english))):
        assert (mine["url"], mine["kind"]) == (other["url"], other["kind"])


def test_a_table_changes_nothing_for_english(site):
    """The table of German is always there; one of one's own without a phrase makes the same English site."""
    content = ROOT / "content"
    assert site.build("--content", content, "--output", "plain").code == 0
    site.write({"templates/languages/de.yml": "{}\n"})
    assert site.build("--content", content, "--output", "empty").code == 0
    assert tree(site.folder / "plain") == tree(site.folder / "empty")
