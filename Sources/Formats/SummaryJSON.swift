import Documents
import Records
import Releases
import Report

extension Catalog {
  /// `summary.json`: everything the dashboard says.
  func writeSummary(_ json: inout JSONWriter, _ verdict: VerdictFacts) {
    json.schema("summary")
    let site = configuration.site
    json.member("page", site) { json, site in
      json.member("name", site.name)
      json.member("url", site.url)
      json.member("asOf", asOf)
      json.member("staleAfterSeconds", configuration.staleAfter)
    }
    json.member("status", self) { json, catalog in
      json.member("indicator", catalog.indicator.rawValue)
      json.member("description", catalog.statusSentence(verdict))
    }
    json.member("environments", each: environments) { json, environment in
      json.member("key", environment.key)
      json.member("name", environment.name)
      json.member("tier", environment.tier.rawValue)
      json.member("rank", environment.rank)
      json.member("shortLived", environment.isShortLived)
    }
    json.member("services", each: services) { json, service in
      json.member("key", service.key)
      json.member("name", service.name)
    }
    json.member("cells", each: cells) { json, place in writeCell(place.service, place.environment, &json) }
    writePendingReleases(&json)
    json.member("incidents", each: openIncidents.map { incidents[$0] }) { json, incident in
      writeIncidentHead(incident, &json)
    }
  }

  /// Every pair of service and environment, in the order of the page.
  private var cells: [(service: Int, environment: Int)] {
    services.indices.flatMap { service in environments.indices.map { (service, $0) } }
  }

  private func writeCell(_ service: Int, _ environment: Int, _ json: inout JSONWriter) {
    let cell = histories[service][environment].cell
    let deployments = services[service].deployments
    json.member("service", services[service].key)
    json.member("environment", environments[environment].key)
    json.member("state", cell.state.rawValue)
    // Where it is unknown which version runs, the last success is not said to be current.
    json.member("current", cell.state == .current || cell.state == .mixed ? cell.current : nil) { json, index in
      let deployment = deployments[index]
      json.member("version", deployment.version)
      json.member("deployment", deployment.id)
      json.member("commit", deployment.commit?.sha)
      json.member("since", cell.targets.first { $0.deployment == index }?.since ?? deployment.finishedAt)
      json.member("kind", deployment.kind?.rawValue)
      json.member("promotion", deployment.promotion.rawValue)
      json.member("by", deployment.by)
    }
    json.member("previous", cell.previous) { json, index in
      json.member("version", deployments[index].version)
      json.member("deployment", deployments[index].id)
    }
    json.member("lastAttempt", cell.lastAttempt) { json, index in
      json.member("version", deployments[index].version)
      json.member("deployment", deployments[index].id)
      json.member("state", deployments[index].state.rawValue)
      json.member("startedAt", deployments[index].startedAt)
      json.member("finishedAt", deployments[index].finishedAt)
    }
    json.member("waiting", each: cell.waiting) { json, waiting in writeWaiting(waiting, service, &json) }
    json.member("behind", cell) { json, cell in
      json.member("releases", cell.pending)
      json.member("oldestSince", cell.pendingSince)
    }
    json.member("ahead", cell) { json, cell in json.member("releases", cell.ahead) }
    json.member("flags", cell.flags.map(\.rawValue))
    json.member("targets", each: cell.targets) { json, target in
      json.member("target", target.name)
      json.member("version", target.version)
      json.member("deployment", target.deployment.map { deployments[$0].id })
      json.member("since", target.since)
      json.member("state", target.state.rawValue)
    }
  }

  private func writeWaiting(_ waiting: Waiting, _ service: Int, _ json: inout JSONWriter) {
    json.member("version", waiting.version)
    json.member("run", services[service].deployments[waiting.deployment].runID)
    json.member("gate", waiting.gate?.key)
    json.member("since", waiting.since)
    json.member("allowed", waiting.allowed)
    json.member("target", waiting.target)
  }

  /// Pairs of service and environment that lack releases which are live upstream.
  private func writePendingReleases(_ json: inout JSONWriter) {
    let places = cells.filter { !histories[$0.service][$0.environment].cell.pending.isEmpty }
    json.member("pending", each: places) { json, place in
      let cell = histories[place.service][place.environment].cell
      json.member("service", services[place.service].key)
      json.member("environment", environments[place.environment].key)
      json.member("releases", cell.pending)
      json.member("upstream", cell.upstream.map { environments[$0].key })
    }
  }

  /// `compare/<service>/<a>...<b>.json`: what an environment lacks of the one before it, and what it has that the other lacks.
  func writeComparison(_ service: Int, _ upstream: Int, _ downstream: Int, _ json: inout JSONWriter) {
    let cell = histories[service][downstream].cell
    json.schema("compare")
    json.member("asOf", asOf)
    json.member("service", services[service].key)
    for (name, place) in [("upstream", upstream), ("downstream", downstream)] {
      let current = histories[service][place].cell.current.map { services[service].deployments[$0].version }
      json.member(name, environments[place]) { json, environment in
        json.member("environment", environment.key)
        json.member("version", current)
      }
    }
    json.member("behind", cell) { json, cell in
      json.member("releases", cell.pending)
      json.member("oldestSince", cell.pendingSince)
      writeNotes(of: cell.pending, service, &json)
    }
    json.member("ahead", cell) { json, cell in
      json.member("releases", cell.ahead)
      writeNotes(of: cell.ahead, service, &json)
    }
    json.member("waiting", each: cell.waiting) { json, waiting in
      writeGate(waiting, service, &json)
      json.member("changes", each: waiting.changes) { json, change in
        json.member("sha", change.sha)
        json.member("subject", Words.subject(change.message))
        json.member("author", change.author)
        json.member("committedAt", change.committedAt)
      }
    }
    writeDecision(cell.lastDecision, &json)
  }

  /// What the notes of releases say first, of those that have one.
  private func writeNotes(of versions: [String], _ service: Int, _ json: inout JSONWriter) {
    let notes = versions.compactMap { version -> (version: String, note: ReleaseNote)? in
      let release = services[service].release(version: version).map { services[service].releases[$0] }
      return release?.note.map { (version, $0.value) }
    }
    json.member("notes", each: notes) { json, item in
      json.member("version", item.version)
      json.member("title", item.note.title)
      json.member("breaking", item.note.breaking)
      json.member("security", item.note.security)
    }
  }

  /// A gate that waits, with what it would bring.
  private func writeGate(_ waiting: Waiting, _ service: Int, _ json: inout JSONWriter) {
    writeWaiting(waiting, service, &json)
    json.member("deployment", services[service].deployments[waiting.deployment].id)
    json.member("brings", waiting.brings)
    json.member("holds", each: waiting.holds) { json, hold in
      switch hold {
      case .freeze(let freeze):
        json.member("kind", freeze.kind.rawValue)
        json.member("key", nil as String?)
        json.member("reason", freeze.reason)
        json.member("until", freeze.to)
      case .gate(let kind, let key):
        json.member("kind", kind.rawValue)
        json.member("key", key)
        json.member("reason", nil as String?)
        json.member("until", nil as String?)
      }
    }
    writeDecision(waiting.lastDecision, &json)
  }

  private func writeDecision(_ decision: Gate.Decision?, _ json: inout JSONWriter) {
    json.member("lastDecision", decision) { json, decision in
      json.member("by", decision.by)
      json.member("at", decision.at)
      json.member("decision", decision.decision)
    }
  }

  /// `pending.json`: what waits at a gate, with what it would bring, and what is pending without one.
  func writePending(_ json: inout JSONWriter) {
    json.schema("pending")
    json.member("asOf", asOf)
    let waiting = cells.filter { environments[$0.environment].isStage }.flatMap { place in
      histories[place.service][place.environment].cell.waiting.map { (place, $0) }
    }
    json.member("waiting", each: waiting) { json, item in
      let (place, waiting) = item
      json.member("service", services[place.service].key)
      json.member("environment", environments[place.environment].key)
      writeGate(waiting, place.service, &json)
    }
    writePendingReleases(&json)
  }

  /// `environments.json`: each environment and what runs there.
  func writeEnvironments(_ json: inout JSONWriter) {
    json.schema("environments")
    json.member("asOf", asOf)
    json.member("environments", each: environments.indices) { json, index in
      let environment = environments[index]
      json.member("key", environment.key)
      json.member("name", environment.name)
      json.member("tier", environment.tier.rawValue)
      json.member("rank", environment.rank)
      json.member("url", environment.url)
      json.member("archived", environment.archived)
      json.member("shortLived", environment.isShortLived)
      json.member("gate", environment.gate?.rawValue)
      json.member("services", each: services.indices) { json, service in
        json.member("service", services[service].key)
        writeCell(service, index, &json)
      }
    }
  }

  func writeIncidentHead(_ incident: Incident, _ json: inout JSONWriter) {
    json.member("id", incident.record.id)
    json.member("title", incident.record.title)
    json.member("type", incident.record.kind.rawValue)
    json.member("state", incident.record.state.rawValue)
    json.member("severity", incident.record.severity)
    json.member("service", incident.service.map { services[$0].key })
    json.member("environment", incident.environment.map { environments[$0].key })
    json.member("startedAt", incident.record.startedAt)
    json.member("resolvedAt", incident.record.resolvedAt)
    json.member("causedBy", incident.causedBy.first.map { services[$0.service].deployments[$0.deployment].id })
  }

  /// `incidents.json`: every incident with its updates.
  func writeIncidents(_ json: inout JSONWriter) {
    json.schema("incidents")
    json.member("incidents", each: incidents) { json, incident in
      writeIncidentHead(incident, &json)
      for (name, links) in [("causes", incident.causedBy), ("fixes", incident.fixedBy)] {
        json.member(name, each: links) { json, link in
          json.member("service", services[link.service].key)
          json.member("deployment", services[link.service].deployments[link.deployment].id)
        }
      }
      json.member("url", incident.record.url)
      json.member("description", incident.record.description?.plain)
      json.member("updates", each: incident.record.updates) { json, update in
        json.member("at", update.at)
        json.member("state", update.state?.rawValue)
        json.member("text", update.text.plain)
      }
    }
  }
}
