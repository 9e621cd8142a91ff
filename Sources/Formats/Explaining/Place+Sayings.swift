import Records
import Releases
import Report

extension Explanation.Place {
  /// What the catalog holds of a service in an environment, in words: a label and a text each.
  func sayings(in catalog: Catalog) -> [(String, String)] {
    let cell = catalog.histories[service][environment].cell
    var sayings = [("runs", runs(cell, catalog))]
    if !cell.flags.isEmpty { sayings.append(("flags", cell.flags.map(\.rawValue).joined(separator: ", "))) }
    for target in cell.targets {
      sayings.append((target.name, told(target, catalog)))
    }
    if let last = cell.lastAttempt, last != cell.doubtfulAttempt {
      sayings.append(("last tried", told(last, catalog) + (cell.isUncertain ? "" : "; only a success changes what runs")))
    }
    for waiting in cell.waiting {
      let since = waiting.since.map { " since \(catalog.moment($0))" } ?? ""
      sayings.append(("waits", told(waiting.deployment, catalog) + since))
    }
    if let upstream = cell.upstream, catalog.environments[environment].isStage {
      let pending = cell.pending.isEmpty ? "nothing" : Format.list(cell.pending)
      sayings.append(("is due", "\(pending) from \(catalog.environments[upstream].name), the environment before it"))
    }
    return sayings
  }

  private func runs(_ cell: Cell, _ catalog: Catalog) -> String {
    let deployments = catalog.histories[service][environment].deployments
    let current = cell.current.map { told($0, catalog) }
    switch cell.state {
    case .current: return (current ?? "") + ", the last success here"
    case .mixed: return cell.mixedWords.plain + "; each target runs what succeeded on it last"
    case .unknown: return "nobody knows which version: " + doubt(cell, catalog) + (current.map { "; it was \($0)" } ?? "")
    case .removed:
      let last = deployments.last { catalog.services[service].deployments[$0].state == .succeeded }
      let isRemoval = last.map { catalog.services[service].deployments[$0].action == .remove } ?? false
      return isRemoval ? "nothing: the last success here took it down" : "nothing: the environment has ended"
    case .none:
      return deployments.isEmpty
        ? "nothing: no record tells of a deployment of it to this environment"
        : deployments.count == 1
          ? "nothing: the one deployment that records tell of has not succeeded"
          : "nothing: of the \(deployments.count) deployments that records tell of, none has succeeded"
    }
  }

  private func doubt(_ cell: Cell, _ catalog: Catalog) -> String {
    switch cell.doubt {
    case .attempt(let attempt):
      told(attempt, catalog)
        + (catalog.services[service].deployments[attempt].state == .cancelled
          ? " was cancelled after it had started" : " ended with a word nobody knows, or with none")
    case .order(let other): "\(told(other, catalog)) is without a time as well, and nothing tells which came later"
    case .inactive: "the last success is not active any more, and nothing newer is known"
    case nil: "nothing tells"
    }
  }

  private func told(_ target: Cell.Target, _ catalog: Catalog) -> String {
    let since = target.since.map { " since " + catalog.moment($0) } ?? ", time not known"
    let version = target.version.map { version in
      Version.display(version)
        + (target.deployment.map { " (deployment \(catalog.services[service].deployments[$0].id)\(since))" } ?? "")
    }
    switch target.state {
    case .current: return version ?? "nothing"
    case .mixed: return "several versions"
    case .unknown: return "nobody knows which version" + (version.map { "; it was \($0)" } ?? "")
    case .none: return "never deployed"
    case .removed: return "removed"
    }
  }

  /// `1.4.0 (deployment 42, succeeded, since …)`.
  private func told(_ index: Int, _ catalog: Catalog) -> String {
    let deployment = catalog.services[service].deployments[index]
    let time = deployment.time.map { " " + catalog.moment($0) } ?? ", time not known"
    return "\(Version.display(deployment.version)) (deployment \(deployment.id), \(deployment.state.rawValue)\(time))"
  }
}
