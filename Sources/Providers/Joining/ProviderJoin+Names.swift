import Diagnostics
import Records

/// A deployment that was left out because nothing among the records names its environment. A rule of the configuration may.
struct UnplacedDeployment: Equatable, Sendable {
  var deployment: Located<DeploymentRecord>
  var pipeline: String?
  let skipped: Account.Skipped
}

// What deployments know by keys only: the versions of releases, the names of projects and of targets.
extension ProviderJoin {
  mutating func collectNames() {
    for (index, name) in open(\.name) { names[name.key] = (name.name, index) }
  }

  /// Without its name the key of a project stands for the service: two projects are two all the same.
  mutating func resolveNames(of piece: inout DeploymentPiece) {
    if let key = piece.releaseKey, let version = versions[key] {
      piece.record.version = VersionLabel(name: version.name)
      piece.record.inferred.removeAll { $0 == "version" }
      if entries[version.entry].fate == nil { entries[version.entry].fate = .rendered }
      piece.record.story.join(placesOf: entries[version.entry].piece.story)
      piece.record.story.note(.versionOfRelease(entries[version.entry].piece.name))
    }
    if let key = piece.targetKey {
      piece.record.target = name(of: key)
      if let entry = names[key]?.entry { entries[entry].fate = .rendered }
    }
    guard piece.record.service == nil, let key = piece.ownerKey else { return }
    piece.record.service = name(of: key)
    piece.record.inferred.append("service")
    piece.record.story.note(.serviceOfOwner(key, isNamed: names[key] != nil))
    guard let entry = names[key]?.entry else { return }
    entries[entry].fate = .rendered
    piece.record.story.join(placesOf: entries[entry].piece.story)
  }

  func name(of owner: String?) -> String? { owner.map { names[$0]?.name ?? $0 } }

  /// Deployments to environments that nothing names wait for the rules of the configuration.
  func deliverUnplaced(to set: inout RecordSet) {
    for (piece, entry) in unplaced {
      var piece = piece
      let draft = draft(of: &piece)
      let run = draft.map { drafts[$0].piece.record }
      let place = piece.stepKey.flatMap { stepPlaces[$0] }
      var record = piece.record
      record.story.join(entries[entry].piece.story)
      record.run = run?.id ?? piece.runKey
      record.service = record.service ?? name(of: piece.ownerKey)
      record.target = name(of: piece.targetKey)
      record.inferred += piece.ownerKey == nil ? ["environment"] : ["service", "environment"]
      settle(&record, piece, place.map { drafts[$0.draft].steps[$0.step] }, run: run)
      let located = Located(record, file: entries[entry].file, position: entries[entry].piece.position)
      let reason = SkipReason.noEnvironment(piece.environmentKey)
      let skipped = Account.Skipped(
        file: located.file, record: entries[entry].piece.name, reason: reason.text, remedy: reason.remedy,
        position: located.position)
      set.unplaced.append(UnplacedDeployment(deployment: located, pipeline: name(of: piece.ownerKey), skipped: skipped))
    }
  }
}
