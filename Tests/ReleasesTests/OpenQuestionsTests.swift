import Joining
import Records
import Releases
import Support
import Testing
import Time

/// What the records leave open: a run that is paused is told of, unless a newer one of its pipeline and ref overtook it.
struct OpenQuestionsTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// State, number and whether its times are known; in any order of time where they are.
    var runs: [(state: State, number: Int?, minute: Int?)]
    /// The places of the paused ones among `runs`.
    var paused: Set<Int>
  }

  static let rows: [Row] = [
    Row(testDescription: "alone", runs: [(.waiting, 1, 10)], paused: [0]),
    Row(testDescription: "overtaken by a success", runs: [(.waiting, 1, 10), (.succeeded, 2, 20)], paused: []),
    Row(testDescription: "overtaken by another that waits", runs: [(.waiting, 1, 10), (.waiting, 2, 20)], paused: [1]),
    Row(testDescription: "after a success", runs: [(.succeeded, 1, 10), (.waiting, 2, 20)], paused: [1]),
    Row(testDescription: "a failure overtakes nothing", runs: [(.waiting, 1, 10), (.failed, 2, 20)], paused: [0]),
    Row(testDescription: "without a time, a later number", runs: [(.succeeded, 1, 10), (.waiting, 2, nil)], paused: [1]),
    Row(testDescription: "without a time, an earlier number", runs: [(.succeeded, 2, 10), (.waiting, 1, nil)], paused: []),
    Row(
      testDescription: "without a time or a number it may be the newest", runs: [(.succeeded, 1, 10), (.waiting, nil, nil)],
      paused: [1]),
    Row(testDescription: "two without a time", runs: [(.waiting, 1, nil), (.waiting, 2, nil)], paused: [1]),
  ]

  @Test(arguments: rows) func aPausedRunIsOpenUntilItIsOvertaken(row: Row) {
    var story = Story()
    for (index, told) in row.runs.enumerated() {
      var run = RunRecord(id: "id \(index)", state: told.state)
      run.service = "shop"
      run.pipeline = "main"
      run.number = told.number
      run.createdAt = told.minute.map(minute)
      story.add(run)
    }
    let catalog = story.joined().catalog
    let questions = OpenQuestions(catalog)
    let paused = questions.pausedRuns.map { catalog.services[$0.service].runs[$0.index].record.id }
    #expect(Set(paused) == Set(row.paused.map { "id \($0)" }))
    #expect(questions.pausedRuns.count + questions.unplacedRuns.count == row.runs.count)
  }
}
