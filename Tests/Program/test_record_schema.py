"""The published schema of records, the page that describes them and the program's own reading agree."""
import json
import re

import jsonschema
import pytest

from conftest import NOT_HERE, SHARED, tidemark, write
from test_import import PAYLOADS

PAGE = SHARED / "design/record.md"
needs_page = pytest.mark.skipif(not PAGE.exists(), reason=NOT_HERE)


@pytest.fixture(scope="module")
def schema():
    return json.loads(tidemark("schema", "records").out)


def properties(part):
    """Of an object, of the object among alternatives, or of the elements of a list."""
    if "properties" in part:
        return part["properties"]
    if "items" in part:
        return properties(part["items"])
    return next((properties(other) for other in part.get("anyOf", []) if properties(other)), {})


def words(part):
    if "enum" in part:
        return [word for word in part["enum"] if word is not None]
    return next((words(other) for other in part.get("anyOf", []) if words(other)), [])


def resolved(schema, part):
    if "items" in part and "$ref" in part["items"]:
        return schema["$defs"][part["items"]["$ref"].split("/")[-1]]
    return part


def section(title):
    text = PAGE.read_text().split(f"## {title}", 1)[1]
    return text.split("\n## ", 1)[0]


def keys_of(text):
    """The keys of `{a, b: x|y, c[]: {d, e}}`, nested ones aside."""
    text = text.replace("{…}", "")
    inner = text[text.index("{") + 1:text.rindex("}")]
    inner = re.sub(r"\{[^{}]*\}", "", inner)
    return {re.sub(r"[:\[].*", "", part).strip() for part in inner.split(",") if part.strip()}


def choices_of(text):
    """The words of `name: a|b|c` within a form, by name."""
    return {name: values.split("|") for name, values in re.findall(r"(\w+): ([a-z_]+(?:\|[a-z_]+)+)", text)}


def rows():
    for line in section("Run").splitlines():
        if line.startswith("| `"):
            yield line.split("|")[1], line


# What an answer about an object tells of now, as Argo CD's: from which answer it is, what of it tells how things are, what of it is guessed.
BEYOND_THE_PAGE = {"run": {"snapshot", "inferred"}, "steps": {"current"}}


@needs_page
def test_every_field_of_a_run_is_in_the_schema_and_no_other(schema):
    run = schema["$defs"]["run"]["properties"]
    named = set()
    for cell, line in rows():
        named |= set(re.findall(r"`(\w+)(?:\[\])?(?:\[\]: \{.*)?`", cell))
    for name in ("steps", "gates"):
        form = re.search(r"`" + name + r"\[\]` \| `(\{.*?\})`", section("Run")).group(1)
        named.add(name)
        part = resolved(schema, run[name])["properties"]
        assert keys_of(form) | BEYOND_THE_PAGE.get(name, set()) == set(part), name
        for key, choices in choices_of(form).items():
            listed = words(part[key])
            assert not listed or set(listed) == set(choices), (name, key)
    decisions = re.search(r"decisions\[\]: \{([^}]*)\}", section("Run")).group(1)
    assert {key.strip() for key in decisions.split(",")} == set(properties(schema["$defs"]["gate"]["properties"]["decisions"]))
    assert named | BEYOND_THE_PAGE["run"] == set(run)


@needs_page
@pytest.mark.parametrize("name", ["commit", "changes", "ref", "trigger", "actor", "version", "tests"])
def test_every_object_of_a_run_has_the_fields_of_its_form(schema, name):
    form = next(re.search(r"`(\{.*?\})`", line).group(1) for cell, line in rows() if re.match(rf" `{name}(\[\])?`", cell))
    part = properties(schema["$defs"]["run"]["properties"][name])
    assert keys_of(form) == set(part)
    for key, choices in choices_of(form).items():
        assert set(words(part[key])) == set(choices), key


@needs_page
@pytest.mark.parametrize("kind, title", [("deployment", "Deployment ("), ("incident", "Incident (")])
def test_every_field_of_what_stands_alone_is_in_the_schema_and_no_other(schema, kind, title):
    """The first paragraph lists them, each in backquotes, with its own form after a colon or in brackets."""
    text = section(title).split("\n", 1)[1]
    text = text.split("A missing field is taken" if kind == "deployment" else "In Markdown")[0]
    fields = schema["$defs"][kind]["properties"]
    # A further word of a state that was listed: "`state` also `postmortem`".
    more = dict(re.findall(r"`(\w+)` also `(\w+)`", text))
    text = re.sub(r"`\w+` also `\w+`", "", text)
    # What stands in brackets explains the field before it.
    outer = re.sub(r"\([^()]*\)", "", re.sub(r"\(a deployment id.*?\)", "", text, flags=re.S))
    named = {re.match(r"\w+", name).group(0) for name in re.findall(r"`([^`]*)`", outer)}
    # Beyond the list: `inactive`, the last word of a provider on a success, of which the page tells in "Short-lived environments", and
    # `partial`, which rules.md has ("ok in part").
    assert named | {"kind"} | ({"inactive", "partial"} if kind == "deployment" else set()) == set(fields)
    # The forms of what lies within a field are compared on their own.
    flat = re.sub(r"\{[^{}]*\}", "", outer)
    for key, choices in choices_of(flat).items():
        assert set(words(fields[key])) == {*choices, *([more[key]] if key in more else [])}, key
    if kind == "deployment":
        form = re.search(r"`(\{key, .*?\})`", text).group(1)
        # `stopsAt`: the time of `auto_stop_at`, of which the page tells in "Short-lived environments".
        assert keys_of(form) | {"stopsAt"} == set(properties(fields["environment"]))
        of_run = schema["$defs"]["deploymentOfRun"]["properties"]
        assert set(of_run) == set(fields) - {"kind"}
        assert all(of_run[key] == fields[key] for key in of_run)
    else:
        updates = re.search(r"updates\[\]: \{([^}]*)\}", text).group(1)
        # "`affects[]: {…}`, also in an update"
        form = re.search(r"`affects\[\]: (\{[^`]*\})`, also in an update", text).group(1)
        effects = properties(fields["updates"])["affects"]
        assert {key.strip() for key in updates.split(",")} | {"affects"} == set(properties(fields["updates"]))
        for part in (fields["affects"], effects):
            assert keys_of(form) == set(properties(part))
            for key, choices in choices_of(form).items():
                assert set(words(properties(part)[key])) == set(choices), key


@needs_page
def test_the_words_of_states_are_those_of_the_page(schema):
    listed = re.findall(r"`(\w+)`", section("States").strip().splitlines()[0])
    description = schema["$defs"]["run"]["properties"]["state"]["description"]
    assert listed and all(re.search(rf"\b{word}\b", description) for word in listed)


def closed(part):
    """The schema with every object closed: what it does not name is wrong."""
    if isinstance(part, list):
        return [closed(other) for other in part]
    if not isinstance(part, dict):
        return part
    part = {key: closed(value) for key, value in part.items()}
    if isinstance(part.get("properties"), dict) and part.get("type") in ("object", ["object", "null"]):
        part["additionalProperties"] = False
    return part


@pytest.mark.parametrize("payloads", PAYLOADS)
def test_what_is_imported_has_no_key_that_the_schema_does_not_name(schema, payloads):
    validator = jsonschema.Draft202012Validator(closed(schema), format_checker=jsonschema.FormatChecker())
    done = tidemark("import", payloads)
    assert done.code in (0, 1), done.err
    for line in done.out.splitlines():
        validator.validate(json.loads(line))


def test_the_program_knows_exactly_the_keys_of_the_schema(schema, tmp_path):
    """A record with every key of the schema gives no note of an unknown key; one key more gives one."""
    def example(part, name):
        part = resolved(schema, part)
        if name in ("steps", "gates", "deployments"):
            return [{key: example(value, key) for key, value in part["properties"].items()}]
        if name == "environment" and "anyOf" not in part:
            return "live"
        if properties(part):
            value = {key: example(value, key) for key, value in properties(part).items()}
            return [value] if "items" in part else value
        if words(part):
            # The type of an incident is written where it is not the default.
            return "maintenance" if "maintenance" in words(part) else words(part)[0]
        if name == "kind":
            return part.get("const", "run")
        if name in ("allowed", "inferred", "causedBy", "fixedBy"):
            return ["x"]
        if name in ("at", "requestedAt") or name.endswith("At"):
            return "2026-01-01T00:00:00Z"
        types = part.get("type", part.get("anyOf", [{}])[0].get("type"))
        types = types if isinstance(types, list) else [types]
        if "boolean" in types:
            return True
        if "integer" in types or types == ["number", "null"]:
            return 1
        return {"state": "succeeded"}.get(name, "x")

    validator = jsonschema.Draft202012Validator(schema)
    for kind in ("run", "deployment", "incident"):
        record = {key: example(value, key) for key, value in schema["$defs"][kind]["properties"].items()}
        record["kind"] = kind
        validator.validate(record)
        write(tmp_path, {"a.json": json.dumps(record), "b.json": json.dumps({**record, "keyOfNobody": 1})})
        known = tidemark("import", "--verbose", "a.json", cwd=tmp_path)
        assert known.code == 0 and "note:" not in known.err and "warning:" not in known.err, known.err
        back = json.loads(known.out)
        assert set(back) == {key for key in record if kind != "run" or key != "attempt"}
        assert "'keyOfNobody'" in tidemark("import", "--verbose", "b.json", cwd=tmp_path).err
