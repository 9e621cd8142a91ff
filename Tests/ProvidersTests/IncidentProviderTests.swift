import Diagnostics
import Providers
import Records
import Testing
import Time

@Suite struct IncidentProviders {
  static func pagerDuty(_ status: String, _ rest: String = #""incident_number":4"#) -> String {
    #"{"id":"P1","type":"incident","title":"Tills stand still","status":"\#(status)","urgency":"high","service":{"id":"S1","summary":"Shop"},"created_at":"2026-03-02T10:00:00Z","html_url":"https://acme.example/P1","last_status_change_at":"2026-03-02T11:00:00Z",\#(rest)}"#
  }
  static func opsgenie(_ status: String, _ rest: String = #""priority":"P2""#) -> String {
    #"{"id":"O1","message":"Tills stand still","status":"\#(status)","impactedServices":["x"],"createdAt":"2026-03-02T10:00:00Z","updatedAt":"2026-03-02T11:00:00Z","links":{"web":"https://acme.example/incident/detail/O1"},\#(rest)}"#
  }
  static func statuspage(_ status: String, _ rest: String = #""impact":"major""#) -> String {
    #"{"id":"U1","name":"Tills stand still","status":"\#(status)","page_id":"p","shortlink":"https://stspg.example/U1","started_at":"2026-03-02T10:00:00Z","updated_at":"2026-03-02T11:00:00Z","resolved_at":"2026-03-02T11:00:00Z","incident_updates":[{"status":"resolved","body":"<b>Over.</b>","display_at":"2026-03-02T11:00:00Z"},{"status":"investigating","body":"We look.","display_at":"2026-03-02T10:01:00Z"},{"status":"identified","body":"No time."}],\#(rest)}"#
  }

  private func incident(_ text: String) throws -> IncidentRecord {
    let set = join(text)
    #expect(set.account.records == Account.Tally(rendered: 1))
    return try #require(set.incidents.first?.value)
  }

  static let states: [(String, IncidentRecord.State)] = [
    (pagerDuty("triggered"), .detected), (pagerDuty("acknowledged"), .acknowledged), (pagerDuty("resolved"), .resolved),
    (opsgenie("open"), .detected), (opsgenie("resolved"), .resolved), (opsgenie("closed"), .resolved),
    (statuspage("investigating"), .detected), (statuspage("identified"), .acknowledged),
    (statuspage("monitoring"), .acknowledged),
    (statuspage("resolved"), .resolved), (statuspage("postmortem"), .postmortem),
  ]

  @Test(arguments: states)
  func aStateIsOneOfFour(text: String, state: IncidentRecord.State) throws {
    let incident = try incident(text)
    #expect(incident.state == state)
    #expect(incident.title == "Tills stand still")
    #expect(incident.startedAt == time("2026-03-02T10:00:00Z"))
    #expect(incident.resolvedAt == (state.isOver ? time("2026-03-02T11:00:00Z") : nil))
  }

  @Test(arguments: [pagerDuty("napping"), opsgenie("napping"), statuspage("napping")])
  func aWordThatNobodyKnowsKeepsTheIncidentOpenAndIsNoted(text: String) throws {
    #expect(try incident(text).state == .detected)
    let messages = read(text).diagnostics.map(\.message)
    #expect(messages.map(\.id) == ["unknown-provider-state"])
    #expect(messages.first?.text.hasSuffix("it is shown as detected") == true)
  }

  @Test func whatEachSaysOfAnIncident() throws {
    let pagerDuty = try incident(Self.pagerDuty("triggered"))
    #expect(pagerDuty.severity == "high")
    #expect(pagerDuty.service == "Shop")
    #expect(pagerDuty.url == "https://acme.example/P1")
    let ranked = try incident(Self.pagerDuty("triggered", #""incident_number":4,"priority":{"summary":"P1"}"#))
    #expect(ranked.severity == "P1")
    let opsgenie = try incident(Self.opsgenie("open", #""priority":"P2","description":"No card is read."# + #"""#))
    #expect(opsgenie.severity == "P2")
    #expect(opsgenie.service == nil)
    #expect(opsgenie.updates.map(\.text.plain) == ["No card is read."])
    let statuspage = try incident(Self.statuspage("resolved"))
    #expect(statuspage.severity == "major")
    #expect(statuspage.updates.map(\.text) == [.text("We look."), .text("<b>Over.</b>")])
    #expect(statuspage.updates.map(\.state) == [.detected, .resolved])
    #expect(try incident(Self.statuspage("resolved", #""impact":"none""#)).severity == nil)
  }

  @Test func theLogOfAnIncidentTellsHowItWentOn() throws {
    let log =
      #""incident_number":4,"acknowledgements":[{"at":"2026-03-02T10:10:00Z","acknowledger":{"summary":"Ana"}}],"log_entries":[{"type":"resolve_log_entry","summary":"Resolved by Ana.","created_at":"2026-03-02T10:40:00Z"},{"type":"notify_log_entry","summary":"Notified Ana.","created_at":"2026-03-02T10:01:00Z"},{"type":"annotate_log_entry","summary":"Note added","channel":{"content":"The card reader is new."},"created_at":"2026-03-02T10:20:00Z"},{"type":"trigger_log_entry_reference","summary":"Triggered by the API.","created_at":"2026-03-02T10:00:00Z"}]"#
    let incident = try incident(Self.pagerDuty("resolved", log))
    #expect(incident.resolvedAt == time("2026-03-02T10:40:00Z"))
    #expect(
      incident.updates.map(\.text.plain)
        == ["Triggered by the API.", "Acknowledged by Ana.", "The card reader is new.", "Resolved by Ana."])
    #expect(incident.updates.map(\.state) == [.detected, .acknowledged, nil, .resolved])
  }

  @Test func webhooksOfOneIncidentInAnyOrderAreOneIncident() throws {
    func event(_ kind: String, _ at: String, _ status: String) -> String {
      #"{"event":{"id":"\#(at)","event_type":"incident.\#(kind)","resource_type":"incident","occurred_at":"\#(at)","data":{"id":"P1","type":"incident","number":4,"title":"Tills stand still","status":"\#(status)","created_at":"2026-03-02T10:00:00Z","service":{"summary":"Shop"}}}}"#
    }
    let events = [
      event("triggered", "2026-03-02T10:00:00Z", "triggered"), event("acknowledged", "2026-03-02T10:05:00Z", "acknowledged"),
      event("resolved", "2026-03-02T11:00:00Z", "resolved"),
    ]
    for order in [events, events.reversed(), [events[2], events[0], events[1]]] {
      let set = join(order.joined(separator: "\n"))
      #expect(set.incidents.count == 1)
      let incident = try #require(set.incidents.first?.value)
      #expect(incident.state == .resolved)
      #expect(incident.resolvedAt == time("2026-03-02T11:00:00Z"))
      #expect(incident.updates.map(\.state) == [.detected, .acknowledged, .resolved])
      #expect(set.account.records.error == 0 && set.account.records.skipped == 0)
    }
    let note =
      #"{"event":{"event_type":"incident.annotated","occurred_at":"2026-03-02T10:06:00Z","data":{"type":"incident_note","content":"x","incident":{"id":"P1"}}}}"#
    #expect(join(note).account.skipped.map(\.reason) == ["an event that tells no state of an incident"])
  }

  @Test(arguments: [
    #"{"incidents":[#],"limit":25,"more":false}"#, "[#]", "[[#]]", #"{"incident":#}"#, "#",
  ])
  func envelopes(_ envelope: String) throws {
    for text in [Self.pagerDuty("triggered"), Self.statuspage("identified")] {
      _ = try incident(envelope.replacing("#", with: text))
    }
  }

  @Test func answersOfOpsgenie() throws {
    let open = Self.opsgenie("open")
    for envelope in [#"{"data":[\#(open)],"paging":{},"took":0.1,"requestId":"r"}"#, #"{"data":\#(open),"took":0.1}"#] {
      #expect(try incident(envelope).id == "O1")
    }
    let alert = #"{"action":"Create","alert":{"alertId":"a","message":"CPU","tinyId":"1"}}"#
    #expect(join(alert).account.skipped.map(\.reason) == ["an alert is no incident; incidents are read"])
  }

  @Test(arguments: [
    (statuspage("scheduled"), IncidentRecord.State.detected), (statuspage("in_progress"), .acknowledged),
    (statuspage("verifying"), .acknowledged), (statuspage("completed", #""impact":"maintenance""#), .resolved),
    (statuspage("resolved", #""impact":"minor","scheduled_for":"2026-03-02T10:00:00Z""#), .resolved),
  ])
  func whatIsPlannedIsMaintenance(text: String, state: IncidentRecord.State) throws {
    let incident = try incident(text)
    #expect(incident.kind == .maintenance)
    #expect(incident.state == state)
    #expect(incident.severity == nil)
  }

  @Test func anIncidentThatWasWrittenDownLaterBeganWithItsFirstUpdate() throws {
    let late = Self.statuspage("resolved").replacing(#""started_at":"2026-03-02"#, with: #""started_at":"2026-03-05"#)
    #expect(try incident(late).startedAt == time("2026-03-02T10:01:00Z"))
  }

  @Test(arguments: [
    #"{"id":"P1","type":"incident","incident_number":4,"status":"resolved","log_entries":{},"acknowledgements":[1,null,{"at":7}],"service":[],"created_at":"yesterday"}"#,
    #"{"id":"U1","name":"x","status":"resolved","incident_updates":[1,{},{"display_at":[]}]}"#,
    #"{"id":"O1","message":"x","status":"open","impactedServices":7,"links":[],"createdAt":{}}"#,
  ])
  func valuesOfOtherKindsCostNoIncident(text: String) throws {
    _ = try incident(text)
  }
}

/// Written from the payloads by eye: all that there are.
@Suite(.enabled(if: Samples.exist)) struct IncidentSampleFacts {
  struct Facts: Sendable {
    let id: String, title: String, state: IncidentRecord.State
    let severity: String?, service: String?, start: String, end: String?
    let updates: Int
  }

  static let all: [(String, [Facts])] = [
    (
      "devlake-opsgenie.jsonl",
      [
        Facts(
          id: "3a74524a-f492-4172-b3f5-6041c7cb404a", title: "Incident#1", state: .detected, severity: "P3", service: nil,
          start: "2023-09-06T14:30:56.346Z", end: nil, updates: 1)
      ]
    ),
    (
      "devlake-pagerduty.jsonl",
      [
        Facts(
          id: "Q3YON8WNWTZMRQ", title: "Crash reported", state: .detected, severity: "high", service: "DevService",
          start: "2022-11-03T06:23:06Z", end: nil, updates: 4),
        Facts(
          id: "Q3CZAU7Q4008QD", title: "Slow startup", state: .acknowledged, severity: "high", service: "DevService",
          start: "2022-11-03T06:44:28Z", end: nil, updates: 2),
      ]
    ),
    (
      "faros-statuspage-incidents.json",
      [
        Facts(
          id: "12zwlm6q5twt", title: "This is an example incident", state: .resolved, severity: nil, service: nil,
          start: "2021-11-08T14:42:17.820Z", end: "2021-11-08T14:52:17.878Z", updates: 4),
        Facts(
          id: "mm4x7m368bzv", title: "incident-test", state: .resolved, severity: "minor", service: nil,
          start: "2021-11-09T14:54:02.442Z", end: "2021-11-10T15:56:37.080Z", updates: 4),
        Facts(
          id: "zyrnzw0h585r", title: "incident-3", state: .acknowledged, severity: "minor", service: nil,
          start: "2021-11-10T15:55:38.322Z", end: nil, updates: 2),
      ]
    ),
  ]

  @Test(arguments: all)
  func incidentsOfTheSamples(file: String, expected: [Facts]) throws {
    let set = joinRecords([try Samples.read("incidents/" + file)])
    #expect(set.incidents.count == expected.count)
    for facts in expected {
      let incident = try #require(set.incidents.first { $0.value.id == facts.id }?.value)
      #expect(incident.title == facts.title)
      #expect(incident.state == facts.state)
      #expect(incident.severity == facts.severity)
      #expect(incident.service == facts.service)
      #expect(incident.startedAt == time(facts.start))
      #expect(incident.resolvedAt == facts.end.flatMap(time))
      #expect(incident.updates.count == facts.updates)
    }
  }

  static let page = #""page":{"id":"p","name":"Kiln","url":"https://s.example"}"#
  static let component = #"{"id":"c","name":"API","status":"major_outage","group":false,"group_id":null,"page_id":"p"}"#

  @Test(arguments: [
    (#""components":[\#(component),\#(component)]"#, Account.Tally(skipped: 2)),
    (#""incidents":[\#(IncidentProviders.statuspage("resolved"))]"#, Account.Tally(rendered: 1)),
    (#""scheduled_maintenances":[\#(IncidentProviders.statuspage("scheduled"))],"incidents":[]"#, Account.Tally(rendered: 1)),
    (#""incidents":[]"#, Account.Tally()), (#""scheduled_maintenances":[]"#, Account.Tally()),
    (#""status":{"indicator":"none","description":"All Systems Operational"}"#, Account.Tally(skipped: 1)),
  ])
  func eachListOfAPageIsReadByItself(list: String, tally: Account.Tally) {
    let set = join("{\(Self.page),\(list)}")
    #expect(set.account.records == tally)
    #expect(set.account.skipped.allSatisfy { $0.reason.hasSuffix("of one moment") })
  }

  @Test func componentsAreNoIncidents() throws {
    let set = joinRecords([try Samples.read("incidents/faros-statuspage-components.json")])
    #expect(
      set.account.skipped.map(\.reason)
        == Array(repeating: "a component is no incident: its state is that of one moment", count: 2))
  }
}
