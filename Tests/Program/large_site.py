"""The content of a large site, the same every time: 50 services in 4 environments, 300 releases of one of them, and names as people give them.

`content()` gives a file's text by its path. Chance comes from seeded generators only, time from the end of the story.
`python large_site.py FOLDER` writes it, to look at the site by hand.
"""
import json
import random
import sys
from datetime import datetime, timedelta
from pathlib import Path

END = datetime(2026, 3, 31, 9, 40)
ENVIRONMENTS = ["development", "test", "staging", "production"]

# Names that test a layout: 200 characters with and without a place to break, emoji of several code points, right to left, no spaces at all.
LONG_WORDS = ("Ledger of what was ordered, paid, shipped, returned and refunded in all shops, warehouses and countries of the group, put right every "
              "night, with letters to accounting on what does not fit, since 2009")
LONG_WORD = ("ReconciliationOfOrdersPaymentsShipmentsReturnsAndRefunds" * 4)[:200]
PLACE = "Test, where the people of the shops, of the warehouses and of the call centres try what is to come"
EMOJI = "🚢 Versand 👩‍👩‍👧‍👦 🏳️‍🌈"
ARABIC, HEBREW = "خدمة الدفع الإلكتروني للمتاجر", "שירות התשלומים של החנות"
MIXED = "متجر checkout 2.0 (جديد)"
CHINESE, JAPANESE = "订单结算与支付网关服务", "支払いサービス・決済ゲートウェイ"
BRANCHES = ["main", "main", "release/2026.1", "feature/SHOP-4711-" + "keep-the-cart-of-a-guest-who-signs-in-" * 5, "תיקון/עגלה-ריקה",
            "fix/" + "x" * 190]
PEOPLE = ["Ana Costa", "Jonas Weil", "Łukasz Żak", "李伟", "يوسف الحداد", "נועה לוי", "Wolfeschlegelsteinhausenbergerdorff " * 5, "👩‍💻 Mira", "renovate[bot]"]
SUBJECTS = ["Keep the cart of a guest who signs in", "Show the tax of each line", "Retry a payment that timed out, once", "SHOP-1204 Round half cents up",
            "إصلاح حساب الضريبة في ملخص الطلب", "תיקון חישוב המשלוח", "修复优惠券重复使用的问题", "🐛 Mend the empty cart 🛒",
            "Rename " + "a very long list of things that nobody can remember, " * 7 + "at last",
            "Merge https://git.example.com/acme/shop/" + "deep/" * 40 + "branch"]
AREAS = ["catalog", "identity", "inventory", "shipping", "billing", "pricing", "gateway", "reporting", "loyalty", "returns", "search", "mail", "media",
         "audit", "ledger"]
PARTS = ["api", "worker", "web"]
ODD = [("ledger-of-all", LONG_WORDS, "Finance"), ("reconciliation", LONG_WORD, "Finance"), ("versand", EMOJI, "Logistics 📦"), ("daf", ARABIC, "المدفوعات"),
       ("tashlumim", HEBREW, "المدفوعات"), ("matjar", MIXED, "المدفوعات"), ("dingdan", CHINESE, "亚洲"), ("shiharai", JAPANESE, "亚洲")]


def services():
    """Key, name, group and number of releases of each service."""
    plain = [(f"{area}-{part}", f"{area}-{part}", area.capitalize() if index % 2 else None) for part in PARTS for index, area in enumerate(AREAS)]
    found = [("checkout", "checkout", "Shop", 300), ("web", "web", "Shop", 40)]
    found += [(*service, 6) for service in ODD] + [(*service, 3 + index % 5) for index, service in enumerate(plain)]
    return found[:50]


def stamp(time):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")


class Story:
    """What happened to one service: releases that climb, fail, wait, fall back, and the notes of them."""

    def __init__(self, index, key, count):
        self.index, self.key, self.count = index, key, count
        self.chance = random.Random(f"large site {key}")
        self.gated = index % 3 != 1
        self.number = 100
        self.live = None
        self.runs, self.sections = [], []

    def told(self):
        span = timedelta(days=360 if self.count > 20 else 100)
        for release in range(self.count):
            # The last one began this morning, the ones before are spread over the time before it.
            began = END - timedelta(hours=4) - span * (self.count - 1 - release) / self.count
            self.release(release, began.replace(microsecond=0), last=release == self.count - 1)
        return self

    def version(self, release):
        if self.index % 10 == 5:
            return f"{self.chance.getrandbits(160):040x}"
        if self.index % 25 == 7:
            return f"2026.{release + 1}.0-" + "long-lived-branch-of-the-returns-team." * 5 + "1"
        return f"{1 + release // 60}.{release % 60}.{release % 3}"

    def release(self, release, began, last):
        version, roll = self.version(release), self.chance.random()
        if last:
            ending = ["waiting", "succeeded", "running", "waiting", "failed", "succeeded", "an odd word", "cancelled", "queued", "succeeded"][self.index % 10]
            ending = "running" if ending == "waiting" and not self.gated else ending
        else:
            ending = "failed" if roll < .08 else "rejected" if roll < .11 and self.gated else "succeeded"
        self.runs.append(self.run(version, began, ending))
        self.sections.append((version, self.section(version, release, began)))
        if ending == "succeeded" and self.live and roll > .95:
            self.runs.append(self.jump(self.live, began + timedelta(hours=9), action="rollback", reason="The totals were wrong: " + self.pick(SUBJECTS)))
        elif ending == "succeeded" and roll > .93:
            self.runs.append(self.jump(version + "-hotfix.1", began + timedelta(hours=7), hotfix=True, reason=self.pick(SUBJECTS)))
        elif ending == "succeeded":
            self.live = version

    def pick(self, items):
        return items[int(self.chance.random() * len(items))]

    def commit(self, at):
        return {"sha": f"{self.chance.getrandbits(160):040x}", "message": self.pick(SUBJECTS), "author": self.pick(PEOPLE), "committedAt": stamp(at)}

    def begun(self, version, began):
        self.number += 1
        changes = [self.commit(began - timedelta(hours=hour)) for hour in range(int(self.chance.random() * 5), -1, -1)]
        return {"service": self.key, "provider": "gitlab", "repository": f"acme/{self.key}", "pipeline": "main", "id": str(self.number),
                "number": self.number, "url": f"https://ci.example.com/{self.key}/{self.number}", "version": version, "ref": self.pick(BRANCHES),
                "trigger": "push", "actor": {"name": self.pick(PEOPLE), "kind": "human"}, "createdAt": stamp(began), "startedAt": stamp(began),
                "commit": changes[-1], "changes": changes}

    def run(self, version, began, ending):
        """Build and tests, then each environment in its turn; `ending` is what happens at a place of chance, or at the gate."""
        run = self.begun(version, began)
        stop = {"waiting": 3, "rejected": 3, "succeeded": 4}.get(ending, int(self.chance.random() * 4))
        at = began + timedelta(minutes=6)
        steps = [self.step("Build 🔨", "succeeded", began, at), self.step("Unit tests of the " + LONG_WORDS, "succeeded", at, at)]
        deployments, state = [], "succeeded"
        for level, environment in enumerate(ENVIRONMENTS):
            before = at
            if level == 3 and self.gated and level <= stop:
                at = self.gate(run, before, ending)
            state = "succeeded" if level < stop else ending if level == stop else "skipped"
            state = {"rejected": "cancelled"}.get(state, state)
            began_here, at = at, at + timedelta(minutes=int(2 + self.chance.random() * 25))
            open_end = state in ("waiting", "running", "queued")
            started = None if state in ("waiting", "queued", "skipped") or ending == "rejected" and level == 3 else began_here
            finished = None if open_end or not started else at
            steps.append(self.step(environment, state, started, finished))
            deployments.append({"environment": environment, "state": state, "step": environment, "startedAt": started and stamp(started),
                                "finishedAt": finished and stamp(finished), "promotion": "manual" if level == 3 and self.gated else "automatic",
                                **({"gate": "release"} if "gates" in run and level == 3 else {})})
        run.update(state=next((d["state"] for d in deployments if d["state"] not in ("succeeded", "skipped")), "succeeded"), steps=steps,
                   deployments=deployments, finishedAt=None if ending in ("waiting", "running", "queued") else stamp(at))
        if ending == "succeeded" and self.number % 7 == 0:
            run["attempt"] = 2
            self.runs.append({**run, "attempt": 1, "state": "failed", "deployments": [], "steps": steps[:1], "finishedAt": stamp(began + timedelta(minutes=6))})
        if self.number % 2:
            run["tests"] = {"total": 4812, "passed": 4809, "failed": 0, "skipped": 3, "flaky": 2, "seconds": 311}
        return run

    def step(self, name, state, started, finished):
        failed = {"error": "The health check answered 503 for 120 s: " + LONG_WORD} if state == "failed" else {}
        return {"key": name, "name": name, "state": state, "startedAt": started and stamp(started), "finishedAt": finished and stamp(finished), **failed}

    def gate(self, run, at, ending):
        decided = at + timedelta(minutes=int(20 + 3000 * self.chance.random() ** 4))
        decided = decided if ending != "succeeded" else min(decided, END - timedelta(hours=1))
        state = {"waiting": "waiting", "rejected": "rejected"}.get(ending, "approved")
        decisions = [{"by": self.pick(PEOPLE), "at": stamp(decided), "decision": state, "comment": self.pick(SUBJECTS)}] if state != "waiting" else []
        run["gates"] = [{"key": "release", "kind": "human", "state": state, "environment": "production", "requestedAt": stamp(at),
                         "allowed": PEOPLE[:7], "required": 1, "decisions": decisions}]
        return at if state == "waiting" else decided

    def jump(self, version, began, **more):
        """A run that goes straight to production: a fall back or a hotfix."""
        began = min(began, END - timedelta(minutes=40))
        run, ended = self.begun(version, began), stamp(began + timedelta(minutes=11))
        return {**run, "state": "succeeded", "finishedAt": ended, "trigger": "manual",
                "deployments": [{"environment": "production", "startedAt": stamp(began), "finishedAt": ended, "promotion": "manual", **more}]}

    def section(self, version, release, began):
        lines = [f"## {version} - {began:%Y-%m-%d}", ""]
        if release % 5 == 0:
            lines += ["### Breaking changes", "", f"- {self.pick(SUBJECTS)}", ""]
        lines += ["### Fixed", ""] + [f"- {self.pick(SUBJECTS)} (SHOP-{1000 + self.number}, @ana)" for _ in range(2 + release % 4)] + [""]
        if release % 20 == 3:
            lines += ["| " + " | ".join(["Field", "Before", "After", PLACE, ARABIC, LONG_WORD[:90]]) + " |", "|" + " --- |" * 6,
                      "| `total` | 1 | 2 | 3 | 4 | 5 |", "", "```", "curl -fsS https://api.example.com/" + "v1/" * 80, "```", "",
                      f"> {HEBREW} {LONG_WORDS}", "", f"See <https://docs.example.com/{'a' * 150}>.", ""]
        return "\n".join(lines)


def incident(number, story):
    """One in three is open. What broke is the last success in production that has a number of its own."""
    causes = [run for run in story.runs if run["deployments"] and run["deployments"][-1].get("state", "succeeded") == "succeeded"]
    cause = causes[-1]
    at = datetime.strptime(cause["deployments"][-1]["finishedAt"], "%Y-%m-%dT%H:%M:%SZ") + timedelta(minutes=9)
    ends = number % 3 != 0
    identity = f"{cause['id']}-production" + (f"-{cause['attempt']}" if cause.get("attempt", 1) > 1 else "")
    head = {"title": ["Orders are declined", LONG_WORDS, f"{ARABIC} 503", "🔥 " + JAPANESE][number % 4], "severity": ["major", "minor"][number % 2],
            "service": story.key, "environment": "production", "startedAt": stamp(at), "causedBy": identity}
    if ends:
        head["resolvedAt"] = stamp(min(at + timedelta(hours=5), END))
    updates = f"## {stamp(at)} detected\n\nSupport reports {number + 3} orders. {LONG_WORDS}\n"
    return "---\n" + "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in head.items()) + f"---\n\n{HEBREW}\n\n{updates}"


def configuration():
    environments = [{"key": "development", "name": "开发环境"}, {"key": "test", "name": PLACE}, {"key": "staging", "name": "البيئة التجريبية (staging)"},
                    {"key": "production", "name": "Production 🚀"}, {"key": "qa", "name": "QA of the old data centre", "tier": "test", "archived": True}]
    for environment in environments[:4]:
        environment["tier"] = environment["key"]
    return json.dumps({
        "site": {"name": "Releases of Acme, Beispiel & Søn 🌊 (all shops, all countries)", "id": "large", "url": "https://status.example.com/large/",
                 "timezone": "Europe/Berlin", "description": "A large site."},
        "environments": environments,
        "services": [{"key": key, "name": name, **({"group": group} if group else {})} for key, name, group, _ in services()],
        "links": {"commit": "https://git.example.com/commits/{sha}", "issues": [{"pattern": "SHOP-[0-9]+", "url": "https://jira.example.com/browse/{key}"}]},
        "freezes": [{"from": "2026-03-30", "to": "2026-04-06", "environments": ["production"], "reason": LONG_WORDS, "kind": "freeze"},
                    {"from": "2025-12-20", "to": "2026-01-04", "environments": ["production"], "reason": "Holidays 🎄"},
                    {"from": "2026-04-10T02:00:00Z", "to": "2026-04-10T05:00:00Z", "environments": ["staging"], "reason": ARABIC, "kind": "maintenance"}],
    }, ensure_ascii=False, indent=1)


def content():
    """Every file of the content folder: JSON is YAML too, so the configuration is written as such."""
    stories = [Story(index, key, count).told() for index, (key, _, _, count) in enumerate(services())]
    files = {"content/tidemark.yml": configuration(), "content/index.md": f"{LONG_WORDS}\n\n{ARABIC}\n"}
    for story in stories:
        files[f"content/runs/{story.key}.jsonl"] = "".join(json.dumps(run, ensure_ascii=False) + "\n" for run in story.runs)
        if story.index % 10 == 5:  # no heading of a changelog may name a version by its hash
            files.update({f"content/releases/{story.key}/{version}.md": text for version, text in story.sections})
        else:
            files[f"content/releases/{story.key}/CHANGELOG.md"] = "# Changelog\n\n" + "\n".join(text for _, text in reversed(story.sections))
    files["content/pages/runbook.md"] = f"# {PLACE}\n\n{LONG_WORD}\n\n| {ARABIC} | {EMOJI} |\n|---|---|\n| {LONG_WORD} | {LONG_WORDS} |\n\n    {LONG_WORD * 2}\n"
    files["content/runs/qa.jsonl"] = json.dumps({"service": "web", "id": "old-1", "state": "succeeded", "version": "0.9.0",
                                                 "finishedAt": "2025-04-02T10:00:00Z", "deployments": [{"environment": "qa"}]}) + "\n"
    for number in range(12):
        files[f"content/incidents/incident-{number}.md"] = incident(number, stories[number])
    return files


if __name__ == "__main__":
    for path, text in content().items():
        file = Path(sys.argv[1]) / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
