import Content
import Diagnostics
import Records
import Testing
import Time

/// The same numbers every time, so that a failure can be seen again.
private struct Lehmer: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ (state >> 29)
  }
}

@Suite struct DamagedFiles {
  static let configurations = [
    "site: {name: A, id: a, url: \"https://a.example/\", language: en, timezone: Europe/Berlin}\nstale-after: 24h\n",
    "environments:\n  - {key: a, tier: test, match: [b], gate: none}\n  - {key: c, after: a, archived: true}\nservices: [{key: s}]\n",
    "freezes: [{from: 2026-12-20, to: \"2027-01-04T10:00:00Z\", environments: [a]}]\nhistory: {months: 1, runs: 2}\n",
    "records: [{files: \"a/**\", step: \"x {environment}\", parameters: {V: \"{version}\"}}]\nlinks: {commit: \"https://a.example/{sha}\"}\n",
  ]
  static let notes = [
    "---\nversion: 1.10\ndate: 2026-03-20\nincludes: [1, 2]\nyanked: true\n---\n# A\n\n- **breaking** b\n\n[a]: b\n",
    "\u{FEFF}---\r\ndraft: true\r\n---\r\n## Breaking\r\n\r\n- a <b> `c`\r\n",
  ]
  static let incidents = [
    "---\nid: i\nstate: resolved\nstartedAt: 2026-03-20T09:00:00Z\ncausedBy: [a, b/c]\n---\ntext\n\n## 2026-03-20T09:00:00Z [resolved]\n\nx\n",
    "# T\n\n2026-03-20T09:00:00+01:00 detected\n---\n\n## 2026-03-20T09:00:00.123456789Z\n",
  ]

  /// `text` with a few bytes replaced, removed, repeated or put in.
  private static func damaged(_ text: String, _ generator: inout Lehmer) -> [UInt8] {
    var bytes = Array(text.utf8)
    for _ in 0..<Int.random(in: 1...6, using: &generator) where !bytes.isEmpty {
      let place = Int.random(in: 0..<bytes.count, using: &generator)
      switch Int.random(in: 0..<4, using: &generator) {
      case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
      case 1: bytes.remove(at: place)
      case 2: bytes.insert(contentsOf: bytes[place..<min(place + 12, bytes.count)], at: place)
      default: bytes.insert(Array("{}[]:,-#\"'\n\r\t |>&*!%@`\u{0}9".utf8).randomElement(using: &generator) ?? 0, at: place)
      }
    }
    return bytes
  }

  private func isError(_ diagnostics: [Diagnostic]) -> Bool { diagnostics.contains { $0.severity == .error } }

  @Test(arguments: configurations)
  func neverStopAConfigurationFromBeingJudged(text: String) {
    var generator = Lehmer(state: 1)
    for _ in 0..<500 {
      let parsed = readConfiguration(Source(file: "t.yml", bytes: Self.damaged(text, &generator)), zone: installedZone)
      #expect(parsed.value.staleAfter > 0 && parsed.value.historyMonths > 0)
      #expect(parsed.diagnostics.allSatisfy { $0.position != nil && $0.file == "t.yml" })
    }
  }

  @Test(arguments: notes)
  func areANoteOrSkippedOrInError(text: String) {
    var generator = Lehmer(state: 2)
    for _ in 0..<500 {
      let parsed = readReleaseNote(Source(file: "a/1.md", bytes: Self.damaged(text, &generator)), path: "a/1.md")
      #expect(parsed.value == nil || !isError(parsed.diagnostics))
      #expect(parsed.value != nil || !parsed.diagnostics.isEmpty)
    }
  }

  @Test(arguments: incidents)
  func areAnIncidentOrInError(text: String) {
    var generator = Lehmer(state: 3)
    for _ in 0..<500 {
      let parsed = readIncident(Source(file: "i.md", bytes: Self.damaged(text, &generator)), path: "i.md")
      #expect((parsed.value == nil) == isError(parsed.diagnostics))
    }
  }

  @Test func keepLongTextOutOfMessages() {
    let long = String(repeating: "x", count: 100_000)
    for yaml in ["\(long): 1", "site: {url: \(long)}", "environments: [{key: a, tier: \(long)}]", "stale-after: \(long)"] {
      let diagnostics = configuration(yaml).diagnostics
      #expect(!diagnostics.isEmpty)
      #expect(diagnostics.allSatisfy { $0.message.text.count < 400 })
    }
  }

  @Test func keepPasswordsOutOfDiagnostics() {
    let diagnostics = configuration("links: {repository: \"https://ana:hunter2@git.example/a\"}").diagnostics
    #expect(diagnostics.map(\.message.id) == ["unusable-url"])
    #expect(diagnostics.allSatisfy { !$0.message.text.contains("hunter2") && $0.sourceLine?.contains("hunter2") != true })
  }

  @Test func doNotGrowWithoutEndByAfter() {
    let list = (0..<300).map { "  - {key: e\($0), after: e\(($0 + 1) % 300)}\n" }.joined()
    #expect(configuration("environments:\n" + list).diagnostics.map(\.message.id) == ["after-cycle"])
  }
}
