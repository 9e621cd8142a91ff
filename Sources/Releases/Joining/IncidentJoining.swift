import Diagnostics

/// Incidents under their ids, linked to what the catalog knows.
struct IncidentJoining {
  private(set) var incidents: [Incident] = []
  private(set) var leftOut: [LeftOut] = []
  private(set) var diagnostics: [Diagnostic] = []

  private let services: [Service]
  private let names: Names

  /// What a person's text means; nil: nothing that is known.
  struct Names {
    let service: (String) -> Int?
    let environment: (String) -> Int?
    let environmentKeys: [String]
  }

  init(_ records: [Located<IncidentRecord>], services: [Service], names: Names) {
    (self.services, self.names) = (services, names)
    for located in join(records) { incidents.append(link(located)) }
    incidents.sort { left, right in
      let (mine, theirs) = (left.record.beganAt, right.record.beganAt)
      return mine != theirs ? latest(mine, theirs) == mine : left.record.id < right.record.id
    }
  }

  /// Of one id: resolved over open, then the latest news (record.md, rule 5).
  private mutating func join(_ records: [Located<IncidentRecord>]) -> [Located<IncidentRecord>] {
    var kept: [String: Located<IncidentRecord>] = [:]
    for record in records.sorted(by: IncidentJoining.isBetter) {
      guard let other = kept[record.value.id] else {
        kept[record.value.id] = record
        continue
      }
      let isSame = other.value == record.value
      leftOut.append(LeftOut("incident \(record.value.id)", record, isSame: isSame, kept: other))
      let bothOver = record.value.state == .resolved && other.value.state == .resolved
      if !isSame, bothOver {
        diagnostics.append(record.diagnostic(.warning, .contradictoryIncident(id: record.value.id), other: other))
      }
    }
    return kept.values.sorted { $0.value.id < $1.value.id }
  }

  private static func isBetter(_ left: Located<IncidentRecord>, _ right: Located<IncidentRecord>) -> Bool {
    let (mine, theirs) = (left.value, right.value)
    if (mine.state == .resolved) != (theirs.state == .resolved) { return mine.state == .resolved }
    if mine.newsAt != theirs.newsAt { return latest(mine.newsAt, theirs.newsAt) == mine.newsAt }
    return left.isBefore(right)
  }

  private mutating func link(_ located: Located<IncidentRecord>) -> Incident {
    let record = located.value
    let service = record.service.flatMap { name in
      known("service", name, names.service(name), among: services.map(\.key), located)
    }
    let environment = record.environment.flatMap { name in
      known("environment", name, names.environment(name), among: names.environmentKeys, located)
    }
    return Incident(
      record: record, service: service, environment: environment,
      causedBy: record.causedBy.compactMap { deployment($0, service: service, located) },
      fixedBy: record.fixedBy.compactMap { deployment($0, service: service, located) }, file: located.file)
  }

  private mutating func known(
    _ kind: String, _ name: String, _ found: Int?, among candidates: [String], _ located: Located<IncidentRecord>
  ) -> Int? {
    if found == nil {
      let suggestion = nearMiss(name, among: candidates)
      let message = Diagnostic.Message.unknownInIncident(kind, name, incident: located.value.id, suggestion: suggestion)
      diagnostics.append(located.diagnostic(.warning, message))
    }
    return found
  }

  /// An id of the incident's own service, `<service>/<id>`, or an id that only one service has.
  private mutating func deployment(_ text: String, service: Int?, _ located: Located<IncidentRecord>) -> Incident.Link? {
    if let service, let own = services[service].deployment(id: text) {
      return Incident.Link(service: service, deployment: own)
    }
    if let link = qualified(text) { return link }
    let candidates = service.map { [$0] } ?? Array(services.indices)
    let found = candidates.compactMap { index in
      services[index].deployment(id: text).map { Incident.Link(service: index, deployment: $0) }
    }
    if found.count == 1 { return found[0] }
    if found.isEmpty {
      let ids = candidates.flatMap { services[$0].deployments.map(\.id) }
      let suggestion = nearMiss(text, among: ids)
      let message = Diagnostic.Message.unknownInIncident("deployment", text, incident: located.value.id, suggestion: suggestion)
      diagnostics.append(located.diagnostic(.warning, message))
    } else {
      let keys = found.map { services[$0.service].key }
      diagnostics.append(
        located.diagnostic(.warning, .ambiguousDeployment(text, incident: located.value.id, services: keys)))
    }
    return nil
  }

  /// Keys and ids may hold slashes: the first cut that names both.
  private func qualified(_ text: String) -> Incident.Link? {
    for slash in text.indices where text[slash] == "/" {
      guard let service = names.service(String(text[..<slash])) else { continue }
      if let deployment = services[service].deployment(id: String(text[text.index(after: slash)...])) {
        return Incident.Link(service: service, deployment: deployment)
      }
    }
    return nil
  }
}

extension IncidentRecord {
  var beganAt: Timestamp? { startedAt ?? updates.map(\.at).min() ?? resolvedAt }

  /// The latest time it tells.
  var newsAt: Timestamp? { latest(latest(resolvedAt, startedAt), updates.map(\.at).max()) }
}
