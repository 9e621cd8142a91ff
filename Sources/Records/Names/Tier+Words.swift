extension Tier {
  /// Its place in promotion order.
  package var order: Int {
    switch self {
    case .development: 0
    case .test: 1
    case .staging: 2
    case .production: 3
    case .other: 4
    }
  }

  /// The tier that a name tells by whole words (record.md, rule 1), the least near to customers if it tells several. `preproduction`,
  /// `pre-production` and `non-prod` are stages before production, never production; digits after a word (`prod2`) do not matter.
  package init(name: String) {
    let tiers = Set(Tier.words(of: name).compactMap { Tier.words[$0] })
    self = Tier.allCases.first { tiers.contains($0) } ?? .other
  }

  /// The tier that the first telling name tells.
  init(names: [String]) {
    self = names.lazy.map { Tier(name: $0) }.first { $0 != .other } ?? .other
  }

  private static let words: [String: Tier] = [
    "dev": .development, "develop": .development, "development": .development, "local": .development, "sandbox": .development,
    "review": .development, "preview": .development,
    "test": .test, "tests": .test, "testing": .test, "tst": .test, "qa": .test, "uat": .test, "int": .test,
    "integration": .test,
    "acceptance": .test, "ci": .test,
    "staging": .staging, "stage": .staging, "stg": .staging, "pre": .staging, "preprod": .staging, "preproduction": .staging,
    "prelive": .staging, "non": .staging, "nonprod": .staging, "nonproduction": .staging, "demo": .staging,
    "production": .production, "prod": .production, "prd": .production, "live": .production,
  ]

  /// Lower-cased words: runs of letters and digits, cut where a small letter meets a capital, without digits at their end.
  private static func words(of name: String) -> [String] {
    var words: [String] = []
    var word: [UInt8] = []
    let finish = { (word: inout [UInt8]) in
      while word.last?.isDigit ?? false { word.removeLast() }
      if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
      word = []
    }
    var before: UInt8 = 0
    for byte in name.utf8 {
      let isPart = byte.isDigit || byte.isLetter || byte >= 0x80
      if !isPart || (byte.isUpperLetter && before.isLowerLetter) { finish(&word) }
      if isPart { word.append(byte.lowercased) }
      before = byte
    }
    finish(&word)
    return words
  }
}
