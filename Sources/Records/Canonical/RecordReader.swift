package import Diagnostics
package import Documents

/// Reads what is in the canonical form (record.md) out of the values of one file, and keeps what is said of that file. Whatever it takes
/// ends in a record or a loss. It knows no provider: an object that is none of ours is left to whoever asked.
package struct RecordReader {
  /// Nobody reads more notes on one file; a file of nothing but unknown keys must not fill the memory.
  package static let mostNotes = 500

  let source: Source
  package let stories: StoryTelling
  package var diagnostics: [Diagnostic] = []
  package var runs: [Located<RunRecord>] = []
  package var deployments: [Located<DeploymentRecord>] = []
  package var incidents: [Located<IncidentRecord>] = []
  /// Objects that were lost to a fault.
  package var lost = 0
  /// Every object that was taken, for who asks; empty in a build.
  package var found: [FoundRecord] = []
  /// Set by a fault that costs the record at hand.
  var isFaulty = false
  /// Set by a start or finish, of the record at hand or of its steps, that cannot be read.
  var hasUnreadTime = false
  /// Unknown keys are noted once a file.
  private var notedKeys: Set<String> = []

  package init(_ source: Source, stories: StoryTelling = .none) { (self.source, self.stories) = (source, stories) }

  /// The story of the record that `node` is, as far as anybody asks for it.
  package func story(at node: Node, _ words: @autoclosure () -> String) -> Story {
    guard stories != .none else { return Story() }
    return Story(at: RecordPlace(file: source.file, position: node.position), words())
  }

  package mutating func find(_ name: @autoclosure () -> String, at node: Node, _ fate: @autoclosure () -> FoundRecord.Fate) {
    guard stories != .none else { return }
    found.append(
      FoundRecord(
        name: name(), place: RecordPlace(file: source.file, position: node.position), lastLine: node.lastLine, fate: fate()))
  }

  package mutating func note(_ message: Diagnostic.Message, at node: Node) {
    diagnostics.append(node.diagnostic(.note, message))
  }

  package mutating func warn(_ message: Diagnostic.Message, at node: Node) {
    diagnostics.append(node.diagnostic(.warning, message))
  }

  /// A fault that costs the record at hand. That an object was cut off has been told.
  mutating func fail(_ message: Diagnostic.Message, at node: Node) {
    isFaulty = true
    let position = node.position
    if node.isCutOff,
      let told = diagnostics.lastIndex(where: { $0.message.id == "cut-off" && $0.position == position })
    {
      diagnostics[told].severity = .error
      diagnostics[told].message.text += "; the record is lost"
      return
    }
    diagnostics.append(node.diagnostic(.error, message))
  }

  /// Notes a key nobody knows, once for its kind of object and this file.
  mutating func noteUnknown(_ member: Node.Member, in object: String, among known: [String]) {
    guard notedKeys.count < RecordReader.mostNotes, notedKeys.insert(object + "." + member.key).inserted else { return }
    let message = Diagnostic.Message.unknownKey(member.key, in: object, among: known)
    // One that is near a known key is a slip, and something is lost with it.
    let severity: Diagnostic.Severity = message.suggestion == nil ? .note : .warning
    diagnostics.append(member.value.document.diagnostic(severity, message, at: member.keyOffset))
  }
}

/// What was found, for a message: the value itself where it is short.
package func describe(_ node: Node) -> String {
  if let text = node.cutOffText { return quoted(text) }
  return switch node.kind {
  case .null: "null"
  case .bool: node.bool == true ? "true" : "false"
  case .number: cut(node.numberText ?? "a number")
  case .string: quoted(node.string ?? "")
  case .array: "a list"
  case .object: "an object"
  }
}
