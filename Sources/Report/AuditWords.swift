import Records
package import Releases

extension MonthlyAudit {
  /// What an auditor sees first.
  package var mark: Mark {
    switch outcome {
    case .clean: Mark(.succeeded)
    case .unclear: Mark(.unknown)
    case .flagged: Mark(.failed)
    }
  }

  /// `23 changes of production: 21 succeeded, 2 failed; 20 approved by a person, 3 without a gate`.
  package var summary: Sentence {
    let counts = State.allCases.compactMap { state -> Sentence? in
      let count = items.count { $0.deployment.state == state }
      return count == 0 ? nil : "\(count) \(words: state.rawValue)"
    }
    let gates: [(Int, Sentence)] = [
      (approved, "\(approved) approved by a person"), (ungated, "\(ungated) without a gate"),
      (otherwise, "\(otherwise) otherwise, or not recorded"),
    ]
    let ways = Sentence.joined(gates.filter { $0.0 > 0 }.map(\.1), separator: ", ")
    return
      "\(Format.count(items.count, "change")) of production: \(Sentence.joined(counts, separator: ", ")); \(ways)"
  }

  /// `3 flagged: 1 self-approved, …`; what is not flagged is said too.
  package var verdict: Sentence {
    guard flagged > 0 else { return "Nothing is flagged." }
    let parts = AuditedChange.Flag.allCases.compactMap { flag -> Sentence? in
      let count = count(flag)
      return count == 0 ? nil : "\(count) \(words: flag.words)"
    }
    let rest = items.count - flagged
    return "\(flagged) flagged: \(Sentence.joined(parts, separator: ", ")). \(rest) without a flag."
  }
}

extension AuditedChange.Flag {
  /// As it stands behind a number, and alone in a row.
  package var words: String {
    switch self {
    case .selfApproval: "self-approved"
    case .missingApproval: "without approval"
    case .bypassed: "past a closed gate"
    case .freeze: "in a freeze"
    case .notRecorded: "with records too incomplete to judge"
    }
  }
}
