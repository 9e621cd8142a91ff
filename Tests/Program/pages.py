"""The pages of a built site, as their own markup tells them."""
import re
import urllib.parse
from collections import defaultdict
from html.parser import HTMLParser
from pathlib import Path


def kind(path):
    """What stands for a page's template: `environments/*/changelog/*.html` of `environments/production/changelog/2026-03.html`."""
    first, *rest = str(path).removesuffix(".html").split("/")
    return "/".join([first] + [part if part in ("changelog", "history") else "*" for part in rest]) + ".html"


def by_kind(folder):
    """The pages of each kind, the heaviest first."""
    found = defaultdict(list)
    for page in Path(folder).rglob("*.html"):
        found[kind(page.relative_to(folder))].append(page)
    return {name: sorted(pages, key=lambda page: (-page.stat().st_size, page)) for name, pages in sorted(found.items())}


class Markup(HTMLParser):
    """Identifiers and links of a page, in their order."""

    def __init__(self, text):
        super().__init__()
        self.ids, self.links = [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if name == "id":
                self.ids.append(value)
            elif name in ("href", "src") and tag != "use":
                self.links.append(value)


def broken_links(folder, base):
    """Links within the site that lead nowhere, ids that stand twice, and how many links there are; `base` is the address that it has."""
    folder = Path(folder).resolve()
    pages = {page: Markup(page.read_text()) for page in sorted(folder.rglob("*.html"))}
    ids = {page: set(markup.ids) for page, markup in pages.items()}
    broken = [(str(page.relative_to(folder)), "an id stands twice") for page, markup in pages.items() if len(ids[page]) < len(markup.ids)]
    for page, markup in pages.items():
        for link in markup.links:
            place = folder if link.startswith(base) else page.parent
            parts = urllib.parse.urlsplit(link.removeprefix(base) or "index.html" if place is folder else link)
            if parts.scheme or parts.netloc:
                continue
            target = Path(re.sub("/$", "/index.html", str(place / urllib.parse.unquote(parts.path)))).resolve() if parts.path else page
            fragment = urllib.parse.unquote(parts.fragment)
            if not (target in ids or target.is_file()) or (fragment and fragment not in ids.get(target, ())):
                broken.append((str(page.relative_to(folder)), link))
    return broken, sum(len(markup.links) for markup in pages.values())
