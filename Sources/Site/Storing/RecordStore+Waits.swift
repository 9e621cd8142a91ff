import Providers
import Records

// What an application of Argo CD waits for is nothing that ran: each answer about the application tells what it waits for now, if anything,
// and a build that reads two answers takes the newer one.
extension RecordStore {
  /// Whose waits an answer tells.
  private struct Application: Hashable {
    let repository: String?
    let name: String?
  }

  /// The paths, in the folder, of what is stored as waiting and is waited for no more, since `records` tell newer things of the same
  /// applications.
  func overtakenWaits(by records: [CanonicalRecord]) throws(FileSystem.Failure) -> [String] {
    var told: [String: Set<Application>] = [:]
    for record in records {
      guard let application = RecordStore.application(of: record) else { continue }
      told[RecordStore.undated(record), default: []].insert(application)
    }
    let identities = Set(records.map(\.identity))
    var overtaken: [String] = []
    for (month, applications) in told.sorted(by: { $0.key < $1.key }) where isFolder(month) {
      for name in try names(in: month) where name.hasSuffix(".json") {
        let path = month + "/" + name
        let stored = try tellings(at: path)
        let areWaits = stored.allSatisfy { record in
          guard let application = RecordStore.application(of: record), applications.contains(application) else { return false }
          return record.isWait && !identities.contains(record.identity)
        }
        if areWaits, !stored.isEmpty { overtaken.append(path) }
      }
    }
    return overtaken
  }

  private static func application(of record: CanonicalRecord) -> Application? {
    guard case .run(let run) = record.content, run.provider == "argocd", run.pipeline != nil else { return nil }
    return Application(repository: run.repository, name: run.pipeline)
  }
}

extension CanonicalRecord {
  fileprivate var isWait: Bool {
    guard case .run(let run) = content else { return false }
    return run.state == .waiting && run.startedAt == nil
  }
}
