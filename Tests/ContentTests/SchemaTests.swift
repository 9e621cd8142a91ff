import Foundation
import Records
import Testing

@testable import Content

/// The published schema of `tidemark.yml` and the reader know the same keys.
@Suite struct ConfigurationSchema {
  private func schema() throws -> [String: Any] {
    let url = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "../../Sources/CTheme/schemas/config.schema.json")
    return try #require(JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [String: Any])
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
      ([], ConfigurationKeys.top), (["site"], ConfigurationKeys.site), (["environments", "*"], ConfigurationKeys.environment),
      (["services", "*"], ConfigurationKeys.service), (["records", "*"], ConfigurationKeys.record),
      (["ignore", "*"], ConfigurationKeys.ignore), (["links"], ConfigurationKeys.links),
      (["links", "issues", "*"], ConfigurationKeys.issue), (["history"], ConfigurationKeys.history),
      (["metrics"], ConfigurationKeys.metrics), (["freezes", "*"], ConfigurationKeys.freeze),
      (["markdown"], ConfigurationKeys.markdown), (["audiences", "*"], ConfigurationKeys.audience),
    ] as [([String], [String])])
  func namesTheKeysThatAreRead(path: [String], keys: [String]) throws {
    let object = try object(path, in: schema())
    let properties = try #require(object["properties"] as? [String: Any])
    #expect(properties.keys.sorted() == keys.sorted())
    #expect(object["additionalProperties"] as? Bool == false)
    for key in keys {
      let property = try #require(properties[key] as? [String: Any])
      #expect((property["description"] as? String)?.isEmpty == false, "\(path) \(key) is not described")
    }
  }

  @Test(arguments: [
    (["environments", "*", "tier"], Tier.allCases.map(\.rawValue)),
    (["environments", "*", "gate"], [Configuration.GateRule.manual, .none].map(\.rawValue)),
    (["services", "*", "versions"], [Configuration.VersionOrder.semver, .debian].map(\.rawValue)),
    (["freezes", "*", "kind"], [Configuration.Freeze.Kind.freeze, .maintenance].map(\.rawValue)),
  ])
  func namesTheWordsThatAreRead(path: [String], words: [String]) throws {
    let property = try object(path, in: schema())
    #expect((property["enum"] as? [Any])?.compactMap { $0 as? String } == words)
  }

  @Test func namesTheDefaults() throws {
    let schema = try schema()
    let defaults = Configuration()
    #expect(try object(["site", "name"], in: schema)["default"] as? String == defaults.site.name)
    #expect(try object(["site", "language"], in: schema)["default"] as? String == defaults.site.language)
    #expect(try object(["site", "timezone"], in: schema)["default"] as? String == defaults.site.timezone)
    #expect(try object(["history", "months"], in: schema)["default"] as? Int == defaults.historyMonths)
    #expect(try object(["history", "runs"], in: schema)["default"] as? Int == defaults.historyRuns)
    #expect(try object(["metrics", "days"], in: schema)["default"] as? Int == defaults.metricsDays)
    #expect(try object(["stale-after"], in: schema)["default"] as? String == "24h" && defaults.staleAfter == 24 * 3600)
  }
}
