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
    var json = JSONWriter()
    write(into: &json)
    return json.indented + [0x0A]
  }

  /// With the members of `others` behind its own; what is no object has none.
  package func with(_ others: JSONValue) -> JSONValue {
    guard case .object(let mine) = self, case .object(let theirs) = others else { return self }
    return .object(mine + theirs)
  }

  private func write(into json: inout JSONWriter) {
    switch self {
    case .null: json.null()
    case .bool(let value): json.bool(value)
    case .int(let value): json.int(value)
    case .string(let value): json.string(value)
    case .array(let elements): json.array(elements) { $1.write(into: &$0) }
    case .object(let members):
      json.object { json in
        for member in members {
          json.key(member.key)
          member.value.write(into: &json)
        }
      }
    }
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
