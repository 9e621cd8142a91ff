"""Badges: what shields.io accepts, and how wide the texts of our own stand in a real browser."""
import json
import xml.etree.ElementTree as ElementTree

import jsonschema
import pytest
from playwright.sync_api import sync_playwright

from conftest import AS_OF, tidemark, write

CHROMIUM = "/usr/bin/chromium"
SVG = "{http://www.w3.org/2000/svg}"

# https://shields.io/badges/endpoint-badge
ENDPOINT = {
    "type": "object", "additionalProperties": False, "required": ["schemaVersion", "label", "message", "color", "isError"],
    "properties": {"schemaVersion": {"const": 1}, "label": {"type": "string"}, "message": {"type": "string", "minLength": 1},
                   "color": {"type": "string", "pattern": "^#[0-9a-f]{6}$"}, "isError": {"type": "boolean"}}}

# Those of scripts that the fonts of a small machine have are measured, too.
NAMES = {"plain": "checkout", "long": "a-service-with-a-name-" * 9, "narrow": "illicit.jiffy", "broad": "MMMM-WWWW@%", "accents": "Zoë Brændström Łódź",
         "cyrillic": "Оплата заказов", "greek": "Πληρωμές", "hebrew": "תשלומים וחשבוניות", "arabic": "إصلاح سلة التسوق", "markup": "<b>&amp;\"'",
         "controls": "a\u202eb\u200dc", "cjk": "支付服务と決済", "emoji": "🚀 👩\u200d💻 🇩🇪 ❤️"}
MEASURED = [name for name in NAMES if name not in ("cjk", "emoji")]


@pytest.fixture(scope="module")
def badges(tmp_path_factory):
    folder = tmp_path_factory.mktemp("badges")
    runs = [json.dumps({"service": text, "id": name, "version": "1.2.0-rc.1", "state": "succeeded", "finishedAt": "2026-03-05T10:00:00Z",
                        "deployments": [{"environment": "production"}]}) for name, text in NAMES.items()]
    write(folder, {"content/runs/a.jsonl": "\n".join(runs), "content/tidemark.yml": "site: {name: A}\n"})
    done = tidemark("build", "--as-of", AS_OF, cwd=folder)
    assert done.code == 0, done.err
    found = {}
    for file in (folder / "public/badges").rglob("*.json"):
        badge = json.loads(file.read_text())
        found[badge["label"]] = (badge, file.with_suffix(".svg").read_bytes())
    assert len(found) == len(NAMES)
    return found


@pytest.fixture(scope="module")
def tab():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser.new_page()
        browser.close()


def test_the_endpoint_is_what_shields_accepts(example, badges):
    files = list((example / "badges").rglob("*.json"))
    assert len(files) == 16
    for badge in [json.loads(file.read_text()) for file in files] + [badge for badge, _ in badges.values()]:
        jsonschema.validate(badge, ENDPOINT)
    states = {json.loads(file.read_text())["message"]: json.loads(file.read_text())["isError"] for file in files}
    assert states["unknown"] is True and states["2.9.1, 2.10.0 waits"] is False


def test_both_forms_say_the_same(badges):
    for badge, svg in badges.values():
        root = ElementTree.fromstring(svg)
        texts = [element.text for element in root.iter(SVG + "text")]
        assert texts == [badge["label"], badge["message"]]
        assert root.find(SVG + "title").text == root.get("aria-label") == f"{badge['label']}: {badge['message']}"


def test_texts_are_as_wide_as_they_are_planned(badges, tab):
    for name, text in NAMES.items():
        svg = next(svg for badge, svg in badges.values() if badge["label"].startswith(text.strip()))
        tab.set_content(svg.decode())
        box = tab.evaluate("""() => [...document.querySelectorAll('text')].map(text => {
            const box = text.getBBox(), planned = +text.getAttribute('textLength')
            text.removeAttribute('textLength')
            return {left: box.x, right: box.x + box.width, planned, natural: text.getComputedTextLength()}
        })""")
        label, message = box
        width = tab.evaluate("document.querySelector('svg').width.baseVal.value")
        bar = tab.evaluate("document.querySelectorAll('rect')[2].x.baseVal.value")
        assert 0 <= label["left"] and label["right"] <= bar + .5, name
        assert bar + 6 <= message["left"] and message["right"] <= width + .5, name
        if name in MEASURED:
            for part in box:
                assert abs(part["planned"] - part["natural"]) <= max(2, part["natural"] * .08), (name, part)
