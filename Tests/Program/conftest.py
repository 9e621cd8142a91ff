"""The built program and folders to run it in. TIDEMARK names another binary than the debug build."""
import json
import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from browser import FONTS, launched

ROOT = Path(__file__).resolve().parents[2]
# Real payloads, changelogs and the pages of the design, which are no part of the repository; CORPUS holds small ones that are.
SHARED = ROOT.parent / "shared"
CORPUS = ROOT / "Tests/Fuzz/Corpus"
NOT_HERE = "the specification folder is not beside the checkout"
needs_specification = pytest.mark.skipif(not SHARED.exists(), reason=NOT_HERE)
BINARY = Path(os.environ.get("TIDEMARK", ROOT / ".build/debug/tidemark"))
AS_OF = "2026-03-31T09:40:00Z"


def pytest_terminal_summary(terminalreporter):
    """One line that counts what was not run."""
    count = sum(NOT_HERE in str(report.longrepr) for report in terminalreporter.stats.get("skipped", []))
    if count:
        suites = sum(len(re.findall(r"@(?:Suite|Test)\(\.enabled\(if:", file.read_text())) for file in ROOT.glob("Tests/*Tests/*.swift"))
        terminalreporter.write_line(f"{count} tests not run: {NOT_HERE} ({SHARED}); up to {suites} suites of Swift tests need it too")


@dataclass
class Outcome:
    code: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)


def tidemark(*arguments, cwd=ROOT, env=None, stdin=None, timeout=120):
    surroundings = {k: v for k, v in os.environ.items() if k not in ("SOURCE_DATE_EPOCH", "NO_COLOR")}
    surroundings.update(env or {})
    done = subprocess.run([BINARY, *map(str, arguments)], cwd=cwd, env=surroundings, capture_output=True, timeout=timeout,
                          input=None if stdin is None else stdin.encode())
    return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())


def write(folder, files):
    for path, text in files.items():
        file = Path(folder) / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())


def tree(folder):
    """Every file below a folder with its bytes."""
    folder = Path(folder)
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture(scope="session", autouse=True)
def binary():
    assert BINARY.exists(), f"{BINARY} is not built: swift build --product tidemark"


@pytest.fixture(scope="session")
def example(tmp_path_factory):
    """The example site, built once."""
    folder = tmp_path_factory.mktemp("example")
    done = tidemark("build", "--as-of", AS_OF, "--output", folder)
    assert done.code == 0, done.err
    return folder


# For tests of what hangs on the width of words.
both_fonts = pytest.mark.parametrize("font", FONTS, indirect=True, scope="module")


@pytest.fixture(scope="module")
def font(request):
    """The wide one, unless `both_fonts` asks for the other too."""
    return getattr(request, "param", "wide")


@pytest.fixture(scope="module")
def browser(font):
    with launched(font=font) as browser:
        yield browser


@pytest.fixture
def site(tmp_path):
    """A folder with content/ in it and a way to build it."""

    class Site:
        folder = tmp_path
        public = tmp_path / "public"

        def write(self, files):
            write(tmp_path, files)

        def build(self, *arguments, **options):
            return tidemark("build", "--as-of", AS_OF, *arguments, cwd=tmp_path, **options)

        def api(self, name):
            return json.loads((self.public / "api/v1" / name).read_text())

    return Site()
