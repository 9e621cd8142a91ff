import Diagnostics
import Providers
import Records
import Testing
import Time

/// Small payloads of Azure DevOps: a build that was on staging and asks for an approval before production.
enum AzurePayload {
  static let sha = "0123456789abcdef0123456789abcdef01234567"

  static func build(_ status: String, _ result: String = "null", _ rest: String = "") -> String {
    #"{"id":7,"buildNumber":"20260302.1","status":\#(status),"result":\#(result),"queueTime":"2026-03-02T10:00:00.1234567Z","startTime":"2026-03-02T10:00:05Z","finishTime":"2026-03-02T10:30:00Z","lastChangedDate":"2026-03-02T10:30:01Z","reason":"individualCI","sourceBranch":"refs/heads/main","sourceVersion":"\#(sha)","definition":{"id":1,"name":"deploy"},"project":{"id":"p","name":"Shop"},"repository":{"id":"r","type":"TfsGit","name":"web"},"url":"https://dev.azure.com/acme/p/_apis/build/Builds/7"\#(rest)}"#
  }

  static func record(
    _ id: String, in parent: String?, _ type: String, _ name: String, _ state: String, _ result: String = "null",
    order: Int = 1,
    _ rest: String = ""
  ) -> String {
    let parent = parent.map { "\"\($0)\"" } ?? "null"
    return
      #"{"id":"\#(id)","parentId":\#(parent),"type":"\#(type)","name":"\#(name)","state":\#(state),"result":\#(result),"order":\#(order),"identifier":"\#(name)","attempt":1,"changeId":1,"startTime":"2026-03-02T10:10:00Z","finishTime":"2026-03-02T10:20:00Z"\#(rest)}"#
  }

  static func timeline(_ records: [String], build: Int = 7) -> String {
    #"{"records":[\#(records.joined(separator: ","))],"changeId":9,"lastChangedOn":"2026-03-02T10:30:01Z","id":"t","url":"https://dev.azure.com/acme/p/_apis/build/Builds/\#(build)/Timeline/t"}"#
  }

  static func approval(_ status: String, _ steps: String = "", build: Int? = 7, id: String = "gate") -> String {
    let owner = build.map { #","pipeline":{"owner":{"id":\#($0)},"id":"1","name":"deploy"}"# } ?? ""
    return
      #"{"id":"\#(id)","steps":[\#(steps)],"status":"\#(status)","createdOn":"2026-03-02T10:20:01Z","lastModifiedOn":"2026-03-02T11:00:00Z","executionOrder":"anyOrder","minRequiredApprovers":1\#(owner)}"#
  }

  static let approved =
    #"{"assignedApprover":{"displayName":"Leads"},"actualApprover":{"displayName":"Ana"},"status":"approved","comment":"ok","initiatedOn":"2026-03-02T10:20:01Z","lastModifiedOn":"2026-03-02T11:00:00Z"}"#

  static func releaseApproval(_ status: String, isAutomated: Bool, _ type: String = "preDeploy", id: Int = 1) -> String {
    let by = isAutomated ? "" : #","approver":{"displayName":"Leads"},"approvedBy":{"displayName":"Ana"}"#
    return
      #"{"id":\#(id),"approvalType":"\#(type)","status":\#(status),"isAutomated":\#(isAutomated),"createdOn":"2026-03-02T10:00:10Z","modifiedOn":"2026-03-02T10:10:00Z","comments":"","attempt":1,"rank":1,"release":{"id":5,"name":"Release-5","url":"https://vsrm.dev.azure.com/acme/Shop/_apis/Release/releases/5"},"releaseDefinition":{"id":1,"name":"Shop.CD"},"releaseEnvironment":{"id":51,"name":"PROD"}\#(by)}"#
  }

  static func deployment(
    _ status: String, _ operation: String = "\"Approved\"", reason: String = "\"automated\"", before: String = "",
    after: String = "",
    id: Int = 9, environment: String = "PROD", _ rest: String = ""
  ) -> String {
    #"{"id":\#(id),"release":{"id":5,"name":"Release-5","url":"https://vsrm.dev.azure.com/acme/Shop/_apis/Release/releases/5","artifacts":[]},"releaseDefinition":{"id":1,"name":"Shop.CD"},"releaseEnvironment":{"id":51,"name":"\#(environment)"},"attempt":1,"reason":\#(reason),"deploymentStatus":\#(status),"operationStatus":\#(operation),"queuedOn":"0001-01-01T00:00:00","startedOn":"2026-03-02T10:00:09Z","lastModifiedOn":"2026-03-02T10:15:00Z","preDeployApprovals":[\#(before)],"postDeployApprovals":[\#(after)]\#(rest)}"#
  }

  /// For the tests that swap values.
}

@Suite struct AzureDevOpsNumbers {
  @Test(arguments: [("3", 3), ("-1", nil)])
  func aNumberBelowNothingIsNone(id: String, number: Int?) throws {
    let run =
      #"{"id":\#(id),"state":4,"result":1,"createdDate":"2026-03-02T10:00:00Z","pipeline":{"id":1,"name":"x"},"name":"n"}"#
    #expect(try #require(join(run).run(id)).number == number)
  }
}

@Suite struct AzureDevOpsStates {
  static let builds: [(String, String, State, String?)] = [
    ("\"notStarted\"", "null", .queued, "notStarted"), ("\"postponed\"", "null", .queued, "postponed"),
    ("\"inProgress\"", "null", .running, "inProgress"), ("\"cancelling\"", "null", .running, "cancelling"),
    ("\"abandoned\"", "null", .cancelled, "abandoned"), ("\"completed\"", "\"succeeded\"", .succeeded, "succeeded"),
    ("\"completed\"", "\"partiallySucceeded\"", .succeeded, "partiallySucceeded"),
    ("\"completed\"", "\"failed\"", .failed, "failed"),
    ("\"completed\"", "\"canceled\"", .cancelled, "canceled"), ("\"completed\"", "null", .unknown, "completed"),
    ("\"completed\"", "\"none\"", .unknown, "completed"), ("\"completed\"", "\"fine\"", .unknown, "fine"),
    ("\"Completed\"", "\"Succeeded\"", .succeeded, "Succeeded"), ("\"inProgress\"", "\"succeeded\"", .running, "inProgress"),
    ("\"new\"", "\"succeeded\"", .unknown, "new"), ("null", "\"succeeded\"", .unknown, nil),
    ("32", "null", .queued, "notStarted"),
    ("8", "null", .queued, "postponed"), ("1", "0", .running, "inProgress"), ("4", "null", .running, "cancelling"),
    ("2", "2", .succeeded, "succeeded"), ("2", "4", .succeeded, "partiallySucceeded"), ("2", "8", .failed, "failed"),
    ("2", "32", .cancelled, "canceled"), ("2", "0", .unknown, "completed"), ("2", "3", .unknown, "3"),
    ("77", "2", .unknown, "77"),
  ]

  @Test(arguments: builds)
  func aBuild(status: String, result: String, expected: State, raw: String?) throws {
    let run = try #require(join(AzurePayload.build(status, result)).run("7"))
    #expect(run.state == expected)
    #expect(run.stateRaw == raw)
    #expect(run.warning == (raw == "partiallySucceeded"))
    #expect((run.finishedAt != nil) == expected.isTerminal)
    #expect((run.startedAt != nil) == (expected != .queued))
  }

  static let runs: [(String, String, State)] = [
    ("1", "null", .running), ("2", "null", .running), ("4", "1", .succeeded), ("4", "2", .failed), ("4", "4", .cancelled),
    ("4", "0", .unknown), ("0", "null", .unknown), ("\"inProgress\"", "null", .running), ("\"canceling\"", "null", .running),
    ("\"completed\"", "\"succeeded\"", .succeeded), ("\"completed\"", "\"unknown\"", .unknown),
  ]

  @Test(arguments: runs)
  func aRun(state: String, result: String, expected: State) throws {
    let set = join(
      #"{"id":3,"state":\#(state),"result":\#(result),"createdDate":"2026-03-02T10:00:00Z","finishedDate":"2026-03-02T10:05:00Z","pipeline":{"id":1,"name":"deploy"},"name":"20260302.1","resources":{"repositories":{"self":{"refName":"refs/tags/v1","version":"\#(AzurePayload.sha)","repository":{"fullName":"acme/web"}}}},"templateParameters":{"env":"x"}}"#
    )
    let run = try #require(set.run("3"))
    #expect(run.state == expected)
    #expect(run.ref == Ref(name: "v1", type: .tag))
    #expect(run.repository == "acme/web" && run.pipeline == "deploy" && run.title == "20260302.1")
    #expect(run.commit?.sha == AzurePayload.sha)
  }

  static let records: [(String, String, State, Bool)] = [
    ("\"pending\"", "null", .queued, false), ("\"inProgress\"", "null", .running, false),
    ("\"completed\"", "\"succeeded\"", .succeeded, false), ("\"completed\"", "\"succeededWithIssues\"", .succeeded, true),
    ("\"completed\"", "\"failed\"", .failed, false), ("\"completed\"", "\"canceled\"", .cancelled, false),
    ("\"completed\"", "\"skipped\"", .skipped, false), ("\"completed\"", "\"abandoned\"", .cancelled, false),
    ("\"completed\"", "\"manuallyQueued\"", .waiting, false), ("\"completed\"", "\"dependentOnManualQueue\"", .waiting, false),
    ("\"completed\"", "null", .unknown, false), ("0", "null", .queued, false), ("1", "null", .running, false),
    ("2", "0", .succeeded, false), ("2", "1", .succeeded, true), ("2", "2", .failed, false), ("2", "3", .cancelled, false),
    ("2", "4", .skipped, false), ("2", "5", .cancelled, false), ("2", "9", .unknown, false),
  ]

  @Test(arguments: records)
  func aRecordOfATimeline(state: String, result: String, expected: State, warning: Bool) throws {
    let record = AzurePayload.record("j", in: nil, "Job", "job", state, result)
    let run = try #require(join(AzurePayload.build("1") + "\n" + AzurePayload.timeline([record])).run("7"))
    let step = try #require(run.step("7/j"))
    #expect(step.state == expected)
    #expect(step.warning == warning)
    #expect((step.startedAt != nil) == (expected == .running || (expected.isTerminal && expected != .skipped)))
  }

  static let deployments: [(String, String, State, String)] = [
    ("\"notDeployed\"", "\"undefined\"", .queued, "notDeployed"),
    ("\"inProgress\"", "\"phaseInProgress\"", .running, "inProgress"),
    ("\"succeeded\"", "\"Approved\"", .succeeded, "succeeded"),
    ("\"succeeded\"", "\"phaseSucceeded\"", .succeeded, "succeeded"),
    ("\"partiallySucceeded\"", "\"phasePartiallySucceeded\"", .succeeded, "partiallySucceeded"),
    ("\"failed\"", "\"undefined\"", .failed, "failed"), ("\"notDeployed\"", "\"pending\"", .waiting, "pending"),
    ("\"inProgress\"", "\"manualInterventionPending\"", .waiting, "manualInterventionPending"),
    ("\"inProgress\"", "\"evaluatingGates\"", .waiting, "evaluatingGates"),
    ("\"notDeployed\"", "\"deferred\"", .waiting, "deferred"),
    ("\"notDeployed\"", "\"queued\"", .queued, "queued"), ("\"notDeployed\"", "\"QueuedForAgent\"", .queued, "QueuedForAgent"),
    ("\"notDeployed\"", "\"queuedForPipeline\"", .queued, "queuedForPipeline"),
    ("\"notDeployed\"", "\"scheduled\"", .queued, "scheduled"), ("\"notDeployed\"", "\"Rejected\"", .cancelled, "Rejected"),
    ("\"failed\"", "\"gateFailed\"", .failed, "gateFailed"), ("\"notDeployed\"", "\"PhaseFailed\"", .failed, "PhaseFailed"),
    ("\"failed\"", "\"canceled\"", .cancelled, "canceled"), ("\"failed\"", "\"phaseCanceled\"", .cancelled, "phaseCanceled"),
    // Never green against what the operation says.
    ("\"succeeded\"", "\"pending\"", .waiting, "pending"), ("\"succeeded\"", "\"rejected\"", .failed, "rejected"),
    ("\"undefined\"", "\"approved\"", .unknown, "undefined"), ("\"great\"", "\"approved\"", .unknown, "great"),
    ("4", "8", .succeeded, "succeeded"), ("16", "1024", .failed, "phaseFailed"), ("1", "4", .waiting, "pending"),
    ("2", "128", .running, "inProgress"), ("3", "8", .unknown, "3"),
  ]

  @Test(arguments: deployments)
  func aClassicDeployment(status: String, operation: String, expected: State, raw: String) throws {
    let run = try #require(join(AzurePayload.deployment(status, operation)).run("release-5"))
    let deployment = try #require(run.deployment("PROD"))
    #expect(deployment.state == expected)
    #expect(deployment.stateRaw == raw)
    #expect(run.state == expected)
    #expect(run.warning == (raw == "partiallySucceeded"))
    #expect((deployment.finishedAt == time("2026-03-02T10:15:00Z")) == expected.isTerminal)
  }

  static let refusal =
    #"{"id":1,"approver":{"displayName":"Vera"},"approvedBy":{"displayName":"Vera"},"status":"rejected","isAutomated":false,"createdOn":"2026-03-02T10:00:00Z","modifiedOn":"2026-03-02T10:05:00Z"}"#

  @Test(arguments: [
    ("\"notDeployed\"", "\"Rejected\"", refusal), ("\"failed\"", "\"Rejected\"", refusal), ("1", "16", refusal),
    ("\"notDeployed\"", "\"rejected\"", ""), ("\"notDeployed\"", "\"gateFailed\"", ""), ("\"notDeployed\"", "\"canceled\"", ""),
  ])
  func whatWasHeldUpBeforeItBeganDeployedNothing(status: String, operation: String, before: String) throws {
    let run = try #require(join(AzurePayload.deployment(status, operation, before: before)).run("release-5"))
    let deployment = try #require(run.deployment("PROD"))
    #expect(deployment.state == .cancelled && deployment.startedAt == nil)
    #expect(run.steps.map(\.startedAt) == [nil])
    #expect(run.gates.map(\.state) == (before.isEmpty ? [] : [.rejected]))
  }

  static let reasons: [(String, Trigger?)] = [
    ("\"manual\"", Trigger(type: .manual, raw: "manual")), ("\"userCreated\"", Trigger(type: .manual, raw: "userCreated")),
    ("\"individualCI\"", Trigger(type: .push, raw: "individualCI")), ("\"batchedCI\"", Trigger(type: .push, raw: "batchedCI")),
    ("\"schedule\"", Trigger(type: .schedule, raw: "schedule")),
    ("\"scheduleForced\"", Trigger(type: .schedule, raw: "scheduleForced")),
    ("\"pullRequest\"", Trigger(type: .pullRequest, raw: "pullRequest")),
    ("\"buildCompletion\"", Trigger(type: .upstream, raw: "buildCompletion")),
    ("\"resourceTrigger\"", Trigger(type: .upstream, raw: "resourceTrigger")),
    ("\"other\"", Trigger(type: .unknown, raw: "other")),
    ("\"none\"", nil), ("0", nil), ("1", Trigger(type: .manual, raw: "manual")),
    ("256", Trigger(type: .pullRequest, raw: "pullRequest")),
  ]

  @Test(arguments: reasons)
  func aReason(reason: String, expected: Trigger?) throws {
    let text = AzurePayload.build("1").replacing(#""reason":"individualCI""#, with: #""reason":\#(reason)"#)
    #expect(try #require(join(text).run("7")).trigger == expected)
  }

  @Test func aPushOfATagIsOne() throws {
    let text = AzurePayload.build("1").replacing("refs/heads/main", with: "refs/tags/v2")
    #expect(try #require(join(text).run("7")).trigger?.type == .tag)
  }

  static let places: [(String, String?)] = [
    (#""repository":{"id":"acme/web","type":"GitHub"}"#, "acme/web"),
    (#""repository":{"id":"x","name":"acme/web"}"#, "acme/web"),
    (#""repository":{"id":"x","name":"web"}"#, "Shop/web"), (#""repository":{"id":"x"}"#, "acme/Shop"),
    (#""repository":null"#, "acme/Shop"),
    (#""repository":{"id":"https://host/x.git"}"#, "acme/Shop"),
  ]

  @Test(arguments: places)
  func theRepositoryOfABuild(repository: String, expected: String?) throws {
    let text = AzurePayload.build("1").replacing(#""repository":{"id":"r","type":"TfsGit","name":"web"}"#, with: repository)
    #expect(try #require(join(text).run("7")).repository == expected)
  }

  static let addresses: [(String, String?)] = [
    ("https://vsrm.dev.azure.com/acme/Shop/_apis/Release/releases/5", "acme/Shop"),
    ("https://acme.vsrm.visualstudio.com/Shop/_apis/Release/releases/5", "acme/Shop"),
    ("https://vsrm.dev.azure.com/acme/d07908bc-118f-47d2-8a13-ff75601a6b1a/_apis/Release/releases/5", nil),
    ("https://vsrm.dev.azure.com/_apis/x", nil), ("://", nil), ("x", nil),
  ]

  @Test(arguments: addresses)
  func theProjectOfAnAddress(url: String, expected: String?) throws {
    let text = AzurePayload.deployment("\"succeeded\"")
      .replacing("https://vsrm.dev.azure.com/acme/Shop/_apis/Release/releases/5", with: url)
    #expect(try #require(join(text).run("release-5")).repository == expected)
  }

  static let messages: [(String, String?)] = [
    (#""ci.message":"Mend the cart\r\n\r\nmore""#, "Mend the cart"), (#""pr.title":"Add it","pr.number":"4""#, "Add it"),
    ("", "20260302.1"),
  ]

  @Test(arguments: messages)
  func theTitleOfABuild(info: String, expected: String?) throws {
    #expect(try #require(join(AzurePayload.build("1", "null", #","triggerInfo":{\#(info)}"#)).run("7")).title == expected)
  }
}
