import Diagnostics

@testable import Template

/// Data of the specification's tests, and the closed shape that it would have as a model.
indirect enum JSONValue: Decodable {
  case null, bool(Bool), text(String), array([JSONValue]), object([String: JSONValue])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Int.self) {
      self = .text(String(value))
    } else if let value = try? container.decode(Double.self) {
      self = .text(String(value))
    } else if let value = try? container.decode(String.self) {
      self = .text(value)
    } else if let value = try? container.decode([JSONValue].self) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  var kind: Shape.Kind {
    switch self {
    case .null, .text: .text(isPlain: true)
    case .bool: .flag
    case .array(let values): .list(JSONValue.element(values))
    case .object(let members): .object(.shape { [shape = JSONValue.shape([members])] in shape })
    }
  }

  var frame: Compiler.Frame {
    switch self {
    case .object(let members): .shape(JSONValue.shape([members]))
    default: .scalar(kind)
    }
  }

  private static func element(_ values: [JSONValue]) -> Shape.Element {
    let objects = values.compactMap { value in
      if case .object(let members) = value { members } else { nil }
    }
    if let first = values.first, objects.isEmpty { return .scalar(first.kind) }
    let shape = shape(objects)
    return .shape { shape }
  }

  private static func shape(_ objects: [[String: JSONValue]]) -> Shape {
    let names = Set(objects.flatMap(\.keys)).sorted()
    return Shape(
      names.map { name in
        let values = objects.compactMap { $0[name] }
        let kinds = values.filter { if case .null = $0 { false } else { true } }
        return Shape.Entry(name: name, kind: (kinds.first ?? .null).kind)
      })
  }

  /// The value as slots, in the order of `kind`.
  func lay(_ kind: Shape.Kind, in arena: inout [Slot]) -> Slot {
    switch (self, kind) {
    case (.null, _): return .absent
    case (.bool(let value), _): return .flag(value)
    case (.text(let text), _): return .text(text)
    case (.array(let values), .list(let element)): return JSONValue.lay(values, element, in: &arena)
    case (_, .object(let element)): return JSONValue.lay([self], element, in: &arena)
    default: return .absent
    }
  }

  private static func lay(_ values: [JSONValue], _ element: Shape.Element, in arena: inout [Slot]) -> Slot {
    let start = arena.count
    switch element {
    case .scalar(let kind):
      arena += values.map { _ in .absent }
      for (index, value) in values.enumerated() { arena[start + index] = value.lay(kind, in: &arena) }
      return .list(start: start, count: values.count, stride: 1)
    case .shape(let shape):
      let entries = shape().entries
      arena += [Slot](repeating: .absent, count: values.count * entries.count)
      for (index, value) in values.enumerated() {
        guard case .object(let members) = value else { continue }
        for (slot, entry) in entries.enumerated() {
          let laid = (members[entry.name] ?? .null).lay(entry.kind, in: &arena)
          arena[start + index * entries.count + slot] = laid
        }
      }
      return .list(start: start, count: values.count, stride: entries.count)
    }
  }
}

/// Renders a template over JSON data by the same compiler and renderer as pages.
func rendered(_ template: String, _ data: JSONValue, partials: [String: String] = [:]) -> (text: String?, ids: [String]) {
  var sources = partials.mapValues { Source(file: "partial", bytes: Array($0.utf8)) }
  sources = Dictionary(sources.map { ($0 + ".mustache", $1) }, uniquingKeysWith: { first, _ in first })
  sources["main.mustache"] = Source(file: "main.mustache", bytes: Array(template.utf8))
  let library = TemplateLibrary(sources)
  let frame = data.frame
  let parsed = library.compile("main.mustache", root: frame)
  guard let program = parsed.value else { return (nil, parsed.diagnostics.map(\.message.id)) }
  var arena: [Slot] = []
  switch (frame, data) {
  case (.shape(let shape), .object(let members)):
    arena = [Slot](repeating: .absent, count: shape.entries.count)
    for (slot, entry) in shape.entries.enumerated() {
      let laid = (members[entry.name] ?? .null).lay(entry.kind, in: &arena)
      arena[slot] = laid
    }
  default:
    arena = [.absent]
    let laid = data.lay(data.kind, in: &arena)
    arena[0] = laid
  }
  var output: [UInt8] = []
  var renderer = Renderer(program, arena: arena)
  renderer.run(into: &output)
  return (String(decoding: output, as: UTF8.self), [])
}
