import Markdown
import Records

/// A picture of the content folder that texts may show.
package struct ImageFile: Hashable, Sendable {
  /// Pixels.
  package let width: Int
  package let height: Int

  /// By its first bytes, whatever its name says: PNG, JPEG, GIF and WebP. nil for everything else; an SVG can hold scripts, and is refused.
  package init?(_ bytes: [UInt8]) {
    let size: (width: Int, height: Int)? =
      ImageFile.png(bytes) ?? ImageFile.gif(bytes) ?? ImageFile.jpeg(bytes) ?? ImageFile.webP(bytes)
    guard let size, (1...100_000).contains(size.width), (1...100_000).contains(size.height) else { return nil }
    width = size.width
    height = size.height
  }

  /// The names that a picture may end in.
  package static let endings = ["png", "jpg", "jpeg", "gif", "webp"]

  private static func png(_ bytes: [UInt8]) -> (width: Int, height: Int)? {
    guard bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]), bytes.count > 24 else { return nil }
    return (number(bytes[16..<20]), number(bytes[20..<24]))
  }

  private static func gif(_ bytes: [UInt8]) -> (width: Int, height: Int)? {
    guard bytes.starts(with: "GIF8".utf8), bytes.count > 10 else { return nil }
    return (number(bytes[6..<8].reversed()), number(bytes[8..<10].reversed()))
  }

  /// The first frame's header among the segments.
  private static func jpeg(_ bytes: [UInt8]) -> (width: Int, height: Int)? {
    guard bytes.starts(with: [0xFF, 0xD8, 0xFF]) else { return nil }
    var place = 2
    while place + 9 < bytes.count, bytes[place] == 0xFF {
      let marker = bytes[place + 1]
      if (0xC0...0xCF).contains(marker), ![0xC4, 0xC8, 0xCC].contains(marker) {
        return (number(bytes[(place + 7)..<(place + 9)]), number(bytes[(place + 5)..<(place + 7)]))
      }
      place += marker == 0xFF ? 1 : 2 + number(bytes[(place + 2)..<(place + 4)])
    }
    return nil
  }

  private static func webP(_ bytes: [UInt8]) -> (width: Int, height: Int)? {
    guard bytes.count > 30, bytes.starts(with: "RIFF".utf8), bytes[8..<12].elementsEqual("WEBP".utf8) else { return nil }
    switch String(decoding: bytes[12..<16], as: UTF8.self) {
    case "VP8X": return (number(bytes[24..<27].reversed()) + 1, number(bytes[27..<30].reversed()) + 1)
    case "VP8 ": return (number(bytes[26..<28].reversed()) & 0x3FFF, number(bytes[28..<30].reversed()) & 0x3FFF)
    case "VP8L":
      let bits = number(bytes[21..<25].reversed())
      return (bits & 0x3FFF + 1, bits >> 14 & 0x3FFF + 1)
    default: return nil
    }
  }

  private static func number(_ bytes: some Collection<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }
}

/// The pictures of the content folder that its texts may show, and the texts that they may lead to.
package struct ContentImages: Hashable, Sendable {
  /// By their paths in the content folder.
  private var known: [String: MarkdownLinks.Images.Image] = [:]
  private var texts: Set<String> = []

  package init() {}

  package mutating func add(_ file: ImageFile, at path: String) {
    known[path] = .init(path: ContentImages.published(path), width: file.width, height: file.height)
  }

  package mutating func add(textAt path: String) { texts.insert(path) }

  /// Where a picture stands on the site. Names are safe on any disk: what is no small letter, digit, `.`, `_` or `-` becomes `-`, and a hash
  /// keeps what has lost something apart.
  package static func published(_ source: String) -> String {
    let path = source.hasPrefix("media/") ? String(source.dropFirst("media/".count)) : source
    var isChanged = false
    var name = ""
    for byte in path.utf8 {
      let isPlain = (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || "._-/".utf8.contains(byte)
      if !isPlain { isChanged = true }
      name.append(isPlain ? Character(UnicodeScalar(byte)) : "-")
    }
    guard isChanged || name.hasPrefix(".") || name.contains("/.") || name.contains("/-") else { return "media/" + name }
    let ending = path.lowercased().split(separator: ".").last.map(String.init) ?? ""
    return "media/" + String(stableHash(path.utf8), radix: 16) + "." + ending
  }

  /// What the texts of a file may show.
  func images(for file: String) -> MarkdownLinks.Images {
    var images = MarkdownLinks.Images(folder: file.split(separator: "/").dropLast().map(String.init), known: known)
    images.texts = texts
    return images
  }
}
