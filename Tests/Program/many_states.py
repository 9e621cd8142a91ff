"""The content of small sites that are in as many states as one can think of. No name in them has a Latin letter, so every Latin letter of
their pages is a word of the interface, an address or the name of a file; but for two headings that a reader of notes must know.

`SITES` has a function for each, which gives a file's text by its path: all of it, each story alone, and sites where nobody has to do
anything, or where little is known.
"""
import json
from datetime import datetime, timedelta, timezone

NOW = datetime(2026, 3, 31, 9, 40, tzinfo=timezone.utc)
DEV, TEST, STAGING, PRODUCTION, OLD, OLDER = "11", "22", "33", "44", "55", "66"
PLACES = [DEV, TEST, STAGING, PRODUCTION]
ANA, BEN, EVA = "Аня", "Боря", "Ева"


def ago(days=0, hours=0, minutes=0):
    return (NOW - timedelta(days=days, hours=hours, minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")


def sha(number):
    """Commits are the same where their first twelve digits are."""
    return f"{number:06d}".ljust(40, "0")


def commit(number, days, **more):
    return {"sha": sha(number), "message": f"Правка {number} по 77-{number}", "author": ANA, "committedAt": ago(days), **more}


class Story:
    """The records of one service, each with a number of its own."""

    def __init__(self, key):
        self.key, self.records, self.number = key, [], 0

    def run(self, version, days, state="succeeded", **more):
        self.number += 1
        ends = state not in ("running", "waiting", "queued")
        run = {"service": self.key, "provider": "Завод", "repository": f"0/{self.key}", "pipeline": "Лента", "id": str(self.number),
               "number": self.number, "url": "https://example.com/1", "version": version, "state": state, "ref": "ветка",
               "trigger": "push", "actor": {"name": ANA, "kind": "human"}, "createdAt": ago(days), "startedAt": ago(days),
               "finishedAt": ago(days, -1) if ends else None, "commit": commit(1000 * int(self.key) + self.number, days + 1), **more}
        self.records.append(run)
        return run

    def to(self, place, version, days, state="succeeded", **more):
        """A run with one deployment."""
        over = state in ("succeeded", "failed", "unknown") or state == "cancelled"
        deployment = {"environment": place, "state": state, "startedAt": ago(days) if state != "queued" else None,
                      "finishedAt": ago(days, 0, -9) if over else None, **more.pop("deployment", {})}
        return self.run(version, days, {"unknown": "failed"}.get(state, state), deployments=[deployment], **more)

    def through(self, version, days, places=PLACES):
        for level, place in enumerate(places):
            self.to(place, version, days - level / 4, deployment={"promotion": "automatic"})

    def alone(self, place, version, days, state="succeeded", **more):
        self.number += 1
        self.records.append({"kind": "deployment", "service": self.key, "id": f"9{self.number}", "environment": place, "version": version,
                             "state": state, "startedAt": ago(days), "finishedAt": ago(days, 0, -5) if state != "running" else None, **more})

    def asks(self, version, days, kind="human", place=PRODUCTION, state="waiting", started=None, deployed=None, decisions=(), **more):
        """A run that stops, or stopped, at a gate."""
        ref = more.pop("ref", "ветка")
        gate = {"key": "9", "kind": kind, "state": state, "environment": place, "requestedBy": BEN, "requestedAt": ago(days),
                "decisions": list(decisions), **more}
        told = deployed or ("waiting" if state == "waiting" else "succeeded")
        return self.run(version, days, told, ref=ref, gates=[gate], deployments=[
            {"environment": place, "state": told, "gate": "9", "startedAt": started, "finishedAt": started and told != "running" and ago(days - .5) or None}])


def decision(by, days, word="approved", **more):
    return {"by": by, "at": ago(days), "decision": word, **more}


def climbing():
    """Up to the gate of production, with a way back, a way up again, a hotfix and an incident."""
    story = Story("71")
    story.through("1.0.0", 60)
    story.through("1.1.0", 40)
    story.to(PRODUCTION, "1.0.0", 38, deployment={"action": "rollback", "reason": "Стало медленно"})
    story.to(PRODUCTION, "1.1.0", 36, deployment={"promotion": "manual"})
    story.through("1.2.0", 30, PLACES[:3])
    story.to(PRODUCTION, "1.1.1", 28, trigger="manual", deployment={"hotfix": True, "reason": "Спешно"})
    story.asks("1.2.0", 25, state="approved", started=ago(24), allowed=[ANA, BEN], decisions=[decision(BEN, 24, comment="Да")])
    story.to(PRODUCTION, "1.2.1", 22, actor={"name": "Робот", "kind": "bot"}, deployment={"hotfix": True})
    story.through("1.3.0", 8, PLACES[:3])
    story.through("1.4.0", 6, PLACES[:3])
    steps = [
        {"key": "1", "name": "Сборка", "stage": "Начало", "state": "succeeded", "warning": True, "startedAt": ago(3), "finishedAt": ago(3, 0, -4)},
        {"key": "2", "name": "", "stage": "Начало", "state": "failed", "optional": True, "startedAt": ago(3, 0, -4), "finishedAt": ago(3, 0, -5)},
        {"key": "3", "name": "Проверка", "state": "succeeded", "attempt": 2, "startedAt": ago(3, 0, -5), "finishedAt": ago(3, 0, -9)},
        {"key": "4", "name": "", "state": "skipped"}, {"key": "5", "name": "Дальше", "state": "cancelled"},
        {"key": "6", "name": "Потом", "state": "queued"}, {"key": "7", "name": "Долго", "state": "succeeded", "activeSeconds": 61},
    ]
    run = story.asks("1.5.0", 3, allowed=[ANA, BEN, EVA], required=2)
    run.update(steps=steps, changes=[commit(7001, 5, pullRequest="12"), commit(7002, 4), {"sha": sha(7003)}], title="Крупная правка",
               tests={"total": 20, "passed": 15, "failed": 2, "skipped": 2, "flaky": 1, "seconds": 61})
    story.alone(TEST, "1.5.0", 2, "running")
    return story


def lost():
    """Nobody can tell what runs: cut off midway, ended in a word that nobody knows, failed at the first time."""
    story = Story("72")
    story.through("2.0.0", 50)
    story.to(PRODUCTION, "2.1.0", 4, "cancelled")
    story.to(STAGING, "2.1.0", 4, "unknown", deployment={"stateRaw": "мимо"})
    story.to(TEST, "2.1.0", 3, "failed", steps=[
        {"key": "1", "name": "Запуск", "stage": "Выкладка", "state": "failed", "error": "Нет ответа", "startedAt": ago(3), "finishedAt": ago(3, 0, -9)},
        {"key": "2", "name": "Хвост", "state": "failed", "startedAt": ago(3), "finishedAt": ago(3, 0, -8)}],
        tests={"total": 4, "passed": 2, "failed": 2})
    story.to(DEV, "2.2.0", 1, "running")
    story.run("2.3.0", 1, "failed", steps=[{"key": "1", "name": "", "state": "failed", "error": ""}])
    story.run("2.4.0", 1, "failed")
    story.run("2.4.1", 1, "cancelled", steps=[{"key": "1", "name": "Сборка", "state": "cancelled", "startedAt": ago(1)}])
    story.run("2.4.2", 1, "cancelled", steps=[{"key": "1", "name": "", "state": "cancelled", "startedAt": ago(1)}])
    story.run("2.4.3", .9, "unknown", stateRaw="мимо")
    story.run("2.4.4", .9, "unknown")
    return story


def leaving():
    """Removed, being removed, and a removal that failed; archived environments too."""
    story = Story("73")
    story.through("3.0.0", 50)
    for place in (OLD, PRODUCTION):
        story.alone(place, "3.0.0", 45)
        story.alone(place, "3.0.0", 9, action="remove", actor=ANA)
    story.alone(STAGING, "3.0.0", 1, "running", action="remove")
    story.alone(TEST, "3.0.0", 1, "failed", action="remove")
    return story


def disordered():
    """An older run after a newer one, two at the same time, clocks that go backwards, kinds of attempts and refs."""
    story = Story("74")
    story.through("4.0.0", 50)
    first, second = story.to(PRODUCTION, "4.1.0", 7), story.to(PRODUCTION, "4.2.0", 8)
    first.update(id="901", number=901)
    second.update(id="902", number=902)
    for name in ("4.3.0", "4.3.1"):
        story.to(TEST, name, 5)
    story.to(DEV, "4.4.0", 4, deployment={"startedAt": ago(3), "finishedAt": ago(4)})
    story.to(DEV, "4.4.0", 2)
    story.to(DEV, "4.4.0", 1.5)["version"] = {"name": "4.4.0", "digest": "0:1"}
    again = story.to(STAGING, "4.1.0", 3)
    story.records.append({**again, "attempt": 2, "state": "succeeded", "warning": True, "finishedAt": ago(2.9)})
    again.update(state="failed", steps=[{"key": "1", "name": "Сборка", "stage": "Начало", "state": "failed"}])
    again["deployments"][0].update(state="failed")
    kinds = [({"name": "5", "type": "tag"}, "tag"), ({"name": "к-слиянию", "type": "pull_request", "pullRequest": "7"}, "pull_request"),
             ({"name": "прочее", "type": "other"}, "schedule"), ({"name": "ветка", "pullRequest": "8"}, "api"), ("ветка", "upstream"),
             ("ветка", "redeploy"), ("ветка", {"type": "unknown", "raw": "кто-то"})]
    for number, (ref, trigger) in enumerate(kinds):
        story.run(f"4.5.{number}", 2, ref=ref, trigger=trigger, actor={"name": "Часы", "kind": "system"})
    story.run("4.6.0", 1, "queued")
    story.run("4.6.1", 1, "running", deployments=[{"environment": DEV, "state": "queued"}])
    story.run("4.6.2", 1, "skipped", deployments=[{"environment": DEV, "state": "skipped"}])
    story.run("4.6.3", 1, "cancelled", deployments=[{"environment": DEV, "state": "cancelled"}])
    story.run("4.6.4", 1, "succeeded", startedAt=None, finishedAt=None, activeSeconds=60)
    return story


def withdrawn():
    """What runs was yanked; releases without notes, candidates, and fixes of the line that was left."""
    story = Story("75")
    story.through("5.0.0", 50)
    story.through("5.1.0-1", 30, PLACES[:2])
    story.through("5.1.0", 29)
    story.through("5.1.1", 28, PLACES[:2])
    story.alone(PRODUCTION, "6.0.0", 9, promotion="manual", actor=EVA, inferred=["действие"])
    story.alone(PRODUCTION, "7.0.0", 5)
    story.asks("7.1.0", 4)
    story.asks("7.2.0", 2)
    return story


def held(key, kind, **more):
    story = Story(key)
    story.through("1.0.0", 50)
    story.through("1.1.0", 3, PLACES[:3])
    story.asks("1.1.0", 2, kind, **more)
    return story


def judged():
    """What the audit flags: the author approves, nobody approves, a closed gate, a freeze, and what nobody recorded."""
    story = Story("80")
    story.through("1.0.0", 50)
    story.asks("1.1.0", 20, state="approved", started=ago(19.9), decisions=[decision(ANA, 19.9)])
    story.asks("1.2.0", 18, state="rejected", started=ago(17.9), decisions=[decision(EVA, 17.9, "rejected")])
    story.asks("1.3.0", 16, state="approved", started=ago(15.9), decisions=[{"by": None, "decision": "approved"}])
    story.asks("1.4.0", 14, state="expired", deployed="cancelled")
    story.asks("1.5.0", 12, state="cancelled", deployed="cancelled")
    story.asks("1.6.0", 11, state="skipped", deployed="skipped")
    story.asks("1.7.0", 10, state="unknown", started=ago(9.9))
    story.asks("1.8.0", 9, "timer", state="approved", started=ago(8.9), decidedAt=ago(8.9))
    story.to(PRODUCTION, "1.9.0", 1, "failed")
    story.to(PRODUCTION, "1.10.0", .5, deployment={"promotion": "manual"})
    return story


def spread():
    """Targets within an environment: named ones that each have a fate, and a fan-out of one run that reached some of them."""
    story = Story("82")

    def each(place, version, days, targets):
        """One run that deploys to several targets, each with a state of its own."""
        failed = "failed" in targets.values()
        return story.run(version, days, "failed" if failed else "succeeded", deployments=[
            {"environment": place, "target": target, "state": state, "startedAt": ago(days), "finishedAt": ago(days, 0, -5 * number)}
            for number, (target, state) in enumerate(targets.items(), 1)])

    def fan(place, version, days, states):
        """One run whose steps deploy to targets that have no name but the step's."""
        span = {"startedAt": ago(days), "finishedAt": ago(days, 0, -5)}
        return story.run(
            version, days, "failed" if "failed" in states else "succeeded",
            steps=[{"key": str(number), "name": f"Шаг {number}", "state": state, **span} for number, state in enumerate(states)],
            deployments=[{"id": f"{place}/{version}/{number}", "environment": place, "step": str(number), "state": state, **span}
                         for number, state in enumerate(states)])

    story.through("1.0.0", 50, PLACES[:3])
    each(PRODUCTION, "1.0.0", 40, {"Север": "succeeded", "Юг": "succeeded", "Запад": "succeeded"})
    each(PRODUCTION, "1.1.0", 20, {"Север": "succeeded", "Юг": "failed", "Восток": "failed"})
    story.alone(PRODUCTION, "1.0.0", 10, action="remove", target="Запад")
    story.alone(PRODUCTION, "1.1.0", 9, "cancelled", target="Центр")
    story.asks("1.2.0", 2, allowed=[ANA])["deployments"][0]["target"] = "Юг"
    fan(STAGING, "1.1.0", 8, ["succeeded", "succeeded", "failed"])
    fan(TEST, "1.2.0", 4, ["failed", "failed"])
    begun = fan(TEST, "1.1.0", 8, ["succeeded", "failed"])
    later = {"attempt": 2, "state": "succeeded", "startedAt": ago(7), "finishedAt": ago(7, 0, -5)}
    story.records.append({**begun, **later, "deployments": [{**begun["deployments"][1], "id": "2", **later}],
                          "steps": [{**begun["steps"][1], **later}]})
    each(DEV, "1.2.0", 3, {"Север": "succeeded", "Юг": "succeeded"})
    story.to(DEV, "1.3.0", 2, deployment={"target": "Юг"})
    return story


def passing():
    """Environments that end with their work: in use, with a failure, ended, unknown, and one whose targets differ."""
    story = Story("83")
    story.through("1.0.0", 50)
    place = {"shortLived": True, "url": "https://example.com/3"}
    pull = {"name": "к-слиянию", "type": "pull_request", "pullRequest": "9"}
    story.to({"name": "91", **place}, "1.1.0", 5, ref=pull)
    story.to({"name": "92", **place}, "1.1.1", 4, "failed")
    story.to({"name": "93", **place, "state": "stopped"}, "1.1.2", 6)
    story.to({"name": "94", **place}, "1.1.3", 5)
    story.to({"name": "94", **place}, "1.1.4", 3, "cancelled")
    story.to({"name": "95", **place}, "1.1.5", 5, deployment={"target": "Север"})
    story.to({"name": "95", **place}, "1.1.6", 4, deployment={"target": "Юг"})
    story.to({"name": "96", "state": "stopped"}, "1.1.7", 4)
    return story


def unplaced(key="84"):
    """Runs that stand still, and others that no record and no rule gives an environment."""
    story = Story(key)
    for number in range(3):
        story.run(f"1.{number}.0", 5 - number, steps=[{"key": "1", "name": "Выкладка", "state": "succeeded"}])
    for number in range(2):
        story.run(f"2.{number}.0", 2 - number, "waiting", ref=f"ветка-{number}", gates=[
            {"key": "1", "kind": "human", "state": "waiting", "requestedAt": ago(2 - number)}])
    return story


def undated():
    """Successes whose time nobody knows, removed, left and rolled back ones among them, and two whose order nobody knows."""
    story = Story("85")
    timeless = {"createdAt": None, "startedAt": None, "finishedAt": None, "commit": None}

    def success(place, version, **more):
        run = {**timeless, **more.pop("run", {})}
        return story.run(version, 1, **run, deployments=[{"environment": place, "state": "succeeded", **more}])

    success(DEV, "1.0.0")
    success(DEV, "1.1.0")
    success(DEV, "1.0.0", action="rollback")
    success(TEST, "1.0.0")
    success(TEST, "1.0.0", action="remove")
    for pipeline in "12":
        success(STAGING, f"1.{pipeline}.0", run={"pipeline": pipeline, "number": None})
    success(PRODUCTION, "1.0.0")
    return story


def inactive():
    """What the provider says of it last is that it is not active any more, or that only a part of it was deployed."""
    story = Story("86")
    story.through("1.0.0", 50, PLACES[:3])
    story.to(STAGING, "1.1.0", 9, "unknown", deployment={"partial": True})
    story.to(PRODUCTION, "1.0.0", 40, deployment={"inactive": True})
    return story


def undescribed():
    """Nobody wrote notes, but the commits say what they are."""
    story = Story("87")
    story.through("1.0.0", 50)
    kinds = ["feat!: Новый вход", "feat: Поиск", "fix: Опечатка", "perf: Быстрее", "Прочее"]
    story.to(PRODUCTION, "1.1.0", 9, changes=[commit(8700 + number, 10, message=text) for number, text in enumerate(kinds)])
    story.to(DEV, "1.2.0", 8, changes=[commit(8800 + number, 9) for number in range(60)])
    return story


def yearly():
    """A release of each month of a year."""
    story = Story("88")
    for number in range(12):
        story.to(PRODUCTION, f"1.{number}.0", 345 - 30 * number)
    return story


def asking():
    """What a person may let in: the first of its environment, the same once more, an older one; nobody knows who decided the last time."""
    story = Story("89")
    story.through("1.0.0", 50, PLACES[:3])
    story.through("1.1.0", 30, PLACES[:2])
    approved = {"state": "approved", "decisions": [{"at": ago(19.9), "decision": "approved"}], "started": ago(19.9)}
    story.asks("1.1.0", 20, place=STAGING, **approved)
    story.asks("1.2.0", 20, "timer", place=TEST, **approved)
    story.asks("1.2.0", 18, "check", place=TEST, state="approved", started=ago(17.9))
    story.asks("1.0.0", 3, ref="ветка-1", requestedBy=None)["gates"].append(
        {"key": "8", "kind": "check", "state": "waiting", "environment": PRODUCTION})
    story.asks("1.2.0", 2, ref="ветка-2", place=TEST)
    untimed = story.asks("1.0.0", 1, ref="ветка-3", place=DEV, requestedAt=None)
    untimed["deployments"][0].update(action="rollback")
    untimed.update(createdAt=None, startedAt=None)
    return story


def versions():
    """Ways of a version: straight to the end, back and not again, the same build elsewhere, overtaken, and one whose name is no number."""
    story = Story("90")
    story.through("1.0.0", 50)
    for place in PLACES[:3]:
        story.to(place, "1.1.0", 40)["version"] = {"name": "1.1.0", "digest": "0:2"}
    back = story.number
    story.to(PRODUCTION, "1.2.0", 30, deployment={"hotfix": False, "url": "https://example.com/4"})
    story.to(STAGING, "1.0.0", 20, deployment={"action": "rollback", "rollbackOf": f"{back}-{STAGING}"})
    story.to(DEV, "1.3.0", 9, "superseded", deployment={"finishedAt": ago(9)})
    story.to(PRODUCTION, "1.2.0", 8, "failed", deployment={"action": "redeploy"})
    story.to(DEV, "Весна 1", 7)
    return story


def swinging():
    """Back and forth between two versions."""
    story = Story("94")
    for number in range(9):
        story.to(PRODUCTION, f"1.{number % 2}.0", 30 - number)
    return story


def between():
    """Something lies before each environment, and each has another reason for it: one is running, one was cut off."""
    story = Story("91")
    story.through("1.0.0", 50)
    story.through("1.1.0", 30, PLACES[:2])
    story.to(DEV, "1.2.0", 3)
    story.to(TEST, "1.2.0", 1, "running")
    story.to(STAGING, "1.1.0", 2, "cancelled")
    return story


def shapes():
    """Runs that few have: again and again, of no provider, with long logs, with one test, with steps of no length."""
    story = Story("92")
    story.run("2.0.0", 9, attempt=2, steps=[{"key": "1", "name": "Сборка", "state": "succeeded", "activeSeconds": .5}],
              tests={"total": 1, "passed": 1, "failed": 0})
    story.run("2.1.0", 8, provider=None, ref={"name": "ветка", "type": "branch", "pullRequest": "8"})
    story.run("2.2.0", 7, "failed", tests={"total": 1, "passed": 0, "failed": 1}, steps=[
        {"key": "1", "name": "Проверка", "state": "failed", "error": "Нет ответа. " * 900}])
    first = story.run("2.3.0", 6, "failed")
    story.records.append({**first, "attempt": 2, "state": "cancelled",
                          "steps": [{"key": "1", "name": "", "state": "cancelled", "startedAt": ago(6)}]})
    story.records.append({**first, "attempt": 3, "state": "succeeded", "finishedAt": ago(5.9)})
    return story


def clocks():
    """Times that contradict each other: committed after the arrival, decided before the request, ended before the start."""
    story = Story("93")
    story.through("1.0.0", 50)
    story.to(PRODUCTION, "1.1.0", 20, changes=[commit(9301, 10), {"sha": sha(9302)}], finishedAt=ago(21))
    story.asks("1.2.0", 15, state="approved", started=ago(14), decisions=[decision(BEN, 16)])
    story.to(PRODUCTION, "1.3.0", 9, "failed")
    story.to(PRODUCTION, "1.3.1", 8, deployment={"startedAt": None, "finishedAt": None})
    return story


STORIES = [climbing, lost, leaving, disordered, withdrawn, judged, lambda: held("76", "timer"), lambda: held("77", "check", required=3),
           lambda: held("78", "lock"), lambda: held("79", "policy", allowed=[EVA]), spread, passing, unplaced, undated, inactive, undescribed, yearly,
           asking, versions, swinging, between, shapes, clocks]


def incident(title, days, **more):
    return "---\n" + "".join(f"{key}: {json.dumps(value)}\n" for key, value in {"title": title, "startedAt": ago(days), **more}.items()) + (
        f"---\nЧто случилось.\n\n## {ago(days, -1)} acknowledged\n\nСмотрим.\n")


MARKDOWN = """
- [ ] Ещё нет[^1]
- [x] Уже да

[^1]: Скоро.

| Было | Стало |
| --- | --- |
| 1 | 2 |
""" + "".join(f"\n> [!{kind}]\n> Смотри.\n" for kind in ("NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"))


def note(**front):
    head = "".join(f"{key}: {json.dumps(value)}\n" for key, value in front.items())
    return f"---\n{head}---\n### Breaking changes\n\n- Убрано старое, 77-5\n" + MARKDOWN


CHANGELOG = """# Журнал

## Unreleased

- Скоро будет

## 1.5.0 - 2026-03-28

- Новое поле, 77-7

## [1.4.0](https://example.com/compare/1) - 2026-03-25

### Breaking changes

- Старое поле убрано

## [1.3.0](https://example.com/5) - 2026-03-20

### Security

- Закрыта дыра

## 1.2.0 - 2026-02-25

- Новое

## 1.1.1 - 2026-03-26

- Исправлено позже

## 1.1.0 - 2026-02-18

- Быстрее, спасибо @9

## 1.0.0 - 2026-01-30

- Начало
"""


def configuration(**more):
    tiers = ["development", "test", "staging", "production"]
    names = ["Лаборатория", "Проба", "Витрина", "Магазин"]
    places = [{"key": key, "name": name, "tier": tier, "url": "https://example.com/"} for key, name, tier in zip(PLACES, names, tiers)]
    return json.dumps({
        "site": {"name": "Выпуски", "id": "1", "timezone": "Europe/Berlin", "language": "de"},
        "environments": places + [{"key": OLD, "name": "Архив", "tier": "test", "archived": True}, {"key": OLDER, "name": "Чулан", "archived": True}],
        "links": {"user": "https://example.com/{name}", "issues": [{"pattern": "77-[0-9]+", "url": "https://example.com/{key}"}]}, **more}, ensure_ascii=False)


def freezes():
    return [{"from": "2026-03-28", "to": "2026-04-01", "environments": [PRODUCTION], "reason": "Итоги"},
            {"from": "2026-03-28", "to": "2026-04-02", "environments": [TEST, STAGING]},
            {"from": "2026-04-02", "to": "2026-04-03", "environments": [DEV]}, {"from": "2026-04-03", "to": "2026-04-04"},
            {"from": "2026-03-30", "to": "2026-04-02", "environments": [DEV], "kind": "maintenance"},
            {"from": "2026-03-30", "to": "2026-04-02", "environments": [DEV, TEST], "kind": "maintenance"},
            {"from": "2026-03-31T16:00:00Z", "to": "2026-04-02", "environments": [DEV], "kind": "maintenance"},
            {"from": "2026-04-02", "to": "2026-04-05", "environments": [DEV, TEST], "kind": "maintenance"},
            {"from": "2026-03-30T12:00:00Z", "to": "2026-03-31T01:00:00Z", "environments": [PRODUCTION]}]


def files(stories, config, **more):
    return {"content/tidemark.yml": config, "content/index.md": "Вступление.\n", **more,
            **{f"content/runs/{story.key}.json": json.dumps(story.records, ensure_ascii=False) for story in stories}}


def content():
    stories = [story() for story in STORIES]
    names = ["Касса", "Поиск", "Почта", "Склад", "Счета", "Таймер", "Сверка", "Замок", "Правило", "Надзор", "Бумага"]
    services = [{"key": str(71 + number), "name": name, "repository": "https://example.com/"} for number, name in enumerate(names)]
    services[0]["group"] = "Лавка"
    found = files(stories, configuration(services=services, freezes=freezes(), history={"months": 6}, markdown={"mentions": True}))
    found["content/releases/71/CHANGELOG.md"] = CHANGELOG
    for version, front in [("5.0.0", {}), ("5.1.0-1", {}), ("5.1.1", {"date": "2026-03-25"}), ("6.0.0", {"yanked": True}),
                           ("7.0.0", {"yanked": True, "title": "Отозвано"}),
                           ("7.2.0", {"draft": True, "title": "Черновик"})]:
        found[f"content/releases/75/{version}.md"] = note(**front)
    found["content/releases/75/5.1.0.md"] = "---\ndate: 2026-03-01\n---\n"
    found["content/releases/81/0.1.0.md"] = note(date="2026-01-01")
    found["content/releases/81/0.2.0.md"] = "---\ndate: 2026-01-02\n---\n"
    incidents = [{"causedBy": "72/5-44"}, {"service": "71", "environment": PRODUCTION, "severity": "важно", "url": "https://example.com/2"},
                 {"causedBy": "71/14-44", "fixedBy": "71/16-44"}, {"service": "75", "causedBy": "75/914"},
                 {"resolvedAt": ago(34), "service": "71", "causedBy": "71/8-44", "fixedBy": ["71/9-44", "71/14-44"]}]
    planned = {"type": "maintenance", "service": "71"}
    incidents += [{"environment": DEV, "fixedBy": "71/16-44"}, {"environment": TEST, "causedBy": "71/14-44", "fixedBy": "71/16-44"},
                  planned, {**planned, "resolvedAt": ago(34)}, {"state": "postmortem", "resolvedAt": ago(34)}]
    for number, more in enumerate(incidents):
        found[f"content/incidents/{number}.md"] = incident(f"Сбой {number}", 35 if "resolvedAt" in more else 1 + number, **more)
    return found


def quiet():
    """Everything that runs is current."""
    story = Story("71")
    story.through("1.0.0", 5)
    return files([story], configuration())


def moving(key):
    """A release is on its way, and no gate stands before it."""
    story = Story(key)
    story.through("1.0.0", 9)
    story.through("1.1.0", 2, PLACES[:2])
    return story


def checked():
    """Nobody has to do anything: checks are under way, something failed, something is on its way."""
    failing = Story("70")
    failing.through("1.0.0", 9)
    failing.to(PRODUCTION, "1.1.0", 2, "failed")
    return files([held("76", "check"), held("77", "check"), failing, moving("60"), moving("61")], configuration())


def unknown():
    """No service, one incident; nothing else was ever recorded."""
    return {"content/tidemark.yml": configuration(), "content/incidents/1.md": incident("Сбой", 1)}


def empty():
    return {"content/tidemark.yml": configuration()}


def differing():
    """Nobody has to do anything, and the targets of an environment run several versions."""
    story = Story("71")
    for target, version in ("Север", "1.0.0"), ("Юг", "1.1.0"):
        story.to(PRODUCTION, version, 5, deployment={"target": target})
    environments = [{"key": DEV}, {"key": TEST}, {"key": PRODUCTION, "name": "Магазин"}, {"key": OLD, "name": "Архив", "archived": True}]
    return {**files([story, moving("60")], configuration(environments=environments)), "content/releases/71/1.0.0.md": note()}


def unread(count, **config):
    """Nothing that was read is shown."""
    return {"content/tidemark.yml": configuration(**config), **{f"content/runs/{number}.json": "{}" for number in range(count)}}


def faulty():
    """A record lacks what it must have."""
    return {**quiet(), "content/runs/1.json": '[{"kind": "deployment", "service": "71", "id": "1"}]'}


def placeless(count):
    """Runs are all that is known, and none names an environment; all but the first stand still."""
    story = Story("71")
    story.run("1.0.0", 9)
    for number in range(count):
        story.run(f"1.1.{number}", 8, "waiting", ref=f"ветка-{number}")
    return files([story], configuration())


SITES = {"all": content, "quiet": quiet, "checked": checked, "unknown": unknown, "empty": empty, "differing": differing,
         "unread 1": lambda: unread(1), "unread 2": lambda: unread(2), "unread 1 of 71": lambda: unread(1, services=[{"key": "71"}]),
         "unread 2 of 71": lambda: unread(2, services=[{"key": "71"}]), "faulty": faulty,
         "paused 0": lambda: placeless(0), "paused 1": lambda: placeless(1), "paused 3": lambda: placeless(3), "paused 4": lambda: placeless(4),
         **{f"story {number}": lambda story=story: files([story()], configuration(freezes=freezes()[7:8])) for number, story in enumerate(STORIES)}}
# The build of these ends with an error of the content, and has made the site.
FAULTY = {"faulty"}
