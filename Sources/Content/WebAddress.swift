/// Whether `text` is an absolute http or https address with a host, without a user name or password (it would be published), and
/// without a character that an address cannot hold. Braces are fine: some addresses are patterns.
func isWebAddress(_ text: String) -> Bool {
  let lowered = text.lowercased()
  guard let scheme = ["https://", "http://"].first(where: { lowered.hasPrefix($0) }), text.utf8.count <= 2_000 else {
    return false
  }
  let isRefused: (UInt8) -> Bool = { $0 <= 0x20 || $0 == 0x7F || "<>\"\\^`|".utf8.contains($0) }
  guard !text.utf8.contains(where: isRefused) else { return false }
  let host = text.utf8.dropFirst(scheme.utf8.count).prefix { !"/?#".utf8.contains($0) }
  guard let first = host.first, first != UInt8(ascii: ":") else { return false }
  return !host.contains(UInt8(ascii: "@"))
}
