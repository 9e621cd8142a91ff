import Diagnostics
import Foundation
import Support
import Testing

@testable import Documents

private let samples = URL(filePath: #filePath)
  .deletingLastPathComponent().appending(path: "../../../shared/samples").standardizedFileURL

private func sampleFiles() -> [String] {
  let files = FileManager.default.enumerator(atPath: samples.path)?.compactMap { $0 as? String } ?? []
  return files.filter { $0.hasSuffix(".json") || $0.hasSuffix(".jsonl") }.sorted()
}

/// Real payloads, read by Foundation too.
@Suite(.enabled(if: !sampleFiles().isEmpty))
struct JSONOracleTests {
  @Test(arguments: sampleFiles())
  func readsEverySampleAsFoundationDoes(file: String) throws {
    let data = try Data(contentsOf: samples.appending(path: file))
    let parsed = readJSON(Source(file: file, bytes: [UInt8](data)))
    #expect(parsed.diagnostics.isEmpty || parsed.places == ["- no-value"], "\(parsed.places)")
    let texts = file.hasSuffix(".jsonl") ? data.split(separator: 0x0A).map { Data($0) } : [data]
    let values = try texts.map { try JSONSerialization.jsonObject(with: $0, options: .fragmentsAllowed) }
    #expect(parsed.value.count == values.count)
    for (node, value) in zip(parsed.value, values) { compare(node, value) }
    #expect(keysInOrder(parsed.value) == keysInOrder([UInt8](data)))
  }

  @Test func thereAreEnoughSamples() { #expect(sampleFiles().count > 100) }

  private func compare(_ node: Node, _ value: Any) {
    switch value {
    case is NSNull: #expect(node.isNull)
    case let text as String: #expect(node.string == text)
    case let number as NSNumber:
      if node.kind == .bool {
        #expect(node.bool == number.boolValue)
      } else {
        #expect(node.double == number.doubleValue)
        #expect(node.int.map { NSNumber(value: $0) } ?? number == number)
      }
    case let array as [Any]:
      #expect(node.kind == .array && node.elements.count == array.count)
      for (element, other) in zip(node.elements, array) { compare(element, other) }
    case let object as [String: Any]:
      #expect(node.kind == .object && node.members.count == object.count)
      for member in node.members {
        #expect(node[member.key]?.offset == member.value.offset)
        if let other = object[member.key] { compare(member.value, other) } else { Issue.record("\(member.key)") }
      }
    default: Issue.record("\(value)")
    }
  }

  private func keysInOrder(_ nodes: [Node]) -> [String] {
    nodes.flatMap { node in
      node.members.flatMap { [$0.key] + keysInOrder([$0.value]) } + keysInOrder(node.elements)
    }
  }

  /// By another means: every string that a colon follows.
  private func keysInOrder(_ bytes: [UInt8]) -> [String] {
    var keys: [String] = []
    var place = 0
    while place < bytes.count {
      guard bytes[place] == UInt8(ascii: "\"") else {
        place += 1
        continue
      }
      var end = place + 1
      while end < bytes.count, bytes[end] != UInt8(ascii: "\"") { end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1 }
      var next = end + 1
      while next < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[next]) { next += 1 }
      if next < bytes.count, bytes[next] == UInt8(ascii: ":"),
        let key = try? JSONDecoder().decode(String.self, from: Data(bytes[place...end]))
      {
        keys.append(key)
      }
      place = end + 1
    }
    return keys
  }
}

/// Random texts, read by Foundation too where it is as strict.
@Suite struct JSONMutationTests {
  private static let seeds = [
    #"{"schema": "tidemark-records/1", "records": [{"kind": "run", "id": "7", "steps": [{"name": "a\u00e9"}, {}]}, {"x": -1.5e3}], "z": null}"#,
    "{\"a\": 1, \"b\": [true, false]}\n{\"a\": 2, \"b\": \"é😀\"}\n{\"a\": 3}\n",
    "[\n  {\n    \"name\": \"x, y\",\n    \"n\": [1, 2, [3, {\"d\": \"\\\\\\\"\"}]]\n  },\n  {\n    \"name\": \"}]\"\n  }\n]\n",
    "{\n  \"values\": [\n    {\"a\": 1},\n    {\"b\": 2}\n  ],\n  \"next\": \"https://example.com/?a=1&b=2\"\n}\n",
  ]
  private static let pieces: [[UInt8]] = [
    "\"", "\\", "{", "}", "[", "]", ",", ":", "\n", " ", "1", "-", "e", ".", "null", "tru", "'", "//", "\u{FEFF}", "\\u",
    "\\uD800", "\r\n",
    "\u{0}", "😀", ",]", ",}", "}}", "{\"a\":1}\n", "records",
  ].map { Array($0.utf8) }

  private static func mutate(_ bytes: [UInt8], _ random: inout Chance) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let place = Int.random(in: 0...bytes.count, using: &random)
      let end = min(bytes.count, place + Int.random(in: 0...12, using: &random))
      switch Int.random(in: 0..<6, using: &random) {
      case 0: bytes.removeSubrange(place..<end)
      case 1: bytes.insert(contentsOf: pieces[Int.random(in: 0..<pieces.count, using: &random)], at: place)
      case 2: bytes.insert(contentsOf: bytes[place..<end], at: Int.random(in: 0...bytes.count, using: &random))
      case 3: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
      case 4: bytes.replaceSubrange(place..<end, with: pieces[Int.random(in: 0..<pieces.count, using: &random)])
      default: bytes.removeLast(bytes.count - (place + bytes.count) / 2)
      }
    }
    return bytes
  }

  @Test(arguments: Array(seeds.indices))
  func mutatedTextsNeverCrashAndNeverFailInSilence(index: Int) throws {
    var random = Chance(seed: UInt64(index) + 100)
    for round in 0..<2500 {
      let bytes = JSONMutationTests.mutate(Array(JSONMutationTests.seeds[index].utf8), &random)
      let source = Source(file: "a.json", bytes: bytes)
      let parsed = readJSON(source)
      #expect(!parsed.value.isEmpty || !parsed.diagnostics.isEmpty, "round \(round)")
      for node in parsed.value { walk(node, within: bytes.count) }
      for diagnostic in parsed.diagnostics where diagnostic.message.id != "no-value" {
        #expect(diagnostic.position != nil && diagnostic.file == "a.json")
      }
    }
  }

  @Test(arguments: [0, 2, 3])
  func agreesWithFoundationOnWhatIsOneDocument(index: Int) throws {
    var random = Chance(seed: UInt64(index) + 200)
    var whole = 0
    for round in 0..<2000 {
      let bytes = JSONMutationTests.mutate(Array(JSONMutationTests.seeds[index].utf8), &random)
      // Foundation detects other encodings and takes a NUL at the end for the end.
      guard !bytes.contains(0), !bytes.isEmpty else { continue }
      let parsed = readJSON(Source(file: "a.json", bytes: bytes))
      let isOne = parsed.value.count == 1 && parsed.errors.isEmpty
      let theirs = try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
      // Foundation lets these pass.
      let isLoose = parsed.errors.contains { ["json-surrogate", "json-trailing-comma"].contains($0.message.id) }
      #expect(
        isOne == (theirs != nil) || isLoose,
        "round \(round): \(String(decoding: bytes, as: UTF8.self)) \(parsed.places)")
      whole += isOne ? 1 : 0
    }
    #expect(whole > 50)
  }

  private func walk(_ node: Node, within count: Int, depth: Int = 0) {
    guard depth <= JSONScanner.maximumDepth, node.offset < count else {
      Issue.record("a node out of bounds")
      return
    }
    _ = (node.string, node.int, node.double, node.bool, node.text)
    node.forEachElement { walk($0, within: count, depth: depth + 1) }
    for member in node.members {
      if node[member.key]?.offset != member.value.offset { Issue.record("'\(member.key)' is not found under its name") }
      walk(member.value, within: count, depth: depth + 1)
    }
  }
}
