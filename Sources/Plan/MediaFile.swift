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
}
