import Documents

/// The fields of runs and of what lies in them (record.md). A field more is an entry here and its value in the record.
enum Canonical {
  static let run = RecordFields<RunRecord>(
    "a run",
    [
      .kind("run", ["enum": ["run", nil]]),
      .identifier("service", \.service) { $0.service = $1 }.described(RecordSchema.text),
      .text("provider", \.provider) { $0.provider = $1 }, .text("repository", \.repository) { $0.repository = $1 },
      .text("pipeline", \.pipeline) { $0.pipeline = $1 },
      // Whether there is one, and whether it is blank, is asked once all is read.
      RecordField(
        name: "id", schema: ["type": ["string", "number"]], read: { $2.id = $1.value.identifier ?? "" },
        write: { $0.text("id", $1.id) }),
      .whole("number", \.number) { $0.number = $1 }, .attempt(\.attempt) { $0.attempt = $1 },
      .text("url", \.url) { $0.url = $1 }, .text("title", \.title) { $0.title = $1 },
      RecordField(
        name: "state", schema: RecordSchema.requiredState,
        read: { if let state = $0.state($1, raw: &$2.stateRaw) { $2.state = state } },
        write: { $0.text("state", $1.state.rawValue) }, merged: [.word("state", \.state) { _ in MergedField<RunRecord>.said }]),
      stateRaw(\.stateRaw) { $0.stateRaw = $1 }, .flag("warning", whereTrue: \.warning) { $0.warning = $1 }.merging(\.ofState),
      .time("createdAt", \.createdAt) { $0.createdAt = $1 },
      .span("startedAt", \.startedAt) { $0.startedAt = $1 }.merging(\.ofStart),
      .span("finishedAt", \.finishedAt) { $0.finishedAt = $1 }.merging(\.ofState),
      .seconds("activeSeconds", \.activeSeconds) { $0.activeSeconds = $1 }.merging(\.ofState),
      commit(\.commit) { $0.commit = $1 }, changes(\.changes) { $0.changes = $1 },
      .part("ref", \.ref, { $0.ref = $1 }, RecordSchema.ref, read: { $0.ref($1) }, write: { $0.ref($1) }),
      .part(
        "trigger", \.trigger, { $0.trigger = $1 }, RecordSchema.trigger, read: { $0.trigger($1) }, write: { $0.trigger($1) }),
      actor(\.actor) { $0.actor = $1 }, version(\.version) { $0.version = $1 },
      .list(
        "steps", \.steps, { $0.steps = $1 }, RecordSchema.reference("step"),
        read: { reader, member in reader.objects(member).map { reader.step($0) } }, write: { step.write($1, into: &$0) }),
      .list(
        "gates", \.gates, { $0.gates = $1 }, RecordSchema.reference("gate"),
        read: { reader, member in reader.objects(member).map { reader.gate($0) } }, write: { gate.write($1, into: &$0) }),
      .list(
        "deployments", \.deployments, { $0.deployments = $1 }, RecordSchema.reference("deploymentOfRun"),
        read: { reader, member in reader.list(member).compactMap { reader.deployment($0, of: nil) } },
        write: { deploymentOfRun.write($1, into: &$0) }),
      RecordField(
        name: "tests", schema: RecordSchema.tests, read: { $2.tests = $0.tests($1) },
        write: { $0.member("tests", $1.tests) { $0.tests($1) } }, merged: [.optional("tests", \.tests)]),
      RecordField(
        name: "snapshot", schema: RecordSchema.snapshot, read: { $2.snapshot = $0.snapshot($1) },
        write: { $0.member("snapshot", $1.snapshot) { snapshot.write($1, into: &$0) } }, merged: [RunRecord.newestSnapshot]),
      inferred(\.inferred, { $0.inferred = $1 }).described(RecordSchema.inferredOfRun),
    ])

  /// Without a name of what it is about it is none: it could not be told from those about others.
  static let snapshot = RecordFields<Snapshot>(
    "a snapshot",
    [
      RecordField(
        name: "of", schema: RecordSchema.snapshotOf, read: { $2.of = $0.identifier($1) ?? "" },
        write: { $0.text("of", $1.of) }),
      .time("at", \.at) { $0.at = $1 }.described(RecordSchema.snapshotAt),
      .whole("number", \.number) { $0.number = $1 }.described(RecordSchema.snapshotNumber),
    ])

  static let step = RecordFields<Step>(
    "a step",
    [
      .identifier("key", \.key) { $0.key = $1 }, .text("name", orEmpty: \.name) { $0.name = $1 },
      .text("stage", \.stage) { $0.stage = $1 }, .identifier("parent", \.parent) { $0.parent = $1 },
      RecordField(
        name: "state", schema: RecordSchema.state,
        read: { if let state = $0.state($1, raw: &$2.stateRaw) { $2.state = state } },
        write: { $0.text("state", $1.state.rawValue) }, merged: [.word("state", \.state) { _ in MergedField<Step>.said }]),
      stateRaw(\.stateRaw) { $0.stateRaw = $1 }, .flag("warning", whereTrue: \.warning) { $0.warning = $1 }.merging(\.ofState),
      .flag("optional", whereTrue: \.optional) { $0.optional = $1 }, attempt,
      .span("startedAt", \.startedAt) { $0.startedAt = $1 }.merging(\.ofStart),
      .span("finishedAt", \.finishedAt) { $0.finishedAt = $1 }.merging(\.ofState),
      .seconds("activeSeconds", \.activeSeconds) { $0.activeSeconds = $1 }.merging(\.ofState),
      .text("url", \.url) { $0.url = $1 },
      .text("error", \.error) { $0.error = $1 }.merging(\.ofState),
      .flag("current", whereTrue: \.isCurrent) { $0.isCurrent = $1 }.described([
        "type": ["boolean", "null"],
        "description": "the step tells how what was deployed is now, not how it went: what was told last counts, not an end",
      ]),
    ])

  private static var attempt: RecordField<Step> {
    var field = RecordField<Step>.attempt(\.attempt) { $0.attempt = $1 }
    field.merged = [.word("attempt", \.attempt) { _ in MergedField<Step>.said }]
    return field
  }

  static let gate = RecordFields<Gate>(
    "a gate",
    [
      .identifier("key", \.key) { $0.key = $1 },
      RecordField(
        name: "kind", schema: RecordSchema.choice(Vocabulary.gateKinds.known), read: { $0.readKind($1, of: &$2) },
        write: { $0.text("kind", $1.kind.rawValue) }, merged: [.word("kind", \.kind) { _ in MergedField<Gate>.said }]),
      RecordField(
        name: "state", schema: RecordSchema.choice(Vocabulary.gateStates.known),
        read: { $2.state = $0.choice($1, Vocabulary.gateStates, instead: "it is shown as unknown") ?? .unknown },
        write: { $0.text("state", $1.state.rawValue) },
        merged: [.word("state", \.state) { $0 == .unknown ? MergedField<Gate>.guessed : MergedField<Gate>.said }]),
      RecordField(
        name: "environment", schema: RecordSchema.text, read: { $2.environment = $0.text($1).flatMap(environmentName) },
        write: { $0.text("environment", $1.environment) }, merged: [.optional("environment", \.environment)]),
      .identifier("step", \.step) { $0.step = $1 }, .text("requestedBy", \.requestedBy) { $0.requestedBy = $1 },
      .time("requestedAt", \.requestedAt) { $0.requestedAt = $1 }.merging(\.ofStart),
      .texts("allowed", \.allowed) { $0.allowed = $1 }, .whole("required", \.required) { $0.required = $1 },
      .list(
        "decisions", \.decisions, { $0.decisions = $1 }, RecordSchema.object(decision),
        read: { reader, member in reader.objects(member).map { reader.decision($0) } },
        write: { decision.write($1, into: &$0) }),
    ])

  static let decision = RecordFields<Gate.Decision>(
    "a decision",
    [
      .text("by", \.by) { $0.by = $1 }, .time("at", \.at) { $0.at = $1 }, .text("decision", \.decision) { $0.decision = $1 },
      .text("comment", \.comment) { $0.comment = $1 },
    ])
}

/// Fields that several objects have.
extension Canonical {
  /// The word of its system for its state, which wins over the one that the state itself was.
  static func stateRaw<Root: Told>(
    _ get: @escaping RecordField<Root>.Get<String?>, _ set: @escaping RecordField<Root>.Put<String?>
  ) -> RecordField<Root> {
    RecordField(
      name: "stateRaw", schema: RecordSchema.text, read: { if let raw = $0.text($1) { set(&$2, raw) } },
      write: { $0.text("stateRaw", get($1)) }, merged: [.optional("stateRaw", get, set).ofState])
  }

  /// Names of fields that are guessed; which are is found anew of what is merged.
  static func inferred<Root>(_ get: @escaping RecordField<Root>.Get<[String]>, _ set: @escaping RecordField<Root>.Put<[String]>)
    -> RecordField<Root>
  {
    RecordField<Root>.texts("inferred", get, set).merging { field in
      MergedField(
        name: field.name, strength: { _ in MergedField<Root>.unsaid }, copy: field.copy,
        text: { get($0).joined(separator: " ") })
    }
  }

  /// The pull request of what was built is the ref's.
  static func commit<Root>(_ get: @escaping RecordField<Root>.Get<Change?>, _ set: @escaping RecordField<Root>.Put<Change?>)
    -> RecordField<Root>
  {
    .part("commit", get, set, RecordSchema.commit, read: { $0.change($1) }, write: { $0.commit($1) })
  }

  static func changes<Root>(_ get: @escaping RecordField<Root>.Get<[Change]>, _ set: @escaping RecordField<Root>.Put<[Change]>)
    -> RecordField<Root>
  {
    .list("changes", get, set, RecordSchema.change, read: { $0.changes($1) }, write: { $0.change($1) })
  }

  static func actor<Root>(_ get: @escaping RecordField<Root>.Get<Actor?>, _ set: @escaping RecordField<Root>.Put<Actor?>)
    -> RecordField<Root>
  {
    .part("actor", get, set, RecordSchema.actor, read: { $0.actor($1) }, write: { $0.actor($1) })
  }

  static func version<Root>(
    _ get: @escaping RecordField<Root>.Get<VersionLabel?>, _ set: @escaping RecordField<Root>.Put<VersionLabel?>
  ) -> RecordField<Root> {
    .part("version", get, set, RecordSchema.version, read: { $0.version($1) }, write: { $0.version($1) })
  }
}
