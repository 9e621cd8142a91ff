package import Diagnostics
import Records

/// A file of payloads that say nothing without others: steps without their run, approvals, the names of environments.
struct IdleFile: Equatable, Sendable {
  let reason: SkipReason
  /// How many of its objects have another reason.
  var others = 0
  let position: Position
  /// It holds nothing but what others may refer to, and none does.
  var isUnused: Bool
}

extension ProviderJoin {
  /// The files of which none of this provider's pieces was used, for want of others.
  func idleFiles() -> [String: IdleFile] {
    var idle: [String: IdleFile] = [:]
    var used: Set<String> = []
    for entry in entries where !used.contains(entry.file) {
      // What was merged into a piece that is left out is left out as well.
      guard let reason = reason(for: entry) else {
        used.insert(entry.file)
        continue
      }
      guard reason.needsOthers else {
        if !entry.piece.isImplied { used.insert(entry.file) }
        continue
      }
      if entry.piece.isImplied { continue }
      if let known = idle[entry.file] {
        if known.reason != reason { idle[entry.file]?.others += 1 }
        if reason != .unused { idle[entry.file]?.isUnused = false }
      } else {
        idle[entry.file] = IdleFile(reason: reason, position: entry.piece.position, isUnused: reason == .unused)
      }
    }
    for file in used { idle[file] = nil }
    return idle
  }
}

extension RecordSet {
  /// For who takes records out of files one by one (`tidemark import`): a warning for each file that needs another.
  package var warningsOfIdleFiles: [Diagnostic] {
    let taken = Set(runs.map(\.file) + deployments.map(\.file) + incidents.map(\.file) + releases.map(\.file))
    let isAnyTaken = !taken.isEmpty
    return idle.sorted { $0.key < $1.key }.compactMap { file, idle in
      // Of a collection that is whole some files may tell of nothing in it.
      if taken.contains(file) || (idle.isUnused && isAnyTaken) { return nil }
      return Diagnostic(.warning, .nothingTaken(idle.reason, others: idle.others), file: file, position: idle.position)
    }
  }
}
