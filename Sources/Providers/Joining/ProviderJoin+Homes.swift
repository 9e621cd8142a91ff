import Diagnostics
import Records

// Whose a record is that names no repository: that of the others in its answer, or of its environment. Two projects are never joined
// because nothing tells them apart.
extension ProviderJoin {
  /// What a record lies in: the answer to one question, or all of one file where nothing in it is an answer, or its answer names none.
  private struct Answer: Hashable {
    let file: String
    var group: Int?
  }

  mutating func adoptRepositories() {
    guard entries.contains(where: { $0.fate == nil && $0.piece.body.lacksRepository }) else { return }
    var ofAnswer: [Answer: Set<String>] = [:]
    var ofEnvironment: [String: Set<String>] = [:]
    let ofRun = repositoriesOfRuns()
    for entry in entries {
      let run = entry.piece.body.deployment?.runKey
      guard let repository = entry.piece.body.repository ?? run.flatMap({ ofRun[$0] }) else { continue }
      ofAnswer[Answer(file: entry.file), default: []].insert(repository)
      if let group = entry.piece.group { ofAnswer[Answer(file: entry.file, group: group), default: []].insert(repository) }
      if let key = entry.piece.body.deployment?.environmentKey { ofEnvironment[key, default: []].insert(repository) }
    }
    for index in entries.indices where entries[index].fate == nil && entries[index].piece.body.lacksRepository {
      let entry = entries[index]
      if let run = entry.piece.body.deployment?.runKey, ofRun[run] != nil { continue }
      let answer = entry.piece.group.flatMap { ofAnswer[Answer(file: entry.file, group: $0)] }
      let siblings = answer ?? ofAnswer[Answer(file: entry.file)] ?? []
      let neighbours = entry.piece.body.deployment?.environmentKey.flatMap { ofEnvironment[$0] } ?? []
      guard let repository = siblings.count == 1 ? siblings.first : neighbours.count == 1 ? neighbours.first : nil else {
        continue
      }
      entries[index].piece.body.adopt(repository)
    }
  }
}

extension ProviderJoin {
  /// Of the runs that say theirs; a deployment of one of them is of that.
  private func repositoriesOfRuns() -> [String: String] {
    var repositories: [String: String] = [:]
    for entry in entries {
      if let run = entry.piece.body.run, let name = run.record.repository { repositories[run.key] = name }
    }
    return repositories
  }

  /// One warning a file, unless the records tell of the same deployment (record.md: of its environment and commit).
  mutating func warnOfMissingStates(besides set: RecordSet) {
    guard let status = format.status else { return }
    let known = Set(set.runs.flatMap { run in run.value.deployments.map { $0.place(besides: run.value.commit) } })
      .union(set.deployments.filter { !set.ofProviders.contains($0.place) }.map { $0.value.place(besides: nil) })
    var missing: [String: [Int]] = [:]
    for (record, entry) in withoutStatus where record.commit == nil || !known.contains(record.place(besides: nil)) {
      missing[entries[entry].file, default: []].append(entry)
    }
    for (_, entries) in missing.sorted(by: { $0.key < $1.key }) {
      guard let first = entries.first else { continue }
      let name = self.entries[first].piece.name
      warn(.warning, .noStatus(name, others: entries.count - 1, place: status.name, cure: status.request), at: first)
    }
  }
}

extension DeploymentRecord {
  fileprivate func place(besides commit: Change?) -> [String] {
    [environment.name.lowercased(), (self.commit ?? commit)?.sha.lowercased() ?? ""]
  }
}

extension Piece.Body {
  /// What it says of its repository itself.
  fileprivate var repository: String? {
    switch self {
    case .run(let run): run.record.repository
    case .deployment(let deployment): deployment.record.repository
    case .step, .status, .environment, .review, .release, .incident, .application, .name: nil
    }
  }

  fileprivate var lacksRepository: Bool {
    switch self {
    // A run that names its pipeline is told from those of others by that.
    case .run(let run): run.record.repository == nil && run.record.service == nil && run.record.pipeline == nil
    case .deployment(let deployment):
      deployment.record.repository == nil && deployment.record.service == nil && deployment.ownerKey == nil
    case .step, .status, .environment, .review, .release, .incident, .application, .name: false
    }
  }

  fileprivate mutating func adopt(_ repository: String) {
    switch self {
    case .run(var run):
      run.record.repository = repository
      self = .run(run)
    case .deployment(var deployment):
      deployment.record.repository = repository
      self = .deployment(deployment)
    case .step, .status, .environment, .review, .release, .incident, .application, .name: break
    }
  }
}
