import Documents

/// The fields of deployments (record.md). A field more is an entry here and its value in the record.
extension Canonical {
  private typealias Merged = MergedField<DeploymentRecord>

  /// One that stands alone.
  static let deployment = RecordFields<DeploymentRecord>(
    "a deployment", [.kind("deployment", ["const": "deployment"])] + fieldsOfDeployments)

  /// As one inside a run is written, without its kind.
  static let deploymentOfRun = RecordFields<DeploymentRecord>("a deployment", fieldsOfDeployments)

  private static let fieldsOfDeployments: [RecordField<DeploymentRecord>] = [
    RecordField(
      name: "environment", schema: ["anyOf": [["type": "string"], RecordSchema.object(environment)]],
      read: { reader, member, deployment in
        if let environment = reader.environment(member) { deployment.environment = environment }
      },
      write: { $0.member("environment", $1.environment) { environment.write($1, into: &$0) } },
      merged: environment.merged(first: ["name"]).map { $0.within(\.environment, "environment.") }),
    .identifier("target", \.target) { $0.target = $1 },
    RecordField(
      name: "id", schema: RecordSchema.identifier, read: { $2.id = $0.requiredIdentifier($1) },
      write: { $0.text("id", $1.id) }, merged: [.optional("id", \.id)]),
    .whole("attempt", \.attempt) { $0.attempt = $1 },
    .identifier("service", \.service) { $0.service = $1 }.described(RecordSchema.text),
    version(\.version) { $0.version = $1 }, commit(\.commit) { $0.commit = $1 }, changes(\.changes) { $0.changes = $1 },
    RecordField(
      name: "state", schema: RecordSchema.state,
      read: { if let state = $0.state($1, raw: &$2.stateRaw) { $2.state = state } },
      write: { $0.text("state", $1.state?.rawValue) }, merged: [.optional("state", \.state)]),
    stateRaw(\.stateRaw) { $0.stateRaw = $1 },
    .flag("inactive", \.isInactive) { $0.isInactive = $1 }.described([
      "type": ["boolean", "null"], "description": "It was live, and its provider says last that it is not any more.",
    ]),
    .flag("partial", \.isPart) { $0.isPart = $1 }.described([
      "type": ["boolean", "null"],
      "description":
        "Only a part of its version was deployed, such as chosen resources, and that succeeded: its state is unknown.",
    ]),
    .span("startedAt", \.startedAt) { $0.startedAt = $1 }.merging(\.ofStart),
    .span("finishedAt", \.finishedAt) { $0.finishedAt = $1 }.merging(\.ofState),
    actor(\.actor) { $0.actor = $1 }, .text("url", \.url) { $0.url = $1 }, .identifier("run", \.run) { $0.run = $1 },
    .identifier("step", \.step) { $0.step = $1 },
    .choice("promotion", \.promotion, Vocabulary.promotions) { $0.promotion = $1 }.merging { _ in
      .word("promotion", \.promotion) { $0 == nil ? Merged.unsaid : $0 == .unknown ? Merged.guessed : Merged.said }
    },
    .identifier("gate", \.gate) { $0.gate = $1 },
    // That it is a plain deployment is what everybody says who knows no better.
    .choice("action", \.action, Vocabulary.actions) { $0.action = $1 }.merging { _ in
      .word("action", \.action) { $0 == nil ? Merged.unsaid : $0 == .deploy ? Merged.guessed : Merged.said }
    },
    .flag("hotfix", \.hotfix) { $0.hotfix = $1 }, .identifier("rollbackOf", \.rollbackOf) { $0.rollbackOf = $1 },
    .text("reason", \.reason) { $0.reason = $1 },
    .text("override", \.override) { $0.override = $1 },
    inferred(\.inferred) { $0.inferred = $1 },
  ]

  static let environment = RecordFields<DeploymentRecord.EnvironmentReference>(
    "an environment",
    [
      .text("key", \.key) { $0.key = $1 },
      RecordField(
        name: "name", schema: RecordSchema.text, read: { $2.name = $1.value.string?.unlessBlank ?? "" },
        write: { $0.text("name", $1.name) }, merged: [.text("name", \.name) { $0.name = $1 }]),
      .choice("tier", \.tier, Vocabulary.tiers) { $0.tier = $1 }, .whole("rank", \.rank) { $0.rank = $1 },
      .text("url", \.url) { $0.url = $1 },
      .flag("shortLived", \.isShortLived) { $0.isShortLived = $1 },
      .choice("state", \.availability, Vocabulary.availabilities) { $0.availability = $1 },
      .time("stopsAt", \.stopsAt) { $0.stopsAt = $1 },
    ])
}
