import Records
import Support
import Testing
import Time

/// site.md, Input: patterns of `match` lists and of `records:` rules.
struct PatternTests {
  @Test(arguments: [
    ("release/{version}", "release/1.2", ["version": "1.2"]), ("{service}/main", "shop/main", ["service": "shop"]),
    ("Deploy * to {environment}", "Deploy 1.2 to staging", ["environment": "staging"]),
    ("{service}-{version}", "a-b-1", ["service": "a", "version": "b-1"]), ("*", "", [:]), ("a*c", "abc", [:]),
    ("{a}{b}", "äöü", ["a": "ä", "b": "öü"]), ("{a}/{a}", "x/y", ["a": "x"]), ("{a", "{a", [:]), ("a}", "a}", [:]),
    ("*-{version}", "a-b-1", ["version": "b-1"]), ("{a}b", "bb", ["a": "b"]), ("{a}aab", "aaaab", ["a": "aa"]),
  ])
  func aCaptureHoldsAsLittleAsWillDo(pattern: String, text: String, captures: [String: String]) {
    #expect(Pattern(pattern).captures(in: text) == captures)
  }

  @Test(arguments: [
    ("release/{version}", "release/"), ("main", "mainline"), ("main", "Main"), ("a*c", "ab"), ("", "x"), ("x", ""),
    ("{a}{b}", "x"),
    ("a*b*c", "acb"), ("{a}b", "b"), ("abc", "ab"),
  ])
  func thePatternMustMatchTheWholeText(pattern: String, text: String) { #expect(Pattern(pattern).captures(in: text) == nil) }

  @Test(arguments: [
    ("runs/web-*", "runs/web-jobs.json", true), ("runs/*", "runs/deep/a.json", false), ("runs/**", "runs/deep/a.json", true),
    ("runs/**/a.json", "runs/x/y/a.json", true), ("**/x*y", "b/xa/b/xby", true), ("**/x*y", "b/xa/by", false),
    ("*/*.json", "runs/a.json", true), ("*/*.json", "runs/b/a.json", false), ("**/*-*/*.json", "a/b/c-d/e.json", true),
    ("**a*b/c", "a/axb/c", true), ("*a/*b", "xa/a/b", false), ("**a/*b", "xa/a/b", true),
  ])
  func inAPathOneStarStopsAtTheFolder(pattern: String, path: String, matches: Bool) {
    #expect(Pattern(pattern, .path).matches(path) == matches)
  }

  @Test(arguments: [
    ("stg-*", "STG-1", true), ("STAGE", "stage", true), ("{1}", "{1}", true), ("{a}", "b", false), ("acme/*", "Acme/a/b", true),
    ("ÄÖ*", "äöü", true), ("**", "x", true),
  ])
  func aNameIsComparedWithoutCaseAndBracesAreBraces(pattern: String, name: String, matches: Bool) {
    #expect(Pattern(pattern, .name).matches(name) == matches)
  }

  @Test
  func hostileTextsAndPatternsEnd() {
    let stars = Pattern(String(repeating: "*a", count: 300) + "b")
    #expect(!stars.matches(String(repeating: "a", count: 20_000)))
    #expect(!Pattern("**a*a*a*b", .path).matches(String(repeating: "a", count: 2_000)))
    let long = String(repeating: "a", count: 200_000)
    #expect(Pattern(long).matches(long))
  }

  /// Every way to cut short texts, against a plain recursive reading of the rule.
  @Test(arguments: [Pattern.Kind.text, .path])
  func shortPatternsMatchWhatTheRuleSays(kind: Pattern.Kind) {
    var chance = Chance(seed: 4)
    for _ in 0..<3_000 {
      let pattern = (0...chance.below(6)).map { _ in chance.pick(["a", "b", "/", "*", "**", "{x}"]) }.joined()
      let text = (0..<chance.below(8)).map { _ in chance.pick(["a", "b", "/"]) }.joined()
      let expected = reading(Array(pattern), Array(text), kind)
      #expect(Pattern(pattern, kind).matches(text) == expected, "\(pattern) on \(text)")
    }
  }

  private func reading(_ pattern: [Character], _ text: [Character], _ kind: Pattern.Kind) -> Bool {
    guard let first = pattern.first else { return text.isEmpty }
    let isCapture = first == "{"
    guard isCapture || first == "*" else {
      return text.first == first && reading(Array(pattern.dropFirst()), Array(text.dropFirst()), kind)
    }
    let isDouble = pattern.starts(with: "**")
    let rest = Array(pattern.dropFirst(isCapture ? 3 : isDouble ? 2 : 1))
    for taken in 0...text.count where taken > 0 || !isCapture {
      if kind == .path, !isCapture, !isDouble, text.prefix(taken).contains("/") { break }
      if reading(rest, Array(text.dropFirst(taken)), kind) { return true }
    }
    return false
  }
}
