import Documents
import Foundation
import Records
import Testing
import Time

@testable import Formats

/// A field of each kind, and what it says in the bytes and in the schema.
@Suite struct InterfaceShape {
  struct Value: Sendable {
    var text: String? = "<a>"
    var state = State.failed
    var kinds: [IncidentRecord.Kind] = [.maintenance]
    var parts: [Int] = [1, 2]
  }

  private static let part = JSONShape<Int>([.whole("number", \.self).atLeast(0)])

  private static let shape = JSONShape<Value>([
    .text("last", orNull: \.text).listedLast,
    .text("text", { _ in "b" }).described("A word."),
    .texts("texts") { _ in ["c"] },
    .whole("whole", orNull: { _ in nil }),
    .flag("flag") { _ in true },
    .time("time") { _ in Timestamp(seconds: 0) },
    .seconds("seconds", orNull: { _ in 1.23456 }),
    .rate("rate", orNull: { _ in 0.123_456_78 }).atMost(1),
    .word("state", among: [.failed, .succeeded], \.state),
    .words("kinds", \.kinds),
    .object("object", part, orNull: { $0.parts.first }),
    .list("list", part, \.parts),
    .counts("counts") { _ in [("x", 1)] },
  ])

  private static func bytes(_ value: Value) -> String {
    var json = JSONWriter()
    shape.write(value, &json)
    return String(decoding: json.bytes, as: UTF8.self)
  }

  @Test func writesItsFieldsInTheirOrder() {
    let bytes =
      #"{"last":"\u003ca\u003e","text":"b","texts":["c"],"whole":null,"flag":true,"time":"1970-01-01T00:00:00Z","seconds":1.235,"#
      + #""rate":0.123457,"state":"failed","kinds":["maintenance"],"object":{"number":1},"list":[{"number":1},{"number":2}],"#
      + #""counts":{"x":1}}"#
    #expect(Self.bytes(Value()) == bytes)
  }

  @Test func writesNullForWhatIsMissing() {
    let bytes = Self.bytes(Value(text: nil, parts: []))
    #expect(bytes.contains(#""last":null"#) && bytes.contains(#""object":null"#) && bytes.contains(#""list":[]"#))
  }

  @Test(arguments: [
    ("text", #"{"type":"string","description":"A word."}"#),
    ("texts", #"{"type":"array","items":{"type":"string"}}"#),
    ("whole", #"{"type":["integer","null"]}"#),
    ("flag", #"{"type":"boolean"}"#),
    ("time", #"{"type":"string","format":"date-time"}"#),
    ("seconds", #"{"type":["number","null"]}"#),
    ("rate", #"{"type":["number","null"],"maximum":1}"#),
    ("state", #"{"type":"string","enum":["failed","succeeded"]}"#),
    ("kinds", #"{"type":"array","items":{"type":"string","enum":["incident","maintenance"]}}"#),
    ("counts", #"{"type":"object","additionalProperties":{"type":"integer"}}"#),
    (
      "object",
      #"{"type":["object","null"],"properties":{"number":{"type":"integer","minimum":0}},"required":["number"],"#
        + #""additionalProperties":true}"#
    ),
  ])
  func saysInItsSchemaWhatItHolds(field: String, schema: String) throws {
    var json = JSONWriter()
    let found = try #require(Self.shape.schema.fields.first { $0.name == field })
    json.object { found.schema.writeMembers(&$0) }
    #expect(String(decoding: json.bytes, as: UTF8.self) == schema)
  }

  @Test func listsALaterFieldBehindTheOthers() { #expect(Self.shape.schema.fields.last?.name == "last") }
}

/// Every file of the interface has a schema, and none is published twice.
@Suite struct InterfaceSchemas {
  @Test func standUnderDifferentNames() {
    #expect(Set(Interface.names).count == Interface.names.count && !Interface.names.isEmpty)
  }

  @Test(arguments: Interface.names) func areJSONThatNamesItsFile(name: String) throws {
    let text = try #require(Interface.schema(name))
    let schema = try #require(JSONSerialization.jsonObject(with: Data(text)) as? [String: Any])
    let properties = try #require(schema["properties"] as? [String: Any])
    #expect((properties["schema"] as? [String: Any])?["const"] as? String == "tidemark/\(name)/1")
    #expect((schema["required"] as? [String])?.sorted() == properties.keys.sorted())
  }
}
