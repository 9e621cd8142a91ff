import Foundation
import Testing

@testable import Markdown

private let samples = URL(filePath: #filePath).deletingLastPathComponent()
  .appending(path: "../../../shared/samples/commonmark/commonmark-0.30.json").standardized.path

/// The examples of CommonMark 0.30. Where no rule of this room applies, what is rendered is what the specification expects.
@Suite(.enabled(if: FileManager.default.fileExists(atPath: samples), "the samples are not here"))
struct CommonMarkExamples {
  struct Example: Decodable {
    var example: Int
    var section: String
    var markdown: String
    var html: String
  }

  static func read() throws -> [Example] {
    try JSONDecoder().decode([Example].self, from: Data(contentsOf: URL(filePath: samples)))
  }

  /// Examples whose raw HTML is an `<a>` tag.
  static let rawAnchors = [21, 31, 344, 475, 476]

  /// Examples with an address that stands bare or in angle brackets that are none: it becomes a link, as on GitHub.
  static let bareAddresses = [601, 605, 607, 610, 611]

  /// Why an example may differ: a rule of this room at work.
  static func difference(_ example: Example) -> String? {
    let expected = example.html
    if bareAddresses.contains(example.example) { return "bare address" }
    if expected.contains("<img") { return "image" }
    if expected.contains("<a href=\"\"></a>") || expected.contains("md\"></a>") { return "link without words" }
    let kept = "p|h[1-6]|ul|ol|li|em|strong|code|pre|blockquote|a|br|hr"
    let hasForeignTag = expected.range(of: "<(?!/?(\(kept))\\b)", options: .regularExpression) != nil
    if example.section == "HTML blocks" || example.section == "Raw HTML" || hasForeignTag
      || rawAnchors.contains(example.example)
    {
      return "raw HTML"
    }
    let addresses = expected.matches(of: /href="([^"]*)"/).map { String($0.1) }
    if addresses.contains(where: { !isSafeAddress(Array($0.utf8)) }) { return "address" }
    if expected.contains(/class="language-[^"]*[^A-Za-z0-9+._#"-]/) { return "language" }
    return nil
  }

  @Test func areRenderedAsExpectedWhereNoRuleOfOursApplies() throws {
    var same = 0
    var reasons: [String: Int] = [:]
    for example in try Self.read() {
      if let reason = Self.difference(example) {
        reasons[reason, default: 0] += 1
        continue
      }
      same += 1
      let expected = example.html.replacing("<pre>", with: "<pre tabindex=\"0\">")
      #expect(html(example.markdown) == expected, "example \(example.example)")
    }
    #expect(same == 536)
    #expect(reasons == ["raw HTML": 77, "bare address": 5, "image": 23, "address": 7, "language": 2, "link without words": 2])
  }
}
