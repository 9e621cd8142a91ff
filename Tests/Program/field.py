"""Small content folders whose facts were once printed wrong, and a way to read what a build says of them (Tests/Program/field)."""
import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from conftest import Outcome, tidemark

FIELD = Path(__file__).parent / "field"


@dataclass
class Built:
    """A site that was built from one case."""

    folder: Path
    outcome: Outcome

    @property
    def public(self):
        return self.folder / "public"

    def api(self, name):
        return json.loads((self.public / "api/v1" / name).read_text())

    def html(self, name):
        return (self.public / name).read_text()

    def cell(self, service, environment):
        cells = self.api("summary.json")["cells"]
        return next(c for c in cells if (c["service"], c["environment"]) == (service, environment))

    def deployments(self, service, environment):
        return self.api(f"services/{service}/{environment}/deployments.json")["deployments"]

    def changelog(self, service, environment):
        return self.api(f"services/{service}/{environment}/changelog.json")

    def releases(self, service):
        return self.api(f"services/{service}/releases.json")["releases"]

    def metrics(self, service, environment):
        all = self.api("metrics.json")["metrics"]
        return next(m for m in all if (m["service"], m["environment"]) == (service, environment))


def copied(case, folder):
    """A copy of a case's content below `folder`, to be changed before it is built."""
    shutil.copytree(FIELD / case / "content", folder / "content")
    return folder


def build(case, folder, as_of, *arguments):
    """Builds a case of Tests/Program/field below `folder`; `as_of` may be a day."""
    if not (folder / "content").exists():
        copied(case, folder)
    clock = as_of if "T" in as_of else f"{as_of}T00:00:00Z"
    done = tidemark("build", "--as-of", clock, *arguments, cwd=folder)
    return Built(folder, done)
