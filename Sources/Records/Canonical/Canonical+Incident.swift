import Documents
import Time

/// The fields of incidents (record.md). A field more is an entry here and its value in the record.
extension Canonical {
  static let incident = RecordFields<IncidentRecord>(
    "an incident",
    [
      .kind("incident", ["const": "incident"]),
      RecordField(
        name: "id", schema: ["type": ["string", "number"]], read: { $2.id = $1.value.identifier?.unlessBlank ?? "" },
        write: { $0.text("id", $1.id) }),
      .text("title", \.title) { $0.title = $1 },
      RecordField(
        name: "type", schema: RecordSchema.choice(Vocabulary.incidentKinds.known),
        read: { $2.kind = $0.choice($1, Vocabulary.incidentKinds, instead: "it counts as an incident") ?? .incident },
        write: { $0.text("type", $1.kind == .maintenance ? $1.kind.rawValue : nil) },
        // One that says it was planned knows more than one that says nothing.
        merged: [
          .word("type", \.kind) {
            $0 == .maintenance ? MergedField<IncidentRecord>.said : MergedField<IncidentRecord>.unsaid
          }
        ]),
      RecordField(
        name: "state", schema: RecordSchema.choice(Vocabulary.incidentStates.known),
        read: { if let state = $0.incidentState($1) { $2.state = state } }, write: { $0.text("state", $1.state.rawValue) },
        merged: [.word("state", \.state) { _ in MergedField<IncidentRecord>.said }]),
      .text("severity", \.severity) { $0.severity = $1 },
      RecordField(
        name: "environment", schema: RecordSchema.text, read: { $2.environment = $0.incidentEnvironment($1) },
        write: { $0.text("environment", $1.environment) }, merged: [.optional("environment", \.environment)]),
      .identifier("service", \.service) { $0.service = $1 }.described(RecordSchema.text),
      .time("startedAt", \.startedAt) { $0.startedAt = $1 }.merging(\.ofStart),
      .time("resolvedAt", \.resolvedAt) { $0.resolvedAt = $1 }.merging(\.ofIncidentState),
      .list(
        "updates", \.updates, { $0.updates = $1 }, RecordSchema.object(update),
        read: { reader, member in reader.objects(member).compactMap { reader.update($0) } },
        write: { update.write($1, into: &$0) }),
      effects(\.affects) { $0.affects = $1 }, deployments("causedBy", \.causedBy) { $0.causedBy = $1 },
      deployments("fixedBy", \.fixedBy) { $0.fixedBy = $1 }, .text("url", \.url) { $0.url = $1 },
    ])

  static let update = RecordFields<IncidentRecord.Update>(
    "an update",
    [
      RecordField(
        name: "at", schema: RecordSchema.time, read: { $2.at = $0.time($1) ?? noTime }, write: { $0.time("at", $1.at) },
        merged: [.word("at", \.at) { _ in MergedField<IncidentRecord.Update>.said }]),
      .choice("state", \.state, Vocabulary.incidentStates) { $0.state = $1 },
      RecordField(
        name: "text", schema: RecordSchema.text, read: { $2.text = .text($0.text($1) ?? "") },
        write: { $0.text("text", $1.text.plain) },
        merged: [.word("text", \.text) { _ in MergedField<IncidentRecord.Update>.said }]),
      effects(\.affects) { $0.affects = $1 },
    ])

  /// No time that is read: programs write it for none.
  static let noTime = Timestamp(seconds: 0)

  /// Of two effects that differ both are kept, so none of them is merged.
  static let effect = RecordFields<IncidentRecord.Effect>(
    "what an incident affects",
    [
      .identifier("service", \.service) { $0.service = $1 }.described(RecordSchema.text),
      RecordField(
        name: "environment", schema: RecordSchema.text, read: { $2.environment = $0.text($1).flatMap(environmentName) },
        write: { $0.text("environment", $1.environment) }),
      .choice("impact", \.impact, Vocabulary.impacts) { $0.impact = $1 },
    ])

  private static func effects<Root>(
    _ get: @escaping RecordField<Root>.Get<[IncidentRecord.Effect]>,
    _ set: @escaping RecordField<Root>.Put<[IncidentRecord.Effect]>
  ) -> RecordField<Root> {
    .list(
      "affects", get, set, RecordSchema.object(effect),
      read: { reader, member in reader.objects(member).compactMap { reader.effect($0) } },
      write: { effect.write($1, into: &$0) })
  }

  /// One deployment or a list of them.
  private static func deployments<Root>(
    _ name: String, _ get: @escaping RecordField<Root>.Get<[String]>, _ set: @escaping RecordField<Root>.Put<[String]>
  ) -> RecordField<Root> {
    RecordField(
      name: name,
      schema: [
        "anyOf": [
          ["type": "string"], ["type": "number"], ["type": "array", "items": ["type": ["string", "number"]]], ["type": "null"],
        ]
      ], read: { set(&$2, $0.deployments($1)) }, write: { $0.texts(name, get($1)) })
  }
}
