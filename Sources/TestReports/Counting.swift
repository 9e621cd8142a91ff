import Records

/// Counts while the elements of a report go by.
struct Counting {
  private(set) var counts = TestCounts(total: 0, passed: 0, failed: 0)
  private var open: [Element] = []

  fileprivate enum Element {
    /// `testsuites`, or a `testsuite`.
    case suite(Suite)
    case testCase(TestCase)
    /// Anything else: nothing in it counts.
    case other
  }

  fileprivate struct Suite {
    var told = TestCounts(total: 0, passed: 0, failed: 0)
    /// Nothing where it says nothing.
    var toldSeconds: Double?
    /// It lists neither cases nor suites.
    var isEmpty = true
    /// Of what lies in it, so far; nil until something says it.
    var seconds: Double?
    var tries: [Name: Outcomes] = [:]
  }

  fileprivate struct TestCase {
    let name: Name
    let seconds: Double?
    var failed = false
    var skipped = false
    var flaky = false
  }

  /// What tells the cases of one suite apart.
  fileprivate struct Name: Hashable {
    let name, className, file: String
  }

  fileprivate struct Outcomes {
    var count = 0
    var passed = 0
    var failed = 0
    var skipped = 0
    var flaky = 0
    /// Every time but the last it failed, and it was not skipped: it was run again until it passed, or never did.
    var isRetried = true
    var lastFailed = false
  }

  // MARK: Elements

  /// False for an outermost element that no report has.
  mutating func start(_ name: String, _ attributes: XMLAttributes) -> Bool {
    guard let parent = open.last else {
      guard name == "testsuites" || name == "testsuite" else { return false }
      open.append(.suite(Counting.suite(attributes)))
      return true
    }
    switch (parent, name) {
    case (.suite(var suite), "testsuite"):
      suite.isEmpty = false
      replaceLast(.suite(suite))
      open.append(.suite(Counting.suite(attributes)))
    case (.suite(var suite), "testcase"):
      suite.isEmpty = false
      replaceLast(.suite(suite))
      open.append(.testCase(Counting.testCase(attributes)))
    case (.suite(var suite), "failure"), (.suite(var suite), "error"):
      // What failed around the cases, such as the set-up of a class.
      suite.isEmpty = false
      replaceLast(.suite(suite))
      counts.total += 1
      counts.failed += 1
      open.append(.other)
    case (.testCase(var testCase), _):
      testCase.learn(from: name)
      replaceLast(.testCase(testCase))
      open.append(.other)
    default: open.append(.other)
    }
    return true
  }

  mutating func end() {
    guard let element = open.popLast() else { return }
    switch element {
    case .suite(let suite): add(suite)
    case .testCase(let testCase):
      guard case .suite(var suite) = open.last else { return }
      // Two owners of the dictionary would copy it at every case.
      open.removeLast()
      suite.add(testCase)
      open.append(.suite(suite))
    case .other: break
    }
  }

  private mutating func replaceLast(_ element: Element) { open[open.count - 1] = element }

  // MARK: Attributes

  private static func suite(_ attributes: XMLAttributes) -> Suite {
    var suite = Suite()
    let failed = number(attributes["failures"]) + number(attributes["errors"])
    let skipped = number(attributes["skipped"]) + number(attributes["disabled"])
    let total = max(number(attributes["tests"]), failed + skipped)
    suite.told = TestCounts(total: total, passed: total - failed - skipped, failed: failed, skipped: skipped)
    suite.toldSeconds = seconds(attributes["time"]).flatMap { $0 > 0 ? $0 : nil }
    return suite
  }

  private static func testCase(_ attributes: XMLAttributes) -> TestCase {
    let name = Name(name: attributes["name"] ?? "", className: attributes["classname"] ?? "", file: attributes["file"] ?? "")
    var testCase = TestCase(name: name, seconds: seconds(attributes["time"]))
    // GoogleTest has no element for a test that it did not run.
    let isNotRun = attributes["status"] == "notrun" || ["skipped", "suppressed"].contains(attributes["result"])
    testCase.skipped = isNotRun
    return testCase
  }

  private static func number(_ text: String?) -> Int {
    guard let number = text.flatMap({ Int($0) }), number > 0 else { return 0 }
    return min(number, Int(Int32.max))
  }

  /// Seconds as reports write them: `0.5`, `1,234.5`, `0,5`; nothing for what is no time.
  static func seconds(_ text: String?) -> Double? {
    guard let text, !text.isEmpty else { return nil }
    let plain = text.contains(".") ? text.filter { $0 != "," } : String(text.map { $0 == "," ? "." : $0 })
    guard let seconds = Double(plain), seconds.isFinite, seconds >= 0, seconds < 1e9 else { return nil }
    return seconds
  }

  // MARK: Sums

  private mutating func add(_ suite: Suite) {
    for tried in suite.tries.values { counts = counts + tried.counts }
    if suite.isEmpty { counts = counts + suite.told }
    // What a suite says of itself includes what lies in it.
    guard let seconds = suite.toldSeconds ?? suite.seconds else { return }
    guard case .suite(var parent) = open.last else {
      counts.seconds = rounded(seconds)
      return
    }
    parent.seconds = (parent.seconds ?? 0) + seconds
    replaceLast(.suite(parent))
  }
}

fileprivate extension Counting.TestCase {
  mutating func learn(from child: String) {
    switch child {
    case "failure", "error": failed = true
    case "skipped": skipped = true
    case "flakyFailure", "flakyError": flaky = true
    default: break
    }
  }
}

fileprivate extension Counting.Suite {
  mutating func add(_ testCase: Counting.TestCase) {
    if let time = testCase.seconds { seconds = (seconds ?? 0) + time }
    tries[testCase.name, default: Counting.Outcomes()].add(testCase)
  }
}

fileprivate extension Counting.Outcomes {
  mutating func add(_ testCase: Counting.TestCase) {
    if count > 0, !lastFailed { isRetried = false }
    count += 1
    lastFailed = testCase.failed
    if testCase.failed {
      failed += 1
    } else if testCase.skipped {
      skipped += 1
      isRetried = false
    } else {
      passed += 1
      flaky += testCase.flaky ? 1 : 0
    }
  }

  var counts: TestCounts {
    guard count > 1, isRetried else {
      return TestCounts(total: count, passed: passed, failed: failed, skipped: skipped, flaky: flaky)
    }
    return TestCounts(total: 1, passed: passed, failed: lastFailed ? 1 : 0, flaky: passed)
  }
}
