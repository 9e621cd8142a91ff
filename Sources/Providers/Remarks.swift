import Diagnostics
import Records

// As what a record was read, and why.
extension Remark {
  static func payload(_ name: String, of provider: String, saidBy speaker: String?) -> String {
    let reason = speaker.map { "whose file it is by \($0)" } ?? "by the keys it has"
    return "\(name), read as a payload of \(provider), \(reason)"
  }

  static func toldInPassing(by name: String) -> String { "\(name), told by another record in passing" }
}

/// Why a record is as it is, in words.
extension Remark {
  /// By what a deployment found its run.
  enum RunFound: String {
    case byName = "which it names"
    case byStep = "whose step it names"
    case byCommit = "the only run of its commit with a step for its environment"
  }

  /// As messages about the configuration name it, with its line.
  static func name(of rule: Configuration.RecordRule) -> String {
    rule.name + (rule.position.map { " in line \($0.line) of tidemark.yml" } ?? "")
  }

  static func byRule(_ rule: String, _ topic: Topic, _ value: String, isCaptured: Bool) -> Remark {
    let how = isCaptured ? "captured by a pattern of" : "set by"
    return Remark(topic, "\(quoted(value)) is \(how) \(rule)")
  }

  static func deploymentByRule(_ rule: String, step: String) -> Remark {
    .inferred(.environment, "\(rule) makes a deployment of the step \(quoted(step)), whose name fits it")
  }

  static let deploymentOfWholeRun = Remark.inferred(
    .environment, "no deployment of the run is among the records, so the whole run counts as one: state and times are the run's"
  )

  static func deploymentOfStep(_ step: String) -> Remark {
    Remark(.environment, "no deployment is among the records, but the step \(quoted(step)) names the environment it deploys to")
  }

  static func deploymentOfGate(_ gate: String?) -> Remark {
    let name = gate.map { " " + quoted($0) } ?? ""
    return Remark(.environment, "no deployment is among the records, but the gate\(name) waits before this environment")
  }

  static func environmentOfKey(_ key: String, name: String, isTold: Bool) -> Remark {
    let teller = isTold ? "a record of the environment" : "the newest deployment with that id"
    return Remark(.environment, "it names the environment by the id \(cut(key)), and \(teller) calls that \(quoted(name))")
  }

  static func versionOfRelease(_ release: String) -> Remark { Remark(.version, "the name of the \(release) that it deploys") }

  static func serviceOfOwner(_ key: String, isNamed: Bool) -> Remark {
    Remark(
      .service,
      isNamed
        ? "the name of the project \(cut(key)) that it is of"
        : "the key of the project that it is of; no record tells the name of that")
  }

  static func joinedToRun(_ run: String, _ how: RunFound) -> Remark { Remark(.joining, "with the \(run), \(how.rawValue)") }

  static func inferred(_ field: String, _ words: String) -> Remark { .inferred(Topic(field: field), words) }

  /// The start of a deployment is when it was made, where no status tells it.
  static let startOfCreation = Remark(.times, "no status tells its start: it is when it was made")

  /// What a run deploys next is of the service, and the version, of all its other deployments.
  static func asItsSiblings(_ topic: Topic) -> Remark { .inferred(topic, "all other deployments of its run have it") }

  static func runNotRead(_ run: String) -> Remark { Remark(.joining, "with no run: its \(run) is not among the records") }

  static func olderTelling(isUsed: Bool, at place: RecordPlace) -> Remark {
    Remark(
      .joining,
      isUsed
        ? "with an older telling of it; what only that one says is taken over"
        : "with an older telling of it, of which nothing is used",
      at: place)
  }
}
