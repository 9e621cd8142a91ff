package import Diagnostics
import Records
import Releases

extension Configuration {
  /// That a name is not on the list, with the near miss.
  package func unlisted(environment name: String) -> Diagnostic.Message {
    let names = environments.flatMap { [$0.key, $0.name].compactMap(\.self) }
    return .unlistedEnvironment(name, near: nearMiss(name, among: names), known: environments.map(\.key))
  }
}

extension CatalogInput {
  /// A warning for each environment that records name and the configuration does not list: mostly a slip of the pen, which makes a column
  /// of its own. Those that end with their work are not meant to be listed.
  func unlistedEnvironments(_ configuration: Configuration, _ names: DeclaredEnvironments) -> [Diagnostic] {
    guard names.isList else { return [] }
    var asked: [String: Bool] = [:]
    func isListed(_ name: String) -> Bool {
      if let known = asked[name] { return known }
      let isListed = names.lists(name)
      asked[name] = isListed
      return isListed
    }
    var found: [String: (name: String, file: String, position: Position)] = [:]
    func note(_ reference: DeploymentRecord.EnvironmentReference, _ file: String, _ position: Position) {
      guard !reference.name.isEmpty, reference.isShortLived != true, !isListed(reference.name),
        reference.key.map({ !isListed($0) }) ?? true
      else { return }
      let key = reference.name.lowercased()
      if let known = found[key], (known.file, known.position) <= (file, position) { return }
      found[key] = (reference.name, file, position)
    }
    for run in runs {
      for deployment in run.value.deployments { note(deployment.environment, run.file, run.position) }
    }
    for deployment in deployments { note(deployment.value.environment, deployment.file, deployment.position) }
    return found.sorted { $0.key < $1.key }.map { _, place in
      Diagnostic(.warning, configuration.unlisted(environment: place.name), file: place.file, position: place.position)
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func unlistedEnvironment(_ name: String, near: String?, known: [String]) -> Self {
    Self(
      id: "unlisted-environment",
      "environment '\(name)' is not on the list of tidemark.yml (\(known.prefix(12).joined(separator: ", "))), so it stands behind them as one of its own",
      suggestion: near.map { "did you mean '\($0)'?" } ?? "add it to environments:, to a match: list there, or to ignore:")
  }
}
