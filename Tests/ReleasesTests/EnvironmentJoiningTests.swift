import Joining
import Records
import Releases
import Support
import Testing
import Time

/// record.md, rules 1 and 4: which names are one environment, and its tier.
struct EnvironmentJoiningTests {
  private func keys(_ story: Story) -> [String] { story.joined().catalog.environments.map(\.key) }

  private func deploy(
    _ story: inout Story, _ name: String, key: String? = nil, at finish: Int? = nil, tier: Tier? = nil, url: String? = nil,
    repository: String = "acme/shop"
  ) {
    story.deploy("1.0.0", to: name, at: finish) { run, deployment in
      run.repository = repository
      deployment.environment = .init(name: name, key: key, tier: tier, url: url)
    }
  }

  @Test
  func withoutAConfigurationTheLowerCasedNameIsTheKeyAndTheNewestSpellingTheName() {
    var story = Story(environments: [])
    deploy(&story, "Production", at: 10)
    deploy(&story, "PRODUCTION", at: 30)
    deploy(&story, "production", at: 20)
    let environments = story.joined().catalog.environments
    #expect(environments.map(\.key) == ["production"])
    #expect(environments.map(\.name) == ["PRODUCTION"])
  }

  @Test(arguments: ["production", "Production", "Live", "PROD-EU", "prod-", "1-live-2"])
  func theConfigurationKnowsItByKeyNameAndPattern(name: String) {
    var story = Story()
    story.configuration.environments[1].name = "Live"
    story.configuration.environments[1].match = ["prod-*", "*-LIVE-*"]
    deploy(&story, name)
    #expect(keys(story) == ["staging", "production"])
    #expect(story.view().deployments.count == 1)
    #expect(story.joined().catalog.environments.map(\.name) == ["staging", "Live"])
  }

  @Test
  func aKeyComesBeforeANameAndANameBeforeAPattern() {
    var story = Story(environments: ["a", "b", "c"])
    story.configuration.environments[0].match = ["*"]
    story.configuration.environments[1].name = "c"
    deploy(&story, "C")
    deploy(&story, "b")
    deploy(&story, "else")
    #expect(story.view("c").deployments.count == 1)
    #expect(story.view("b").deployments.count == 1)
    #expect(story.view("a").deployments.count == 1)
  }

  @Test
  func anEnvironmentThatNoConfigurationKnowsIsAddedBehind() {
    var story = Story()
    deploy(&story, "qa")
    deploy(&story, "dev")
    #expect(keys(story) == ["staging", "production", "dev", "qa"])
  }

  @Test
  func aProvidersIdWithTwoNamesIsOneEnvironmentUnderItsNewestName() {
    var story = Story(environments: [])
    deploy(&story, "Live", key: "17", at: 10)
    deploy(&story, "Production", key: "17", at: 20)
    deploy(&story, "live", at: 5)
    let environments = story.joined().catalog.environments
    #expect(environments.map(\.key) == ["production"])
    #expect(environments.map(\.name) == ["Production"])
    #expect(story.view().deployments.count == 3)
  }

  @Test
  func ofTwoNamesTheOneThatTheConfigurationKnowsIsIt() {
    var story = Story()
    deploy(&story, "production", key: "17", at: 10)
    deploy(&story, "shiny", key: "17", at: 20)
    #expect(keys(story) == ["staging", "production"])
    #expect(story.view().deployments.count == 2)
  }

  @Test
  func idsAreUniqueInTheirRepositoryAndUUIDsEverywhere() {
    var story = Story(environments: [])
    deploy(&story, "one", key: "17", at: 10)
    deploy(&story, "two", key: "17", at: 20, repository: "acme/other")
    #expect(keys(story) == ["one", "two"])
    var other = Story(environments: [])
    let uuid = "{8f14e45f-ceea-467f-a1d2-91ec2b5ed0a1}"
    deploy(&other, "one", key: uuid, at: 10)
    deploy(&other, "two", key: uuid, at: 20, repository: "acme/other")
    #expect(keys(other) == ["two"])
  }

  @Test
  func aReusedNameIsNotDraggedAlong() {
    var story = Story(environments: [])
    deploy(&story, "blue", key: "1", at: 10)
    deploy(&story, "green", key: "1", at: 20)
    deploy(&story, "blue", key: "2", at: 30)
    deploy(&story, "blue", at: 40)
    #expect(keys(story) == ["blue", "green"])
    #expect(story.view("blue").deployments.count == 2)
    #expect(story.view("green").deployments.count == 2)
  }

  @Test
  func anEmptyNameIsStillAPlace() {
    var story = Story(environments: [])
    deploy(&story, "")
    deploy(&story, "", key: "9")
    #expect(keys(story) == ["9", "unknown"])
  }

  @Test(arguments: [
    (Tier?.some(.test), Tier?.some(.staging), Tier.test), (nil, .staging, .staging), (nil, nil, .production),
  ])
  func theTierIsConfiguredElseTheProvidersElseTheNames(configured: Tier?, provider: Tier?, tier: Tier) {
    var story = Story(environments: ["production"])
    story.configuration.environments[0].tier = configured
    deploy(&story, "production", tier: provider)
    #expect(story.joined().catalog.environments.map(\.tier) == [tier])
  }

  @Test
  func theNewestRecordTellsTierAndAddress() {
    var story = Story(environments: [])
    deploy(&story, "blue", at: 30, tier: .production, url: "https://new.example.com/")
    deploy(&story, "blue", at: 20, tier: .test, url: "https://old.example.com/")
    deploy(&story, "Blue", at: 40)
    let environment = story.joined().catalog.environments.first
    #expect(environment?.tier == .production)
    #expect(environment?.url == "https://new.example.com/")
    story.configuration.environments = [Configuration.Environment(key: "blue")]
    story.configuration.environments[0].url = "https://own.example.com/"
    #expect(story.joined().catalog.environments.first?.url == "https://own.example.com/")
  }

  @Test(arguments: [
    ("production", Tier.production), ("Prod", .production), ("eu-prod-2", .production), ("live", .production),
    ("liveEU", .production),
    ("prod2", .production), ("preproduction", .staging), ("pre-production", .staging), ("non-prod", .staging),
    ("preprod", .staging),
    ("staging", .staging), ("stg_1", .staging), ("productionish", .other), ("reproduction", .other), ("delivery", .other),
    ("qa", .test), ("uat-eu", .test), ("integration", .test), ("dev", .development), ("review/123-fix", .development),
    ("test-prod", .test), ("blue", .other), ("", .other), ("PRODUCTION", .production), ("acme.prod.eu", .production),
    ("démo", .other), ("prodüction", .other),
  ])
  func aNameTellsItsTierByWholeWords(name: String, tier: Tier) { #expect(Tier(name: name) == tier) }
}

/// record.md, Run, `service`; rules.md: everything is per service.
struct ServiceJoiningTests {
  private func keys(_ story: Story) -> [String] { story.joined().catalog.services.map(\.key) }

  private func story(
    _ service: String?, _ repository: String?, services: [Configuration.Service] = []
  ) -> Story {
    var story = Story()
    story.configuration.services = services
    story.deploy("1.0.0") { run, _ in
      run.service = service
      run.repository = repository
    }
    return story
  }

  @Test(arguments: [
    ("shop", "acme/other", "shop"), (String?.none, String?.some("acme/checkout"), "checkout"),
    ("", "acme/checkout", "checkout"),
    (nil, "https://git.example.com/acme/checkout.git/", "checkout"), (nil, "git@git.example.com:checkout.git", "checkout"),
    (nil, nil, "main"), (nil, "", "main"), (nil, "///", "main"), (nil, ".git", "main"),
  ])
  func theServiceIsNamedElseTheLastPartOfTheRepositoryElseMain(service: String?, repository: String?, key: String) {
    #expect(keys(story(service, repository)) == [key])
  }

  @Test(arguments: [
    ("SHOP", String?.none, "shop"), (String?.none, String?.some("acme/checkout"), "shop"), ("Front", nil, "web"),
    ("web-2", nil, "web"),
    (nil, "acme/WEB-app", "web"), (nil, "acme/else", "else"),
  ])
  func theConfigurationKnowsItByKeyNameAndPattern(service: String?, repository: String?, key: String) {
    var web = Configuration.Service(key: "web")
    web.name = "Front"
    web.match = ["web-*", "*/web-*"]
    var shop = Configuration.Service(key: "shop")
    shop.match = ["acme/checkout"]
    let catalog = story(service, repository, services: [web, shop]).joined().catalog
    let home = catalog.services.first { !$0.runs.isEmpty }
    #expect(home?.key == key)
    #expect(home?.deployments.count == 1)
    #expect(catalog.services.map(\.key).prefix(2) == ["web", "shop"])
    #expect(catalog.services.map(\.name).prefix(2) == ["Front", "shop"])
  }

  @Test
  func othersStandBehindThoseOfTheConfigurationByKey() {
    var story = Story()
    story.configuration.services = [Configuration.Service(key: "z"), Configuration.Service(key: "y")]
    for service in ["b", "y", "a"] { story.deploy("1.0.0", service: service) }
    #expect(keys(story) == ["z", "y", "a", "b"])
  }

  @Test
  func aRunOfSeveralServicesHasAPageWithEach() {
    var story = Story()
    var run = RunJoiningTests.run("7", finished: 9)
    run.service = "mono"
    run.deployments = ["api", "", "web"].map { service in
      var deployment = RunJoiningTests.deployment("production", .succeeded)
      deployment.service = service
      return deployment
    }
    story.add(run)
    for service in ["api", "mono", "web"] {
      let view = story.view(service: service)
      #expect(view.service.key == service)
      #expect(view.service.runs.map(\.record.id) == ["7"])
      #expect(view.deployments.map(\.run) == [0])
    }
  }

  @Test
  func aRunWithoutDeploymentsIsNotLost() {
    var story = Story()
    var run = RunRecord(id: "7", state: .failed)
    run.repository = "acme/api"
    story.add(run)
    #expect(keys(story) == ["api"])
    #expect(story.joined().catalog.services[0].runs.count == 1)
  }
}
