/// Reports in the form of JUnit to counts.
///
/// **In:** XML, by expat as a stream. **Out:** `TestCounts`: total, passed, failed, skipped, flaky, seconds.
///
/// ```swift
/// readTestReport(source).value?.value.failed  // 2
/// ```
///
/// **Never here:** the names and outputs of tests, a document in memory.
