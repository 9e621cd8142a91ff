package import Documents

/// The JSON Schema of `tidemark.yml`, as the lists of its keys have it.
package let configurationSchema: JSONValue = {
  let head: JSONValue = [
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "https://tidemark.invalid/schemas/config/1",
    "title": "Tidemark configuration (tidemark.yml)",
    "description": "Every key is optional. An unknown key is a warning; a wrong value is an error.",
    "type": ["object", "null"],
  ]
  return head.with(ConfigurationSchema.members(of: ConfigurationKeys.top)).with(["$defs": ConfigurationSchema.definitions])
}()

/// What the schema says of the sorts of values that the configuration has. Of most keys `key:` without a value is right, too.
enum ConfigurationSchema {
  static let textType: JSONValue = ["type": ["string", "number", "null"]]
  static let plainType: JSONValue = ["type": ["string", "null"]]
  static let someText: JSONValue = ["$ref": "#/$defs/text"]
  static let pattern: JSONValue = ["$ref": "#/$defs/pattern"]
  static let moment: JSONValue = ["$ref": "#/$defs/moment"]

  static let definitions: JSONValue = [
    "text": ["type": ["string", "number"], "pattern": "[^ \\t]"],
    "pattern": [
      "type": ["string", "number", "null"],
      "description": "Text in which * stands for anything, with the captures {service}, {environment}, {version} and {target}.",
      "pattern": "^([^{}]|\\{(service|environment|version|target)\\})+$",
    ],
    "moment": [
      "type": "string",
      "pattern":
        "^[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2}))?$",
      "examples": ["2026-12-20", "2026-12-20T18:00:00Z"],
    ],
  ]

  static func text(_ description: String, default value: String) -> JSONValue {
    textType.with(["description": .string(description), "default": .string(value)])
  }

  static func flag(_ description: String, default value: Bool?) -> JSONValue {
    let type: JSONValue = ["type": ["boolean", "null"]]
    return type.with(value.map { ["default": .bool($0)] } ?? [:]).with(["description": .string(description)])
  }

  static func whole(_ range: ClosedRange<Int>, _ description: String, default value: Int) -> JSONValue {
    [
      "type": ["integer", "null"], "minimum": .int(range.lowerBound), "maximum": .int(range.upperBound), "default": .int(value),
      "description": .string(description),
    ]
  }

  static func texts(_ description: String) -> JSONValue {
    [
      "description": .string(description),
      "anyOf": [someText, ["type": "array", "items": someText], ["type": "null"]],
    ]
  }

  static func word(_ words: [String], _ description: String, default value: String? = nil) -> JSONValue {
    let words: JSONValue = ["enum": .array(words.map { .string($0) } + [.null])]
    return words.with(value.map { ["default": .string($0)] } ?? [:]).with(["description": .string(description)])
  }

  static let anyAddress = "^[Hh][Tt][Tt][Pp][Ss]?://[^/?#@]+([/?#].*)?$"
  /// Of an address that paths are added to.
  static let baseAddress = "^[Hh][Tt][Tt][Pp][Ss]?://[^@?#{}]+$"

  static func url(_ description: String, pattern: String = anyAddress, example: String? = nil) -> JSONValue {
    plainType.with([
      "format": "uri", "pattern": .string(pattern),
      "description": .string(description + " An absolute http or https address; any other counts as none."),
    ]).with(example.map { ["examples": [.string($0)]] } ?? [:])
  }

  static func section<Object>(_ object: ConfigurationObject<Object>, _ description: String) -> JSONValue {
    let type: JSONValue = ["type": ["object", "null"]]
    return type.with(members(of: object)).with(["description": .string(description)])
  }

  static func list<Object>(of element: ConfigurationObject<Object>, _ description: String) -> JSONValue {
    ["type": ["array", "null"], "description": .string(description), "items": self.element(element)]
  }

  /// Objects by their names.
  static func named<Object>(_ element: ConfigurationObject<Object>, _ description: String) -> JSONValue {
    ["type": ["object", "null"], "description": .string(description), "additionalProperties": self.element(element)]
  }

  private static func element<Object>(_ object: ConfigurationObject<Object>) -> JSONValue {
    let type: JSONValue = ["type": "object"]
    return type.with(members(of: object)).with(object.further)
  }

  static func members<Object>(of object: ConfigurationObject<Object>) -> JSONValue {
    ["additionalProperties": false, "properties": .object(object.keys.map { ($0.name, $0.schema(object.initial)) })]
  }
}
