import Records
package import Releases

/// What the records leave open, a sentence each; the dashboard has the first of them, `pending.html` all.
extension Wording {
  /// At most `limit` of them; of more the last one leads to the list.
  package func openQuestions(_ questions: OpenQuestions, limit: Int) -> [Sentence] {
    var sentences = all(questions)
    let rest = sentences.count - limit
    if rest > 0 {
      let list = LinkText(text: "pending.html", to: .openQuestions)
      sentences = sentences.prefix(limit) + [rest == 1 ? "\(1) more stands on \(list)." : "\(rest) more stand on \(list)."]
    }
    return sentences
  }

  private func all(_ questions: OpenQuestions) -> [Sentence] {
    let paused = questions.pausedRuns.map { item -> Sentence in
      let record = catalog.services[item.service].runs[item.index].record
      let since: Sentence =
        (record.gates.compactMap(\.requestedAt).min() ?? record.startedAt ?? record.createdAt)
        .map { " since \(long($0))" } ?? ""
      return
        "\(catalog.services[item.service].name) \(run(item.service, item.index)) is paused\(since)\(match(record)); it names no environment."
    }
    let unknown = questions.unknownDeployments.map { item -> Sentence in
      let deployment = catalog.services[item.service].deployments[item.index]
      let link = self.deployment(
        item.service, item.index, text: catalog.services[item.service].name + " " + deployment.version)
      return "The state of \(link) in \(place(of: deployment)) is not known."
    }
    return paused + unknown + unplaced(questions.unplacedRuns)
  }

  /// `, pipeline deploy`: what a rule can go by.
  private func match(_ run: RunRecord) -> Sentence { run.pipeline.map { ", pipeline \($0)" } ?? "" }

  /// A sentence a pipeline, with the steps that a rule could name.
  private func unplaced(_ items: [OpenQuestions.Item]) -> [Sentence] {
    struct Group: Hashable { let service: Int, pipeline: String? }
    var order: [Group] = []
    var runs: [Group: [Int]] = [:]
    for item in items {
      let group = Group(
        service: item.service, pipeline: catalog.services[item.service].runs[item.index].record.pipeline)
      if runs[group] == nil { order.append(group) }
      runs[group, default: []].append(item.index)
    }
    return order.map { group in
      let indices = runs[group, default: []]
      let records = indices.map { catalog.services[group.service].runs[$0].record }
      let name = catalog.services[group.service].name
      let count = Format.count(indices.count, "run")
      let newest = indices.first.map { run(group.service, $0) } ?? LinkText(text: "", to: nil)
      let pipeline: Sentence = group.pipeline.map { " of pipeline \($0)" } ?? ""
      return "\(name): \(count)\(pipeline), the newest is \(newest)\(steps(of: records))."
    }
  }

  /// The names of the first steps that any of the runs has.
  private func steps(of runs: [RunRecord]) -> Sentence {
    var names: [String] = []
    for name in runs.prefix(20).flatMap({ $0.steps.map(\.name) }) where !name.isEmpty && !names.contains(name) {
      names.append(name)
    }
    let shown = names.prefix(8).map { name -> Sentence in "\(name)" }
    return shown.isEmpty ? "" : "; its steps: \(Sentence.joined(shown, separator: ", "))"
  }
}
