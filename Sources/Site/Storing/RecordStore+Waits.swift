import Records

// What an object waits for is nothing that ran: each answer about it tells what it waits for now, if anything, and a build leaves out what
// an older answer says. A store forgets it.
extension RecordStore {
  /// The paths, in the folder, of what is stored as waiting and is waited for no more, since `records` tell of answers about the same objects
  /// that are newer, or as new and were given later.
  func overtakenWaits(by records: [CanonicalRecord]) throws(FileSystem.Failure) -> [String] {
    let newest = NewestSnapshots(records.lazy.compactMap(\.run))
    if newest.isEmpty { return [] }
    let identities = Set(records.map(\.identity))
    let months = Set(records.lazy.filter { $0.run?.snapshot != nil }.map(RecordStore.undated))
    var overtaken: [String] = []
    for month in months.sorted() where isFolder(month) {
      for name in try names(in: month) where name.hasSuffix(".json") {
        let path = month + "/" + name
        let stored = try tellings(at: path)
        let areOvertaken = stored.allSatisfy { record in
          guard let run = record.run, run.isOnlyWait, let own = run.snapshot, let newest = newest[run] else { return false }
          return own <= newest && !identities.contains(record.identity)
        }
        if areOvertaken, !stored.isEmpty { overtaken.append(path) }
      }
    }
    return overtaken
  }
}

extension CanonicalRecord {
  fileprivate var run: RunRecord? {
    if case .run(let run) = content { return run }
    return nil
  }
}
