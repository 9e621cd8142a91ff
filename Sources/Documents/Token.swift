/// One entry of a document's tape. Scalars are one token; a container is followed by the tokens of all it holds, a key being a string
/// token before its value. Twelve bytes, since large files make millions of them.
struct Token: Sendable {
  /// `cutOff`: a string that a writer put in the place of an object; it is read as null.
  enum Kind: UInt8, Sendable { case null, yes, no, number, string, array, object, cutOff }

  struct Flags: OptionSet, Sendable {
    let rawValue: UInt8

    /// The text in the file has escapes: it must be decoded to be read.
    static let escaped = Flags(rawValue: 1)
    /// A number without fraction and exponent.
    static let whole = Flags(rawValue: 2)
    /// A key that a later one of the same name replaces.
    static let replaced = Flags(rawValue: 4)
    /// In an array or object: some key in it is `replaced` or `escaped`.
    static let uneven = Flags(rawValue: 8)
  }

  /// Where it begins in the source; a string at its opening quote.
  var start: UInt32
  /// Scalars: the length of the text in bytes, of strings without quotes. Containers: the tape index behind the last token inside.
  var extent: UInt32
  var kind: Kind
  var flags: Flags

  init(_ kind: Kind, start: Int, extent: Int, flags: Flags = []) {
    self.start = UInt32(truncatingIfNeeded: start)
    self.extent = UInt32(truncatingIfNeeded: extent)
    self.kind = kind
    self.flags = flags
  }

  var isContainer: Bool { kind == .array || kind == .object }
}
