import Diagnostics
import Providers
import Records
import Testing
import Time

@Suite struct CDEventsDeployments {
  private typealias Run = CDEventsRuns

  static func service(_ verb: String, _ content: String = "", at minutes: Int = 6, chain: String? = "c", context: String = "e")
    -> String
  {
    let environment = #""environment":{"id":"prod"}"# + (content.isEmpty ? "" : "," + content)
    return CDEventsRuns.event("service.\(verb)", "shop", environment, at: minutes, chain: chain, context: context)
  }

  static let verbs: [(String, DeploymentRecord.Action)] = [
    ("deployed", .deploy), ("upgraded", .deploy), ("rolledback", .rollback), ("removed", .remove),
  ]

  @Test(arguments: verbs)
  func aServiceEventIsADeploymentThatSucceeded(verb: String, action: DeploymentRecord.Action) throws {
    let deployment = try #require(join(Self.service(verb, #""artifactId":"pkg:oci/shop@1.4.0""#)).deployments.first?.value)
    #expect(deployment.state == .succeeded)
    #expect(deployment.stateRaw == verb)
    #expect(deployment.action == action)
    #expect(deployment.service == "shop")
    #expect(deployment.environment.name == "prod")
    #expect(deployment.finishedAt == time("2026-03-02T10:06:00.5Z"))
    #expect(deployment.startedAt == nil)
    #expect(deployment.version?.name == "1.4.0")
    #expect(deployment.id == "e-\(verb)")
    #expect(deployment.promotion == .unknown)
    #expect(deployment.run == nil)
  }

  static let artifacts: [(String, String?, String?)] = [
    ("pkg:oci/shop@sha256%3A0b31b1c02ff458ad9b7b?tag=1.4.0", "1.4.0", "sha256:0b31b1c02ff458ad9b7b"),
    ("pkg:oci/shop@sha256%3A0b31b1c02ff458ad9b7b", "0b31b1c02ff4", "sha256:0b31b1c02ff458ad9b7b"),
    ("pkg:golang/git.example/acme/shop@v1.4.0", "v1.4.0", nil), ("pkg:npm/%40acme/shop@1.4.0-rc.1#dist", "1.4.0-rc.1", nil),
    ("pkg:oci/shop", nil, nil), ("pkg:oci/shop@", nil, nil), ("", nil, nil), ("?", nil, nil),
  ]

  @Test(arguments: artifacts)
  func theArtifactIsTheVersion(address: String, name: String?, digest: String?) throws {
    let version = try #require(join(Self.service("deployed", #""artifactId":"\#(address)""#)).deployments.first?.value).version
    #expect(version?.name == name)
    #expect(version?.digest == digest)
    #expect(version?.artifact == (name == nil ? nil : address))
  }

  @Test func oneIdentifierInTwoTypesIsTwoDeploymentsAndOneEventTwiceIsOne() {
    let text = [Self.service("deployed"), Self.service("rolledback"), Self.service("deployed")]
    let set = join(text.joined(separator: "\n"))
    #expect(set.deployments.map(\.value.id) == ["e-deployed", "e-rolledback"])
    #expect(set.account.records == Account.Tally(rendered: 2, skipped: 1))
  }

  @Test func aDeploymentIsOfTheOnlyRunOfItsChain() throws {
    let set = join([Self.service("deployed"), CDEventsRuns.life[1]].joined(separator: "\n"))
    #expect(set.deployments.isEmpty)
    #expect(try #require(set.run("r")).deployments.map(\.id) == ["e-deployed"])
    let other = CDEventsRuns.event("pipelinerun.started", "s")
    let two = join([Self.service("deployed"), CDEventsRuns.life[1], other].joined(separator: "\n"))
    #expect(two.deployments.count == 1)
    #expect(join([Self.service("deployed", chain: nil), CDEventsRuns.life[1]].joined(separator: "\n")).deployments.count == 1)
  }

  @Test func anEnvironmentHasItsNewestName() throws {
    let events = [
      CDEventsRuns.event("environment.created", "prod", #""name":"Live","uri":"https://shop.example""#, at: 1),
      CDEventsRuns.event("environment.modified", "prod", #""name":"Production","url":"https://shop.example""#, at: 2),
      CDEventsRuns.event("environment.created", "prod", #""name":"Other""#, at: 3, source: "/else"), Self.service("deployed"),
    ]
    for order in [events, events.reversed()] {
      let set = join(order.joined(separator: "\n"))
      let deployment = try #require(set.deployments.first?.value)
      #expect(deployment.environment == .init(name: "Production", url: "https://shop.example"))
      #expect(set.account.skipped.map(\.reason).contains("nothing among the records uses it"))
    }
  }

  @Test func anEventWithoutEnvironmentIsSkipped() {
    let set = join(CDEventsRuns.event("service.deployed", "shop"))
    #expect(set.account.skipped.map(\.reason) == ["it names no environment"])
  }

  // MARK: Approvals

  static func approval(_ verb: String, _ content: String, at minutes: Int, target: String = "https://deploy.example/shop/prod")
    -> String
  {
    let members = #""approvalDetailsUrl":"https://a.example/1","resourceTargetUrl":"\#(target)","# + content
    return CDEventsRuns.event("approval.\(verb)", "a1", members, at: minutes)
  }

  static let created = approval("created", #""requestor":"urn:user:alice""#, at: 3)
  static let updated = approval("updated", #""responder":"urn:user:bob","decision":"deferred""#, at: 4)
  static func closed(_ status: String, _ decision: String = "approved") -> String {
    approval("closed", #""responder":"urn:user:bob","decision":"\#(decision)","status":"\#(status)""#, at: 5)
  }

  static let states: [(String, Gate.State)] = [
    ("approved", .approved), ("rejected", .rejected), ("cancelled", .cancelled), ("expired", .expired), ("odd", .unknown),
    ("", .unknown),
  ]

  @Test(arguments: states)
  func anApprovalThatWasClosedIsWhatItsStatusSays(status: String, state: Gate.State) throws {
    let texts = [CDEventsRuns.life[1], Self.created, Self.updated, Self.closed(status)]
    for order in [texts, texts.reversed()] {
      let gate = try #require(join(order.joined(separator: "\n")).run("r")?.gates.first)
      #expect(gate.state == state)
      #expect(gate.kind == .human)
      #expect(gate.key == "a1")
      #expect(gate.requestedBy == "alice")
      #expect(gate.requestedAt == time("2026-03-02T10:03:00.5Z"))
      #expect(
        gate.decisions == [
          .init(by: "bob", at: time("2026-03-02T10:04:00.5Z"), decision: "deferred"),
          .init(by: "bob", at: time("2026-03-02T10:05:00.5Z"), decision: "approved"),
        ])
    }
  }

  @Test func aDecisionOnTheWayDoesNotCloseAnApproval() throws {
    let said = Self.approval("updated", #""responder":"urn:user:bob","decision":"approved""#, at: 4)
    let set = join([CDEventsRuns.life[1], Self.created, said].joined(separator: "\n"))
    let run = try #require(set.run("r"))
    #expect(run.gates.map(\.state) == [.waiting])
    #expect(run.state == .waiting)
    #expect(set.account.records == Account.Tally(rendered: 3))
    let closed = try #require(join([CDEventsRuns.life[1], said, Self.closed("approved")].joined(separator: "\n")).run("r"))
    #expect(closed.gates.first?.decisions == [.init(by: "bob", at: time("2026-03-02T10:04:00.5Z"), decision: "approved")])
    #expect(closed.state == .running)
  }

  @Test func anApprovedDeploymentWasPromotedByHandAndNobodySaysThatOthersWereNot() throws {
    let approved = [CDEventsRuns.life[1], Self.created, Self.closed("approved"), Self.service("deployed")]
    let run = try #require(join(approved.joined(separator: "\n")).run("r"))
    #expect(run.deployments.map(\.promotion) == [.manual])
    #expect(run.deployments.map(\.gate) == ["a1"])
    let rejected = [CDEventsRuns.life[1], Self.created, Self.closed("rejected"), Self.service("deployed")]
    #expect(try #require(join(rejected.joined(separator: "\n")).run("r")).deployments.map(\.promotion) == [.unknown])
    let none = [CDEventsRuns.life[1], Self.service("deployed")]
    #expect(try #require(join(none.joined(separator: "\n")).run("r")).deployments.map(\.promotion) == [.unknown])
  }

  @Test func theTargetOfAnApprovalNamesAnEnvironmentThatIsKnown() throws {
    let environment = CDEventsRuns.event("environment.created", "prod", #""name":"Production""#)
    let known = try #require(join([CDEventsRuns.life[1], Self.created, environment].joined(separator: "\n")).run("r"))
    #expect(known.gates.map(\.environment) == ["Production"])
    #expect(known.deployments.map(\.environment.name) == ["Production"])
    #expect(known.deployments.map(\.state) == [.waiting])
    // Nothing is called `prod` here, and an address is no name.
    let unknown = try #require(join([CDEventsRuns.life[1], Self.created].joined(separator: "\n")).run("r"))
    #expect(unknown.gates.map(\.environment) == [nil])
    #expect(unknown.deployments.isEmpty)
    // Where its run has deployed to is not where the approval is for.
    let elsewhere = Self.approval("created", #""requestor":"urn:user:alice""#, at: 3, target: "https://deploy.example/shop/dr")
    let other = try #require(
      join([CDEventsRuns.life[1], elsewhere, Self.service("deployed")].joined(separator: "\n")).run("r"))
    #expect(other.gates.map(\.environment) == [nil])
    #expect(other.deployments.map(\.gate) == [nil])
  }

  @Test func whatWaitsIsTheServiceAndVersionOfItsRun() throws {
    let environment = CDEventsRuns.event("environment.created", "prod", #""name":"Production""#)
    let staged = Self.service("deployed", #""artifactId":"pkg:oci/shop@1.4.0""#).replacing(
      #""environment":{"id":"prod"}"#, with: #""environment":{"id":"staging"}"#)
    let texts = [CDEventsRuns.life[1], staged, Self.created, environment]
    let waiting = try #require(join(texts.joined(separator: "\n")).run("r")?.deployment("Production"))
    #expect(waiting.service == "shop")
    #expect(waiting.version?.name == "1.4.0")
    #expect(waiting.inferred == ["service", "version"])
    // Of two services nothing tells which it is.
    let other = staged.replacing(#""id":"shop""#, with: #""id":"web""#)
    let open = try #require(join((texts + [other]).joined(separator: "\n")).run("r")?.deployment("Production"))
    #expect(open.service == nil && open.version == nil && open.inferred.isEmpty)
  }

  @Test func twoApprovalsOfOneRunAreTwoGates() throws {
    let other = Self.created.replacing(#""id":"a1""#, with: #""id":"a2""#)
    let run = try #require(join([CDEventsRuns.life[1], Self.created, other].joined(separator: "\n")).run("r"))
    #expect(run.gates.map(\.key) == ["a1", "a2"])
  }

  @Test func anApprovalWithoutARunIsSkipped() {
    #expect(
      join(Self.created).account.skipped.map(\.reason) == ["it names no run, and no run of its chain is among the records"])
  }

  // MARK: Incidents

  static func incident(_ verb: String, _ description: String, at minutes: Int) -> String {
    CDEventsRuns.event(
      "incident.\(verb)", "i1", #""description":"\#(description)","environment":{"id":"prod"},"service":{"id":"shop"}"#,
      at: minutes)
  }

  @Test func theEventsOfAnIncidentAreOneStoryInAnyOrder() throws {
    let events = [
      Self.incident("detected", "Slow", at: 1), Self.incident("reported", "A customer called", at: 2),
      Self.incident("resolved", "Fast", at: 9),
    ]
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
      let set = join(order.map { events[$0] }.joined(separator: "\n"))
      #expect(set.incidents.count == 1)
      let incident = try #require(set.incidents.first?.value)
      #expect(incident.id == "i1")
      #expect(incident.title == "Slow")
      #expect(incident.state == .resolved)
      #expect(incident.startedAt == time("2026-03-02T10:01:00.5Z"))
      #expect(incident.resolvedAt == time("2026-03-02T10:09:00.5Z"))
      #expect(incident.environment == "prod")
      #expect(incident.service == "shop")
      #expect(incident.updates.map(\.text) == [.text("Slow"), .text("A customer called"), .text("Fast")])
      #expect(incident.updates.map(\.state) == [.detected, .detected, .resolved])
      #expect(set.account.records == Account.Tally(rendered: 3))
    }
  }

  @Test func anIncidentIsInTheEnvironmentOfThatId() throws {
    let environment = CDEventsRuns.event("environment.created", "prod", #""name":"Production""#)
    let set = join([Self.incident("detected", "Slow", at: 1), environment].joined(separator: "\n"))
    #expect(set.incidents.map(\.value.environment) == ["Production"])
    #expect(set.account.records == Account.Tally(rendered: 2))
  }
}
