import Documents
import Time

extension RecordReader {
  mutating func incident(_ node: Node) -> IncidentRecord? {
    var incident = IncidentRecord(id: "", state: .detected)
    var id: String?
    var state: IncidentRecord.State?
    var updates: [(update: IncidentRecord.Update, node: Node)] = []
    for member in node.members {
      switch IncidentKey(rawValue: member.key) {
      case .kind: break
      case .id: id = member.value.identifier?.unlessBlank
      case .title: incident.title = text(member)
      case .type: incident.kind = choice(member, Vocabulary.incidentKinds, instead: "it counts as an incident") ?? .incident
      case .state: state = incidentState(member)
      case .severity: incident.severity = text(member)
      case .environment: incident.environment = incidentEnvironment(member)
      case .service: incident.service = identifier(member)
      case .startedAt: incident.startedAt = time(member)
      case .resolvedAt: incident.resolvedAt = time(member)
      case .updates: updates = objects(member).compactMap { node in update(node).map { ($0, node) } }
      case .affects: incident.affects = objects(member).compactMap { effect($0) }
      case .causedBy: incident.causedBy = deployments(member)
      case .fixedBy: incident.fixedBy = deployments(member)
      case .url: incident.url = text(member)
      case nil: noteUnknown(member, in: "an incident", among: IncidentKey.words)
      }
    }
    if id == nil { id = missing("id", of: "incident", at: node, .identifier) }
    guard let id else { return nil }
    incident.id = id
    incident.state = state ?? incident.impliedState
    incident.updates = updates.map(\.update)
    if state == nil, incident.resolvedAt == nil, node.saysNone(of: "state", "resolvedAt"),
      let last = incident.updateAfterItsEnd
    {
      warn(.unclearResolution(say: "'resolvedAt' or \"state\": \"resolved\" in the incident"), at: updates[last].node)
    }
    return incident
  }

  private mutating func incidentState(_ member: Node.Member) -> IncidentRecord.State? {
    if !member.value.isNull, member.value.string == nil {
      fail(.wrongRequired(member.key, found: describe(member.value), expected: .state), at: member.value)
      return nil
    }
    return choice(member, Vocabulary.incidentStates, instead: "it follows from 'resolvedAt'")
  }

  private mutating func incidentEnvironment(_ member: Node.Member) -> String? {
    if member.value.isNull { return nil }
    if let name = member.value.string { return environmentName(name) }
    fail(.wrongRequired(member.key, found: describe(member.value), expected: .text), at: member.value)
    return nil
  }

  private mutating func update(_ node: Node) -> IncidentRecord.Update? {
    var at: Timestamp?
    var state: IncidentRecord.State?
    var text = ""
    var affects: [IncidentRecord.Effect] = []
    for member in node.members {
      switch UpdateKey(rawValue: member.key) {
      case .at: at = time(member)
      case .state: state = choice(member, Vocabulary.incidentStates)
      case .text: text = self.text(member) ?? ""
      case .affects: affects = objects(member).compactMap { effect($0) }
      case nil: noteUnknown(member, in: "an update", among: UpdateKey.words)
      }
    }
    guard let at else {
      if node.saysNone(of: "at") {
        warn(.wrongField("updates", found: "without a time in 'at'", expected: .time), at: node)
      }
      return nil
    }
    var update = IncidentRecord.Update(at: at, state: state, text: .text(text))
    update.affects = affects
    return update
  }

  /// nil where it says nothing.
  private mutating func effect(_ node: Node) -> IncidentRecord.Effect? {
    var effect = IncidentRecord.Effect()
    for member in node.members {
      switch EffectKey(rawValue: member.key) {
      case .service: effect.service = identifier(member)
      case .environment: effect.environment = text(member).flatMap(environmentName)
      case .impact: effect.impact = choice(member, Vocabulary.impacts)
      case nil: noteUnknown(member, in: "what an incident affects", among: EffectKey.words)
      }
    }
    return effect == IncidentRecord.Effect() ? nil : effect
  }

  /// One deployment or a list of them.
  private mutating func deployments(_ member: Node.Member) -> [String] {
    if let id = member.value.identifier?.withoutOuterBlanks { return id.isEmpty ? [] : [id] }
    guard member.value.kind == .array else { return wrong(member, .deployments) ?? [] }
    return texts(member)
  }
}
