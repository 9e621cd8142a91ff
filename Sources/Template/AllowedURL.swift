/// Whether an address may stand on a page: http, https, mailto, or relative (also `//host`, which takes the page's own scheme).
/// The scheme is read as a browser reads it (WHATWG URL): leading spaces and control characters do not count, nor do tabs and line
/// ends anywhere, nor does case. Anything before a colon that is no scheme makes the address relative only if a `/`, `?` or `#`
/// came first; otherwise it is refused.
package func isAllowedURL(_ address: String) -> Bool {
  var scheme: [UInt8] = []
  var hasBegun = false
  for byte in address.utf8 {
    switch byte {
    case 0x09, 0x0A, 0x0D: continue
    case 0...0x20 where !hasBegun: continue
    case UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"), UInt8(ascii: "\\"): return true
    case UInt8(ascii: ":"): return isAllowedScheme(scheme)
    default:
      hasBegun = true
      scheme.append((UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte + 32 : byte)
    }
  }
  return true
}

private func isAllowedScheme(_ scheme: [UInt8]) -> Bool {
  ["http", "https", "mailto"].contains { $0.utf8.elementsEqual(scheme) }
}
