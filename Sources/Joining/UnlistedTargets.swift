package import Diagnostics
package import Records
import Time

extension Configuration.Environment {
  /// Whether a target counts: the list has it, or there is none (record.md, Targets and attempts).
  func lists(target name: String) -> Bool {
    targets.isEmpty || targets.contains { $0.lowercased() == name.lowercased() }
  }
}

extension Configuration {
  /// That the target of a deployment is not on the list of its environment, with the near miss; nil where it counts.
  package func unlistedTarget(of deployment: DeploymentRecord) -> Diagnostic.Message? {
    let key = DeclaredEnvironments(self).key(of: deployment.environment)
    guard let target = deployment.target, let list = environments.first(where: { $0.key == key }), !list.lists(target: target)
    else { return nil }
    return .unlistedTarget(target, in: list.key, known: list.targets)
  }
}

/// The targets that records deploy to and the list of their environment lacks: each has ended, by its list or by a slip of the pen there,
/// and nothing on it counts. What was removed there has ended by itself.
struct UnlistedTargets {
  private struct Name: Hashable {
    let environment: Int
    let target: String
  }

  private struct Found {
    var name: String
    var file: String
    var position: Position
    /// By service, the last success there.
    var last: [Int: (at: Timestamp?, isRemoval: Bool)] = [:]

    var isRemoved: Bool { !last.isEmpty && last.values.allSatisfy(\.isRemoval) }
  }

  private let declared: [Configuration.Environment?]
  private var found: [Name: Found] = [:]

  init(_ reading: TargetReading, _ configuration: Configuration) {
    declared = reading.environments.map { environment in
      configuration.environments.first { $0.key == environment.key && !$0.targets.isEmpty && !$0.archived }
    }
    guard declared.contains(where: { $0 != nil }) else { return }
    for target in reading.targets { add(target, reading) }
  }

  private mutating func add(_ target: borrowing Target, _ reading: TargetReading) {
    guard let name = target.name, let list = declared[target.environment], !list.lists(target: name) else { return }
    if target.state == .skipped || target.state == .superseded { return }
    let (file, position) = reading.place(of: target.source)
    let key = Name(environment: target.environment, target: name.lowercased())
    var one = found[key] ?? Found(name: name, file: file, position: position)
    if (file, position) < (one.file, one.position) { (one.name, one.file, one.position) = (name, file, position) }
    if target.state == .succeeded {
      let at = target.finishedAt ?? target.startedAt
      let last = one.last[target.service]
      if last == nil || latest(last?.at, at) == at { one.last[target.service] = (at, target.action == .remove) }
    }
    found[key] = one
  }

  var diagnostics: [Diagnostic] {
    found.sorted { ($0.key.environment, $0.key.target) < ($1.key.environment, $1.key.target) }.compactMap { key, one in
      guard let list = declared[key.environment], !one.isRemoved else { return nil }
      return Diagnostic(
        .warning, .unlistedTarget(one.name, in: list.key, known: list.targets), file: one.file, position: one.position)
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func unlistedTarget(_ name: String, in environment: String, known: [String]) -> Self {
    let some = known.prefix(12).joined(separator: ", ") + (known.count > 12 ? ", …" : "")
    return Self(
      id: "unlisted-target",
      "target '\(name)' is not on the list of environment '\(environment)' in tidemark.yml (\(some)), so it has ended and nothing that was "
        + "deployed there counts",
      suggestion: nearMiss(name, among: known).map { "did you mean '\($0)'?" }
        ?? "add it to targets: of that environment; if it has ended, a deployment to it with \"action\": \"remove\" says so")
  }
}

extension Remark {
  static func unlistedTarget(_ name: String, in environment: String, known: [String]) -> Remark {
    Remark(
      .target,
      "it does not count: '\(name)' is not on the list of targets of '\(environment)' in tidemark.yml "
        + "(\(known.prefix(12).joined(separator: ", "))), so that target has ended")
  }
}
