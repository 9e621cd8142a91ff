package import Time

/// What the word of a decision means, for every format and for the audit: the one list of words that mean yes, and of those that do not.
extension Gate.Decision {
  package enum Meaning: Sendable {
    case yes
    case no
    /// It went on though nobody said yes.
    case forced
    /// Nothing was decided: it was not needed any more, somebody else was asked, the time ran out.
    case none
    /// A word that nobody knows is no approval.
    case unknown
  }

  /// nil without a word: then it is what the gate became.
  package var meaning: Meaning? {
    let word = plainWord(decision ?? "")
    if word.isEmpty { return nil }
    if let known = Gate.Decision.words[word] { return known }
    // Whoever forced a gate is found in a sentence, too: an auditor looks for it.
    return ["bypass", "forc", "overrid"].contains { word.hasPrefix($0) } ? .forced : .unknown
  }

  private static let words: [String: Meaning] = {
    let lists: [(Meaning, String)] = [
      (
        .yes,
        """
        approved approve approves accepted accept allowed allow granted grant permitted permit confirmed confirm proceed proceeded \
        unblocked released unlocked passed yes ok okay lgtm signedoff approvedwithcomments approvedwithsuggestions
        """
      ),
      (
        .no,
        """
        rejected reject denied deny declined decline refused refuse disapproved vetoed veto aborted abort no failed fail notapproved \
        changesrequested
        """
      ),
      (.forced, "bypassed bypass forced force overridden override overrode overruled"),
      (
        .none,
        """
        skipped skip cancelled canceled cancel reassigned reassign delegated pending waiting deferred uninitiated requested undefined \
        expired timedout timeout dismissed abstained commented comment withdrawn revoked obsolete superseded
        """
      ),
    ]
    let pairs = lists.flatMap { meaning, list in list.split(separator: " ").map { (String($0), meaning) } }
    return Dictionary(pairs) { first, _ in first }
  }()
}

extension Gate {
  /// Whether the word of a decider means yes.
  package static func isYes(_ word: String) -> Bool { Decision(decision: word).meaning == .yes }

  /// The decisions that made its state: while it waits there is none, however many have said yes, and who was skipped, passed it on or
  /// was no longer asked decided nothing.
  package var deciding: [Decision] {
    switch state {
    case .waiting: []
    case .approved: decisions.filter { $0.isYes || $0.meaning == .forced }
    case .rejected: decisions.filter { $0.meaning == .no || $0.meaning == nil }
    case .expired, .cancelled, .skipped, .unknown: decisions.filter { $0.isYes || $0.meaning == .no || $0.meaning == .forced }
    }
  }

  /// When the last of its decisions was made, or when it was over without one; nil where the provider never says.
  package var decidedAt: Timestamp? {
    switch state {
    case .waiting: nil
    case .approved, .rejected, .unknown: deciding.compactMap(\.at).max()
    case .expired, .cancelled, .skipped: decisions.compactMap(\.at).max()
    }
  }

  /// Who made the last of its decisions that has a name.
  package var decidedBy: String? { deciding.last { $0.by != nil }?.by }

  /// Seconds from the request to the decision; nil without both, and where the decision is said to be the earlier one.
  package var waitSeconds: Double? {
    guard let requestedAt, let decidedAt, decidedAt >= requestedAt else { return nil }
    return decidedAt.seconds(since: requestedAt)
  }
}

extension Gate.Decision {
  /// It says yes, or nothing: then it is what the gate became.
  package var isYes: Bool { meaning == nil || meaning == .yes }
}

/// A word as words are compared: in lower case, without space, `_` and `-`.
package func plainWord(_ word: String) -> String {
  if word.utf8.allSatisfy({ (0x61...0x7A).contains($0) }) { return word }
  return String(decoding: word.lowercased().utf8.filter { $0 != 0x20 && $0 != 0x5F && $0 != 0x2D }, as: UTF8.self)
}
