import Diagnostics
import Providers
import Records
import Testing

@Suite struct GitHubGraphQL {
  static func deployment(_ rest: String = #""state":"ACTIVE""#, id: Int = 7) -> String {
    #"{"id":"DE_kw","databaseId":\#(id),"environment":"Production","commitOid":"\#(sha)","createdAt":"2026-03-02T10:00:00Z","updatedAt":"2026-03-02T10:05:00Z","creator":{"__typename":"User","login":"ana"},"ref":{"name":"main"},\#(rest)}"#
  }
  static let sha = "0916a0afdfa825779c892a8951bde706a054d352"

  @Test(arguments: [
    ("ACTIVE", State.succeeded), ("INACTIVE", .succeeded), ("DESTROYED", .succeeded), ("ABANDONED", .cancelled),
    ("ERROR", .failed),
    ("FAILURE", .failed), ("IN_PROGRESS", .running), ("PENDING", .queued), ("QUEUED", .queued), ("WAITING", .waiting),
    ("SUCCESS", .succeeded), ("SLEEPING", .unknown),
  ])
  func aDeploymentWithoutItsStatusesHasItsOwnState(word: String, state: State) throws {
    let file = read(Self.deployment(#""state":"\#(word)","latestStatus":null"#))
    let set = joinRecords([file])
    let deployment = try #require(set.deployments.first?.value)
    #expect(deployment.state == state)
    #expect(deployment.stateRaw == word)
    #expect(file.diagnostics.map(\.message.id) == (state == .unknown ? ["unknown-provider-state"] : []))
  }

  @Test func theHistoryOutweighsTheStateOfNow() throws {
    let history =
      #""state":"INACTIVE","statuses":{"nodes":[{"state":"INACTIVE","createdAt":"2026-03-09T10:00:00Z"},{"state":"SUCCESS","createdAt":"2026-03-02T10:04:00Z","logUrl":"https://github.com/acme/shop/actions/runs/55/job/66","environmentUrl":"https://shop.example"},{"state":"IN_PROGRESS","createdAt":"2026-03-02T10:01:00Z"}]},"latestStatus":{"id":"DES_1","state":"INACTIVE","createdAt":"2026-03-09T10:00:00Z"}"#
    let set = join(Self.deployment(history))
    let deployment = try #require(set.deployments.first?.value)
    #expect(deployment.state == .succeeded)
    #expect(deployment.startedAt == time("2026-03-02T10:01:00Z"))
    #expect(deployment.finishedAt == time("2026-03-02T10:04:00Z"))
    #expect(deployment.environment.url == "https://shop.example")
    #expect(deployment.run == "55")
    #expect(deployment.actor == Actor(name: "ana", kind: .human))
    #expect(set.account.records == Account.Tally(rendered: 1))
  }

  @Test(arguments: [#""nodes":[#]"#, #""edges":[{"node":#},null,{"cursor":"x"}]"#])
  func anAnswerHasItsDeploymentsInsideARepository(connection: String) throws {
    let inner = connection.replacing("#", with: Self.deployment())
    let answers = [
      #"{"data":{"repository":{"nameWithOwner":"acme/shop","deployments":{\#(inner),"pageInfo":{"hasNextPage":false}}}}}"#,
      #"{"repository":{"nameWithOwner":"acme/shop","deployments":{\#(inner)}}}"#,
      #"{"data":{"organization":{"repositories":{"nodes":[{"nameWithOwner":"acme/shop","deployments":{\#(inner)}}]}}}}"#,
    ]
    for answer in answers {
      let set = join(answer)
      #expect(set.deployments.map(\.value.repository) == ["acme/shop"])
      #expect(set.account.records == Account.Tally(rendered: 1))
    }
  }

  @Test func bothInterfacesTellOfOneDeployment() throws {
    let rest =
      #"{"id":7,"sha":"\#(Self.sha)","environment":"Production","task":"deploy","production_environment":true,"created_at":"2026-03-02T10:00:00Z","updated_at":"2026-03-02T10:00:00Z","url":"https://api.github.com/repos/acme/shop/deployments/7"}"#
    for text in [rest + "\n" + Self.deployment(), Self.deployment() + "\n" + rest] {
      let set = join(text)
      let deployment = try #require(set.deployments.first?.value)
      #expect(set.deployments.count == 1)
      #expect(deployment.repository == "acme/shop")
      #expect(deployment.state == .succeeded)
      #expect(deployment.environment.tier == .production)
    }
  }

  @Test func anAnswerWithoutDeploymentsSaysSo() {
    let empty = join(#"{"data":{"repository":{"deployments":{"nodes":[]}}}}"#)
    #expect(empty.account.skipped.map(\.reason) == ["an answer without deployments"])
    let nameless = join(#"{"data":{"repository":{"deployments":{"nodes":[{"commitOid":"x","state":"ACTIVE"}]}}}}"#)
    #expect(nameless.account.skipped.map(\.reason) == ["a deployment without 'databaseId' or 'environment'"])
  }

  @Test(arguments: [#""databaseId":"""#, #""databaseId":" ""#, #""databaseId":[]"#])
  func withoutAnIDItIsSkipped(id: String) {
    let set = join(Self.deployment().replacing(#""databaseId":7"#, with: id))
    #expect(set.account.skipped.map(\.reason) == ["a deployment without 'databaseId' or 'environment'"])
  }
}
