/// What the tests over the samples know of a provider: a provider is a line here.
struct ProviderFacts: Sendable {
  let name: String
  /// The words that its payloads call a success, as they stand there.
  let green: Set<String>
  /// The members of its pages that list objects.
  var lists: [String] = []
  /// How many records a file holds whose name begins so, where it is not one for each object.
  var counts: [String: Int] = [:]

  static let all = [
    ProviderFacts(name: "bitbucket", green: ["SUCCESSFUL", "PASSED"]),
    ProviderFacts(
      name: "github", green: ["success", "neutral", "SUCCESS", "NEUTRAL", "ACTIVE"],
      lists: ["workflow_runs", "jobs", "workflows"],
      counts: ["webhook-deployment_review": 3, "webhook-deployment_status": 2]),
    ProviderFacts(name: "jenkins", green: ["SUCCESS", "UNSTABLE"], lists: ["allBuilds"]),
    ProviderFacts(name: "gitlab", green: ["success"]),
    ProviderFacts(name: "circleci", green: ["success", "succeeded"], lists: ["items"]),
    ProviderFacts(
      name: "azure-devops", green: ["succeeded", "partiallySucceeded", "succeededWithIssues"], lists: ["value"]),
    ProviderFacts(name: "cdevents", green: ["success", "deployed", "upgraded", "rolledback", "removed"]),
    // The history has no word: it keeps successes only.
    ProviderFacts(name: "argocd", green: ["Succeeded", "", "Healthy"]),
    ProviderFacts(name: "octopus", green: ["Success"]),
    ProviderFacts(name: "bamboo", green: ["Successful", "Success", "SUCCESS"]),
    ProviderFacts(name: "buildkite", green: ["passed", "PASSED"], lists: ["items"]),
    // PagerDuty, Opsgenie, Statuspage: nothing in them is a run.
    ProviderFacts(name: "incidents", green: []),
  ]
}
