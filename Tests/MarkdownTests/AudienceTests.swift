import Testing

@testable import Markdown

@Suite struct AudienceTests {
  private func text(_ audience: String?, _ lines: String) -> String {
    String(decoding: textFor(audience, of: Array(lines.utf8)).bytes, as: UTF8.self)
  }

  private static let headings = """
    # 1.2.0
    all
    ## Inside (audience: staff, partners) ##
    - secret
    ### Deeper
    more
    ## Fixed
    - open
    """

  @Test func aHeadingMarksWhatStandsBelowIt() {
    #expect(text(nil, Self.headings) == "# 1.2.0\nall\n\n\n\n\n## Fixed\n- open")
    #expect(text("customers", Self.headings) == text(nil, Self.headings))
    #expect(
      text("partners", Self.headings) == "# 1.2.0\nall\n## Inside\n- secret\n### Deeper\nmore\n## Fixed\n- open")
  }

  private static let comments = """
    ## 1.2.0
    a
    <!-- audience: staff -->

    b
    ### C
    <!-- /audience -->
    d

    <!--
    Audience: staff
    -->
    ### E
    f
    ## 1.1.0
    g
    """

  @Test func commentsMarkWhatStandsBetweenThemOrUpToTheEndOfTheSection() {
    #expect(text(nil, Self.comments) == "## 1.2.0\na\n\n\n\n\n\nd\n\n\n\n\n\n\n## 1.1.0\ng")
    #expect(text("staff", Self.comments) == "## 1.2.0\na\n\n\nb\n### C\n\nd\n\n\n\n\n### E\nf\n## 1.1.0\ng")
  }

  /// A part in a part is for those whom both name.
  @Test func marksInsideOfEachOtherHideTogether() {
    let lines = "## A (audience: x, y)\na\n<!-- audience: y, z -->\nb\n### C\n<!-- /audience -->\nc"
    #expect(text("x", lines) == "## A\na\n\n\n\n\nc")
    #expect(text("y", lines) == "## A\na\n\nb\n### C\n\nc")
    #expect(text("z", lines) == "\n\n\n\n\n\n")
  }

  @Test func withoutAHeadingAMarkReachesToTheEnd() {
    #expect(text(nil, "<!-- audience: a -->\nb\n\n# C\n## D") == "\n\n\n\n")
  }

  @Test(arguments: [
    "no mark", "an audience: of many", "## Audience (of many)", "`<!-- audience: a -->`", "```\n<!-- audience: a -->\n```",
    "## (audience",
    "a `(audience: x)`\n",
  ])
  func whatIsNoMarkHidesNothing(lines: String) {
    let result = textFor(nil, of: Array(lines.utf8))
    #expect(String(decoding: result.bytes, as: UTF8.self) == lines && result.marks.isEmpty && result.misplaced.isEmpty)
  }

  @Test(arguments: [
    ("- a\n\n  <!-- audience: x -->\n  b", [3]), ("> <!-- audience: x -->\n> b", [1]), ("a <!-- audience: x --> b", [1]),
    ("<!-- audience: x --> b", [1]), ("> ## A (audience: x)", [1]), ("a\nb (audience: x)\n===", [2]),
    ("x\n\na (Audience : x)", [3]),
    ("<div><!--audience:x-->\nb", [1]), ("- ## A (audience: x)", [1]), ("<!-- audience -->\nb", [1]),
  ])
  func aMarkThatWouldHideNothingIsFound(lines: String, expected: [Int]) {
    #expect(textFor("x", of: Array(lines.utf8)).misplaced == expected)
  }

  @Test func whatCannotBeReadMayHideAMark() {
    let deep = String(repeating: "> ", count: 200) + "audience"
    #expect(textFor(nil, of: Array(deep.utf8)).misplaced == [1])
    #expect(textFor(nil, of: Array(String(repeating: "> ", count: 200).utf8)).misplaced.isEmpty)
  }

  @Test func marksHaveNamesAndLines() {
    let marks = textFor(nil, of: Array("a\n\n<!--audience:x,y-->\n# B (audience: z)".utf8)).marks
    #expect(marks == [.init(names: ["x", "y"], line: 3), .init(names: ["z"], line: 4)])
  }
}
