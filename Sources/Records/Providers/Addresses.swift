// What addresses in payloads tell.

/// `owner/name` of a repository's address in any of the forms that Git takes: `git@host:owner/name.git`, `https://host/owner/name`,
/// `ssh://git@host:7999/owner/name.git`. Bitbucket Data Center has `scm` before the owner.
func repositoryName(_ address: String) -> String? {
  var path = Substring(address)
  if let scheme = path.firstRange(of: "://") {
    path = path[scheme.upperBound...].drop { $0 != "/" }
  } else if let colon = path.firstIndex(of: ":"), !path[..<colon].contains("/") {
    path = path[path.index(after: colon)...]
  }
  path = path.prefix { $0 != "?" && $0 != "#" }
  var parts = path.split(separator: "/")
  if parts.first == "scm", parts.count > 2 { parts.removeFirst() }
  guard var last = parts.popLast() else { return nil }
  if last.hasSuffix(".git"), last.utf8.count > 4 { last = last.dropLast(4) }
  let name = (parts + [last]).joined(separator: "/")
  return name.isBlank ? nil : name
}

/// Text of an address with its `%20` and the like as what they stand for; what is no such thing stays as it is.
func percentDecoded(_ text: some StringProtocol) -> String {
  guard text.contains("%") else { return String(text) }
  let bytes = Array(text.utf8)
  var decoded: [UInt8] = []
  var index = 0
  while index < bytes.count {
    let digits = bytes[index] == UInt8(ascii: "%") ? bytes.dropFirst(index + 1).prefix(2).compactMap(hexValue) : []
    if digits.count == 2 {
      decoded.append(digits[0] << 4 | digits[1])
      index += 3
    } else {
      decoded.append(bytes[index])
      index += 1
    }
  }
  return String(decoding: decoded, as: UTF8.self)
}

private func hexValue(_ byte: UInt8) -> UInt8? {
  switch byte {
  case 0x30...0x39: byte - 0x30
  case 0x41...0x46: byte - 0x37
  case 0x61...0x66: byte - 0x57
  default: nil
  }
}
