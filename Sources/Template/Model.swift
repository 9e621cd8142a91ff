package protocol Model: Sendable {
  static var fields: Fields<Self> { get }
}
package struct Markup: Hashable, Sendable {
  package let bytes: [UInt8]
  package init(trusted bytes: [UInt8]) { self.bytes = bytes }
}
enum Slot { case text(String), markup([UInt8]), flag(Bool), list(Int, Int, Int), none }
final class Shape: Sendable {
  enum Kind: Sendable { case text, texts, markup, url, flag, list(@Sendable () -> Shape), object(@Sendable () -> Shape) }
  let names: [String]
  let kinds: [Kind]
  init(names: [String], kinds: [Kind]) { self.names = names; self.kinds = kinds }
}
package struct Fields<Root>: Sendable {
  let all: [Field<Root>]
  let shape: Shape
  package init(_ fields: Field<Root>...) { all = fields; shape = Shape(names: fields.map(\.name), kinds: fields.map(\.kind)) }
  func fill(_ model: Root, at base: Int, _ arena: inout [Slot]) {
    for (i, f) in all.enumerated() { let s = f.get(model, &arena); arena[base + i] = s }
  }
}
package struct Field<Root>: Sendable {
  let name: String
  let kind: Shape.Kind
  let get: @Sendable (Root, inout [Slot]) -> Slot
  package static func text(_ name: String, _ get: @escaping @Sendable (Root) -> String) -> Field { Field(name: name, kind: .text) { m, _ in .text(get(m)) } }
  package static func text(_ name: String, _ get: @escaping @Sendable (Root) -> String?) -> Field { Field(name: name, kind: .text) { m, _ in get(m).map { .text($0) } ?? .none } }
  package static func texts(_ name: String, _ get: @escaping @Sendable (Root) -> [String]) -> Field {
    Field(name: name, kind: .texts) { m, a in let v = get(m); let b = a.count; a += v.map { .text($0) }; return .list(b, v.count, 1) }
  }
  package static func markup(_ name: String, _ get: @escaping @Sendable (Root) -> Markup?) -> Field { Field(name: name, kind: .markup) { m, _ in get(m).map { .markup($0.bytes) } ?? .none } }
  package static func url(_ name: String, _ get: @escaping @Sendable (Root) -> String?) -> Field { Field(name: name, kind: .url) { m, _ in get(m).map { .text($0) } ?? .none } }
  package static func flag(_ name: String, _ get: @escaping @Sendable (Root) -> Bool) -> Field { Field(name: name, kind: .flag) { m, _ in .flag(get(m)) } }
  package static func list<E: Model>(_ name: String, _ get: @escaping @Sendable (Root) -> [E]) -> Field {
    Field(name: name, kind: .list { E.fields.shape }) { m, a in
      let v = get(m); let f = E.fields; let n = f.all.count; let b = a.count
      a += [Slot](repeating: .none, count: n * v.count)
      for (i, e) in v.enumerated() { f.fill(e, at: b + i * n, &a) }
      return .list(b, v.count, n)
    }
  }
  package static func object<E: Model>(_ name: String, _ get: @escaping @Sendable (Root) -> E?) -> Field {
    Field(name: name, kind: .object { E.fields.shape }) { m, a in
      guard let e = get(m) else { return .none }
      let f = E.fields; let n = f.all.count; let b = a.count
      a += [Slot](repeating: .none, count: n)
      f.fill(e, at: b, &a)
      return .list(b, 1, n)
    }
  }
}
