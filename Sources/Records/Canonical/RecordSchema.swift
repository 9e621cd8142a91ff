import Documents

/// What the schema of records says of each sort of value.
enum RecordSchema {
  static let text: JSONValue = ["type": ["string", "null"]]
  static let identifier: JSONValue = ["anyOf": [["type": ["string", "number"]], ["type": "null"]]]
  static let whole: JSONValue = ["type": ["integer", "null"]]
  static let seconds: JSONValue = ["type": ["number", "null"]]
  static let flag: JSONValue = ["type": ["boolean", "null"]]
  static let texts = list(["type": "string"])
  static let time: JSONValue = [
    "type": ["string", "null"], "format": "date-time", "description": "RFC 3339 with an offset, 0 to 9 fraction digits",
  ]
  static let state: JSONValue = ["type": ["string", "null"], "description": .string(states)]
  static let requiredState: JSONValue = ["type": "string", "description": .string(states)]
  private static let states =
    "queued, running, waiting, succeeded, failed, cancelled, skipped or superseded, in any case; any other word becomes unknown and keeps its raw form"

  static func choice(_ words: [String]) -> JSONValue {
    ["type": ["string", "null"], "enum": .array(words.map { .string($0) } + [.null])]
  }

  static func list(_ item: JSONValue) -> JSONValue { ["type": ["array", "null"], "items": item] }

  static func reference(_ name: String) -> JSONValue { ["$ref": .string("#/$defs/" + name)] }

  static func object<Root>(_ fields: RecordFields<Root>) -> JSONValue {
    ["type": "object", "properties": .object(fields.list.map { ($0.name, $0.schema) })]
  }

  /// An object that may be said by a text alone.
  static func short(_ object: JSONValue) -> JSONValue { ["anyOf": [["type": "string"], object, ["type": "null"]]] }

  static let commit = short(["type": "object", "properties": .object(commitParts)])
  static let change = short(["type": "object", "properties": .object(commitParts + [("pullRequest", identifier)])])
  private static let commitParts: [(key: String, value: JSONValue)] = [
    ("sha", text), ("message", text), ("author", text), ("committedAt", time),
  ]
  static let ref = short([
    "type": "object",
    "properties": ["name": text, "type": choice(Vocabulary.refTypes.known), "pullRequest": identifier],
  ])
  static let trigger = short([
    "type": "object", "properties": ["type": choice(Vocabulary.triggers.known), "raw": text],
  ])
  static let actor = short([
    "type": "object", "properties": ["name": text, "id": identifier, "kind": choice(Vocabulary.actorKinds.known)],
  ])
  static let version: JSONValue = [
    "anyOf": [
      ["type": "string"], ["type": "number"],
      ["type": "object", "properties": ["name": identifier, "artifact": text, "digest": text]], ["type": "null"],
    ]
  ]
  static let snapshot: JSONValue = [
    "type": ["object", "null"], "properties": .object(Canonical.snapshot.list.map { ($0.name, $0.schema) }),
    "required": ["of"],
    "description":
      "Where the record tells what is so now: the answer that it is from, which tells all that is under way with its object. What only an older answer about the object says to be under way is so no more.",
  ]
  static let inferredOfRun: JSONValue = [
    "type": ["array", "null"], "items": ["type": "string"],
    "description": "names of fields that are guessed: what another record of the same run says outright outweighs them",
  ]
  static let snapshotOf: JSONValue = [
    "type": ["string", "number"],
    "description": "what the answer is about, by a name that nothing else of its provider has",
  ]
  static let snapshotAt: JSONValue = [
    "type": ["string", "null"], "format": "date-time",
    "description": "the latest time that the answer knows; RFC 3339 with an offset, 0 to 9 fraction digits",
  ]
  static let snapshotNumber: JSONValue = [
    "type": ["integer", "null"],
    "description": "how often the object had been changed by then: of two answers of one time, more is newer",
  ]
  static let tests: JSONValue = [
    "type": ["object", "null"],
    "properties": [
      "total": whole, "passed": whole, "failed": whole, "skipped": whole, "flaky": whole, "seconds": seconds,
    ],
  ]
}
