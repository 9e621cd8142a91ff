import Documents
import Template

/// The phrases of the script, marked `{{"…"}}` as in a template: each becomes a string of the script, in the language of the site.
enum ScriptPhrases {
  static func written(_ source: [UInt8], in book: Phrasebook) -> [UInt8] {
    var written: [UInt8] = []
    written.reserveCapacity(source.count)
    var rest = source[...]
    while let open = rest.firstRange(of: Array(#"{{""#.utf8)),
      let close = rest[open.upperBound...].firstRange(of: Array(#""}}"#.utf8))
    {
      written += rest[..<open.lowerBound]
      var json = JSONWriter()
      json.string(book.text(String(decoding: rest[open.upperBound..<close.lowerBound], as: UTF8.self)))
      written += json.bytes
      rest = rest[close.upperBound...]
    }
    return written + rest
  }
}
