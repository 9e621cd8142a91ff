import Diagnostics
import Foundation
import Providers
import Records
import Testing

/// Payloads whose values were swapped for others: whatever comes, nothing crashes, nothing is lost, and nothing turns green.
@Suite struct Mutations {
  /// What the fuzzer starts from, too: small payloads of every provider.
  private static let seeds: [String] = {
    let corpus = URL(filePath: #filePath).appending(path: "../../Fuzz/Corpus").standardized
    let names = (knownProviders + ["canonical"]).flatMap { provider in
      let folder = corpus.appending(path: provider).path
      return ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).map { "\(folder)/\($0)" }
    }
    return names.filter { $0.hasSuffix(".json") }.sorted().compactMap { try? String(contentsOfFile: $0, encoding: .utf8) }
  }()

  @Test func everyProviderHasSeeds() {
    let files = Self.seeds.map { readRecords(Source(file: "a.json", bytes: Array($0.utf8))) }
    let providers = Set(files.flatMap { joinRecords([$0]).runs.compactMap(\.value.provider) })
    #expect(Self.seeds.count > 80)
    #expect(files.allSatisfy { $0.diagnostics.allSatisfy { $0.severity != .error } })
    #expect(providers.count >= 9)
  }

  @Test(arguments: 0..<40)
  func swappedValuesAreTakenOrRefusedNeverLost(seed: Int) throws {
    var dice = Dice(state: UInt64(seed) &* 977)
    let files = try Self.seeds.enumerated().map { index, text in
      let value = try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
      let mutated = mutate(value, &dice, chance: 6)
      let data = try JSONSerialization.data(withJSONObject: mutated, options: [.fragmentsAllowed, .sortedKeys])
      return readRecords(Source(file: "\(index).json", bytes: Array(data)))
    }
    let set = joinRecords(files)
    #expect(joinRecords(files.reversed()) == set)
    #expect(set.account.skipped.count == set.account.records.skipped)
    #expect(set.account.skipped.allSatisfy { !$0.reason.isEmpty && $0.record?.isEmpty == false })
    // Each file still counts for something, but for a page that lost its list.
    #expect(set.account.records.total >= Self.seeds.count - 3)
    for run in set.runs.map(\.value) where run.provider != nil && run.state == .succeeded {
      let facts = ProviderFacts.all.first { $0.name == run.provider }
      #expect(facts?.green.contains(run.stateRaw ?? "") == true)
    }
    for run in set.runs.map(\.value) {
      let green = ProviderFacts.all.first { $0.name == run.provider }?.green ?? []
      for deployment in run.deployments where deployment.state == .succeeded {
        let step = run.steps.first { $0.key == deployment.step }
        #expect(green.contains(deployment.stateRaw ?? "") || step?.state == .succeeded)
      }
    }
  }

  private func mutate(_ value: Any, _ dice: inout Dice, chance: UInt64) -> Any {
    if dice.next() % 100 < chance { return junk[Int(dice.next() % UInt64(junk.count))] }
    if let list = value as? [Any] { return list.map { mutate($0, &dice, chance: chance) } }
    guard let object = value as? [String: Any] else { return value }
    var result: [String: Any] = [:]
    for key in object.keys.sorted() {
      guard let member = object[key] else { continue }
      if dice.next() % 100 < 3 { continue }
      result[key] = mutate(member, &dice, chance: chance)
    }
    return result
  }

  private var junk: [Any] {
    [
      NSNull(), true, -1, 9_223_372_036_854_775_807, 1.5e300, "", " ", "0001-01-01T00:00:00Z", "x", [Any](), [String: Any](),
      [["a": 1]], "https://github.com/a/b/actions/runs/", "refs/tags/", ["name": "x"], ["uuid": "{p}"], "completed",
      "2026-02-30T99:00:00Z",
      String(repeating: "é", count: 300),
    ]
  }
}

private struct Dice {
  var state: UInt64
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state >> 33
  }
}
