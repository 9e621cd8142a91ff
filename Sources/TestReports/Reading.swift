package import Diagnostics
package import Records

/// Counts the tests of a report in the form of JUnit (provider-formats.md, 10): nil with a warning for other XML, nil with an error for
/// what is no XML or is refused. Pure, so that many files can be read at once.
///
/// Cases are counted, not the counters of suites, which disagree with them where tests were run again; only a suite that lists neither
/// cases nor suites is believed. A case that failed and passed when it was run again is a passed one that is flaky: Surefire says so
/// (`flakyFailure`), others list the case again in the same suite, every time but the last as failed.
package func readTestReport(_ source: Source) -> Parsed<Located<TestCounts>?> {
  if source.bytes.count > XMLEvents.largest {
    return Parsed(nil, [source.diagnostic(.error, .tooLarge(XMLEvents.largest), at: 0)])
  }
  var counting = Counting()
  if let fault = XMLEvents.read(source.bytes, into: &counting) {
    let severity: Diagnostic.Severity = fault.isForeign ? .warning : .error
    return Parsed(nil, [source.diagnostic(severity, fault.message, at: fault.offset)])
  }
  return Parsed(Located(counting.counts, file: source.file, position: Position(line: 1, column: 1)))
}

extension TestCounts {
  /// Both together.
  package static func + (left: TestCounts, right: TestCounts) -> TestCounts {
    var sum = left
    sum.total += right.total
    sum.passed += right.passed
    sum.failed += right.failed
    sum.skipped += right.skipped
    sum.flaky += right.flaky
    if let seconds = right.seconds { sum.seconds = rounded((left.seconds ?? 0) + seconds) }
    return sum
  }
}

/// To microseconds: sums of decimal fractions leave dust behind them.
func rounded(_ seconds: Double) -> Double { (seconds * 1e6).rounded() / 1e6 }
