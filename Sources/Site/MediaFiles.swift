import Pages
import Releases

extension MediaFile {
  /// The paths of the pictures that a text shows. The Markdown room wrote the tags.
  static func shown(in prose: Prose) -> [String] {
    guard case .markdown(let html, _) = prose else { return [] }
    let mark = Array("<img src=\"".utf8)
    var paths: [String] = []
    var rest = html[...]
    while let found = rest.firstRange(of: mark) {
      rest = rest[found.upperBound...]
      paths.append(String(decoding: rest.prefix { $0 != UInt8(ascii: "\"") }, as: UTF8.self))
    }
    return paths
  }
}
