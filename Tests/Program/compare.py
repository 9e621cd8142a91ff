"""What a change does to whole sites: `make compare WITH=COMMIT`, or WITH=PROGRAM that is built already; SITES=REGEX takes some of them.

That commit's program is built in .build-compare and kept there. Both programs build each site of sites.py; what differs is counted by kind of page,
and the first lines that differ are shown.
"""
import os
import re
import shutil
import subprocess
import sys
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import sites
from conftest import BINARY, ROOT

FOLDER = ROOT / ".build-compare"
SWIFT = os.environ.get("SWIFT", "swift")
EXAMPLES, CHARACTERS = 3, 110


def git(*arguments, cwd=ROOT):
    return subprocess.run(["git", *arguments], cwd=cwd, check=True, capture_output=True, text=True).stdout.strip()


def program(commit):
    """The program of a commit. One work tree serves all commits, so that only what differs is compiled."""
    revision = git("rev-parse", "--verify", f"{commit}^{{commit}}")
    kept = FOLDER / f"tidemark-{revision[:12]}"
    if kept.exists():
        return kept
    source = FOLDER / "source"
    if source.exists() and subprocess.run(["git", "checkout", "--quiet", "--force", "--detach", revision], cwd=source).returncode:
        shutil.rmtree(source)  # this repository was moved, or its list of work trees pruned
    if not source.exists():
        git("worktree", "prune")
        git("worktree", "add", "--quiet", "--detach", str(source), revision)
    if (ROOT / "Package.resolved").exists():
        shutil.copy(ROOT / "Package.resolved", source)
    print(f"building {git('log', '-1', '--format=%h %s', revision)}", file=sys.stderr)
    subprocess.run([SWIFT, "build", "--product", "tidemark"], cwd=source, check=True, stdout=sys.stderr)
    shutil.copy(source / ".build/debug/tidemark", kept)
    return kept


def kind(path):
    """What stands for the pages of one kind: what names a service, an environment, a version or a month is a star."""
    *folders, name = path.split("/")
    if path.startswith("said/"):
        return " ".join(word for number, word in enumerate(path.split()) if number == 0 or word.startswith("-"))
    kept = {"public", "api", "v1", "services", "runs", "compare", "audit", "schemas", "changelog", "history", "assets", "badges"}
    name = name if len(folders) < 2 or folders[-1] == "assets" or name in ("deployments.json", "changelog.json", "releases.json") else "*" + Path(name).suffix
    if folders[:1] == ["public"] and len(folders) > 1 and folders[1] != "api":
        kept.add(folders[1])
    return "/".join([folder if folder in kept or folder.startswith("public-") else "*" for folder in folders] + [name])


def cut(line, at):
    """A line around the place where it begins to differ."""
    begin = max(0, at - CHARACTERS // 3)
    return ("…" if begin else "") + line[begin:begin + CHARACTERS] + ("…" if len(line) > begin + CHARACTERS else "")


def first_difference(before, after):
    """The number of the first line that differs, and the line before and after; None is the end of the file."""
    old, new = (data.decode(errors="replace").splitlines() for data in (before, after))
    number = next((n for n, (one, other) in enumerate(zip(old, new)) if one != other), min(len(old), len(new)))
    one, other = (lines[number] if number < len(lines) else None for lines in (old, new))
    at = len(os.path.commonprefix([one or "", other or ""]))
    return number + 1, *(None if line is None else cut(line, at) for line in (one, other))


def differences(name, before, after):
    """Kind, what happened, the site and path, and the first lines that differ."""
    for path in sorted(before.keys() | after.keys()):
        one, other = before.get(path), after.get(path)
        if one != other:
            told = first_difference(one, other) if one is not None and other is not None else None
            yield kind(path), "came" if one is None else "went" if other is None else "differ", f"{name}: {path}", told


def report(found, total):
    """The lines that are printed."""
    if not found:
        return [f"{total} files, all the same"]
    kinds = defaultdict(list)
    for kind, *rest in found:
        kinds[kind].append(rest)
    lines = []
    for name, items in sorted(kinds.items(), key=lambda item: (-len(item[1]), item[0])):
        counts = [(word, sum(1 for what, *_ in items if what == word)) for word in ("differ", "came", "went")]
        lines.append(f"\n{name}: " + ", ".join(f"{count} {word}" for word, count in counts if count))
        shown = {}
        for what, where, told in items:
            shown.setdefault((what, told and told[1:]), (where, told))
        for (what, _), (where, told) in list(shown.items())[:EXAMPLES]:
            lines.append(f"  {where}" + (f":{told[0]}" if told else f" {what}"))
            lines += [f"    {sign} {line}" for sign, line in zip("-+", told[1:] if told else ()) if line is not None]
        if len(shown) > EXAMPLES:
            lines.append(f"  and {len(shown) - EXAMPLES} other differences")
    return lines + [f"\n{len(found)} of {total} files differ, came or went"]


def main(reference, pattern):
    reference = Path(reference).resolve() if os.access(reference, os.X_OK) and Path(reference).is_file() else program(reference)
    names = [name for name in [*sites.SITES, *sites.CASES] if re.search(pattern, name)]
    found, total = [], 0
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        pairs = pool.map(lambda name: (name, sites.of(reference, name), sites.of(BINARY, name)), names)
        for name, before, after in pairs:
            found += differences(name, before, after)
            total += len(before.keys() | after.keys())
    print("\n".join([f"{len(names)} sites"] + report(found, total)))


if __name__ == "__main__":
    if len(sys.argv) < 2 or not sys.argv[1]:
        sys.exit("make compare WITH=COMMIT, or WITH=PROGRAM")
    main(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "")
