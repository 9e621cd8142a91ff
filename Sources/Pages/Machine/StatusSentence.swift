import Releases

extension Catalog {
  /// The state of the whole in one sentence, for `summary.json` and `tidemark status`: what the last environment runs, and the verdict of the
  /// dashboard.
  func statusSentence(_ verdict: VerdictFacts) -> String {
    let verdict = verdict.sentence.plain
    var text = verdict
    // What customers see, if that is told apart; else the last stage.
    let shown = environments.lastIndex { $0.isStage && $0.tier == .production } ?? environments.lastIndex(where: \.isStage)
    if let last = shown {
      let running = running(in: last).plain
      if !running.isEmpty { text = "\(environments[last].name) runs \(running); \(text)" }
    }
    return text.prefix(1).uppercased() + text.dropFirst()
  }
}
