import Diagnostics
import Records
import Time

// Workflows belong to a pipeline: it tells what was built and why, and a second one of a name in it is another attempt.
extension ProviderJoin {
  /// Fills in what the parents know, and leaves those out that have children: only one without them is a run of its own.
  mutating func followParents() {
    var parents: [String: Int] = [:]
    for (index, run) in open(\.run) where run.isParent { parents[run.key] = index }
    var attempts: [[String]: [(createdAt: Timestamp, key: String, entry: Int)]] = [:]
    var used: Set<Int> = []
    for (index, body) in open(\.run) {
      guard let parentKey = body.parentKey else { continue }
      var run = body
      if let parent = parents[parentKey], let told = entries[parent].piece.body.run {
        run.record.fill(from: told.record)
        run.parameters = told.parameters
        run.record.story.join(placesOf: entries[parent].piece.story)
        used.insert(parent)
      }
      if let name = run.attemptName { run.record.id = "\(name)-\(run.record.number.map(String.init) ?? parentKey)" }
      entries[index].piece.body = .run(run)
      attempts[[parentKey, run.attemptName ?? run.key], default: []].append(
        (run.record.createdAt ?? .distantPast, run.key, index))
    }
    for parent in used { entries[parent].fate = .rendered }
    for group in attempts.values { number(group.sorted { ($0.createdAt, $0.key) < ($1.createdAt, $1.key) }.map(\.entry)) }
  }

  private mutating func number(_ attempts: [Int]) {
    for (index, entry) in attempts.enumerated() {
      guard var run = entries[entry].piece.body.run else { continue }
      run.record.attempt = index + 1
      entries[entry].piece.body = .run(run)
    }
  }
}
