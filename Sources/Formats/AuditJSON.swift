import Documents
import Plan
import Records
import Releases
import Report
import Time

/// The audit of a month as files for programs.
struct AuditFile {
  let edition: Edition
  let audit: MonthlyAudit

  init(_ edition: Edition, _ month: Period) { (self.edition, audit) = (edition, edition.audit(of: month)) }
}

extension AuditFile {
  /// `audit/<yyyy-mm>.json`: the same bytes stand in the interface.
  func write(_ json: inout JSONWriter) {
    json.schema("audit")
    json.member("month", audit.month.month?.key)
    json.member("timeZone", edition.catalog.configuration.zone.name)
    json.member("counts", audit) { json, audit in
      json.member("changes", audit.items.count)
      json.member("flagged", audit.flagged)
      json.member("flags", audit) { json, audit in
        for flag in AuditedChange.Flag.allCases { json.member(flag.rawValue, audit.count(flag)) }
      }
    }
    json.member("changes", each: audit.items) { json, item in
      write(item.deployment, of: item.service, &json)
      write(item.change, &json)
      json.member("gates", each: item.deployment.peopleGates) { json, gate in write(gate, &json) }
      json.member("evidence", AuditEvidence(item, edition)) { json, evidence in
        json.member("page", evidence.page.map(edition.address))
        json.member("runPage", evidence.runPage.map(edition.address))
        json.member("run", evidence.sources.run)
        json.member("deployment", evidence.sources.deployment)
        json.member("gate", evidence.sources.gate)
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
