import Diagnostics
import Joining
import Records
import Releases
import Support
import Testing
import Time

import struct Support.Story

/// changelogs.md, rule 8, and site.md, Input: notes find their service and their order.
struct NoteJoiningTests {
  @Test
  func twoNotesOfOneVersionAreShownAsOneWithAWarning() {
    var story = Story()
    story.note("1.0.0", body: "one") { $0.breaking = ["a"] }
    story.note("v1.0.0", on: "2026-01-02", body: "two") { note in
      note.breaking = ["b"]
      note.yanked = true
    }
    story.note("1.0.0", body: "one") { $0.breaking = ["a"] }
    let view = story.view()
    #expect(view.service.releases.count == 1)
    let note = view.service.releases[0].note?.value
    #expect(note?.body.plain == "one\n\ntwo")
    #expect(note?.breaking == ["a", "b"])
    #expect(note?.yanked == true && note?.date == day("2026-01-02"))
    #expect(view.messages == ["two-notes"])
    #expect(view.joined.catalog.account.skipped.map(\.record) == ["note 1.0.0, line 3"])
  }

  @Test
  func aVersionIsUnreleasedWhereItsNoteSaysSoAndNoRecordKnowsIt() {
    var story = Story()
    story.note("2.1.0") { $0.isMarkedUnreleased = true }
    story.note("2.0.0") { $0.isMarkedUnreleased = true }
    story.note("1.0.0")
    story.deploy("2.0.0")
    #expect(story.view().service.releases.map(\.isUnreleased) == [true, false, false])
    // Somebody else knows that it is released.
    story.note("2.1.0", body: "more")
    #expect(story.view().service.releases.map(\.isUnreleased) == [false, false, false])
  }

  @Test(arguments: [
    ("api", "apii", true), ("checkout", "chekcout", true), ("orders", "order", true), ("api", "API", true),
    ("web1", "web2", false), ("web", "web2", false), ("search", "research", false), ("a", "b", false), ("api", "mail", false),
  ])
  func aServiceThatOnlyNotesKnowAndThatIsNearlyAnotherIsWarnedOf(known: String, named: String, isNear: Bool) {
    var story = Story()
    story.deploy("1.0.0", service: known)
    story.note("1.0.0", service: named)
    story.note("1.1.0", service: named)
    let near = story.joined().diagnostics.filter { $0.message.id == "near-service" }
    #expect(near.map { $0.message.suggestion?.hasPrefix("did you mean '\(known)'?") } == (isNear ? [true] : []))
    story.configuration.services = [Configuration.Service(key: known), Configuration.Service(key: named)]
    #expect(story.joined().diagnostics.isEmpty)
  }

  @Test(arguments: [("heron", true), ("v2-heron", true), ("built", true), ("notes", false), ("migration-2.5.0", false)])
  func aNoteThatOnlyItsFileNamesIsAReleaseWhereRecordsKnowItsVersion(name: String, isKnown: Bool) {
    var story = Story()
    for version in ["Heron", "v2-heron", "2.5.0"] { story.deploy(version) }
    var built = RunRecord(id: "b", state: .succeeded)
    (built.service, built.version) = ("shop", VersionLabel(name: "built"))
    story.add(built)
    story.note(name) { $0.isNamedByFile = true }
    let view = story.view()
    #expect(view.service.releases.contains { $0.note != nil } == isKnown)
    #expect(view.messages == (isKnown ? [] : ["no-release"]))
    #expect(view.joined.catalog.account.skipped.count == (isKnown ? 0 : 1))
  }

  @Test
  func aFileThatMayBeNoReleaseMakesNoService() {
    var story = Story()
    story.deploy("1.0.0")
    story.note("notes", service: "docs") { $0.isNamedByFile = true }
    story.note("gears-1.0.0", service: "gears") { $0.isNamedByFile = true }
    #expect(story.joined().catalog.services.map(\.key) == ["gears", "shop"])
    #expect(story.joined().catalog.services[0].releases.map(\.version) == ["1.0.0"])
    #expect(story.joined().diagnostics.map(\.message.id) == ["no-release"])
  }

  @Test
  func aFileThatMayBeNoReleaseOfNobodyIsNoError() {
    var story = Story()
    for service in ["shop", "web"] { story.deploy("1.0.0", service: service) }
    story.note("TEMPLATE") { ($0.service, $0.isNamedByFile) = (nil, true) }
    let told = story.joined().diagnostics
    #expect(told.map(\.message.id) == ["no-release"] && told.map(\.severity) == [.warning])
  }

  @Test
  func theSameNoteTwiceIsOneInSilence() {
    var story = Story()
    story.note("1.0.0")
    story.note("1.0.0")
    #expect(story.view().service.releases.count == 1)
    #expect(story.view().messages == [])
    #expect(story.joined().catalog.account.records == Account.Tally(rendered: -1, skipped: 1, error: 0))
  }

  @Test
  func aDraftIsLeftOutAndAccountedFor() {
    var story = Story()
    story.note("1.0.0")
    story.note("1.1.0") { $0.draft = true }
    let view = story.view()
    #expect(view.service.releases.map(\.version) == ["1.0.0"])
    #expect(view.joined.catalog.account.skipped.map(\.reason) == ["a draft"])
  }

  @Test
  func aNoteWithoutAServiceBelongsToTheOnlyOne() {
    var story = Story()
    story.note("1.0.0") { $0.service = nil }
    #expect(story.joined().catalog.services.map(\.key) == ["main"])
    story.deploy("1.0.0")
    #expect(story.view().service.releases.map { $0.note != nil } == [true])
    story.deploy("1.0.0", service: "api")
    let joined = story.joined()
    #expect(joined.diagnostics.map(\.message.id) == ["note-without-service"])
    #expect(joined.diagnostics.map(\.severity) == [.error])
    #expect(joined.catalog.account.records == Account.Tally(rendered: -1, skipped: 0, error: 1))
    story.configuration.services = [Configuration.Service(key: "shop")]
    #expect(story.joined().diagnostics.isEmpty, "the configuration declares only one")
  }

  @Test
  func aNoteOfAProvidersReleaseFindsItsServiceByRepository() {
    var story = Story()
    story.note("1.0.0") { note in
      note.service = nil
      note.repository = "acme/api"
    }
    story.deploy("1.0.0")
    #expect(story.view(service: "api").service.releases.count == 1)
    #expect(story.joined().diagnostics.isEmpty)
  }

  @Test
  func releasesStandInTheOrderOfTheFileThoseWithFilesOfTheirOwnByVersion() {
    var story = Story()
    story.note(nil)
    for version in ["1.2.0", "1.0.0"] { story.note(version) }
    for version in ["1.1.0", "2.0.0", "0.9.0", "main"] { story.note(version, file: "releases/shop/\(version).md") }
    story.deploy("0.1.0", at: 10)
    story.deploy("0.2.0", at: 20)
    #expect(
      story.view().service.releases.map(\.version) == [
        nil, "2.0.0", "1.2.0", "1.1.0", "1.0.0", "0.9.0", "main", "0.2.0", "0.1.0",
      ])
    #expect(
      story.view().service.releases.map { $0.note == nil } == [false, false, false, false, false, false, false, true, true])
  }

  @Test
  func aReleaseIsFoundBySpellingsThatWereDeployed() {
    var story = Story()
    story.note("1.4.0")
    story.deploy("v1.4.0+57")
    story.deploy("1.4")
    let service = story.view().service
    #expect(service.releases.count == 1)
    #expect(["1.4.0", "v1.4.0", "1.4.0+57", "1.4"].map { service.release(version: $0) } == [0, 0, 0, 0])
    #expect(service.release(version: "1.4.1") == nil)
  }
}

/// record.md, Incident.
struct IncidentJoiningTests {
  private func incident(
    _ id: String, _ state: IncidentRecord.State = .detected, change: (inout IncidentRecord) -> Void = { _ in }
  ) -> IncidentRecord {
    var incident = IncidentRecord(id: id, state: state)
    incident.service = "shop"
    incident.startedAt = minute(30)
    change(&incident)
    return incident
  }

  private func story() -> Story {
    var story = Story()
    story.deploy("1.0.0", run: 1, at: 10)
    story.deploy("1.1.0", run: 2, at: 20)
    story.deploy("5.0.0", run: 1, at: 10, service: "api")
    return story
  }

  private func links(_ links: [Incident.Link], _ catalog: Catalog) -> [String] {
    links.map { "\(catalog.services[$0.service].key)/\(catalog.services[$0.service].deployments[$0.deployment].id)" }
  }

  @Test(arguments: [
    ("1-production", ["shop/1-production"]), ("api/1-production", ["api/1-production"]),
    ("shop/2-production", ["shop/2-production"]),
    ("API/1-production", []), ("9-production", []), ("", []), ("/", []),
  ])
  func causesAreFoundInTheOwnServiceElseInTheOneTheyName(text: String, found: [String]) {
    var story = story()
    story.add(incident("i1") { $0.causedBy = [text] })
    let joined = story.joined()
    #expect(links(joined.catalog.incidents[0].causedBy, joined.catalog) == found)
    #expect(joined.diagnostics.map(\.message.id) == (found.isEmpty ? ["incident-unknown-deployment"] : []))
  }

  @Test
  func withoutAServiceAnIdMustBeTheOnlyOne() {
    var story = story()
    story.add(
      incident("i1") { incident in
        incident.service = nil
        incident.causedBy = ["1-production"]
        incident.fixedBy = ["2-production"]
      })
    let joined = story.joined()
    #expect(joined.catalog.incidents[0].causedBy == [])
    #expect(links(joined.catalog.incidents[0].fixedBy, joined.catalog) == ["shop/2-production"])
    #expect(joined.diagnostics.map(\.message.id) == ["incident-ambiguous-deployment"])
    #expect(joined.diagnostics[0].message.text.contains("api and shop"))
  }

  @Test
  func namesThatNothingKnowsAreToldWithTheNearMiss() {
    var story = story()
    story.add(
      incident("i1") { incident in
        incident.service = "shpo"
        incident.environment = "prodction"
      })
    let joined = story.joined()
    #expect(joined.diagnostics.map(\.message.id) == ["incident-unknown-environment", "incident-unknown-service"])
    #expect(joined.diagnostics.map(\.message.suggestion) == ["production", "shop"])
    #expect(joined.diagnostics.map(\.file) == ["incidents/i1.md", "incidents/i1.md"])
    #expect(joined.catalog.incidents.count == 1)
  }

  @Test
  func anEnvironmentIsFoundByItsOtherNames() {
    var story = story()
    story.configuration.environments[1].match = ["live-*"]
    story.add(incident("i1") { $0.environment = "LIVE-1" })
    let joined = story.joined()
    #expect(joined.catalog.incidents[0].environment == 1)
    #expect(joined.diagnostics.isEmpty)
  }

  @Test
  func whatItAffectsIsFoundByItsOtherNamesToo() {
    var story = story()
    story.configuration.services = [Configuration.Service(key: "shop")]
    story.configuration.environments[1].match = ["live-*"]
    story.add(
      incident("i1") { incident in
        incident.affects = [
          .init(service: "SHOP", environment: "LIVE-1", impact: .major), .init(service: "the moon", environment: "Staging"),
          .init(service: "api", impact: IncidentRecord.Effect.Impact.none),
        ]
      })
    let joined = story.joined().catalog
    let incident = joined.incidents[0]
    #expect(incident.effects.map { $0.service.map { joined.services[$0].key } } == ["shop", nil, "api"])
    #expect(incident.effects.map { $0.environment.map { joined.environments[$0].key } } == ["production", "staging", nil])
    #expect(incident.effects.map(\.told) == incident.record.affects)
    #expect(incident.services == [0] && incident.environments == [0, 1], "what has no impact is not concerned")
  }

  @Test
  func ofOneIncidentWhatIsResolvedWinsThenTheLatestNews() {
    var story = story()
    story.add(incident("i1"))
    story.add(
      incident("i1", .acknowledged) { $0.updates = [IncidentRecord.Update(at: minute(99), text: .text("looking"))] })
    story.add(incident("i1", .resolved) { $0.resolvedAt = minute(60) })
    let joined = story.joined()
    #expect(joined.catalog.incidents.map(\.record.state) == [.resolved])
    #expect(joined.catalog.incidents.map(\.record.updates.count) == [1], "the telling before it knows more of the way")
    #expect(joined.diagnostics.isEmpty)
    #expect(joined.catalog.account.records.skipped == 1)
    story.add(incident("i1", .resolved) { $0.resolvedAt = minute(70) })
    #expect(story.joined().catalog.incidents.map(\.record.resolvedAt) == [minute(70)])
    #expect(story.joined().diagnostics.isEmpty, "when somebody asked is no contradiction")
    story.add(incident("i1", .detected) { ($0.title, $0.startedAt) = ("Another", minute(5)) })
    story.add(incident("i1", .resolved) { ($0.title, $0.startedAt, $0.resolvedAt) = ("One", minute(1), minute(80)) })
    #expect(story.joined().diagnostics.map(\.message.id) == ["contradictory-incident"])
    #expect(story.joined().diagnostics.map(\.trail) == [["the other one: incidents/i1.md:1:1"]])
  }

  @Test
  func incidentsStandNewestFirst() {
    var story = story()
    story.add(incident("a"))
    story.add(incident("b", .resolved) { $0.startedAt = minute(90) })
    story.add(
      incident("c") { incident in
        incident.startedAt = nil
        incident.updates = [80, 60].map { IncidentRecord.Update(at: minute($0), text: .text("x")) }
      })
    story.add(incident("d") { $0.startedAt = nil })
    story.add(incident("0"))
    let catalog = story.joined().catalog
    #expect(catalog.incidents.map(\.record.id) == ["b", "c", "0", "a", "d"])
  }
}
