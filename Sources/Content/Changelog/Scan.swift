/// Reads a text from its start: numbers, and the names that dates hold in English and German.
struct Scan {
  var rest: Substring

  mutating func take(_ fits: (Character) -> Bool) -> Character? {
    guard let first = rest.first, fits(first) else { return nil }
    rest = rest.dropFirst()
    return first
  }

  mutating func skip(_ fits: (Character) -> Bool) { rest = rest.drop(while: fits) }

  mutating func number(upTo digits: Int) -> (value: Int, digits: Int)? {
    let text = rest.prefix { ("0"..."9").contains($0) }
    guard !text.isEmpty, text.count <= digits, let value = Int(text) else { return nil }
    rest = rest[text.endIndex...]
    return (value, text.count)
  }

  // MARK: Names

  private static let months: [[String]] = [
    ["january", "januar", "jänner"], ["february", "februar"], ["march", "märz", "maerz", "mrz"], ["april"], ["may", "mai"],
    ["june", "juni"], ["july", "juli"], ["august"], ["september"], ["october", "oktober"], ["november"],
    ["december", "dezember"],
  ]
  private static let weekdays = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "montag", "dienstag", "mittwoch",
    "donnerstag", "freitag", "samstag", "sonnabend", "sonntag",
  ]

  /// 1 to 12; the name may be shortened to three letters.
  mutating func month() -> Int? {
    let word = rest.prefix(while: \.isLetter)
    let lower = word.lowercased()
    guard lower.count >= 3,
      let index = Self.months.firstIndex(where: { names in
        names.contains { $0.hasPrefix(lower) || (lower == "sept" && $0 == "september") }
      })
    else { return nil }
    rest = rest[word.endIndex...]
    return index + 1
  }

  /// `Monday, `, `Mon `, `Mo., `, where something follows.
  mutating func skipWeekday() {
    let word = rest.prefix(while: \.isLetter)
    let lower = word.lowercased()
    let isDay = Self.weekdays.contains { $0 == lower || ((2...4).contains(lower.count) && $0.hasPrefix(lower)) }
    guard isDay, month(lower) == nil else { return }
    let behind = rest[word.endIndex...].drop { ",. ".contains($0) }
    guard behind.startIndex > word.endIndex, !behind.isEmpty else { return }
    rest = behind
  }

  private func month(_ word: String) -> Int? {
    var scan = Scan(rest: word[...])
    return scan.month()
  }

  mutating func skipOrdinal() {
    for ending in ["st", "nd", "rd", "th"] where rest.lowercased().hasPrefix(ending) {
      rest = rest.dropFirst(2)
      return
    }
  }
}
