import Documents
import Releases

/// The changes of production in one month, newest first: what `audit/<yyyy-mm>` shows in each of its forms.
struct AuditMonth {
  struct Item {
    let service: Int
    /// Index into the service's deployments.
    let index: Int
    let deployment: Deployment
    let change: AuditedChange
  }

  let edition: Edition
  let month: Period
  let items: [Item]

  init(_ edition: Edition, _ month: Period) {
    (self.edition, self.month) = (edition, month)
    let catalog = edition.catalog
    let items = catalog.productions.flatMap { environment in
      (edition.map.months.places[environment].attempts[month] ?? []).map { attempt in
        Item(
          service: attempt.service, index: attempt.deployment,
          deployment: catalog.services[attempt.service].deployments[attempt.deployment],
          change: edition.audit.judge(attempt.service, attempt.deployment))
      }
    }
    // Within one environment they are in order already.
    self.items = items.enumerated().sorted { left, right in
      guard let mine = left.element.deployment.time, let theirs = right.element.deployment.time, mine != theirs else {
        return left.offset < right.offset
      }
      return mine > theirs
    }.map(\.element)
  }

  func count(_ flag: AuditedChange.Flag) -> Int { items.count { $0.change.flags.contains(flag) } }
  /// That a person let through, and that went out by themselves.
  var approved: Int { items.count { $0.deployment.peopleGates.contains { $0.state == .approved } } }
  var ungated: Int { items.count { $0.deployment.peopleGates.isEmpty && $0.deployment.promotion == .automatic } }
  /// That are neither: refused, forced, or not recorded well enough to tell.
  var otherwise: Int { items.count - approved - ungated }
  var flagged: Int { items.count { !$0.change.flags.isEmpty } }
}

/// Where the evidence of a change lies; nil where there is none.
struct AuditEvidence {
  /// Relative to the site.
  let page: String?
  let runPage: String?
  /// Outside.
  let run: String?
  /// Where it is not that of the run.
  let deployment: String?
  /// Of the step that the gate held.
  let gate: String?
  let commit: String?

  init(_ item: AuditMonth.Item, _ edition: Edition) {
    let service = edition.catalog.services[item.service]
    let run = item.deployment.run.map { service.runs[$0] }
    page = edition.map.deployment(item.service, item.index)
    runPage = item.deployment.run.flatMap { edition.map.run(item.service, $0) }
    let record = run.flatMap { run in ([run.record] + run.attempts).first { $0.attempt == item.deployment.attempt } }
    self.run = record?.url
    deployment = item.deployment.url == record?.url ? nil : item.deployment.url
    let steps = item.deployment.peopleGates.compactMap(\.step)
    gate = record?.steps.first { $0.key.map(steps.contains) ?? false && $0.url != nil }?.url
    commit = item.deployment.commit.flatMap { Viewpoint(edition: edition, path: "").commit($0.sha).url }
  }
}

extension AuditMonth {
  /// `audit/<yyyy-mm>.json`: the same bytes stand in the interface.
  func write(_ json: inout JSONWriter) {
    json.schema("audit")
    json.member("month", month.month?.key)
    json.member("timeZone", edition.catalog.configuration.zone.name)
    json.member("counts", self) { json, month in
      json.member("changes", month.items.count)
      json.member("flagged", month.flagged)
      json.member("flags", month) { json, month in
        for flag in AuditedChange.Flag.allCases { json.member(flag.rawValue, month.count(flag)) }
      }
    }
    json.member("changes", each: items) { json, item in
      write(item.deployment, of: item.service, &json)
      write(item.change, &json)
      json.member("gates", each: item.deployment.peopleGates) { json, gate in write(gate, &json) }
      json.member("evidence", AuditEvidence(item, edition)) { json, evidence in
        json.member("page", evidence.page.map(edition.address))
        json.member("runPage", evidence.runPage.map(edition.address))
        json.member("run", evidence.run)
        json.member("deployment", evidence.deployment)
        json.member("gate", evidence.gate)
        json.member("commit", evidence.commit)
      }
    }
  }

  private func write(_ deployment: Deployment, of service: Int, _ json: inout JSONWriter) {
    json.member("service", edition.catalog.services[service].key)
    json.member("environment", edition.catalog.environments[deployment.environment].key)
    json.member("deployment", deployment.id)
    json.member("at", deployment.time)
    json.member("startedAt", deployment.startedAt)
    json.member("finishedAt", deployment.finishedAt)
    json.member("state", deployment.state.rawValue)
    json.member("kind", deployment.kind?.rawValue)
    json.member("action", deployment.action.rawValue)
    json.member("from", deployment.from)
    json.member("version", deployment.version)
    json.member("commit", deployment.commit?.sha)
    json.member("run", deployment.runID)
    json.member("attempt", deployment.attempt)
    json.member("promotion", deployment.promotion.rawValue)
    json.member("waitSeconds", seconds: deployment.gate?.waitSeconds)
    json.member("reason", deployment.reason)
  }

  private func write(_ change: AuditedChange, _ json: inout JSONWriter) {
    json.member("askedBy", change.asked) { json, actor in
      json.member("name", actor.name)
      json.member("id", actor.id)
      json.member("kind", actor.kind.rawValue)
    }
    json.member("authors", change.authors)
    json.member("approvedBy", change.approvals.compactMap(\.by))
    json.member("flags", change.flags.map(\.rawValue))
    json.member("freezes", each: change.freezes) { json, freeze in
      json.member("from", freeze.from)
      json.member("to", freeze.to)
      json.member("reason", freeze.reason)
    }
  }

  private func write(_ gate: Gate, _ json: inout JSONWriter) {
    json.member("key", gate.key)
    json.member("state", gate.state.rawValue)
    json.member("requestedBy", gate.requestedBy)
    json.member("requestedAt", gate.requestedAt)
    json.member("decisions", each: gate.decisions) { json, decision in
      json.member("by", decision.by)
      json.member("at", decision.at)
      json.member("decision", decision.decision)
      json.member("comment", decision.comment)
    }
  }
}

extension Edition {
  /// The whole address of a page where the site's is known, else its path from the site's folder: the same from wherever it is read.
  func address(_ path: String) -> String { (catalog.configuration.site.url ?? "") + path }
}
