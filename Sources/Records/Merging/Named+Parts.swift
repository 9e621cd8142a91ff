extension Change: Named {
  var key: String { sha }

  /// The longer form of one hash, and what any telling of the commit knows.
  static let parts: [MergedField<Change>] = [
    MergedField(
      name: "sha", strength: { _ in MergedField<Change>.said },
      copy: { change, other in if other.sha.utf8.count > change.sha.utf8.count { change.sha = other.sha } }, text: \.sha),
    .optional("message", \.message), .optional("author", \.author), .optional("committedAt", \.committedAt),
    .optional("pullRequest", \.pullRequest),
  ]

  static func isSame(_ left: Change, _ right: Change) -> Bool { isSame(left.sha, right.sha) }
}

extension Change: Mergeable {
  package static var fields: [MergedField<Change>] { parts }
  package var weight: Weight { .none }

  /// What both tell of one commit; of two commits, this one.
  package func merged(with other: Change?) -> Change {
    guard let other, Change.isSame(sha, other.sha) else { return self }
    return Change.merged([self, other])
  }
}

extension Actor: Named {
  var key: String { name }
  static let parts: [MergedField<Actor>] = [
    .optional("id", \.id),
    .word("kind", \.kind) { $0 == .unknown ? MergedField<Actor>.guessed : MergedField<Actor>.said },
  ]
}

extension Ref: Named {
  var key: String { name }
  static let parts: [MergedField<Ref>] = [
    .word("type", \.type) { $0 == .other ? MergedField<Ref>.guessed : MergedField<Ref>.said },
    .optional("pullRequest", \.pullRequest),
  ]
}

extension Trigger: Named {
  var key: String { type.rawValue }
  var strength: Int { type == .unknown ? MergedField<Trigger>.guessed : MergedField<Trigger>.said }
  static let parts: [MergedField<Trigger>] = [.optional("raw", \.raw)]
}

extension VersionLabel: Named {
  var key: String { name }
  var strength: Int { name.isEmpty ? MergedField<VersionLabel>.guessed : MergedField<VersionLabel>.said }
  static let parts: [MergedField<VersionLabel>] = [.optional("artifact", \.artifact), .optional("digest", \.digest)]
}
