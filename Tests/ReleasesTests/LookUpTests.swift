import Support
import Testing

@testable import Records
@testable import Releases

/// What came before, what a name means and what became of a deployment: found by key.
@Suite struct LookUpTests {
  @Test func whatFailedStaysOnTheSuccessBeforeIt() {
    var story = Story()
    story.deploy("1.0.0", to: "staging")
    story.deploy("1.0.0")
    story.deploy("1.1.0", .failed)
    story.deploy("1.1.0")
    story.deploy("1.2.0", .cancelled)
    let service = story.joined().catalog.services[0]
    #expect(service.deployments.indices.map(service.liveBefore) == [nil, nil, 1, 1, 3])
    #expect(service.deployments.indices.map(service.successBefore) == [nil, nil, 1, 1, 3])
  }

  @Test func nothingIsLiveBehindARemoval() {
    var story = Story()
    story.deploy("1.0.0")
    story.deploy("1.0.0") { _, deployment in deployment.action = .remove }
    story.deploy("1.1.0", .failed)
    let service = story.joined().catalog.services[0]
    #expect(service.liveBefore(2) == nil)
    #expect(service.successBefore(2) == 1)
  }

  @Test func aTargetStaysOnWhatReachedItOrAll() {
    var deployments: [Deployment] = []
    let told: [(target: String?, state: State)] = [
      (nil, .succeeded), ("a", .succeeded), ("b", .failed), ("a", .failed), (nil, .failed), ("b", .succeeded), ("a", .failed),
      (nil, .succeeded), ("a", .failed),
    ]
    for (number, (target, state)) in told.enumerated() {
      var deployment = Deployment(id: String(number), environment: 0, version: String(number), state: state)
      deployment.target = target
      deployments.append(deployment)
    }
    let preceding = Preceding(deployments)
    let failed = deployments.indices.filter { deployments[$0].state == .failed }
    #expect(failed.map { preceding.live[$0] } == [0, 1, 1, 1, 7])
    #expect(failed.map { preceding.success[$0] } == [1, 1, 1, 5, 7])
  }

  @Test(arguments: [("shop", 0), ("Shop", 0), ("SHOP", 1), ("sHOP", 0), ("The shop", 0), ("store", 0), ("nobody", nil)])
  func aServiceGoesByItsKeyItsNameOrAnotherNameOfIt(name: String, found: Int?) {
    var story = Story()
    var shop = Configuration.Service(key: "shop")
    shop.name = "Shop"
    shop.match = ["store", "The shop"]
    story.configuration.services = [shop, Configuration.Service(key: "SHOP")]
    story.deploy("1.0.0")
    story.deploy("1.0.0", service: "SHOP")
    #expect(story.joined().catalog.service(named: name) == found)
  }

  @Test func anEnvironmentGoesByItsNameInAnyLetters() {
    var story = Story()
    story.configuration.environments[1].name = "Live"
    story.deploy("1.0.0")
    let catalog = story.joined().catalog
    #expect(["production", "LIVE", "Staging", "nowhere"].map(catalog.environment) == [1, 1, 0, nil])
  }

  @Test func tellsWhatBecameOfADeployment() {
    var story = Story()
    story.deploy("1.0.0", at: 10)
    story.deploy("1.1.0", .failed, at: 20)
    story.deploy("1.1.0", at: 30)
    let catalog = story.joined().catalog
    #expect(catalog.fate(ofDeployment: 0, of: 0) == .left(at: minute(30), replacedBy: "1.1.0"))
    #expect(catalog.fate(ofDeployment: 1, of: 0) == nil)
    #expect(catalog.fate(ofDeployment: 2, of: 0) == .live)
  }

  @Test func findsTheEntryOfADeployment() {
    var story = Story()
    story.deploy("1.0.0")
    story.deploy("1.1.0", .failed)
    story.deploy("1.1.0")
    let changelog = story.view().history.changelog
    #expect([0, 1, 2].map { changelog.entry(of: $0)?.to } == ["1.0.0", nil, "1.1.0"])
    #expect(changelog.entry(withTargetOf: 2) == nil)
  }

  @Test func findsWhatARunDidBeforeInTheSamePlace() {
    var story = Story()
    for attempt in 1...3 {
      story.deploy("1.0.0", attempt < 3 ? .failed : .succeeded, run: 7, at: attempt * 10) { run, deployment in
        run.attempt = attempt
        deployment.attempt = attempt
      }
    }
    story.deploy("1.0.0", to: "staging", run: 8, at: 40)
    let service = story.joined().catalog.services[0]
    #expect(service.deployments.indices.map(service.earlierAttempts) == [[], [0], [1, 0], []])
  }

  @Test func aRollbackEndsTheStayOfWhatItReplaced() {
    var story = Story()
    story.deploy("1.0.0", at: 10)
    story.deploy("1.1.0", at: 20)
    story.deploy("1.0.0", at: 50)
    let service = story.joined().catalog.services[0]
    #expect(service.stay(endedBy: service.deployments[2], at: minute(50)) == 1_800.0)
    #expect(service.stay(endedBy: service.deployments[2], at: minute(19)) == nil)
    #expect(service.stay(endedBy: service.deployments[0], at: minute(50)) == nil)
  }

  @Test func listsWhatHappenedLastOfAllServices() {
    var story = Story()
    story.deploy("1.0.0", at: 10, service: "a")
    story.deploy("2.0.0", .failed, at: 30, service: "b")
    story.deploy("1.1.0", .waiting, at: 40, service: "a") { run, _ in
      var gate = GateTests.gate("p", .waiting, environment: "production")
      gate.requestedAt = minute(20)
      run.gates = [gate]
    }
    let catalog = story.joined().catalog
    let latest = catalog.latestActivity(2)
    #expect(latest.map { catalog.services[$0.service].key } == ["b", "a"])
    #expect(latest.map { $0.waiting == nil } == [true, false])
    #expect(catalog.latestEntries(5, in: [0, 1]).map(\.entry.to) == ["1.0.0"])
  }
}
