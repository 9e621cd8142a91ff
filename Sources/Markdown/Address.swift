/// Whether a page may link to `address`: http, https, mailto, or an address relative to the page.
///
/// Stricter than a browser: whatever stands before the first `/`, `?` or `#` and holds a colon, however written, must be one of
/// the three schemes. `//host` is refused too, since from a file it is a share of another machine.
func isSafeAddress(_ address: some Collection<UInt8>) -> Bool {
  guard address.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { return false }
  let start = address.prefix { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }
  if start.count > 1 { return false }
  let isEnd: (UInt8) -> Bool = { "/?#".utf8.contains($0) }
  let first = address.prefix { !isEnd($0) }.map { isUppercase($0) ? $0 | 0x20 : $0 }
  guard let colon = first.firstIndex(of: UInt8(ascii: ":")) else {
    return !String(decoding: first, as: UTF8.self).contains("%3a")
  }
  return ["http", "https", "mailto"].contains(String(decoding: first[..<colon], as: UTF8.self))
}

/// Whether an address leads to another file beside the one that it stands in: no scheme, no host, no place of the same text.
func isRelativeAddress(_ address: some Collection<UInt8>) -> Bool {
  guard let first = address.first, first != UInt8(ascii: "#"), !address.starts(with: "//".utf8) else { return false }
  let isEnd: (UInt8) -> Bool = { "/?#".utf8.contains($0) }
  return !address.prefix { !isEnd($0) }.contains(UInt8(ascii: ":"))
}

private func isUppercase(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") }

/// Appends an address to the value of an attribute, as cmark writes it (houdini_href_e.c): what is no part of an address is
/// percent-encoded.
package func appendAddress(_ address: some Sequence<UInt8>, to html: inout [UInt8]) {
  for byte in address {
    switch byte {
    case UInt8(ascii: "&"): html += "&amp;".utf8
    case UInt8(ascii: "'"): html += "&#x27;".utf8
    case let byte where isPartOfAddress(byte): html.append(byte)
    default: appendPercentEncoded(byte, to: &html)
    }
  }
}

/// A part of an address with `%20` and the like for what is none; it may still be escaped.
func percentEncodedAddress(_ address: String) -> String {
  var bytes: [UInt8] = []
  for byte in address.utf8 {
    if isPartOfAddress(byte) || byte == UInt8(ascii: "&") || byte == UInt8(ascii: "'") {
      bytes.append(byte)
    } else {
      appendPercentEncoded(byte, to: &bytes)
    }
  }
  return String(decoding: bytes, as: UTF8.self)
}

private func isPartOfAddress(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "!"), UInt8(ascii: "#")...UInt8(ascii: "%"), UInt8(ascii: "(")...UInt8(ascii: ";"), UInt8(ascii: "="),
    UInt8(ascii: "?")...UInt8(ascii: "Z"), UInt8(ascii: "_"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "~"):
    true
  default: false
  }
}

private func appendPercentEncoded(_ byte: UInt8, to bytes: inout [UInt8]) {
  bytes += [UInt8(ascii: "%"), hexDigits[Int(byte >> 4)], hexDigits[Int(byte & 15)]]
}

private let hexDigits = Array("0123456789ABCDEF".utf8)
