import Diagnostics
import Records
import Releases
import Support
import Testing
import Time

import struct Support.Story

/// record.md, Deployment: a missing state is that of the named step, else of the run; and it is told like any other (rule 5).
@Suite struct InheritedEndTests {
  private func run(_ state: State, _ deployments: [DeploymentRecord], steps: [Step] = [], at finish: Int? = 20) -> RunRecord {
    var run = RunRecord(id: "7", state: state)
    (run.service, run.version) = ("shop", VersionLabel(name: "1.0.0"))
    (run.startedAt, run.finishedAt) = (minute(1), state.isTerminal ? finish.map(minute) : nil)
    (run.steps, run.deployments) = (steps, deployments)
    return run
  }

  private func deployment(_ state: State?, id: String? = nil, step: String? = nil) -> DeploymentRecord {
    var deployment = DeploymentRecord(environment: .init(name: "production"))
    (deployment.state, deployment.id, deployment.step, deployment.service) = (state, id, step, "shop")
    return deployment
  }

  private func alone(_ state: State?, finished: Int? = nil) -> DeploymentRecord {
    var deployment = deployment(state, id: "d")
    (deployment.run, deployment.startedAt, deployment.finishedAt) = ("7", minute(5), finished.map(minute))
    return deployment
  }

  @Test(arguments: [State.running, .queued, .waiting, .unknown])
  func theEndOfARunOutweighsWhatAnAnswerSaysOfTheWayThere(state: State) {
    for isNested in [false, true] {
      var story = Story(environments: ["production"])
      story.add(run(.succeeded, [deployment(nil)]))
      if isNested {
        story.add(run(.running, [alone(state)]))
      } else {
        story.add(alone(state))
      }
      let view = story.view()
      #expect(view.current == "1.0.0" && view.deployments.map(\.id) == ["d"])
      #expect(view.deployments.map(\.finishedAt) == [minute(20)] && view.messages.isEmpty)
    }
  }

  @Test(arguments: [(State.failed, State.succeeded), (.succeeded, .failed)])
  func theStepsEndComesBeforeTheRuns(ofStep: State, ofRun: State) {
    var story = Story(environments: ["production"])
    var step = Step(name: "Deploy", state: ofStep)
    step.finishedAt = minute(12)
    story.add(run(ofRun, [deployment(nil, step: "Deploy")], steps: [step]))
    story.add(alone(.running))
    let made = story.view().deployments
    #expect(made.map(\.state) == [ofStep] && made.map(\.finishedAt) == [minute(12)])
  }

  @Test func anEndThatIsSaidOutrightIsNeverOneOfTheRuns() {
    var story = Story(environments: ["production"])
    story.add(run(.succeeded, [deployment(nil)]))
    story.add(alone(.failed, finished: 15))
    let view = story.view()
    #expect(view.current == nil && view.deployments.map(\.state) == [.failed] && view.messages.isEmpty)
  }

  @Test func whatGoesOnInARunSaysNothing() {
    var story = Story(environments: ["production"])
    story.add(run(.running, [deployment(nil)]))
    story.add(alone(.queued))
    #expect(story.view().deployments.map(\.state) == [.queued])
  }

  @Test func aDeploymentRecordedAloneTakesTheEndOfItsRunToo() {
    var story = Story(environments: ["production"])
    story.add(run(.succeeded, []))
    story.add(alone(.running))
    var short = alone(nil)
    short.startedAt = nil
    story.add(short)
    #expect(story.view().current == "1.0.0")
    let kept = neededTellings([alone(.running), short])
    #expect(kept.count == 2, "what says nothing says the state of its run, which a store does not know")
    #expect(neededTellings([alone(.succeeded), short]).map(\.state) == [.succeeded])
  }

  @Test func whatAStoreKeepsStillEndsIt() {
    let names = DeclaredEnvironments(Configuration())
    let tellings = [run(.running, [alone(.running)]), run(.succeeded, [deployment(nil)])]
    for order in [tellings, tellings.reversed()] {
      let kept = neededTellings(order, names)
      #expect(merged(kept, names) == merged(tellings, names))
      #expect(merged(kept, names).deployments.map(\.state) == [.succeeded])
    }
  }
}
