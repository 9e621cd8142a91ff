"""Changelogs, two of our own and many real ones: what another reader of GitHub's Markdown finds in them is on our pages, word by word and link by link."""
import re
from collections import Counter
from pathlib import Path

import cmarkgfm
import html5lib
import pytest
from cmarkgfm.cmark import Options

from conftest import AS_OF, SHARED, needs_specification, tidemark, write

OWN = sorted((Path(__file__).parent / "changelogs").glob("*.md"))
REAL = sorted(p for p in (SHARED / "samples/changelogs").glob("*.md") if p.name != "README.md")
KNOWN = set("a abbr b blockquote br center cite code dd del details dfn div dl dt em font h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p picture pre q s "
            "samp small source span strike strong sub summary sup table tbody td tfoot th thead tr tt u ul var wbr html head body".split())


RELEASE = re.compile(r"\d+\.\d+|unreleased|latest changes", re.I)
UNRELEASED = re.compile(r"unreleased|latest changes", re.I)


def words(text):
    return Counter(re.findall(r"\w+", text))


class Reference:
    """The document as cmark-gfm reads it: words, addresses and tables below the first release."""

    def __init__(self, markdown):
        html = cmarkgfm.github_flavored_markdown_to_html(markdown, options=Options.CMARK_OPT_UNSAFE)
        # What is no element of HTML is text to its author.
        html = re.sub(r"<(/?)([a-zA-Z][^\s/>]*)([^>]*)>", lambda m: m[0] if m[2].lower() in KNOWN else f"&lt;{m[1]}{m[2]}{m[3]}&gt;", html)
        body = html5lib.parse(html, namespaceHTMLElements=False).find("body")
        self.words = Counter()
        self.links = set()
        self.tables = 0
        isShown = False
        for part in body:
            if not isinstance(part.tag, str):
                continue
            text = "".join(part.itertext())
            if re.fullmatch("h[1-6]", part.tag) and RELEASE.search(text):
                # Its version and date are told in other words; what is to come has no page before it comes.
                isShown = not UNRELEASED.search(text)
                continue
            if isShown:
                self.words += words(text)
                self.tables += sum(1 for e in part.iter() if e.tag == "table")
                self.links |= {e.get("href") for e in part.iter() if e.tag == "a" and e.get("href")}


def shown(folder):
    found, links, tables = Counter(), set(), 0
    for page in (folder / "public/releases").rglob("*.html"):
        root = html5lib.parse(page.read_bytes(), transport_encoding="utf-8", namespaceHTMLElements=False)
        main = next(e for e in root.iter() if e.tag == "main")
        found += words("".join(main.itertext()))
        tables += sum(1 for e in main.iter() if e.tag == "table")
        links |= {e.get("href") for e in main.iter() if e.tag == "a" and e.get("href")}
    return found, links, tables


@pytest.mark.parametrize("sample", OWN + (REAL or [pytest.param(None, marks=needs_specification)]), ids=lambda p: p.stem if p else "samples")
def test_nothing_is_lost(tmp_path, sample):
    markdown = sample.read_bytes().decode(errors="replace")
    write(tmp_path, {"content/releases/shop/CHANGELOG.md": sample.read_bytes(), "content/tidemark.yml": "site: {name: S}\n"})
    done = tidemark("build", "--as-of", AS_OF, "--json", cwd=tmp_path)
    assert done.code == 0, done.err
    reference = Reference(re.sub(r"\A---\n.*?\n---\n", "", markdown, flags=re.S))
    found, links, tables = shown(tmp_path)
    assert lost(reference.words, found) == {}
    assert tables == reference.tables
    assert {address for address in reference.links if re.match(r"https?://|mailto:", address)} <= links


def lost(before, after):
    """What is shown as an emoji is not lost."""
    return {word: count for word, count in (before - after).items() if word not in ("globe_with_meridians",)}
