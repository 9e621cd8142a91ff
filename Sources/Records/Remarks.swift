package import Diagnostics

/// Why things are as they are, in the words of this room: what completes "service checkout: …".
extension Remark {
  package static func service(named name: String, _ found: ServiceNames.Match) -> Remark {
    switch found {
    case .declared: Remark(.service, "the configuration has a service '\(name)'")
    case .matched(let pattern): Remark(.service, "'\(name)' fits '\(pattern)' of its `match` list")
    case .itself: Remark(.service, "the record names it")
    case .fallback: Remark(.service, "neither a service nor a repository is named, so it is called '\(name)'")
    }
  }

  package static func service(ofRepository repository: String, _ found: ServiceNames.Match) -> Remark {
    switch found {
    case .declared: Remark(.service, "no service is named; the configuration has one for the repository '\(repository)'")
    case .matched(let pattern):
      Remark(.service, "no service is named; the repository '\(repository)' fits '\(pattern)' of its `match` list")
    case .itself, .fallback: Remark(.service, "no service is named; it is the last part of the repository '\(repository)'")
    }
  }

  package static func serviceOfNote(_ name: String) -> Remark {
    Remark(.service, "its folder or its front matter names '\(name)'")
  }

  package static func serviceOfProduct(_ name: String) -> Remark {
    Remark(.service, "its heading names '\(name)', which is that service")
  }

  package static func serviceOfChapter(_ heading: String) -> Remark {
    Remark(.service, "the heading '\(heading)' stands above it, which is that service")
  }

  package static let onlyService = Remark(.service, "nothing names one, and there is no other")

  package static func versionWithName(_ version: String) -> Remark {
    Remark(.version, "'\(version)' without the name of its service")
  }

  package static func environment(named name: String, id: String, _ found: EnvironmentNames.Match) -> Remark {
    switch found {
    case .declared: Remark(.environment, "the configuration has an environment '\(name)'")
    case .matched(let pattern): Remark(.environment, "'\(name)' fits '\(pattern)' of its `match` list")
    case .itself: Remark(.environment, "the record calls it '\(name)'")
    case .renamed(let newest):
      Remark(
        .environment, "the record calls it '\(name)'; newer ones call " + (id.isEmpty ? "it" : "the id \(id)") + " '\(newest)'")
    }
  }

  package static func version(_ source: VersionSource) -> Remark {
    switch source {
    case .record: Remark(.version, "the record names it")
    case .commit: Remark(.version, "no version is named, and its commit is not the run's: the first 12 digits of that")
    case .run: Remark(.version, "the run names it")
    case .tag: Remark(.version, "no version is named: the tag of the run")
    case .commitOfRun: Remark(.version, "no version is named, and no tag: the first 12 digits of the commit")
    case .number: Remark(.version, "neither version, tag nor commit is named: the number of the run")
    case .id: Remark(.version, "neither version, tag nor commit is named: the id")
    case .environment: Remark(.version, "nothing tells which")
    }
  }

  package static func tellings(_ count: Int) -> Remark {
    Remark(.joining, "\(count) tellings of it: each field is that of the weightiest one that states it")
  }

  package static func inferred(_ field: String) -> Remark {
    .inferred(Topic(field: field), "the records do not say it themselves")
  }

  package static func heldByGate(_ gate: String?) -> Remark {
    .inferred(.state, "it is queued, and its gate" + (gate.map { " '\($0)'" } ?? "") + " waits")
  }

  /// Why it is a target or an attempt of its own beside others of its run.
  package static func beside(_ reason: TargetReason) -> Remark {
    switch reason {
    case .namedTarget: Remark(.target, "others of its run name other targets, so each is a deployment of its own")
    case .numberedAttempt: Remark(.attempt, "others of its run are other attempts, by their numbers")
    case .sameStep: Remark(.attempt, "others of its run are by the same step, so they are attempts, one after the other")
    case .otherStep: Remark(.target, "others of its run are by other steps, so they are targets of one deployment")
    case .inTurn: Remark(.attempt, "others of its run began when the one before had ended, so they are attempts")
    case .atOnce: Remark(.target, "others of its run were, or may have been, under way at the same time, so they are targets")
    }
  }

  package static let hotfixByWay = Remark.inferred(
    .kind, "nobody marked it, but its version had not been in the environment before this one when it came")

  package static func rollbackByVersions(from version: String) -> Remark {
    .inferred(.action, "nobody marked it, but it leads back from \(version)")
  }

  package static func stateOfStep(_ step: String?) -> Remark {
    Remark(.state, "the record has none: that of its step" + (step.map { " '\($0)'" } ?? ""))
  }

  package static let stateOfRun = Remark(.state, "neither the record nor a step has one: that of its run")

  package static func timesOfStep(_ step: String?) -> Remark {
    Remark(.times, "the record has none: those of its step" + (step.map { " '\($0)'" } ?? ""))
  }

  package static let timesOfRun = Remark(.times, "what the record does not tell is its run's")

  package static func deploymentOfGate(_ gate: String?) -> Remark {
    .inferred(
      .state,
      "no deployment is among the records, but the gate" + (gate.map { " '\($0)'" } ?? "")
        + " of the run waits before this environment")
  }

  package static func newerWaits(_ id: String, _ version: String) -> Remark {
    Remark(
      .state,
      "it waits, but a newer one of its pipeline and branch waits too (\(version), \(id)): only the newest of them is asked about"
    )
  }

  package static func bringsNothing(beside live: String?) -> Remark {
    Remark(.state, "it waits, but would bring nothing that is not live already" + (live.map { ": \($0) runs" } ?? ""))
  }
}
