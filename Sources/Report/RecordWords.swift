package import Records
package import Time

extension State {
  /// The state as a page says it, with the raw word where nobody knows it: `unknown (raw word)`.
  package func word(raw: String?) -> Sentence {
    guard self == .unknown, let raw, !raw.isEmpty else { return "\(words: rawValue)" }
    return "unknown (\(raw))"
  }
}

extension RunRecord {
  /// What follows `run`: its number, else its id.
  package var name: String { number.map(String.init) ?? id }

  /// When it began, for people: its start, else its creation. What comes before what goes by `orderTime`.
  package var startTime: Timestamp? { startedAt ?? createdAt }

  /// Its title, else the first line of the commit message (record.md, Run).
  package var subject: String? { Words.subject(title) ?? Words.subject(commit?.message) }
}

extension Ref {
  /// What the fact is called.
  package var noun: Sentence {
    switch type {
    case .branch: "Branch"
    case .tag: "Tag"
    case .pullRequest: "Pull request"
    case .other: "Ref"
    }
  }

  /// The whole name, and the pull request where it is known beside it.
  package var words: Sentence {
    guard let pullRequest, pullRequest != name else { return "\(branch: name)" }
    return type == .pullRequest ? "\(pullRequest), \(branch: name)" : "\(branch: name), pull request \(pullRequest)"
  }
}

extension Trigger {
  package var words: Sentence {
    switch type {
    case .push: "a push"
    case .tag: "a tag"
    case .pullRequest: "a pull request"
    case .schedule: "a schedule"
    case .manual: "a person"
    case .api: "a call of the interface"
    case .upstream: "another pipeline"
    case .redeploy: "a redeployment"
    case .unknown: raw.map { "unknown (\($0))" } ?? "unknown"
    }
  }
}

extension Actor {
  package var words: Sentence {
    switch kind {
    case .bot: "\(name), a bot"
    case .system: "\(name), the system"
    case .human, .unknown: "\(name)"
    }
  }
}

/// The tests of a run, in words: `214 tests: 212 passed, 2 failed`.
extension TestCounts {
  package var words: Sentence {
    var parts: [Sentence] = ["\(passed) passed"]
    if failed > 0 { parts.append("\(failed) failed") }
    if skipped > 0 { parts.append("\(skipped) skipped") }
    if flaky > 0 { parts.append("\(flaky) flaky") }
    let time: Sentence = seconds.map { $0.isFinite && $0 >= 0 ? ", in \(words: Format.duration($0))" : "" } ?? ""
    return "\(Format.count(total, "test")): \(Sentence.joined(parts, separator: ", "))\(time)"
  }
}
