import Diagnostics
import Support
import Testing

@testable import Documents

@Suite struct YAMLFaultTests {
  @Test(arguments: [
    ("a:\n^\tb: 1", "yaml-tab"), ("a:\n  b: 1\n^\tc: 2", "yaml-tab"), ("é: 1\nb: \tx^: y", "yaml-colon"),
    ("a: ^@b", "yaml-expected-value"), ("é: ^`b`", "yaml-expected-value"),
    ("a: ^%b", "yaml-expected-value"), ("a: b^: c", "yaml-colon"), ("é: ü^: c", "yaml-colon"),
    ("a: 1\n  b^: 2", "yaml-colon"), ("a:\n  b: 1\n ^c: 2", "yaml-indentation"),
    ("a:\n  - 1\n  ^b: 2", "yaml-indentation"), ("a: 1\n^- b", "yaml-indentation"), ("é: 1\n^b", "yaml-colon"),
    ("a: [1, 2\nb^: 3", "yaml-expected-comma"), ("a: [1, 2^", "yaml-expected-comma"),
    ("a: {b: 1^", "yaml-expected-comma"), ("é: ^\"open\nb: 1\n", "yaml-unterminated-string"),
    ("a: ^'open", "yaml-unterminated-string"), ("a: ^\"x\n---\n", "yaml-unterminated-string"),
    ("a: \"é^\\q\"", "yaml-escape"), ("a: \"x\" ^y", "yaml-indentation"),
    ("a: 1\n^---\nb: 2", "yaml-several-documents"), ("a: 1\n...\n^---\nb: 2", "yaml-several-documents"),
    ("a: &x 1\nb: ^*y", "yaml-alias"), ("a: &x [^*x]", "yaml-alias"), ("^*a : 1", "yaml-key"), ("^[a, b]: 1", "yaml-key"),
    ("? ^{a: b}\n: 1", "yaml-key"), ("x: &x é\n^*x : 1", "yaml-key"),
    ("a: &b {c: 1}\nd:\n  ^<<: *b", "yaml-merge-key"), ("é: x^\u{1}y", "yaml-control-character"),
    ("a: x^\u{0}", "yaml-control-character"), ("a: ^- b", "yaml-list"), ("a: [1, ]^x", "yaml-indentation"),
    ("a: ^]", "yaml-expected-value"), ("^}", "yaml-expected-value"), ("a: |2^x\n  b", "yaml-text-behind-value"),
    ("a: ^!foo!bar x", "yaml-syntax"),
    ("{a: 1}\n^b: 2", "yaml-text-behind-value"), ("é: ^*.txt", "yaml-alias"), ("é: ^&", "yaml-alias"),
  ])
  func pointsAtTheFault(marked: String, id: String) throws {
    let sample = Marked(marked)
    let parsed = yaml(sample.text)
    #expect(parsed.value == nil)
    let error = try #require(parsed.errors.first)
    #expect(error.message.id == id, "\(error.message.text)")
    #expect(error.position == sample.positions.first, "\(error.message.text)")
    #expect(parsed.errors.count == 1)
  }

  @Test(arguments: [[0x80], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82], [0xFF]] as [[UInt8]])
  func pointsAtTheByteThatIsNoUTF8(sequence: [UInt8]) throws {
    for before in ["", "a: 1\né: ", "# 😀\nb: \""] {
      let error = try #require(yaml(Array(before.utf8) + sequence + Array("x\n".utf8)).errors.first)
      #expect(error.message.id == "invalid-utf8")
      #expect(error.position == Source(file: "", bytes: Array(before.utf8)).position(at: before.utf8.count))
    }
  }

  @Test func repeatedKeysAreWarnedOfAndTheLastOneCounts() throws {
    let sample = Marked("é: 1\nb: {c: 1, ^c: 2, \"d\": 3, ^d: 4}\n^é: 5\n^\"é\": 6")
    let parsed = yaml(sample.text)
    #expect(parsed.places == sample.places(Array(repeating: "duplicate-key", count: 4)))
    let root = try #require(parsed.value)
    #expect(outline(root) == #"{"b":{"c":2,"d":4},"é":6}"#)
    #expect(root["é"]?.int == 6)
  }

  @Test func unknownTagsAreWarnedOf() throws {
    let sample = Marked("a: ^!secret x\nb: ^!!set {c}\nd: ^!!binary 12")
    let parsed = yaml(sample.text)
    #expect(parsed.places == sample.places(Array(repeating: "yaml-tag", count: 3)))
    #expect(parsed.value?["a"]?.string == "x")
  }

  @Test(arguments: [
    ("a: &base 1\nb: *bsae", "*base"), ("a: *.txt", "put a text that begins with & or * in quotes"),
    ("a: @x", "put it in quotes"),
    ("a: b: c", "put a text that holds ': ' in quotes"), ("{a: b: c}", "put a text that holds ': ' in quotes"),
    ("a:\n\tb: 1", "use spaces"),
  ])
  func suggestsWhatWasMeant(text: String, suggestion: String) {
    #expect(yaml(text).errors.first?.message.suggestion == suggestion)
  }

  @Test func nestingIsReadToItsLimitAndNotBeyond() {
    let limit = JSONScanner.maximumDepth
    func nested(_ depth: Int) -> String { String(repeating: "[", count: depth) + String(repeating: "]", count: depth) }
    #expect(yaml(nested(limit)).diagnostics.isEmpty)
    #expect(yaml(nested(limit + 1)).places == ["1:\(limit + 1) yaml-depth"])
    #expect(yaml(String(repeating: "[", count: 50_000)).errors.map(\.message.id) == ["yaml-depth"])
    #expect(yaml(String(repeating: "- ", count: 5_000)).errors.map(\.message.id) == ["yaml-depth"])
    #expect(yaml(String(repeating: "{a: ", count: 5_000)).errors.map(\.message.id) == ["yaml-depth"])
  }

  @Test func mutatedTextsNeverCrashAndNeverFailInSilence() {
    let seed = Array(
      "site: {name: Ácme, id: \"a\\tb\"}\nlist:\n  - &a {key: 1, match: [x, 'y']}\n  - *a\ntext: |\n  one\n   two\nlast: ~\n"
        .utf8)
    let pieces = [
      ":", "-", " ", "\n", "\t", "{", "}", "[", "]", "&a", "*a", "!", "|", ">", "\"", "'", "#", "%", "?", ",", "---\n",
      "<<: *a", "\r", "\u{85}", "\u{2028}", "é", "@",
    ].map { Array($0.utf8) }
    var random = Chance(seed: 77)
    var readable = 0
    for round in 0..<4000 {
      var bytes = seed
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let place = Int.random(in: 0...bytes.count, using: &random)
        let end = min(bytes.count, place + Int.random(in: 0...8, using: &random))
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes.removeSubrange(place..<end)
        case 1: bytes.insert(contentsOf: pieces[Int.random(in: 0..<pieces.count, using: &random)], at: place)
        case 2: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
        default: bytes.insert(contentsOf: bytes[place..<end], at: Int.random(in: 0...bytes.count, using: &random))
        }
      }
      let parsed = yaml(bytes)
      #expect(parsed.value != nil || !parsed.errors.isEmpty, "round \(round): \(String(decoding: bytes, as: UTF8.self))")
      if let root = parsed.value {
        readable += 1
        #expect(!outline(root).isEmpty && root.offset < bytes.count)
      }
    }
    #expect(readable > 400)
  }
}
