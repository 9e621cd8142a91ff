import Diagnostics
import Foundation
import Providers
import Records
import Testing
import Time

/// Real payloads: nothing crashes, everything is accounted for, and nothing is green that its payload does not call a success.
@Suite(.enabled(if: Samples.exist)) struct SampleAccounts {
  static let known = ProviderFacts.all.flatMap { Samples.files(in: $0.name) }
  static let others = Samples.folders.filter { name in !ProviderFacts.all.contains { $0.name == name } }.flatMap(Samples.files)

  @Test func thereAreSamples() {
    #expect(SampleAccounts.known.count > 30)
    #expect(SampleAccounts.known.count + SampleAccounts.others.count > 110)
  }

  @Test(arguments: known)
  func everyObjectOfAFileIsCountedOnce(name: String) throws {
    let file = try Samples.read(name)
    let set = joinRecords([file])
    #expect(set.account.records.total == (try objects(of: name)))
    #expect(set.account.records.error == 0)
    #expect(file.diagnostics.allSatisfy { $0.severity != .error })
    checkSkips(set, name)
    checkGreen(set, of: facts(name))
  }

  @Test(arguments: others)
  func payloadsOfOtherProvidersAreSkippedWithAReason(name: String) throws {
    let file = try Samples.read(name)
    let set = joinRecords([file])
    #expect(set.account.records.rendered == 0)
    #expect(set.releases.isEmpty)
    checkSkips(set, name)
    guard let count = try? objects(of: name) else {
      #expect(set.account.records.error > 0)  // no JSON at all
      return
    }
    #expect(set.account.records == Account.Tally(skipped: count))
  }

  @Test(arguments: ProviderFacts.all.map(\.name))
  func theOrderOfTheFilesChangesNothing(provider: String) throws {
    let files = try Samples.files(in: provider).map(Samples.read)
    let expected = joinRecords(files)
    #expect(expected.account.records.total == (try Samples.files(in: provider).reduce(0) { $0 + (try objects(of: $1)) }))
    checkGreen(expected, of: facts(provider))
    var generator = SplitMix(state: 7)
    for _ in 1...5 { #expect(joinRecords(files.shuffled(using: &generator)) == expected) }
  }

  @Test(arguments: known)
  func everyPrefixOfAFileIsAccountedFor(name: String) throws {
    let bytes = try Samples.bytes(name)
    for length in [bytes.count / 3, bytes.count * 2 / 3, bytes.count - 2] {
      let part = Source(file: name, bytes: Array(bytes.prefix(max(0, length))))
      let file = readRecords(part)
      let set = joinRecords([file])
      #expect(set.account.records.error == file.diagnostics.count { $0.severity == .error })
      checkSkips(set, name)
    }
  }

  private func checkSkips(_ set: RecordSet, _ name: String) {
    #expect(set.account.skipped.count == set.account.records.skipped)
    #expect(set.account.skipped.allSatisfy { $0.file == name && !$0.reason.isEmpty && $0.record?.isEmpty == false })
  }

  private func facts(_ name: String) -> ProviderFacts {
    ProviderFacts.all.first { name.hasPrefix($0.name) } ?? ProviderFacts(name: "", green: [])
  }

  private func checkGreen(_ set: RecordSet, of facts: ProviderFacts) {
    let green = facts.green
    for run in set.runs.map(\.value) {
      if run.state == .succeeded { #expect(green.contains(run.stateRaw ?? "")) }
      for step in run.steps where step.state == .succeeded { #expect(green.contains(step.stateRaw ?? "")) }
      for deployment in run.deployments where deployment.state == .succeeded {
        let step = run.steps.first { $0.key == deployment.step }
        #expect(green.contains(deployment.stateRaw ?? "") || green.contains(step?.stateRaw ?? ""))
      }
    }
    for deployment in set.deployments.map(\.value) where deployment.state == .succeeded {
      // What is inactive was live before.
      #expect((green + ["INACTIVE"]).contains(deployment.stateRaw ?? ""))
    }
  }

  /// The objects as they came, counted by another reader.
  private func objects(of name: String) throws -> Int {
    let facts = facts(name)
    if let count = facts.counts.first(where: { name.hasPrefix(facts.name + "/" + $0.key) })?.value { return count }
    let data = Data(try Samples.bytes(name))
    if let whole = try? JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed) { return count(whole, facts) }
    let lines = data.split(separator: UInt8(ascii: "\n"))
    return try lines.reduce(0) { $0 + count(try JSONSerialization.jsonObject(with: $1), facts) }
  }

  private func count(_ value: Any, _ facts: ProviderFacts) -> Int {
    if let list = value as? [Any] { return list.reduce(0) { $0 + count($1, facts) } }
    guard let object = value as? [String: Any] else { return 1 }
    let page = facts.lists.lazy.compactMap { object[$0] as? [Any] }.first
    return page.map { count($0, facts) } ?? 1
  }
}

private struct SplitMix: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
