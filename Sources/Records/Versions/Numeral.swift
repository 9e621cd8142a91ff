/// A run of digits as a number of any length: no version is too long to compare, and none can overflow.
package struct Numeral: Hashable, Sendable, Comparable {
  /// The value where it fits.
  private let small: UInt64
  /// The digits without leading zeros where it does not fit, else empty.
  private let large: [UInt8]

  static let zero = Numeral(digits: [])

  /// `digits`: ASCII digits; none is zero.
  init(digits: some Collection<UInt8>) {
    let significant = digits.drop { $0 == UInt8(ascii: "0") }
    if significant.count <= 18 {
      small = significant.reduce(0) { $0 &* 10 &+ UInt64($1 &- UInt8(ascii: "0")) }
      large = []
    } else {
      small = .max
      large = Array(significant)
    }
  }

  var isZero: Bool { small == 0 }

  package static func < (left: Numeral, right: Numeral) -> Bool {
    if left.small != right.small || left.large.isEmpty { return left.small < right.small }
    if left.large.count != right.large.count { return left.large.count < right.large.count }
    return left.large.lexicographicallyPrecedes(right.large)
  }
}
