import Diagnostics
import Providers
import Records
import Testing
import Time

/// One object is the same alone, in a list, in lists of pages, in the envelope of its provider, and as a line among others.
@Suite struct ProviderForms {
  struct Case: Sendable {
    let objects: [String]
    let envelope: String
  }

  static let cases = [
    Case(
      objects: [
        GitLabPayload.pipeline("success"), GitLabPayload.build, GitLabPayload.live,
        GitLabPayload.deployment(5, "production", "failed"),
      ],
      envelope: "[%]"),
    Case(
      objects: [
        AzurePayload.build("2", "4"), AzurePayload.deployment("4"), AzurePayload.approval("approved", AzurePayload.approved),
      ],
      envelope: #"{"count":9,"value":[%]}"#),
    Case(
      objects: [
        CirclePayload.pipeline(), CirclePayload.workflow("on_hold"), CirclePayload.build,
        CirclePayload.approval("on_hold", needs: ["build"]),
      ], envelope: #"{"items":[%],"next_page_token":"x"}"#),
  ]

  @Test(arguments: cases.indices)
  func theFormOfAFileChangesNothing(index: Int) throws {
    let (objects, envelope) = (Self.cases[index].objects, Self.cases[index].envelope)
    let expected = join(objects.joined(separator: "\n"))
    #expect(expected.account.records == Account.Tally(rendered: objects.count))
    let list = objects.joined(separator: ",")
    let halves = [objects.prefix(2), objects.dropFirst(2)].map { envelope.replacing("%", with: $0.joined(separator: ",")) }
    let forms = [
      "[\(list)]", envelope.replacing("%", with: list), "[\(halves.joined(separator: ","))]", halves.joined(separator: "\n"),
      "\u{FEFF}" + objects.joined(separator: "\r\n") + "\r\n", "[[\(list)]]",
    ]
    for form in forms {
      let set = join(form)
      #expect(set.runs.map(\.value) == expected.runs.map(\.value))
      #expect(set.deployments.map(\.value) == expected.deployments.map(\.value))
      #expect(set.account.records == expected.account.records)
    }
    let files = objects.enumerated().map { read($1, "\($0).json") }
    for order in [files, files.reversed()] {
      let set = joinRecords(order)
      #expect(set.runs.map(\.value) == expected.runs.map(\.value))
      #expect(set.account.records == expected.account.records)
    }
  }
}
