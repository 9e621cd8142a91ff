/// When the clocks of a zone change, and to what.
struct ZoneTable: Hashable, Sendable {
  /// What clocks show between two transitions.
  struct Kind: Hashable, Sendable {
    /// Seconds east of UTC.
    let offset: Int
    let abbreviation: String
  }

  /// Seconds since 1970, ascending.
  private let transitions: [Int64]
  /// For each transition the index of the kind that begins with it.
  private let indices: [UInt8]
  /// The first one holds before the first transition.
  private let kinds: [Kind]
  /// Holds from the last transition on.
  private let rule: ZoneRule?

  static let utc = ZoneTable(transitions: [], indices: [], kinds: [Kind(offset: 0, abbreviation: "UTC")], rule: nil)

  /// `indices` has as many entries as `transitions`, all of them indices of `kinds`, which is not empty.
  private init(transitions: [Int64], indices: [UInt8], kinds: [Kind], rule: ZoneRule?) {
    self.transitions = transitions
    self.indices = indices
    self.kinds = kinds
    self.rule = rule
  }

  func kind(at seconds: Int64) -> Kind {
    let count = transitionCount(until: seconds)
    if count == transitions.count, let rule { return rule.kind(at: seconds) }
    return count == 0 ? kinds[0] : kinds[Int(indices[count - 1])]
  }

  /// The next moment at which the clocks may change; nil if there is none.
  func nextTransition(after seconds: Int64) -> Int64? {
    let count = transitionCount(until: seconds)
    return count < transitions.count ? transitions[count] : rule?.nextTransition(after: seconds)
  }

  /// The number of transitions up to and at that moment.
  private func transitionCount(until seconds: Int64) -> Int {
    var low = 0
    var high = transitions.count
    while low < high {
      let middle = (low + high) / 2
      if transitions[middle] <= seconds { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

// MARK: Reading TZif

extension ZoneTable {
  /// The file of RFC 8536, section 3: a block of 32-bit times, and from version 2 on a block of 64-bit times and a footer.
  init?(tzif bytes: [UInt8]) {
    guard let first = Header(bytes, at: 0) else { return nil }
    if first.version == 0 {
      self.init(bytes, first, timeSize: 4, rule: nil)
      return
    }
    guard let second = Header(bytes, at: first.end(timeSize: 4)), second.version != 0,
      let footer = ZoneTable.footer(bytes, at: second.end(timeSize: 8))
    else { return nil }
    if footer.isEmpty {
      self.init(bytes, second, timeSize: 8, rule: nil)
    } else {
      guard let rule = ZoneRule(footer) else { return nil }
      self.init(bytes, second, timeSize: 8, rule: rule)
    }
  }

  private struct Header {
    let version: UInt8
    let start: Int
    let utcCount: Int
    let standardCount: Int
    let leapCount: Int
    let timeCount: Int
    let typeCount: Int
    let characterCount: Int

    /// nil if there is none at `start`.
    init?(_ bytes: [UInt8], at start: Int) {
      guard start >= 0, start <= bytes.count - 44, bytes[start..<start + 4].elementsEqual("TZif".utf8) else { return nil }
      version = bytes[start + 4]
      self.start = start + 44
      let counts = (0..<6).map { ZoneTable.bigEndian(bytes, start + 20 + $0 * 4, size: 4) & 0xFFFF_FFFF }
      (utcCount, standardCount, leapCount) = (Int(counts[0]), Int(counts[1]), Int(counts[2]))
      (timeCount, typeCount, characterCount) = (Int(counts[3]), Int(counts[4]), Int(counts[5]))
    }

    func end(timeSize: Int) -> Int {
      start + timeCount * (timeSize + 1) + typeCount * 6 + characterCount + leapCount * (timeSize + 4) + standardCount
        + utcCount
    }
  }

  private init?(_ bytes: [UInt8], _ header: Header, timeSize: Int, rule: ZoneRule?) {
    guard header.end(timeSize: timeSize) <= bytes.count, header.leapCount == 0, (1...256).contains(header.typeCount) else {
      return nil
    }
    let indexStart = header.start + header.timeCount * timeSize
    let kindStart = indexStart + header.timeCount
    let indices = Array(bytes[indexStart..<kindStart])
    let transitions = (0..<header.timeCount).map { ZoneTable.bigEndian(bytes, header.start + $0 * timeSize, size: timeSize) }
    let names = bytes[kindStart + header.typeCount * 6..<kindStart + header.typeCount * 6 + header.characterCount]
    var kinds: [Kind] = []
    for index in 0..<header.typeCount {
      guard let kind = ZoneTable.kind(bytes, at: kindStart + index * 6, names) else { return nil }
      kinds.append(kind)
    }
    guard indices.allSatisfy({ Int($0) < kinds.count }), zip(transitions, transitions.dropFirst()).allSatisfy({ $0 < $1 })
    else {
      return nil
    }
    self.init(transitions: transitions, indices: indices, kinds: kinds, rule: rule)
  }

  /// Six bytes: offset, daylight saving, index of the abbreviation.
  private static func kind(_ bytes: [UInt8], at start: Int, _ names: ArraySlice<UInt8>) -> Kind? {
    let offset = Int(bigEndian(bytes, start, size: 4))
    let name = names.startIndex + Int(bytes[start + 5])
    guard (-89_999...93_599).contains(offset), name < names.endIndex,
      let end = names[name...].firstIndex(of: 0), names[name..<end].allSatisfy({ $0 > 0x20 && $0 < 0x7F })
    else { return nil }
    return Kind(offset: offset, abbreviation: String(decoding: names[name..<end], as: UTF8.self))
  }

  /// The text between two line ends behind the data.
  private static func footer(_ bytes: [UInt8], at start: Int) -> ArraySlice<UInt8>? {
    guard start < bytes.count, bytes[start] == 0x0A, let end = bytes[(start + 1)...].firstIndex(of: 0x0A) else { return nil }
    return bytes[start + 1..<end]
  }

  /// A signed number of four or eight bytes.
  private static func bigEndian(_ bytes: [UInt8], _ start: Int, size: Int) -> Int64 {
    var value = Int64(Int8(bitPattern: bytes[start]))
    for index in start + 1..<start + size { value = value << 8 | Int64(bytes[index]) }
    return value
  }
}
