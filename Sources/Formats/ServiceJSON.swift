import Diagnostics
import Documents
import Plan
import Records
import Releases
import Report

extension Edition {
  /// `services/<service>/<env>/deployments.json`: newest first, those that have a page.
  func writeDeployments(_ service: Int, _ environment: Int, _ json: inout JSONWriter) {
    json.schema("deployments")
    let history = catalog.histories[service][environment]
    let shown = history.deployments.reversed().filter { map.deployment(service, $0) != nil }
    json.member("deployments", each: shown) { json, index in
      let deployment = catalog.services[service].deployments[index]
      json.member("id", deployment.id)
      json.member("run", deployment.runID)
      json.member("version", deployment.version)
      json.member("commit", deployment.commit?.sha)
      json.member("state", deployment.state.rawValue)
      json.member("stateRaw", deployment.stateRaw)
      json.member("kind", deployment.kind?.rawValue)
      json.member("action", deployment.action.rawValue)
      json.member("promotion", deployment.promotion.rawValue)
      json.member("startedAt", deployment.startedAt)
      json.member("finishedAt", deployment.finishedAt)
      json.member("waitSeconds", seconds: deployment.gate?.waitSeconds)
      json.member("actor", deployment.actor?.name)
      json.member("from", deployment.from)
      json.member("added", history.changelog.entry(of: index)?.includes ?? [])
      json.member("removed", history.changelog.entry(of: index)?.removes ?? [])
      json.member("gate", deployment.gate) { json, gate in
        json.member("key", gate.key)
        json.member("kind", gate.kind.rawValue)
        json.member("state", gate.state.rawValue)
        json.member("requestedAt", gate.requestedAt)
        json.member("decidedAt", gate.decidedAt)
        json.member("by", gate.decidedBy)
      }
      json.member("inferred", deployment.inferred)
      json.member("attempt", deployment.attempt)
      json.member("target", deployment.target)
      json.member("targets", each: deployment.targets) { json, part in
        json.member("target", part.name)
        json.member("state", part.state.rawValue)
        json.member("startedAt", part.startedAt)
        json.member("finishedAt", part.finishedAt)
        json.member("carried", part.isCarried)
      }
    }
  }

  /// `services/<service>/<env>/changelog.json`: entries newest first, versions highest first.
  func writeChangelog(_ service: Int, _ environment: Int, _ json: inout JSONWriter) {
    json.schema("changelog")
    let history = catalog.histories[service][environment]
    let deployments = catalog.services[service].deployments
    json.member("live", history.cell.state == .current ? history.cell.current.map { deployments[$0].version } : nil)
    json.member("entries", each: history.changelog.entries) { json, entry in
      json.member("id", deployments[entry.deployment].id)
      json.member("deployment", deployments[entry.deployment].id)
      json.member("kind", entry.kind.rawValue)
      json.member("from", entry.from)
      json.member("to", entry.to)
      json.member("at", entry.at)
      json.member("includes", entry.includes)
      json.member("removes", entry.removes)
      json.member("folded", entry.folded)
      json.member("again", entry.again)
      json.member("missingFixes", entry.missingFixes)
      json.member("missingNotes", entry.missingNotes)
      json.member("yanked", entry.yanked)
      json.member("breaking", entry.breaking.map(\.text))
      json.member("targets", each: entry.targets) { json, target in
        json.member("target", target.name)
        json.member("at", target.at)
        json.member("deployment", deployments[target.deployment].id)
      }
    }
    json.member("pending", history.cell.pending)
    json.member("ahead", history.cell.ahead)
  }

  /// `services/<service>/releases.json`: in the order of the file, then deployed versions without notes.
  func writeReleases(_ service: Int, _ json: inout JSONWriter) {
    json.schema("releases")
    let deployments = catalog.services[service].deployments
    json.member("releases", each: catalog.services[service].releases) { json, release in
      let note = release.note?.value
      json.member("version", release.version)
      json.member("date", note?.date.map(Format.machineDay))
      json.member("yanked", note?.yanked ?? false)
      json.member("title", note?.title)
      json.member("unreleased", release.isUnreleased)
      json.member("file", release.note?.file)
      json.member("line", release.note?.position.line)
      json.member("notes", release.isUnreleased ? note.map { String(decoding: $0.markdown, as: UTF8.self) } : nil)
      json.member("arrivals", each: release.arrivals) { json, arrival in
        json.member("environment", catalog.environments[arrival.environment].key)
        json.member("arrivedAt", arrival.arrivedAt)
        json.member("leftAt", arrival.leftAt)
        json.member("deployment", deployments[arrival.deployment].id)
        json.member("targets", each: arrival.targets) { json, target in
          json.member("target", target.name)
          json.member("arrivedAt", target.arrivedAt)
          json.member("leftAt", target.leftAt)
          json.member("deployment", deployments[target.deployment].id)
        }
      }
    }
  }

  /// `runs/<service>.json`: the runs that have a page, newest first.
  func writeRuns(_ service: Int, _ json: inout JSONWriter) {
    json.schema("runs")
    json.member("service", catalog.services[service].key)
    let deployments = catalog.services[service].deployments
    let shown = catalog.services[service].runs.enumerated().filter { map.run(service, $0.offset) != nil }.map(\.element)
    json.member("runs", each: shown) { json, run in
      let record = run.record
      json.member("id", record.id)
      json.member("number", record.number)
      json.member("attempt", record.attempt)
      json.member("version", run.version)
      json.member("state", record.state.rawValue)
      json.member("stateRaw", record.stateRaw)
      json.member("warning", record.warning)
      json.member("title", record.title)
      json.member("pipeline", record.pipeline)
      json.member("url", record.url)
      json.member("commit", record.commit?.sha)
      json.member("ref", record.ref) { json, ref in
        json.member("name", ref.name)
        json.member("type", ref.type.rawValue)
      }
      json.member("trigger", record.trigger?.type.rawValue)
      json.member("actor", record.actor?.name)
      json.member("createdAt", record.createdAt)
      json.member("startedAt", record.startedAt)
      json.member("finishedAt", record.finishedAt)
      json.member("activeSeconds", seconds: record.activeSeconds)
      json.member("steps", each: record.steps) { json, step in writeStep(step, &json) }
      json.member("deployments", run.deployments.map { deployments[$0].id })
      json.member("tests", record.tests) { json, tests in
        json.member("total", tests.total)
        json.member("passed", tests.passed)
        json.member("failed", tests.failed)
        json.member("skipped", tests.skipped)
        json.member("flaky", tests.flaky)
        json.member("seconds", seconds: tests.seconds)
      }
      json.member("attempts", each: run.attempts) { json, attempt in
        json.member("attempt", attempt.attempt)
        json.member("state", attempt.state.rawValue)
        json.member("startedAt", attempt.startedAt)
        json.member("finishedAt", attempt.finishedAt)
      }
    }
  }

  private func writeStep(_ step: Step, _ json: inout JSONWriter) {
    json.member("name", step.name)
    json.member("stage", step.stage)
    json.member("state", step.state.rawValue)
    json.member("stateRaw", step.stateRaw)
    json.member("startedAt", step.startedAt)
    json.member("finishedAt", step.finishedAt)
    json.member("error", step.error)
  }
}
