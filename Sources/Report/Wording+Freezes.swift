package import Records
import Releases
import Time

/// When deployments are closed: freezes and maintenance. They depend on the clock, so only pages about now tell.
extension Wording {
  /// `production is closed since … and reopens …: reason`.
  package func words(_ freeze: Configuration.Freeze) -> Sentence {
    let isActive = freeze.from <= catalog.asOf
    let places = places(freeze)
    let several = freeze.environments.count != 1
    let from = dated(freeze.from)
    let to = dated(freeze.to)
    let zone = civil(freeze.to).abbreviation
    let reason: Sentence = freeze.reason.map { ": \($0)" } ?? ""
    let begin: Sentence =
      civil(freeze.from).date == civil(catalog.asOf).date
      ? "today, \(dated(freeze.from))" : "\(dated(freeze.from))"
    let sentence: Sentence
    switch (freeze.kind, isActive, several) {
    case (.freeze, true, true): sentence = "\(places) are closed since \(from) and reopen \(to)"
    case (.freeze, true, false): sentence = "\(places) is closed since \(from) and reopens \(to)"
    case (.freeze, false, true): sentence = "\(places) close \(begin), and reopen \(to)"
    case (.freeze, false, false): sentence = "\(places) closes \(begin), and reopens \(to)"
    case (.maintenance, true, true): sentence = "\(places) are under maintenance since \(from), until \(to)"
    case (.maintenance, true, false): sentence = "\(places) is under maintenance since \(from), until \(to)"
    case (.maintenance, false, true): sentence = "\(places) have maintenance from \(begin) to \(to)"
    case (.maintenance, false, false): sentence = "\(places) has maintenance from \(begin) to \(to)"
    }
    return sentence + " \(words: zone)\(reason)"
  }

  /// The environments that it concerns, as links.
  package func places(_ freeze: Configuration.Freeze) -> Sentence {
    guard !freeze.environments.isEmpty else { return "all environments" }
    return .list(
      freeze.environments.map { key in
        let index = catalog.environments.firstIndex { $0.key.lowercased() == key.lowercased() }
        return index.map { "\(environment($0))" } ?? "\(key)"
      })
  }
}
