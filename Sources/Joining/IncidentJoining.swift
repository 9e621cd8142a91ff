import Diagnostics
import Records
import Releases
import Time

/// Incidents under their ids, linked to what the catalog knows.
struct IncidentJoining {
  private(set) var incidents: [Incident] = []
  /// Of planned maintenance, begun or not.
  private(set) var windows: [Configuration.Freeze] = []
  private(set) var leftOut: [LeftOut] = []
  private(set) var diagnostics: [Diagnostic] = []

  private let services: [Service]
  private let names: Names
  /// By id, those that tell something no other does: each is counted.
  private var counted: [String: [Located<IncidentRecord>]] = [:]

  /// What a person's text means; nil: nothing that is known.
  struct Names {
    let service: (String) -> Int?
    let environment: (String) -> Int?
    let environmentKeys: [String]
  }

  init(_ records: [Located<IncidentRecord>], services: [Service], names: Names, asOf: Timestamp) {
    (self.services, self.names) = (services, names)
    let kept = join(records)
    windows = kept.maintenanceWindows
    for var located in kept {
      if located.value.isAhead(of: asOf) {
        leaveOutUnlessWindow(located.value)
        continue
      }
      located.value = located.value.settled(at: asOf)
      incidents.append(link(located))
    }
    incidents.sort { left, right in
      let (mine, theirs) = (left.record.beganAt, right.record.beganAt)
      return mine != theirs ? latest(mine, theirs) == mine : left.record.id < right.record.id
    }
  }

  /// What is planned stands in the calendar; without an end it has no place before it begins.
  private mutating func leaveOutUnlessWindow(_ record: IncidentRecord) {
    guard Configuration.Freeze(record) == nil, let start = record.startedAt else { return }
    let reason = "maintenance is planned for \(start) without an end; it is shown once it begins"
    leftOut += counted[record.id, default: []].map { telling in
      LeftOut(
        skipped: Account.Skipped(
          file: telling.file, record: "incident \(record.id), line \(telling.position.line)", reason: reason))
    }
  }

  /// Of one id: what all its tellings say (record.md, rule 5).
  private mutating func join(_ records: [Located<IncidentRecord>]) -> [Located<IncidentRecord>] {
    let ofID = Dictionary(grouping: records) { $0.value.id }
    return ofID.sorted { $0.key < $1.key }.map { merge($0.value) }
  }

  private mutating func merge(_ members: [Located<IncidentRecord>]) -> Located<IncidentRecord> {
    let placed = members.sorted { $0.isBefore($1) }
    let sorted = placed.map(\.value).byWeight.map { placed[$0] }
    var kept = sorted[0]
    counted[kept.value.id] = sorted
    guard sorted.count > 1 else { return kept }
    let tellings = sorted.map(\.value)
    kept.value = IncidentRecord.merged(tellings)
    let needed = Set(IncidentRecord.needed(of: tellings) { IncidentRecord.isCovered($0, in: tellings, by: $1) })
    for (index, telling) in sorted.enumerated() where !needed.contains(index) {
      leftOut.append(LeftOut("incident \(kept.value.id)", telling, isSame: telling.value == tellings[0], kept: sorted[0]))
    }
    counted[kept.value.id] = needed.sorted().map { sorted[$0] }
    if let other = sorted.dropFirst().first(where: { IncidentJoining.areTwo($0.value, tellings[0]) }) {
      diagnostics.append(other.diagnostic(.warning, .contradictoryIncident(id: kept.value.id), other: sorted[0]))
    }
    return kept
  }

  /// Whether what shares an id cannot be one incident: another title and another beginning, or another service.
  private static func areTwo(_ left: IncidentRecord, _ right: IncidentRecord) -> Bool {
    if let service = left.service, let other = right.service, service != other { return true }
    guard let title = left.title, let other = right.title, title != other else { return false }
    guard let start = left.startedAt, let otherStart = right.startedAt else { return false }
    return start != otherStart
  }

  private mutating func link(_ located: Located<IncidentRecord>) -> Incident {
    let record = located.value
    let service = record.service.flatMap { name in
      known("service", name, names.service(name), among: services.map(\.key), located)
    }
    let environment = record.environment.flatMap { name in
      known("environment", name, names.environment(name), among: names.environmentKeys, located)
    }
    let effects = record.affects.map { effect in
      Incident.Effect(
        effect, service: effect.service.flatMap(names.service), environment: effect.environment.flatMap(names.environment))
    }
    let affected = effects.filter { $0.told.impact != IncidentRecord.Effect.Impact.none }
    return Incident(
      record: record, service: service, environment: environment, effects: effects,
      services: Set(([service] + affected.map(\.service)).compactMap(\.self)),
      environments: Set(([environment] + affected.map(\.environment)).compactMap(\.self)),
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
