import Documents
import Foundation
import Records
import Testing

@testable import Content

/// The published schema of `tidemark.yml` is made of the lists by which it is read.
@Suite struct ConfigurationSchemaTests {
  private func schema() throws -> [String: Any] {
    try #require(JSONSerialization.jsonObject(with: Data(configurationSchema.lines)) as? [String: Any])
  }

  /// Walks `properties`, and `items` or `additionalProperties` for `*`.
  private func object(_ path: [String], in schema: [String: Any]) throws -> [String: Any] {
    try path.reduce(schema) { object, step in
      if step == "*" { return try #require((object["items"] ?? object["additionalProperties"]) as? [String: Any]) }
      return try #require((object["properties"] as? [String: Any])?[step] as? [String: Any])
    }
  }

  @Test(
    arguments: [
      [], ["site"], ["environments", "*"], ["services", "*"], ["records", "*"], ["ignore", "*"], ["links"],
      ["links", "issues", "*"], ["history"], ["metrics"], ["freezes", "*"], ["notes"], ["markdown"], ["audiences", "*"],
    ])
  func describesEveryKeyAndAllowsNoOther(path: [String]) throws {
    let object = try object(path, in: schema())
    let properties = try #require(object["properties"] as? [String: Any])
    #expect(object["additionalProperties"] as? Bool == false)
    for (key, property) in properties {
      let property = try #require(property as? [String: Any])
      #expect((property["description"] as? String)?.isEmpty == false, "\(path) \(key) is not described")
    }
  }

  /// The defaults that are written out, since their keys have a reading of their own.
  @Test func namesTheDefaults() throws {
    let schema = try schema()
    let defaults = Configuration()
    #expect(try object(["site", "language"], in: schema)["default"] as? String == defaults.site.language)
    #expect(try object(["site", "timezone"], in: schema)["default"] as? String == defaults.site.timezone)
    #expect(try object(["stale-after"], in: schema)["default"] as? String == "24h" && defaults.staleAfter == 24 * 3600)
  }
}
