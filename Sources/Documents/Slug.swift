/// The part of a path that stands for a text: `a-z 0-9 . _ -`, no leading `.` or `_`, no `-` at the edges, at most 80 bytes
/// (site.md, Pages). Safe on case-blind disks.
package enum Slug {
  private static let limit = 80

  /// One slug a text, in the order of `texts`, all different if the texts are. Where more than case and braces was lost, or two texts
  /// would share a slug, 8 hex digits of the text's SHA-256 follow; a text that is its own slug keeps it.
  package static func assign(_ texts: [String]) -> [String] {
    let simple = texts.map(simplified)
    var uses: [String: Int] = [:]
    for case let (text, slug) in zip(Set(texts).sorted(), Set(texts).sorted().map(simplified)) where !text.isEmpty {
      uses[slug.text, default: 0] += 1
    }
    return zip(texts, simple).map { text, slug in
      if text == slug.text { return text }
      return slug.lossy || uses[slug.text, default: 0] > 1 ? marked(slug.text, with: text) : slug.text
    }
  }

  /// The slug of a text that shares its folder with no other.
  package static func of(_ text: String) -> String {
    let slug = simplified(text)
    return slug.lossy ? marked(slug.text, with: text) : slug.text
  }

  private static func simplified(_ text: String) -> (text: String, lossy: Bool) {
    var bytes = Array(text.utf8)
    if bytes.first == UInt8(ascii: "{"), bytes.last == UInt8(ascii: "}") { bytes = Array(bytes.dropFirst().dropLast()) }
    var result: [UInt8] = []
    var lossy = false
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "-"):
        result.append(byte)
      case UInt8(ascii: "A")...UInt8(ascii: "Z"):
        result.append(byte + 32)
      default:
        lossy = true
        if result.last != UInt8(ascii: "-") { result.append(UInt8(ascii: "-")) }
      }
    }
    let kept = trimmed(result)
    lossy = lossy || kept.count != result.count || kept.isEmpty || kept.count > limit
    return (String(decoding: trimmed(Array(kept.prefix(limit))), as: UTF8.self), lossy)
  }

  private static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
    let edge: (UInt8) -> Bool = { $0 == UInt8(ascii: "-") }
    let front = bytes.drop { edge($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "_") }
    return Array(front.reversed().drop(while: edge).reversed())
  }

  private static func marked(_ slug: String, with text: String) -> String {
    let digits = Digest.hex(Array(text.utf8), count: 8)
    let room = String(decoding: trimmed(Array(slug.utf8.prefix(limit - 9))), as: UTF8.self)
    return room.isEmpty ? digits : room + "-" + digits
  }
}
