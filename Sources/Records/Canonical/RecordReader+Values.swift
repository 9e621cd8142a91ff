import Documents

// Values that have a short form: a string wherever the object is accepted (record.md).
extension RecordReader {
  mutating func change(_ member: Node.Member) -> Change? {
    member.value.isNull ? nil : change(member.value, in: member.key)
  }

  mutating func changes(_ member: Node.Member) -> [Change] {
    list(member).compactMap { change($0, in: member.key) }
  }

  private mutating func change(_ node: Node, in field: String) -> Change? {
    if let sha = node.string { return makeChange(sha.withoutOuterBlanks) }
    guard node.kind == .object else {
      warn(.wrongField(field, found: describe(node), expected: .commit), at: node)
      return nil
    }
    var change = Change(sha: "")
    for member in node.members {
      switch ChangeKey(rawValue: member.key) {
      case .sha: change.sha = text(member) ?? ""
      case .message: change.message = text(member)
      case .author: change.author = text(member)
      case .committedAt: change.committedAt = time(member)
      case .pullRequest: change.pullRequest = identifier(member)
      case nil: noteUnknown(member, in: "a commit", among: ChangeKey.words)
      }
    }
    if change.sha.isEmpty, node.saysNone(of: "sha") {
      warn(.wrongField(field, found: "without 'sha'", expected: .commit), at: node)
    }
    return change.sha.isEmpty || change.sha.isZeroHash ? nil : change
  }

  mutating func ref(_ member: Node.Member) -> Ref? {
    if let name = member.value.string { return Ref(written: name.withoutOuterBlanks) }
    guard member.value.kind == .object else { return wrong(member, .named) }
    var name: String?
    var type: Ref.Kind?
    var pullRequest: String?
    for member in member.value.members {
      switch RefKey(rawValue: member.key) {
      case .name: name = text(member)
      case .type: type = choice(member, Vocabulary.refTypes)
      case .pullRequest: pullRequest = identifier(member)
      case nil: noteUnknown(member, in: "a ref", among: RefKey.words)
      }
    }
    guard var ref = name.flatMap(Ref.init(written:)) else {
      if member.value.saysNone(of: "name") {
        warn(.wrongField("ref", found: "without 'name'", expected: .named), at: member.value)
      }
      return nil
    }
    ref.type = type ?? (pullRequest == nil ? ref.type : .pullRequest)
    ref.pullRequest = pullRequest ?? ref.pullRequest
    return ref
  }

  mutating func trigger(_ member: Node.Member) -> Trigger? {
    if let word = member.value.string { return word.unlessBlank.map { trigger($0, raw: nil, member.value) } }
    guard member.value.kind == .object else { return wrong(member, .trigger) }
    var word: String?
    var raw: String?
    for member in member.value.members {
      switch TriggerKey(rawValue: member.key) {
      case .type: word = text(member)
      case .raw: raw = text(member)
      case nil: noteUnknown(member, in: "a trigger", among: TriggerKey.words)
      }
    }
    guard let word else { return raw.map { Trigger(type: .unknown, raw: $0) } }
    return trigger(word, raw: raw, member.value)
  }

  private mutating func trigger(_ word: String, raw: String?, _ node: Node) -> Trigger {
    if let type = Vocabulary.triggers[word] { return Trigger(type: type, raw: raw) }
    warn(
      .unknownWord("trigger", found: word, among: Vocabulary.triggers.known, instead: "it is shown as it is written"), at: node)
    return Trigger(type: .unknown, raw: raw ?? word)
  }

  mutating func actor(_ member: Node.Member) -> Actor? {
    if let name = member.value.string { return name.unlessBlank.map { Actor(name: $0) } }
    guard member.value.kind == .object else { return wrong(member, .named) }
    var name: String?
    var id: String?
    var kind = Actor.Kind.unknown
    for member in member.value.members {
      switch ActorKey(rawValue: member.key) {
      case .name: name = text(member)
      case .id: id = identifier(member)
      case .kind: kind = choice(member, Vocabulary.actorKinds) ?? .unknown
      case nil: noteUnknown(member, in: "an actor", among: ActorKey.words)
      }
    }
    guard let name = name ?? id else {
      if member.value.saysNone(of: "name", "id") {
        warn(.wrongField("actor", found: "without 'name'", expected: .named), at: member.value)
      }
      return nil
    }
    return Actor(name: name, id: id, kind: kind)
  }

  mutating func version(_ member: Node.Member) -> VersionLabel? {
    if let name = member.value.identifier { return name.unlessBlank.map { VersionLabel(name: $0) } }
    guard member.value.kind == .object else { return wrong(member, .version) }
    var name: String?
    var artifact: String?
    var digest: String?
    for member in member.value.members {
      switch VersionKey(rawValue: member.key) {
      case .name: name = identifier(member)
      case .artifact: artifact = text(member)
      case .digest: digest = text(member)
      case nil: noteUnknown(member, in: "a version", among: VersionKey.words)
      }
    }
    guard let name else {
      if member.value.saysNone(of: "name") {
        warn(.wrongField("version", found: "without 'name'", expected: .version), at: member.value)
      }
      return nil
    }
    return VersionLabel(name: name, artifact: artifact, digest: digest)
  }
}

/// A commit of which only the hash is known; nil for a blank or all-zero one.
package func makeChange(_ sha: String) -> Change? { sha.isBlank || sha.isZeroHash ? nil : Change(sha: sha) }

extension Ref {
  /// A name as people and Git write it: `main`, `refs/heads/main`, `refs/tags/v1`, `refs/pull/7/merge`, `refs/merge-requests/7/head`.
  package init?(written: String) {
    if written.isBlank { return nil }
    for (prefix, type) in [("refs/heads/", Kind.branch), ("refs/tags/", .tag)] where written.hasPrefix(prefix) {
      let name = String(written.dropFirst(prefix.count))
      guard !name.isEmpty else { continue }
      self.init(name: name, type: type)
      return
    }
    for prefix in ["refs/pull/", "refs/merge-requests/", "refs/pull-requests/"] where written.hasPrefix(prefix) {
      let number = written.dropFirst(prefix.count).prefix { $0 != "/" }
      self.init(name: written, type: .pullRequest, pullRequest: number.isEmpty ? nil : String(number))
      return
    }
    self.init(name: written, type: written.hasPrefix("refs/") ? .other : .branch)
  }
}
