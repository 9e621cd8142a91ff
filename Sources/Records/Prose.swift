/// Words of a person, ready for a page: plain text from a record, or safe HTML that was rendered from Markdown.
package enum Prose: Hashable, Sendable {
  /// Untrusted text; every page escapes it.
  case text(String)
  /// Markup that the Markdown room made in safe mode; the only text that is not escaped.
  case markdown(html: [UInt8], plain: String)

  /// The words without markup.
  package var plain: String {
    switch self {
    case .text(let text): text
    case .markdown(_, let plain): plain
    }
  }

  /// What markup from Markdown has as the address of another release of the same service: only a page knows where that stands. No text
  /// can hold it, since the scheme is none that notes may use. nil where the version is no part of an address as it is.
  package static func address(ofRelease version: String) -> String? {
    let isPlain = version.utf8.allSatisfy {
      (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) || ".-_+~".utf8.contains($0)
    }
    return isPlain && !version.isEmpty ? releaseScheme + version : nil
  }

  package static let releaseScheme = "release:"

  /// What markup from Markdown has as the address of another text of the content folder, a place in it behind `#`: its path, of which the
  /// bytes that an address cannot hold are percent-encoded. As with releases, no text can hold it.
  package static func address(ofFile path: String) -> String { fileScheme + percentEncoded(path) }

  package static let fileScheme = "file-of-content:"
}
