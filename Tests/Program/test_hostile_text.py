"""Hostile text in every field of records, notes, incidents and the configuration leaves no markup on any page."""
import json
import re
import urllib.parse
import xml.etree.ElementTree as ElementTree

import html5lib
import pytest

from conftest import ROOT, tree

PAYLOADS = [
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    '</title></textarea></svg><svg onload=alert(1)>',
    '{{mustache}} {{{title}}} {{>layout}} {{/main}}',
    'javascript:alert(1)',
    ' \tJaVa\nScRiPt:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    ']]><b>x</b><![CDATA[',
    '&lt;b&gt; &#60;b&#62; &amp;',
    'a\u0000b\u0007c\u001b[31md\u009be',
    '\u202eevil\u202c \u2066\u2067 \u200f',
    '\ufeff\ufffe\uffff',
    '=HYPERLINK("http://evil.example","x")',
    '../../../../etc/passwd',
    'x' * 5000,
]
# The elements of the theme's own templates, of Markdown, and of HTML itself; anything else came from the text.
ELEMENTS = {name for file in (ROOT / "templates").rglob("*.mustache") for name in re.findall(r"<([a-z][a-zA-Z0-9]*)", file.read_text())}
ELEMENTS |= set("html head body tbody h1 h2 h3 h4 h5 h6 p ul ol li pre code em strong a blockquote hr br".split())
# The site's own script, once on a page, is judged for itself.
ELEMENTS -= {"script"}
SCRIPT_ATTRIBUTES = {"src", "data-root", "data-as-of", "data-stale-after"}
OWN_SCRIPT = re.compile(r"(https://status\.example\.com/|(\.\./)*)assets/tidemark-[0-9a-f]{8}\.js")
assert not ELEMENTS & {"script", "iframe", "object", "form", "style"}
URLS = re.compile(r"^(https?://|mailto:|[^:]*$|[^:]*[/?#])", re.IGNORECASE)


def everywhere(value, text, urls_too=True):
    """The record with `text` in every string field, keys and what must be a time left alone."""
    times = ("At", "at")
    if isinstance(value, dict):
        return {k: v if k.endswith(times) or k in ("kind", "state", "type", "tier", "promotion", "action", "schema")
                else everywhere(v, text) for k, v in value.items()}
    if isinstance(value, list):
        return [everywhere(v, text) for v in value]
    return text if isinstance(value, str) else value


RECORDS = [
    {"service": "s", "provider": "p", "repository": "r", "pipeline": "p", "id": "1", "number": 1, "url": "u", "title": "t", "state": "failed",
     "stateRaw": "raw", "createdAt": "2026-03-01T09:00:00Z", "startedAt": "2026-03-01T09:01:00Z", "finishedAt": "2026-03-01T10:00:00Z",
     "commit": {"sha": "abc", "message": "m", "author": "a", "committedAt": "2026-03-01T08:00:00Z"},
     "changes": [{"sha": "def", "message": "m", "author": "a", "pullRequest": "9"}], "ref": {"name": "branch", "type": "branch", "pullRequest": "1"},
     "trigger": {"type": "push", "raw": "r"}, "actor": {"name": "n", "id": "i", "kind": "human"},
     "version": {"name": "v", "artifact": "a", "digest": "d"},
     "steps": [{"key": "k", "name": "n", "stage": "s", "parent": "p", "state": "failed", "stateRaw": "r", "url": "u", "error": "e"}],
     "gates": [{"key": "k", "kind": "human", "state": "approved", "environment": "e", "step": "s", "requestedBy": "b",
                "requestedAt": "2026-03-01T09:00:00Z", "allowed": ["a"],
                "decisions": [{"by": "b", "at": "2026-03-01T09:30:00Z", "decision": "approved", "comment": "c"}]}],
     "deployments": [{"environment": {"name": "e", "tier": "production", "url": "u"}, "version": "v", "id": "d", "url": "u", "step": "k",
                      "gate": "k", "reason": "why", "rollbackOf": "x", "state": "succeeded", "stateRaw": "ok", "actor": "a"}]},
    {"kind": "deployment", "service": "s", "id": "d2", "environment": "e", "version": "w", "state": "a word nobody knows",
     "stateRaw": "odd", "startedAt": "2026-03-02T09:00:00Z", "finishedAt": "2026-03-02T10:00:00Z", "reason": "why"},
    {"kind": "incident", "id": "i", "title": "t", "state": "detected", "severity": "major", "environment": "e", "service": "s",
     "startedAt": "2026-03-01T10:00:00Z", "updates": [{"at": "2026-03-01T11:00:00Z", "state": "detected", "text": "x"}],
     "causedBy": ["d"], "url": "u"},
    {"service": "waits", "id": "9", "state": "waiting", "createdAt": "2026-03-03T09:00:00Z", "version": "2.0.0", "ref": "main",
     "gates": [{"key": "g", "kind": "human", "state": "waiting", "environment": "e", "requestedAt": "2026-03-03T09:00:00Z", "allowed": ["a"]}],
     "deployments": [{"environment": "e", "state": "waiting", "gate": "g"}]},
]


def content(text):
    quoted = json.dumps(text)
    fields = "".join(f"{key}: {quoted}\n" for key in ("title",))
    body = f"# {text}\n\n- {text}\n- **breaking** {text}\n\n{text}\n\n    {text}\n\n`{text}` [{text}]({text}) <{text}> ![{text}]({text})\n"
    return {
        "content/runs/hostile.json": json.dumps([everywhere(record, text) for record in RECORDS]),
        "content/runs/plain.json": json.dumps(RECORDS),
        "content/releases/s/1.0.0.md": f"---\nversion: 1.0.0\n{fields}---\n{body}",
        "content/releases/s/v.md": body,
        "content/incidents/one.md": f"---\nservice: s\nstartedAt: 2026-03-01T10:00:00Z\n{fields}---\n{body}\n## 2026-03-01T11:00:00Z resolved\n\n{body}",
        "content/index.md": body,
        "content/tidemark.yml": f"site: {{name: {quoted}, description: {quoted}, url: 'https://status.example.com/'}}\n"
                                f"environments: [{{key: e, name: {quoted}}}]\nservices: [{{key: s, name: {quoted}, group: {quoted}}}]\n",
    }


@pytest.mark.parametrize("text", PAYLOADS, ids=range(len(PAYLOADS)))
def test_hostile_text_leaves_no_markup(site, text):
    site.write(content(text))
    done = site.build()
    assert done.code in (0, 1), done.err
    assert "\x1b" not in done.err
    files = tree(site.public)
    assert len([name for name in files if name.endswith(".html")]) > 12
    for name, data in files.items():
        assert all(not part.startswith(".") or part == ".tidemark-manifest" for part in name.split("/"))
        page = data.decode()
        if name.endswith(".html"):
            judge(name, html5lib.parse(data, transport_encoding="utf-8", namespaceHTMLElements=False))
        elif name.endswith((".svg", ".atom", ".xml")):
            for element in ElementTree.fromstring(data).iter():
                tag = element.tag.split("}")[-1]
                assert tag not in ("script", "image", "b", "img"), (name, tag)
                assert not [a for a in element.attrib if a.startswith("on")]
                if tag == "content":
                    judge(name, html5lib.parse(element.text or "", namespaceHTMLElements=False))
                if tag == "link":
                    assert URLS.match(element.get("href"))
        elif name.endswith(".json"):
            value = json.loads(page)
            assert "<" not in page or "/schemas/" in name
            if isinstance(value, dict) and "items" in value and "version" in value:
                for item in value["items"]:
                    judge(name, html5lib.parse(item["content_html"], namespaceHTMLElements=False))
        elif name.endswith(".txt"):
            assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", page), name


def judge(name, root, elements=ELEMENTS):
    own = 0
    for element in root.iter():
        if not isinstance(element.tag, str):
            assert "alert" not in (element.text or ""), (name, "a comment")
            continue
        tag = element.tag.split("}")[-1]
        if tag == "script":
            assert OWN_SCRIPT.fullmatch(element.get("src", "")) and not element.text and set(element.attrib) <= SCRIPT_ATTRIBUTES, (name, "a script")
            own += 1
        else:
            assert tag in elements, (name, tag)
        if tag == "img":
            assert re.match(r"(\.\./)*badges/", element.get("src", "")), (name, "an image")
        for attribute, value in element.attrib.items():
            assert not attribute.lower().startswith("on") and attribute not in ("style", "srcdoc", "formaction"), (name, attribute)
            if attribute in ("href", "src"):
                stripped = re.sub(r"[\x00-\x20]", "", value)
                scheme = urllib.parse.urlsplit(stripped).scheme if URLS.match(stripped) else "bad"
                assert scheme in ("", "http", "https", "mailto"), (name, value)
        if element.text and tag not in ("style", "script"):
            assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", element.text), (name, "a control character")
    assert own <= 1, (name, "more than the site's own script")
