/// A version in Debian's order (Debian Policy, 5.6.12): `[epoch:]upstream[-revision]`, digits as numbers, `~` before everything, even
/// the end, letters before other characters.
struct DebianVersion: Hashable, Sendable, Comparable {
  let epoch: Numeral
  let upstream: [UInt8]
  let revision: [UInt8]

  init(_ bytes: [UInt8]) {
    var rest = bytes[...]
    if let colon = rest.firstIndex(of: UInt8(ascii: ":")), rest[..<colon].allSatisfy(\.isDigit) {
      epoch = Numeral(digits: rest[..<colon])
      rest = rest[(colon + 1)...]
    } else {
      epoch = .zero
    }
    let dash = rest.lastIndex(of: UInt8(ascii: "-"))
    upstream = Array(rest[..<(dash ?? rest.endIndex)])
    revision = dash.map { Array(rest[($0 + 1)...]) } ?? []
  }

  static func < (left: DebianVersion, right: DebianVersion) -> Bool {
    if left.epoch != right.epoch { return left.epoch < right.epoch }
    switch compare(left.upstream, right.upstream) {
    case .lower: return true
    case .higher: return false
    case .same: return compare(left.revision, right.revision) == .lower
    }
  }

  /// Runs of other characters and runs of digits, in turn.
  private static func compare(_ left: [UInt8], _ right: [UInt8]) -> VersionComparison {
    var (left, right) = (left[...], right[...])
    while !left.isEmpty || !right.isEmpty {
      while left.first.map({ !$0.isDigit }) ?? false || right.first.map({ !$0.isDigit }) ?? false {
        let (mine, theirs) = (weight(left.first), weight(right.first))
        if mine != theirs { return VersionComparison(mine, theirs) }
        (left, right) = (left.dropFirst(), right.dropFirst())
      }
      let (mine, theirs) = (left.prefix(while: \.isDigit), right.prefix(while: \.isDigit))
      let comparison = VersionComparison(Numeral(digits: mine), Numeral(digits: theirs))
      if comparison != .same { return comparison }
      (left, right) = (left[mine.endIndex...], right[theirs.endIndex...])
    }
    return .same
  }

  /// The end and a digit weigh the same: what follows a run of other characters is compared as a number.
  private static func weight(_ byte: UInt8?) -> Int {
    guard let byte, !byte.isDigit else { return 0 }
    if byte == UInt8(ascii: "~") { return -1 }
    return byte.isLetter ? Int(byte) : Int(byte) + 256
  }
}
