import Diagnostics
import Documents
import Time

extension RecordReader {
  /// A deployment, alone or (without a kind) inside a run.
  mutating func deployment(_ node: Node, of kind: Envelope.Kind?) -> DeploymentRecord? {
    guard node.kind == .object else {
      fail(.wrongRequired("deployments", found: describe(node), expected: .deployment), at: node)
      return nil
    }
    var environment: DeploymentRecord.EnvironmentReference?
    var deployment = DeploymentRecord(environment: .init(name: ""))
    for member in node.members {
      switch DeploymentKey(rawValue: member.key) {
      case .kind: break
      case .environment: environment = self.environment(member)
      case .target: deployment.target = identifier(member)
      case .id: deployment.id = requiredIdentifier(member)
      case .attempt: deployment.attempt = whole(member)
      case .service: deployment.service = identifier(member)
      case .version: deployment.version = version(member)
      case .commit: deployment.commit = change(member)
      case .changes: deployment.changes = changes(member)
      case .state:
        guard let state = state(member) else { break }
        deployment.state = state.state
        deployment.stateRaw = deployment.stateRaw ?? state.raw
      case .stateRaw: deployment.stateRaw = text(member) ?? deployment.stateRaw
      case .inactive: deployment.isInactive = flag(member)
      case .partial: deployment.isPart = flag(member)
      case .startedAt: deployment.startedAt = time(member, &deployment.story)
      case .finishedAt: deployment.finishedAt = time(member, &deployment.story)
      case .actor: deployment.actor = actor(member)
      case .url: deployment.url = text(member)
      case .run: deployment.run = identifier(member)
      case .step: deployment.step = identifier(member)
      case .promotion: deployment.promotion = choice(member, Vocabulary.promotions)
      case .gate: deployment.gate = identifier(member)
      case .action: deployment.action = choice(member, Vocabulary.actions)
      case .hotfix: deployment.hotfix = flag(member)
      case .rollbackOf: deployment.rollbackOf = identifier(member)
      case .reason: deployment.reason = text(member)
      case .override: deployment.override = text(member)
      case .inferred: deployment.inferred = texts(member)
      case nil: noteUnknown(member, in: "a deployment", among: DeploymentKey.words)
      }
    }
    guard let environment = environment ?? missingEnvironment(of: node) else { return nil }
    deployment.environment = environment
    if kind == nil { deployment.story.join(story(at: node, "a deployment to \(cut(environment.name)), listed in its run")) }
    return deployment
  }

  /// An identifier that may be absent, but must be one where it is there: without it the record would get another identity.
  mutating func requiredIdentifier(_ member: Node.Member) -> String? {
    if member.value.isNull, !member.value.isCutOff { return nil }
    if let id = member.value.identifier { return id.unlessBlank }
    fail(.wrongRequired(member.key, found: describe(member.value), expected: .identifier), at: member.value)
    return nil
  }

  /// nil, with an error at the name where one stands that cannot be read.
  private mutating func missingEnvironment(of node: Node) -> DeploymentRecord.EnvironmentReference? {
    guard let name = node["environment"]?.said("name"), name.string == nil else {
      return missing("environment", of: "deployment", at: node, .named)
    }
    fail(.wrongRequired("name", found: describe(name), expected: .text), at: name)
    return nil
  }

  /// nil where it is no environment; the caller says so.
  private mutating func environment(_ member: Node.Member) -> DeploymentRecord.EnvironmentReference? {
    if let name = member.value.string { return environmentName(name).map { .init(name: $0) } }
    var key: String?
    var name: String?
    var tier: Tier?
    var rank: Int?
    var url: String?
    var isShortLived: Bool?
    var availability: DeploymentRecord.EnvironmentReference.Availability?
    var stopsAt: Timestamp?
    for member in member.value.members {
      switch EnvironmentKey(rawValue: member.key) {
      case .key: key = text(member)
      case .name: name = member.value.string?.unlessBlank
      case .tier: tier = choice(member, Vocabulary.tiers)
      case .rank: rank = whole(member)
      case .url: url = text(member)
      case .shortLived: isShortLived = flag(member)
      case .state: availability = choice(member, Vocabulary.availabilities)
      case .stopsAt: stopsAt = time(member)
      case nil: noteUnknown(member, in: "an environment", among: EnvironmentKey.words)
      }
    }
    guard let named = (name ?? key).flatMap(environmentName) else { return nil }
    if name == nil, let wrong = member.value.said("name") {
      warn(.wrongField("name", found: describe(wrong), expected: .text), at: wrong)
    }
    var reference = DeploymentRecord.EnvironmentReference(name: named, key: key, tier: tier, rank: rank, url: url)
    reference.isShortLived = isShortLived
    reference.availability = availability
    reference.stopsAt = stopsAt
    return reference
  }
}

extension DeploymentRecord {
  /// What the account calls it by.
  package var nameInAccount: String { id ?? environment.name }
}

/// The name of an environment without the blanks that nobody sees; nil where nothing else is in it.
package func environmentName(_ written: String) -> String? {
  let name = written.asEnvironmentName
  return name.isEmpty ? nil : name
}
