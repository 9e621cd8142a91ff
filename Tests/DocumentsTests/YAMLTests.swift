import Diagnostics
import Testing

@testable import Documents

@Suite struct FirstYAMLTests {
  @Test func readsTheConfigurationOfTheDesign() throws {
    let text = """
      site: {name: Ácme, timezone: Europe/Berlin, language: no}
      environments:            # in promotion order
        - {key: staging, match: [stage, "stg-*"]}
        - key: production
          archived: false
          since: 2026-03-01
          version: 1.10
      stale-after: 24h
      """
    let parsed = readYAML(Source(file: "tidemark.yml", bytes: Array(text.utf8)))
    #expect(parsed.diagnostics.isEmpty)
    let root = try #require(parsed.value)
    #expect(root["site", "name"]?.string == "Ácme")
    #expect(root["site", "timezone"]?.position == Position(line: 1, column: 30))
    #expect(root["site", "language"]?.string == "no")
    let production = try #require(root["environments"]?.elements.last)
    #expect(production["archived"]?.bool == false)
    #expect(production["since"]?.string == "2026-03-01")
    #expect(production["version"]?.numberText == "1.10")
    #expect(production["version"]?.position == Position(line: 7, column: 14))
  }
}
