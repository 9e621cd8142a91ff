import Foundation
import Testing

private let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent().appending(path: "shared/samples/mustache-spec")

private struct Module: Decodable {
  struct Test: Decodable {
    let name: String
    let data: JSONValue
    let template: String
    let partials: [String: String]?
    let expected: String
  }
  let tests: [Test]
}

private let modules = [
  "comments", "delimiters", "interpolation", "inverted", "partials", "sections", "~dynamic-names", "~inheritance",
]

/// Where strict templates differ from the specification, by name: an unknown name or partial is an error when the template is loaded,
/// and so the page is never made; the specification renders nothing.
private let differences: [String: [String: String]] = [:]

@Suite struct Specification {
  @Test(.enabled(if: FileManager.default.fileExists(atPath: folder.path)), arguments: modules)
  func everyTestPassesButTheListedDifferences(module: String) throws {
    let data = try Data(contentsOf: folder.appending(path: module + ".json"))
    var found: [String: String] = [:]
    let tests = try JSONDecoder().decode(Module.self, from: data).tests
    for test in tests {
      let result = rendered(test.template, test.data, partials: test.partials ?? [:])
      if result.text != test.expected {
        found[test.name] = result.ids.first ?? "wrong text"
        if result.ids.isEmpty { print("WRONG", module, test.name, "\n  got ", result.text?.debugDescription ?? "nil", "\n  want", test.expected.debugDescription) }
      }
    }
    print("COUNT", module, tests.count, found)
    #expect(found == differences[module] ?? [:])
  }
}
