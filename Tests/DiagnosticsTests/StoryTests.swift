import Diagnostics
import Testing

@Suite struct Stories {
  private let here = RecordPlace(file: "runs/a.json", position: Position(line: 3, column: 1))
  private let there = RecordPlace(file: "runs/b.json", position: Position(line: 7, column: 5))

  @Test func nobodyAsksAndNothingIsKept() {
    var story = Story()
    story.note(Remark(.service, "by name"))
    story.join(Story())
    #expect(!story.isKept && story.remarks.isEmpty && story.places.isEmpty)
  }

  @Test func wordsOfAStoryThatNobodyAsksForAreNotMade() {
    var made = 0
    func remark() -> Remark {
      made += 1
      return Remark(.service, "by name")
    }
    var story = Story()
    story.note(remark())
    #expect(made == 0)
    story = Story(at: here, "a run")
    story.note(remark())
    #expect(made == 1)
  }

  @Test func aRemarkStandsOnceAndInTheOrderOfJudging() {
    var story = Story(at: here, "a run")
    story.note(Remark(.version, "the tag"))
    story.note(Remark(.service, "by name"))
    story.note(Remark(.version, "the tag"))
    #expect(story.remarks.map(\.text) == ["a run", "the tag", "by name"])
  }

  @Test func anotherTellingBringsItsPlacesAndWhatWasJudgedOfIt() {
    var story = Story(at: here, "a run")
    var other = Story(at: there, "a job")
    other.note(Remark(.state, "its own"))
    story.join(placesOf: other)
    #expect(story.places == [here, there])
    #expect(!story.remarks.contains { $0.topic == .state })
    story.join(other)
    #expect(story.places == [here, there])
    #expect(story.remarks.last == Remark(.state, "its own"))
  }

  @Test func storiesTakeNoPartInComparing() {
    #expect(Story() == Story(at: here, "a run"))
    #expect(Set([Story(), Story(at: here, "a run"), Story(at: there, "a job")]).count == 1)
  }

  @Test(arguments: [
    ("service", Remark.Topic.service), ("environment", .environment), ("version", .version), ("state", .state),
    ("startedAt", .times), ("action", .action), ("hotfix", .kind),
  ])
  func fieldsThatAreInferredAreAboutATopic(field: String, topic: Remark.Topic) {
    #expect(Remark.Topic(field: field) == topic)
  }
}
