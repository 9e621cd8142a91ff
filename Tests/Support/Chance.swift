/// Chance that is the same on every machine (SplitMix64).
package struct Chance: RandomNumberGenerator {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  package mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }
  package mutating func pick<Value>(_ values: [Value]) -> Value { values[below(values.count)] }
  package mutating func shuffled<Value>(_ values: [Value]) -> [Value] { values.shuffled(using: &self) }

  package mutating func semanticVersion() -> String {
    let core = "\(below(2)).\(below(3)).\(below(2))"
    let tail = pick([
      "", "", "-rc.\(below(3))", "-rc\(below(12))", "-alpha", "-alpha.\(below(2))", "-\(below(3))", "-beta.x.\(below(2))",
      "-0a",
    ])
    return core + tail + pick(["", "", "+\(below(3))", "+build.a"])
  }

  package mutating func looseVersion() -> String {
    let core = pick(["\(below(3))", "\(below(2)).\(below(3))", "\(below(2)).\(below(2)).0.\(below(2))"])
    let tail = pick([
      "", "", "rc\(below(3))", ".dev\(below(2))", "a", "b\(below(2))", ".post\(below(2))", "-0", "rc1.dev2", ".M\(below(2))",
    ])
    return core + tail
  }

  package mutating func version() -> String {
    switch below(8) {
    case 0...2: semanticVersion()
    case 3...5: looseVersion()
    case 6: pick(["deadbeef1", "main", "0123abc", "v1.0", "v0.1.0", "1.0-eu", "1.0-us", "release-1.0", "1:1.0", "1.0~rc1"])
    default: pick(["v" + semanticVersion(), "V" + looseVersion(), "99999999999999999999.1", "00001.0", "..", "-", "+"])
    }
  }
}
