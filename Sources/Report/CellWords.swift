import Records
package import Releases

extension Cell {
  /// `0.0.3 on 1 of 3, 0.0.2 on 1, unknown on 1`: what the targets of a mixed cell run, highest version first.
  package var mixedWords: Sentence {
    let unknown = targets.count { $0.state == .unknown }
    let uncertain: [Sentence] = unknown == 0 ? [] : ["unknown on \(unknown)\(context: "targets")"]
    guard let first = versions.first else { return uncertain.first ?? "nothing on \(targets.count)" }
    let rest = versions.dropFirst().map { version -> Sentence in "\(version.text) on \(version.count)\(context: "targets")" }
    return .joined(["\(first.text) on \(first.count) of \(targets.count)"] + rest + uncertain, separator: ", ")
  }
}

extension Cell.Way {
  /// The words of all pages for it.
  package var words: String {
    switch self {
    case .gated: "a person approves"
    case .open: "no gate"
    case .unknown: "gate not known"
    }
  }
}

extension Cell.Delay {
  /// Why nothing waits to bring what is missing, as far as it is known.
  package var reason: String {
    switch self {
    case .unknown: "what runs there is unknown"
    case .removed: "it was removed there"
    case .rolledBack: "it was rolled back there"
    case .failed: "the last attempt failed"
    case .running: "a deployment is running"
    case .notAsked: "nobody asked for it yet"
    case .onItsWay: "no gate; it is on its way"
    case .untold: "not known"
    }
  }

  /// Behind the name of a release on top of a changelog.
  package var remark: Sentence {
    switch self {
    case .unknown, .untold: ""
    case .removed: ", removed here"
    case .rolledBack: ", rolled back"
    case .failed: ", the last attempt failed"
    case .running: ", a deployment is running"
    case .notAsked: ", nobody asked yet"
    case .onItsWay: ", on its way"
    }
  }
}

extension Deployment {
  /// How it ended, or how far it is, in a word.
  package var stateWord: String { isPart ? "in part" : state.rawValue }

  /// `1 of 2 targets`: how many of its unnamed targets it reached; nil where it had but one.
  package var reachedWords: Sentence? {
    guard !targets.isEmpty else { return nil }
    return "\(targets.count { $0.state == .succeeded }) of \(targets.count) targets"
  }
}

extension Catalog {
  /// `Production`, `Production (eu)`: where a deployment goes.
  package func place(of deployment: Deployment) -> String {
    let name = environments[deployment.environment].name
    return deployment.target.map { "\(name) (\($0))" } ?? name
  }
}

extension Waiting {
  /// ` for us`, behind what waits; nothing where it is for the whole environment.
  package var targetWords: Sentence { target.map { " for \($0)" } ?? "" }
}
