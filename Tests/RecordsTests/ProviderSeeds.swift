/// Payloads of those providers whose tests have no list of their own, for the swapping of values.
enum ProviderSeeds {
  static let all = jenkins + buildkite + cdevents + argocd + octopus + bamboo

  private static let jenkins = [
    JenkinsBuilds.build("shop/main", 5, #""result":"SUCCESS","duration":100000,"actions":[\#(JenkinsBuilds.data("main"))]"#),
    JenkinsBuilds.build("shop/main", 6, JenkinsBuilds.caused("UserIdCause", "Ana", #","userId":"ana""#)), JenkinsStages.whole,
    JenkinsStages.stage("9", "Deploy", #""PAUSED_PENDING_INPUT""#, paused: 5),
    #"{"id":"Proceed","proceedUrl":"/job/shop/job/main/5/wfapi/inputSubmit"}"#,
    #"{"_class":"J","name":"main","url":"https://ci.example/job/main/","builds":[{"number":2,"building":false,"result":"SUCCESS","timestamp":1}]}"#,
  ]

  private static let buildkite = [
    BuildkiteBuilds.build(
      #""passed""#, #""blocked":true,"meta_data":{"V":"2"}"#,
      jobs: [BuildkiteGates.test, BuildkiteGates.manual("blocked"), BuildkiteGates.deploy]),
    BuildkiteGates.manual("unblocked", BuildkiteGates.unblocked), #"{"data":{"build":\#(BuildkiteGates.node)}}"#,
    #"{"event":"job.finished","job":\#(BuildkiteGates.test),"build":\#(BuildkiteBuilds.build(#""running""#)),"sender":{}}"#,
  ]

  private static let cdevents =
    CDEventsRuns.life + [
      CDEventsDeployments.service("deployed", #""artifactId":"pkg:oci/shop@sha256%3A0b31?tag=1.4.0""#),
      CDEventsDeployments.service("rolledback"), CDEventsDeployments.created, CDEventsDeployments.updated,
      CDEventsDeployments.closed("approved"), CDEventsDeployments.incident("detected", "Slow", at: 1),
      CDEventsDeployments.incident("resolved", "Fast", at: 2),
      CDEventsRuns.event("environment.created", "prod", #""name":"Live""#),
      CDEventsRuns.event("taskrun.finished", "t", #""pipelineRun":{"id":"r"},"outcome":"success""#),
      #"{"specversion":"1.0","type":"dev.cdevents.pipelinerun.finished.0.3.0","data":\#(CDEventsRuns.life[2])}"#,
    ]

  private static let argocd = [
    ArgoCDApplications.application(ArgoCDWaiting.past + "," + ArgoCDWaiting.outOfSync + #","health":{"status":"Healthy"}"#),
    ArgoCDApplications.application(ArgoCDWaiting.past + "," + ArgoCDApplications.operation("Running", 30)),
    #"{"result":{"type":"MODIFIED","application":\#(ArgoCDApplications.application(ArgoCDApplications.operation("Succeeded", 40)))}}"#,
  ]

  private static let octopus = [
    OctopusDeployments.deployment, OctopusDeployments.environment, OctopusDeployments.release, OctopusDeployments.project,
    OctopusDeployments.task(#""Executing""#, #""HasPendingInterruptions":true"#),
    OctopusDeployments.interruption(false, #""Proceed""#),
  ]

  private static let bamboo = [
    BambooPlans.result(#""Finished""#, #""Successful""#, #""buildReason":"Manual run by <a>ana</a>""#),
    BambooDeployments.deployment(1, "Finished", "Success"), BambooDeployments.deployment(2, "Finished", "Success", at: 9),
    BambooDeployments.project,
  ]
}
