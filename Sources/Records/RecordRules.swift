package import Releases

/// Fills in what a format does not hold, by the `records:` rules of the configuration (site.md): the first rule that gives a value wins,
/// and what a record says itself stays. Values come from a rule's own words (`service: shop`) or from captures in patterns on the
/// repository, the pipeline, the ref and the names of steps; a step whose name gives an environment is a deployment to it.
package func applyRules(_ rules: [Configuration.RecordRule], to set: inout RecordSet) {
  let rules = rules.map(CompiledRule.init)
  guard !rules.isEmpty else { return }
  for index in set.runs.indices {
    for rule in rules where rule.applies(to: set.runs[index].file) { rule.apply(to: &set.runs[index].value) }
  }
  for index in set.deployments.indices {
    for rule in rules where rule.applies(to: set.deployments[index].file) { rule.apply(to: &set.deployments[index].value) }
  }
  for index in set.releases.indices { versions(rules, of: &set.releases[index].value, in: set.releases[index].file) }
}

/// A release's tag is read as a ref.
private func versions(_ rules: [CompiledRule], of release: inout ReleaseRecord, in file: String) {
  for rule in rules where rule.applies(to: file) && release.version == nil {
    release.version = rule.version(ofTag: release.tag)
  }
}

private struct CompiledRule {
  private let files: Pattern?
  private let repository: Pattern?
  private let pipeline: Pattern?
  private let ref: Pattern?
  private let step: Pattern?
  private let values: [String: String]

  init(_ rule: Configuration.RecordRule) {
    files = rule.files.map { Pattern($0, .path) }
    repository = rule.values["repository"].flatMap { $0.contains("{") || $0.contains("*") ? Pattern($0) : nil }
    pipeline = rule.values["pipeline"].map { Pattern($0) }
    ref = rule.values["ref"].map { Pattern($0) }
    step = rule.values["step"].map { Pattern($0) }
    values = rule.values
  }

  func applies(to file: String) -> Bool { files.map { $0.matches(file) } ?? true }

  func version(ofTag tag: String) -> String? { ref?.captures(in: tag)?["version"] }

  func apply(to run: inout RunRecord) {
    let captures = captured(repository: run.repository, pipeline: run.pipeline, ref: run.ref?.name)
    if run.service == nil { run.service = values["service"] ?? captures["service"] }
    if run.repository == nil, repository == nil { run.repository = values["repository"] }
    if run.version == nil, let version = values["version"] ?? captures["version"] { run.version = VersionLabel(name: version) }
    addDeployments(of: captures["environment"] ?? values["environment"], to: &run)
  }

  func apply(to deployment: inout DeploymentRecord) {
    let captures = captured(repository: deployment.repository, pipeline: nil, ref: nil)
    if deployment.service == nil { deployment.service = values["service"] ?? captures["service"] }
    if deployment.repository == nil, repository == nil { deployment.repository = values["repository"] }
    if deployment.version == nil, let version = values["version"] { deployment.version = VersionLabel(name: version) }
  }

  private func captured(repository: String?, pipeline: String?, ref: String?) -> [String: String] {
    var captures: [String: String] = [:]
    for (pattern, text) in [(self.repository, repository), (self.pipeline, pipeline), (self.ref, ref)] {
      guard let pattern, let text, let found = pattern.captures(in: text) else { continue }
      captures.merge(found) { first, _ in first }
    }
    return captures
  }

  /// A run that names no deployment has one for each step whose name gives an environment, else one of the whole run.
  private func addDeployments(of environment: String?, to run: inout RunRecord) {
    guard run.deployments.isEmpty else { return }
    if let step {
      for candidate in run.steps {
        guard let found = step.captures(in: candidate.name), let name = found["environment"] ?? environment else { continue }
        var deployment = DeploymentRecord(environment: .init(name: name))
        deployment.step = candidate.key
        deployment.state = candidate.state
        deployment.startedAt = candidate.startedAt
        deployment.finishedAt = candidate.finishedAt
        deployment.version = found["version"].map { VersionLabel(name: $0) }
        deployment.inferred = ["environment"]
        run.deployments.append(deployment)
      }
    } else if let environment {
      var deployment = DeploymentRecord(environment: .init(name: environment))
      deployment.inferred = ["environment"]
      run.deployments.append(deployment)
    }
  }
}
