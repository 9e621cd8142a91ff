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
    var deployment = DeploymentRecord(environment: .init(name: ""))
    read(node, Canonical.deployment, into: &deployment, story: \.story)
    if deployment.environment.name.isEmpty {
      tellMissingEnvironment(of: node)
      return nil
    }
    let name = deployment.environment.name
    if kind == nil { deployment.story.join(story(at: node, "a deployment to \(cut(name)), listed in its run")) }
    return deployment
  }

  /// An identifier that may be absent, but must be one where it is there: without it the record would get another identity.
  mutating func requiredIdentifier(_ member: Node.Member) -> String? {
    if member.value.isNull, !member.value.isCutOff { return nil }
    if let id = member.value.identifier { return id.unlessBlank }
    fail(.wrongRequired(member.key, found: describe(member.value), expected: .identifier), at: member.value)
    return nil
  }

  /// An error at the name where one stands that cannot be read.
  private mutating func tellMissingEnvironment(of node: Node) {
    guard let name = node["environment"]?.said("name"), name.string == nil else {
      return tellMissing("environment", of: "deployment", at: node, .named)
    }
    fail(.wrongRequired("name", found: describe(name), expected: .text), at: name)
  }

  /// nil where it is no environment; the caller says so.
  mutating func environment(_ member: Node.Member) -> DeploymentRecord.EnvironmentReference? {
    if let name = member.value.string { return environmentName(name).map { .init(name: $0) } }
    var reference = DeploymentRecord.EnvironmentReference(name: "")
    read(member.value, Canonical.environment, into: &reference)
    let isNamed = !reference.name.isEmpty
    guard let name = (isNamed ? reference.name : reference.key).flatMap(environmentName) else { return nil }
    if !isNamed, let wrong = member.value.said("name") {
      warn(.wrongField("name", found: describe(wrong), expected: .text), at: wrong)
    }
    (reference.name, reference.key) = (name, reference.key?.asEnvironmentName)
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
