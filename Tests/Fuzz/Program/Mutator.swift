import FuzzDriver

/// Called by libFuzzer for each new input. Half of them keep the form of JSON: of changed bytes alone, few pass the reader.
@_cdecl("LLVMFuzzerCustomMutator")
func mutate(_ bytes: UnsafeMutablePointer<UInt8>, _ size: Int, _ maximum: Int, _ seed: UInt32) -> Int {
  var dice = Dice(state: UInt64(seed))
  if dice.below(2) == 0 {
    let text = Array(UnsafeBufferPointer(start: bytes, count: size))
    let changed = JSONMutation(text).changed(by: &dice)
    if changed != text, changed.count <= maximum {
      for (index, byte) in changed.enumerated() { bytes[index] = byte }
      return changed.count
    }
  }
  return LLVMFuzzerMutate(bytes, size, maximum)
}

/// Where the values of a text lie that looks like JSON, and texts that have one of them changed.
private struct JSONMutation {
  private let text: [UInt8]
  private var values: [Range<Int>] = []
  private var keys: [Range<Int>] = []

  private static let junk = [
    "null", "true", "-1", "0", "9223372036854775807", "1.5e300", "\"\"", "\" \"", "[]", "{}", "[{}]", "[[1]]",
    "{\"name\":\"x\"}",
    "\"0001-01-01T00:00:00Z\"", "\"2026-03-02T10:00:00Z\"", "\"2026-02-30T99:00:00Z\"", "\"https://example.com/a/b/1\"",
    "\"refs/tags/\"",
    "1772445600000", "\"\\u0000\"", "\"\\ud83d\\ude80\"", "\"a\\nb\"",
  ].map { Array($0.utf8) }

  init(_ text: [UInt8]) {
    self.text = text
    var open: [Int] = []
    var index = 0
    while index < text.count {
      let start = index
      switch text[index] {
      case UInt8(ascii: "{"), UInt8(ascii: "["): open.append(index)
      case UInt8(ascii: "}"), UInt8(ascii: "]"): if let start = open.popLast() { values.append(start..<(index + 1)) }
      case UInt8(ascii: "\""):
        index = endOfString(from: index)
        let next = text[index...].dropFirst().first { $0 != 0x20 }
        if next == UInt8(ascii: ":") {
          keys.append(start..<min(index + 1, text.count))
        } else {
          values.append(start..<min(index + 1, text.count))
        }
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "a")...UInt8(ascii: "z"):
        while index + 1 < text.count, ![0x2C, 0x7D, 0x5D, 0x20, 0x0A, 0x1E].contains(text[index + 1]) { index += 1 }
        values.append(start..<(index + 1))
      default: break
      }
      index += 1
    }
  }

  private func endOfString(from start: Int) -> Int {
    var index = start + 1
    while index < text.count, text[index] != UInt8(ascii: "\"") { index += text[index] == UInt8(ascii: "\\") ? 2 : 1 }
    return min(index, text.count - 1)
  }

  func changed(by dice: inout Dice) -> [UInt8] {
    guard !values.isEmpty else { return text }
    let value = values[dice.below(values.count)]
    switch dice.below(6) {
    case 0: return replacing(value, with: Self.junk[dice.below(Self.junk.count)])
    case 1, 2: return replacing(value, with: Array(text[values[dice.below(values.count)]]))
    case 3 where !keys.isEmpty:
      return replacing(keys[dice.below(keys.count)], with: Array(text[keys[dice.below(keys.count)]]))
    case 4: return replacing(value, with: text[value] + [UInt8(ascii: ",")] + text[value])
    // Several objects, or several files.
    default: return text + [[0x0A, 0x1E][dice.below(2)]] + text[value]
    }
  }

  private func replacing(_ range: Range<Int>, with bytes: [UInt8]) -> [UInt8] {
    Array(text[..<range.lowerBound]) + bytes + text[range.upperBound...]
  }
}

private struct Dice {
  var state: UInt64

  mutating func below(_ limit: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(limit))
  }
}
