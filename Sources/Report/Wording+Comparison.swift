import Records
import Releases
import Time

/// What an environment has and the one after it lacks.
extension Wording {
  /// `different`: of `all` services those of which the two environments hold different releases.
  package func summary(_ different: [Int], of all: [Int], from upstream: Int, to downstream: Int) -> Sentence {
    let cells = different.map { catalog.histories[$0][downstream].cell }
    let releases = cells.reduce(0) { $0 + $1.pending.count }
    let ahead = cells.reduce(0) { $0 + $1.ahead.count }
    var parts: [Sentence] = []
    let lacking = cells.count { !$0.pending.isEmpty }
    if releases > 0 {
      let oldest = cells.compactMap(\.pendingSince).min()
      let since: Sentence = oldest.map { ", the oldest there since \(dated($0))" } ?? ""
      let age: Sentence = oldest.flatMap { self.age($0) }.map { ", \(words: $0)" } ?? ""
      parts.append(
        "\(Format.count(releases, "release")) of \(Format.count(lacking, "service"))" + since + age)
    }
    if ahead > 0 {
      parts.append("\(Format.count(ahead, "release")) live here that \(environment(upstream)) lacks")
    }
    let same = all.count - different.count
    if same > 0 { parts.append("\(Format.count(same, "service")) the same in both") }
    return Sentence.joined(parts, separator: "; ") + "."
  }

  /// Who decided last, where no gate that waits says so.
  package func pressed(_ service: Int, _ environment: Int) -> Sentence {
    guard let last = catalog.histories[service][environment].cell.lastDecision else { return "" }
    let time: Sentence = last.at.map { ", \(dated($0))" } ?? ""
    let by: Sentence = last.by.map { "\($0)" } ?? "somebody"
    return " The last who decided at the gate was \(by)\(time)."
  }

  /// `Staging runs 2.10.0, Production runs 2.9.1: 2 releases behind, since ….`
  package func step(service index: Int, from upstream: Int, to downstream: Int) -> Sentence {
    let cell = catalog.histories[index][downstream].cell
    let there = runs(index, upstream, isStart: true) ?? "\(environment(upstream)) runs nothing"
    let here =
      runs(index, downstream, isStart: false) ?? "\(environment(downstream)) runs nothing yet"
    let count: Sentence =
      cell.pending.isEmpty
      ? "" : cell.isUncertain ? ": it may be behind" : ": \(Format.count(cell.pending.count, "release")) behind"
    let since: Sentence = cell.pendingSince.map { ", since \(dated($0))" } ?? ""
    return there + ", " + here + count + since + "."
  }

  /// What the environment before lacks, and what waits at the gate.
  /// `isAlone`: the page is about this service, so that the gate stands above.
  package func remarks(comparing index: Int, _ upstream: Int, with downstream: Int, isAlone: Bool) -> [Sentence] {
    let cell = catalog.histories[index][downstream].cell
    var remarks: [Sentence] = []
    if !cell.ahead.isEmpty {
      remarks.append(
        "\(environment(downstream)) has \(releases(index, cell.ahead, limit: 12)), which \(environment(upstream)) lacks: it would be lost."
      )
    }
    if !isAlone, let waiting = cell.waiting.first {
      remarks.append(
        "\(deployment(index, waiting.deployment, text: waiting.version)) waits at the gate\(waiting.targetWords).")
    }
    return remarks
  }

  /// nil where nothing runs.
  private func runs(_ service: Int, _ environment: Int, isStart: Bool) -> Sentence? {
    let cell = catalog.histories[service][environment].cell
    let place = self.environment(environment)
    switch cell.state {
    case .mixed: return "\(place) runs \(cell.mixedWords)"
    case .unknown: return isStart ? "What \(place) runs is unknown" : "what \(place) runs is unknown"
    case .current, .none, .removed:
      return cell.current.map {
        "\(place) runs \(release(service, catalog.services[service].deployments[$0].version))"
      }
    }
  }
}
