import Diagnostics
package import Documents

/// The envelope and the kinds of canonical records (record.md): how an object is told to be one.
enum Envelope {
  static let schema = "tidemark-records/1"
  static let keysOfRuns = Canonical.run.words

  /// How an object is told to be a canonical record.
  enum Form {
    case envelope, kind, keys

    /// As what a record was read, and why.
    func reading(of name: String) -> String {
      switch self {
      case .envelope: "\(name), read as Tidemark's own form, as the \"schema\" around it says"
      case .kind: "\(name), read as Tidemark's own form, as its \"kind\" says"
      case .keys: "\(name), read as Tidemark's own form, by the keys it has"
      }
    }
  }

  enum Kind: String, CaseIterable {
    case run, deployment, incident

    static let words = allCases.map(\.rawValue)
    /// The keys of the object itself.
    var keys: [String] {
      switch self {
      case .run: Canonical.run.words
      case .deployment: Canonical.deployment.words
      case .incident: Canonical.incident.words
      }
    }
  }
}

extension RecordReader {
  /// Takes an object that says itself to be an envelope or a record, or can be nothing else; false if it is none.
  package mutating func take(_ node: Node) -> Bool { takeEnvelope(node) || takeDeclared(node) || takePlain(node) }

  /// `{"schema": "tidemark-records/1", "records": [ … ]}`; false if the object is none.
  private mutating func takeEnvelope(_ node: Node) -> Bool {
    let schema = node["schema"]
    let records = node["records"]
    let word = schema?.string
    if word == Envelope.schema {
      takeRecords(records, of: node)
      return true
    }
    if let schema, records != nil || word?.hasPrefix("tidemark") == true {
      let lost = max(1, records?.elements.count ?? 1)
      fail(.unknownSchema(describe(schema), lost: lost), at: schema)
      self.lost += lost
      return true
    }
    return false
  }

  /// Records without a schema: a list that is read as a bare one is, if nothing but a slip of the pen can stand beside it. nil if the
  /// object is something else.
  package mutating func unnamedList(in node: Node) -> Node? {
    guard node["schema"] == nil, let records = node["records"], records.kind == .array else { return nil }
    let others = node.members.map(\.key).filter { $0 != "records" }
    let near = nearMiss("schema", among: others)
    guard others.isEmpty || (others.count == 1 && near != nil) else { return nil }
    warn(.noSchema(near: near == nil ? nil : "schema"), at: node)
    return records
  }

  private mutating func takeRecords(_ records: Node?, of node: Node) {
    guard let records, records.kind == .array else {
      lose(.noRecords(records.map(describe) ?? "missing"), at: records ?? node)
      return
    }
    for member in node.members where member.key != "schema" && member.key != "records" {
      noteUnknown(member, in: "the envelope", among: ["schema", "records"])
    }
    for record in records.elements {
      if record.kind == .object { takeRecord(record, as: .envelope) } else { lose(.notARecord(describe(record)), at: record) }
    }
  }

  /// An object that says one of our kinds, or nearly so. `kind` is a common key: Kubernetes has `apiVersion` beside it.
  private mutating func takeDeclared(_ node: Node) -> Bool {
    guard let word = node["kind"]?.string, node["apiVersion"] == nil else { return false }
    guard Envelope.Kind(rawValue: word) != nil || nearMiss(word, among: Envelope.Kind.words) != nil else { return false }
    takeRecord(node, as: .kind)
    return true
  }

  /// A run without a kind that nobody can take for a provider's: it says what no provider says, and nothing but what a run says. Asking
  /// every provider first costs more than reading it.
  private mutating func takePlain(_ node: Node) -> Bool {
    guard node["service"]?.string != nil || node["deployments"]?.kind == .array, node["id"] != nil, node["state"] != nil else {
      return false
    }
    guard node.unknownKeys(besides: Envelope.keysOfRuns).isEmpty else { return false }
    takeRecord(node, as: .keys)
    return true
  }

  /// An object of no provider most of whose keys are those of a run, the odd one nearly so: a fault in it is an error, no reason to
  /// skip it.
  package mutating func takeUndeclared(_ node: Node) -> Bool {
    let keys = node.members.map(\.key)
    let words = Canonical.run.words
    let known = keys.count { Canonical.run.place(of: $0) != nil }
    guard known > 0, known * 2 >= keys.count, node["records"] == nil else { return false }
    let nearly = keys.prefix(words.count).count { Canonical.run.place(of: $0) == nil && nearMiss($0, among: words) != nil }
    guard (known + nearly) * 2 > keys.count else { return false }
    takeRecord(node, as: .keys)
    return true
  }

  private mutating func takeRecord(_ node: Node, as form: Envelope.Form) {
    isFaulty = false
    guard let kind = kind(of: node) else { return lose(node, "record") }
    switch kind {
    case .run: keep(run(node), in: \.runs, node, "run", form, id: \.id, story: \.story)
    case .deployment:
      keep(
        deployment(node, of: .deployment), in: \.deployments, node, "deployment", form, id: \.nameInAccount, story: \.story)
    case .incident: keep(incident(node), in: \.incidents, node, "incident", form, id: \.id, story: \.story)
    }
  }

  private mutating func keep<Value>(
    _ value: Value?, in list: WritableKeyPath<RecordReader, [Located<Value>]>, _ node: Node, _ noun: String,
    _ form: Envelope.Form, id: (Value) -> String, story: WritableKeyPath<Value, Story>
  ) {
    guard var value, !isFaulty else { return lose(node, noun) }
    let name = "\(noun) \(cut(id(value)))"
    value[keyPath: story].join(self.story(at: node, form.reading(of: name)))
    find(name, at: node, .taken)
    self[keyPath: list].append(Located(value, file: source.file, position: node.position))
  }

  /// Its fault is told already.
  private mutating func lose(_ node: Node, _ noun: String) {
    lost += 1
    find(noun, at: node, .lost)
  }

  private mutating func kind(of node: Node) -> Envelope.Kind? {
    guard let value = node["kind"], !value.isNull else { return .run }
    if let kind = value.string.flatMap(Envelope.Kind.init) { return kind }
    let near = value.string.flatMap { nearMiss($0, among: Envelope.Kind.words) }
    fail(.unknownKind(describe(value), among: Envelope.Kind.words, near: near), at: value)
    return nil
  }

  private mutating func lose(_ message: Diagnostic.Message, at node: Node) {
    fail(message, at: node)
    lose(node, "record")
  }
}
