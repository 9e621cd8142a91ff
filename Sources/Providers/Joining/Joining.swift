import Diagnostics
import Records

/// Joins what the files hold. The result does not depend on the order of `files`: they are taken in the order of their names.
package func joinRecords(_ files: [RecordFile]) -> RecordSet {
  let files = files.sorted { $0.file < $1.file }
  var set = RecordSet()
  set.runs = keepFirst(files.flatMap(\.runs), "run", id: \.id, story: \.story, &set.account)
  set.deployments = keepFirst(
    files.flatMap(\.deployments), "deployment", id: \.nameInAccount, story: \.story, &set.account)
  set.incidents = keepFirst(files.flatMap(\.incidents), "incident", id: \.id, story: \.story, &set.account)
  for file in files {
    set.givenPaths[file.file] = file.givenPath
    set.account.records.error += file.lost
    set.account.records.skipped += file.skipped.count
    set.account.skipped += file.skipped
  }
  for format in Format.all {
    var join = ProviderJoin(files, format)
    join.run()
    join.deliver(to: &set)
  }
  set.warnOfUntoldStates()
  for index in set.runs.indices { set.runs[index].value.fillTitle() }
  set.runs.sort(by: inPlaceOrder)
  set.deployments.sort(by: inPlaceOrder)
  set.incidents.sort(by: inPlaceOrder)
  set.releases.sort(by: inPlaceOrder)
  set.diagnostics.sort(by: Diagnostic.inPrintedOrder)
  return set
}

func inPlaceOrder<Value>(_ left: Located<Value>, _ right: Located<Value>) -> Bool {
  (left.file, left.position) < (right.file, right.position)
}

/// Leaves out records that are equal to an earlier one. Contradictory ones under one identity are for the catalog to judge.
private func keepFirst<Value: Equatable>(
  _ records: [Located<Value>], _ noun: String, id: (Value) -> String, story: WritableKeyPath<Value, Story>,
  _ account: inout Account
) -> [Located<Value>] {
  var kept: [Located<Value>] = []
  kept.reserveCapacity(records.count)
  var places: [String: [Int]] = [:]
  for record in records {
    let id = id(record.value)
    if let first = places[id]?.first(where: { kept[$0].value == record.value }) {
      let place = "\(kept[first].file):\(kept[first].position.line)"
      account.skip(record.file, "\(noun) \(cut(id))", SkipReason.duplicate(of: place), at: record.position)
      kept[first].value[keyPath: story].join(record.value[keyPath: story])
    } else {
      places[id, default: []].append(kept.count)
      kept.append(record)
    }
  }
  account.records.rendered += kept.count
  return kept
}

extension RecordSet {
  /// About records of deployments that say no state, and whose runs are not among the records to say one; one warning a file.
  fileprivate mutating func warnOfUntoldStates() {
    let runs = Set(self.runs.map(\.value.id))
    let told = Set(
      (deployments.map(\.value) + self.runs.flatMap(\.value.deployments)).filter { $0.state != nil }.compactMap(\.id))
    let untold = deployments.filter { located in
      let record = located.value
      if let id = record.id, told.contains(id) { return false }
      return !ofProviders.contains(located.place) && record.state == nil && record.run.map { !runs.contains($0) } ?? true
    }
    for (file, records) in Dictionary(grouping: untold, by: \.file) {
      guard let first = records.min(by: { $0.position < $1.position }) else { continue }
      diagnostics.append(
        Diagnostic(
          .warning, .noState(first.value.nameInAccount, others: records.count - 1), file: file, position: first.position))
    }
  }
}

extension RunRecord {
  /// Without a title, the first line of the commit message is it (record.md, Run).
  fileprivate mutating func fillTitle() {
    guard title == nil, let message = commit?.message else { return }
    let line = message.drop(while: \.isWhitespace).prefix { !$0.isNewline }
    guard let end = line.lastIndex(where: { !$0.isWhitespace }) else { return }
    title = String(line[...end])
  }
}

extension Account {
  mutating func skip(_ file: String, _ record: String, _ reason: SkipReason, at position: Position) {
    records.skipped += 1
    if reason.isToldElsewhere { toldElsewhere += 1 }
    skipped.append(Skipped(file: file, record: record, reason: reason.text, remedy: reason.remedy, position: position))
  }
}
