import Releases

extension Catalog {
  /// The state of the whole in one sentence, for `summary.json` and `tidemark status`: what the last environment runs, and the verdict of the
  /// dashboard.
  var statusSentence: String {
    let verdict = VerdictFacts(self).sentence
    var text = verdict.plain
    if let last = environments.lastIndex(where: \.isStage) {
      let running = running(in: last).plain
      if !running.isEmpty { text = "\(environments[last].name) runs \(running); \(text)" }
    }
    return text.prefix(1).uppercased() + text.dropFirst()
  }
}
