/// A JSON value that stands in the source as it will be written, its members in their order: what a schema is made of.
package enum JSONValue: Sendable {
  case null
  case bool(Bool)
  case int(Int)
  case string(String)
  case array([JSONValue])
  case object([(key: String, value: JSONValue)])

  /// The value with the line's end, a member or an element a line, for people who read it.
  package var lines: [UInt8] {
    var bytes: [UInt8] = []
    write(into: &bytes, depth: 0)
    return bytes + [UInt8(ascii: "\n")]
  }

  /// With the members of `others` behind its own; what is no object has none.
  package func with(_ others: JSONValue) -> JSONValue {
    guard case .object(let mine) = self, case .object(let theirs) = others else { return self }
    return .object(mine + theirs)
  }

  private func write(into bytes: inout [UInt8], depth: Int) {
    switch self {
    case .null: JSONValue.write(into: &bytes) { $0.null() }
    case .bool(let value): JSONValue.write(into: &bytes) { $0.bool(value) }
    case .int(let value): JSONValue.write(into: &bytes) { $0.int(value) }
    case .string(let value): JSONValue.write(into: &bytes) { $0.string(value) }
    case .array(let elements):
      JSONValue.write("[", "]", elements, into: &bytes, depth) { $0.write(into: &$1, depth: depth + 1) }
    case .object(let members):
      JSONValue.write("{", "}", members, into: &bytes, depth) { member, bytes in
        JSONValue.write(into: &bytes) { $0.string(member.key) }
        bytes.append(contentsOf: ": ".utf8)
        member.value.write(into: &bytes, depth: depth + 1)
      }
    }
  }

  private static func write(into bytes: inout [UInt8], _ body: (inout JSONWriter) -> Void) {
    var writer = JSONWriter(into: bytes)
    body(&writer)
    bytes = writer.bytes
  }

  private static func write<Part>(
    _ open: String, _ close: String, _ parts: [Part], into bytes: inout [UInt8], _ depth: Int,
    _ body: (Part, inout [UInt8]) -> Void
  ) {
    bytes.append(contentsOf: open.utf8)
    for (index, part) in parts.enumerated() {
      bytes.append(contentsOf: (index == 0 ? "\n" : ",\n").utf8)
      bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: depth + 1))
      body(part, &bytes)
    }
    if !parts.isEmpty {
      bytes.append(UInt8(ascii: "\n"))
      bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: depth))
    }
    bytes.append(contentsOf: close.utf8)
  }
}

extension JSONValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral {
  package init(nilLiteral: ()) { self = .null }
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  package init(integerLiteral value: Int) { self = .int(value) }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
  package init(stringLiteral value: String) { self = .string(value) }
  package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  package init(dictionaryLiteral members: (String, JSONValue)...) { self = .object(members.map { ($0, $1) }) }
}
