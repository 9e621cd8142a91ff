import Diagnostics
import Joining
import Records
import Releases
import Support
import Testing

import struct Support.Story

/// `ignore:` of the configuration.
struct IgnoreTests {
  private static func told(_ ignore: Configuration.Ignore..., change: (inout Story) -> Void = { _ in }) -> [String] {
    var story = Story(environments: [])
    story.deploy("1.0.0", to: "staging")
    story.deploy("1.0.0", to: "production", service: "sandbox")
    change(&story)
    story.configuration.ignore = ignore
    return story.joined().diagnostics.filter { $0.message.id == "unused-ignore" }.map {
      "\($0.position?.line ?? 0) \($0.message.text) -> \($0.message.suggestion ?? "")"
    }
  }

  private static func ignore(
    environment: String? = nil, service: String? = nil, repository: String? = nil, pipeline: String? = nil
  ) -> Configuration.Ignore {
    Configuration.Ignore(
      service: service, repository: repository, pipeline: pipeline, environment: environment, name: "ignore[1]",
      position: Position(line: 3, column: 1))
  }

  @Test func whatFitsNothingIsToldWithTheNearMiss() {
    let words = "3 'ignore[1]' fits nothing that was read, so it leaves nothing out -> "
    #expect(Self.told(Self.ignore(environment: "stagging")) == [words + "did you mean 'staging'?"])
    #expect(Self.told(Self.ignore(service: "sandbux")) == [words + "did you mean 'sandbox'?"])
    #expect(Self.told(Self.ignore(repository: "acme/sandbx")) == [words + "did you mean 'acme/sandbox'?"])
    #expect(
      Self.told(Self.ignore(environment: "tmp-*")) == [
        words + "compare its patterns with the records: service, repository, pipeline and environment"
      ])
    // Each fits something, and nothing fits both.
    #expect(Self.told(Self.ignore(environment: "staging", service: "sandbox")).count == 1)
  }

  @Test func whatFitsSomethingIsNot() {
    #expect(Self.told(Self.ignore(environment: "STAG*")).isEmpty)
    #expect(Self.told(Self.ignore(service: "shop"), Self.ignore(repository: "acme/*")).isEmpty)
    // Another entry, or the hidden service, has left it out before.
    #expect(Self.told(Self.ignore(service: "shop"), Self.ignore(environment: "staging")).isEmpty)
    let isHidden = Self.told(Self.ignore(environment: "production")) {
      $0.configuration.services = [Configuration.Service(key: "sandbox")]
      $0.configuration.services[0].isHidden = true
    }
    #expect(isHidden.isEmpty)
    // Nothing was read that it could fit.
    #expect(Self.told(Self.ignore(service: "x")) { $0.input = CatalogInput() }.isEmpty)
  }
}
