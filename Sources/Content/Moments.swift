/// Seconds of `90m`, `24h`, `7d` or `3600s`; nil for any other text, for nothing and for more than ten years.
func seconds(ofDuration text: String) -> Int? {
  let units: [(mark: UInt8, seconds: Int)] = [
    (UInt8(ascii: "s"), 1), (UInt8(ascii: "m"), 60), (UInt8(ascii: "h"), 3600), (UInt8(ascii: "d"), 86_400),
  ]
  let digits = text.utf8.dropLast()
  guard let unit = units.first(where: { $0.mark == text.utf8.last }), digits.count <= 9, let count = number(digits), count > 0
  else { return nil }
  let (total, overflow) = count.multipliedReportingOverflow(by: unit.seconds)
  return overflow || total > 3_660 * 86_400 ? nil : total
}

/// Decimal digits only, at most nine; nil for any other text.
private func number(_ digits: some Collection<UInt8>) -> Int? {
  guard !digits.isEmpty, digits.count <= 9 else { return nil }
  var value = 0
  for digit in digits {
    guard digit >= UInt8(ascii: "0"), digit <= UInt8(ascii: "9") else { return nil }
    value = value * 10 + Int(digit - UInt8(ascii: "0"))
  }
  return value
}
