import Releases

// What deployments know by keys only: the versions of releases, the names of projects. And deployments that one run made in turn.
extension ProviderJoin {
  typealias FoundDeployment = (piece: DeploymentPiece, entry: Int, draft: Int?)

  mutating func collectNames() {
    for (index, name) in open(\.name) { names[name.key] = (name.name, index) }
  }

  /// Without its name the key of a project stands for the service: two projects are two all the same.
  mutating func resolveNames(of piece: inout DeploymentPiece) {
    if let key = piece.releaseKey, let version = versions[key] {
      piece.record.version = VersionLabel(name: version.name)
      piece.record.inferred.removeAll { $0 == "version" }
      if entries[version.entry].fate == nil { entries[version.entry].fate = .rendered }
    }
    guard piece.record.service == nil, let key = piece.ownerKey else { return }
    piece.record.service = names[key]?.name ?? key
    piece.record.inferred.append("service")
    if let entry = names[key]?.entry { entries[entry].fate = .rendered }
  }

  /// In the order of time where one run may have made several: the first is the run's own.
  static func inTurn(_ found: [FoundDeployment]) -> [FoundDeployment] {
    guard found.contains(where: \.piece.repeats) else { return found }
    return found.sorted {
      let (left, right) = ($0.piece.record.startedAt ?? .distantPast, $1.piece.record.startedAt ?? .distantPast)
      return left != right ? left < right : $0.entry < $1.entry
    }
  }

  func isRepetition(_ piece: DeploymentPiece, in draft: Int) -> Bool {
    piece.repeats
      && drafts[draft].deployments.contains {
        $0.environment.name == piece.record.environment.name && $0.version == piece.record.version
      }
  }
}
