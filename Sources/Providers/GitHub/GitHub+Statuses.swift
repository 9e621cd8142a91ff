import Records
import Time

// The histories of deployments, and who is asked about those that wait.
extension ProviderJoin {
  mutating func collectStatuses() {
    let known = Set(open(\.deployment).map(\.body.key))
    for (index, status) in open(\.status) {
      if known.contains(status.deploymentKey) {
        var status = status
        status.story = entries[index].piece.story
        statuses[status.deploymentKey, default: []].append(status)
        entries[index].fate = .rendered
      } else {
        entries[index].fate = .skipped(.absent("deployment \(cut(status.deploymentKey))"))
      }
    }
    for (key, history) in statuses {
      // Where a time cannot be read, the order of the numbers is that of the statuses.
      let areDated = history.allSatisfy { $0.at != nil } || !history.allSatisfy { Int($0.key) != nil }
      statuses[key] = history.sorted {
        let (left, right) = areDated ? ($0.at ?? .distantPast, $1.at ?? .distantPast) : (.distantPast, .distantPast)
        return (left, Int($0.key) ?? 0, $0.key) < (right, Int($1.key) ?? 0, $1.key)
      }
    }
  }

  /// A deployment that waits for an environment with reviewers waits for one of them, unless a review told more. What the settings say now
  /// is no fact about what was decided before.
  mutating func askReviewers() {
    for draft in drafts.indices {
      for (name, asked) in drafts[draft].reviewers.sorted(by: { $0.key < $1.key }) {
        let place = drafts[draft].gates.firstIndex { $0.kind == .human && $0.environment?.lowercased() == name }
        if let place {
          if drafts[draft].gates[place].state == .waiting, drafts[draft].gates[place].allowed.isEmpty {
            drafts[draft].gates[place].allowed = asked.names
          }
          continue
        }
        let deployment = drafts[draft].deployments.first { $0.environment.name.lowercased() == name && $0.state == .waiting }
        guard let deployment else { continue }
        var gate = Gate(kind: .human, state: .waiting)
        gate.key = deployment.environment.name
        gate.environment = deployment.environment.name
        gate.step = deployment.step
        gate.requestedAt = asked.since
        gate.allowed = asked.names
        gate.required = 1
        drafts[draft].gates.append(gate)
      }
    }
  }
}
