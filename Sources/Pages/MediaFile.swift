/// A picture that texts show.
package struct MediaFile: Sendable {
  /// The most bytes that one may have.
  package static let limit = 8 << 20

  /// In the content folder.
  package let source: String
  /// On the site.
  package let path: String
  package let bytes: [UInt8]

  package init(source: String, path: String, bytes: [UInt8]) {
    self.source = source
    self.path = path
    self.bytes = bytes
  }

  /// The addresses of the pictures that rendered Markdown shows, where they stand in it. The Markdown room wrote the tags.
  package static func addresses(in html: [UInt8]) -> [Range<Int>] {
    let mark = Array("<img src=\"".utf8)
    var addresses: [Range<Int>] = []
    var rest = html[...]
    while let found = rest.firstRange(of: mark) {
      rest = rest[found.upperBound...]
      addresses.append(rest.startIndex..<(rest.firstIndex(of: UInt8(ascii: "\"")) ?? rest.endIndex))
    }
    return addresses
  }
}
