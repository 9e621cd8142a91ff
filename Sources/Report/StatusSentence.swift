import Records
package import Releases

extension Catalog {
  /// The state of the whole in one sentence, for `summary.json` and `tidemark status`: what customers use, and the verdict of the
  /// dashboard.
  package func statusSentence(_ verdict: VerdictFacts) -> String {
    let verdict = verdict.sentence.plain
    var text = verdict
    if let last = customerStage {
      let running = running(in: last).plain
      if !running.isEmpty { text = "\(environments[last].name) runs \(running); \(text)" }
    }
    return text.prefix(1).uppercased() + text.dropFirst()
  }
}
