/// A pattern of the configuration: `*` stands for anything, the rest is compared without case.
struct Pattern: Hashable, Sendable {
  private let bytes: [UInt8]

  init(_ text: String) { bytes = Array(text.lowercased().utf8) }

  /// `text` must be lower-cased. Linear in practice, and never more than the product of the two lengths.
  func matches(_ text: [UInt8]) -> Bool {
    var (position, index) = (0, 0)
    var retry: (position: Int, index: Int)?
    while index < text.count {
      if position < bytes.count, bytes[position] == UInt8(ascii: "*") {
        retry = (position + 1, index)
        position += 1
      } else if position < bytes.count, bytes[position] == text[index] {
        (position, index) = (position + 1, index + 1)
      } else if let start = retry {
        retry = (start.position, start.index + 1)
        (position, index) = (start.position, start.index + 1)
      } else {
        return false
      }
    }
    return bytes[position...].allSatisfy { $0 == UInt8(ascii: "*") }
  }
}
