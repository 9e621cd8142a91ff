import Diagnostics
import Records

/// Finds the environment that a text means.
struct EnvironmentLookup {
  private let names: EnvironmentNames
  private let numbers: [String: Int]
  /// As records write them: most texts are one of these.
  private let known: [String: Int]

  /// `environments`: in their order, as `names` found them.
  init(_ names: EnvironmentNames, _ environments: [Environment]) {
    self.names = names
    var numbers: [String: Int] = [:]
    for (index, environment) in environments.enumerated() { numbers[environment.key] = index }
    var known: [String: Int] = [:]
    for name in names.written { known[name] = names.key(named: name).flatMap { numbers[$0] } }
    (self.numbers, self.known) = (numbers, known)
  }

  /// nil if neither the configuration nor a deployment knows it.
  func number(named name: String) -> Int? { known[name] ?? names.key(named: name).flatMap { numbers[$0] } }

  func number(of reference: DeploymentRecord.EnvironmentReference, scope: @autoclosure () -> String) -> Int? {
    numbers[names.key(of: reference, scope: scope())]
  }

  /// Why a reference led to its environment.
  func remark(of reference: DeploymentRecord.EnvironmentReference, scope: String) -> Remark {
    names.remark(of: reference, scope: scope)
  }
}
