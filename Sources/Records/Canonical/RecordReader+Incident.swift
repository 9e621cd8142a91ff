import Documents
import Time

extension RecordReader {
  mutating func incident(_ node: Node) -> IncidentRecord? {
    var incident = IncidentRecord(id: "", state: .detected)
    read(node, Canonical.incident, into: &incident)
    if incident.id.isEmpty {
      tellMissing("id", of: "incident", at: node, .identifier)
      return nil
    }
    if node["state"]?.string.flatMap({ Vocabulary.incidentStates[$0] }) == nil { incident.state = incident.impliedState }
    if incident.resolvedAt == nil, node.saysNone(of: "state", "resolvedAt"), let last = incident.updateAfterItsEnd {
      let at = incident.updates[last].at
      let place = node["updates"]?.elements.last { $0["at"]?.string.flatMap(Timestamp.init(rfc3339:)) == at }
      warn(.unclearResolution(say: "'resolvedAt' or \"state\": \"resolved\" in the incident"), at: place ?? node)
    }
    return incident
  }

  mutating func incidentState(_ member: Node.Member) -> IncidentRecord.State? {
    if !member.value.isNull, member.value.string == nil {
      fail(.wrongRequired(member.key, found: describe(member.value), expected: .state), at: member.value)
      return nil
    }
    return choice(member, Vocabulary.incidentStates, instead: "it follows from 'resolvedAt'")
  }

  mutating func incidentEnvironment(_ member: Node.Member) -> String? {
    if member.value.isNull { return nil }
    if let name = member.value.string { return environmentName(name) }
    fail(.wrongRequired(member.key, found: describe(member.value), expected: .text), at: member.value)
    return nil
  }

  mutating func update(_ node: Node) -> IncidentRecord.Update? {
    var update = IncidentRecord.Update(at: Canonical.noTime, text: .text(""))
    read(node, Canonical.update, into: &update)
    if update.at != Canonical.noTime { return update }
    if node.saysNone(of: "at") { warn(.wrongField("updates", found: "without a time in 'at'", expected: .time), at: node) }
    return nil
  }

  /// nil where it says nothing.
  mutating func effect(_ node: Node) -> IncidentRecord.Effect? {
    var effect = IncidentRecord.Effect()
    read(node, Canonical.effect, into: &effect)
    return effect == IncidentRecord.Effect() ? nil : effect
  }

  /// One deployment or a list of them.
  mutating func deployments(_ member: Node.Member) -> [String] {
    if let id = member.value.identifier?.withoutOuterBlanks { return id.isEmpty ? [] : [id] }
    guard member.value.kind == .array else { return wrong(member, .deployments) ?? [] }
    return texts(member)
  }
}
