import Testing

@testable import Documents

@Suite struct Fragments {
  static let note: Fragment = """
    <h\(.headingStart(level: 2))\(.anchor("a"))>A</h\(.headingEnd(level: 2))>
    <p><img src="\(.picture("media/a.png"))"> <a\(.place("a"))>up</a> <a\(.release(version: "1.0"))>b</a></p>
    """

  @Test func haveTheirHolesInTheOrderOfTheText() {
    #expect(
      Array(Self.note.holes) == [
        .headingStart(level: 2), .anchor("a"), .headingEnd(level: 2), .picture("media/a.png"), .place("a"),
        .release(version: "1.0"),
      ])
  }

  @Test func areFilledFromFrontToBack() {
    var html: [UInt8] = []
    Self.note.write(into: &html) { hole, html in
      switch hole {
      case .headingStart, .headingEnd: html += "4".utf8
      case .anchor(let name): html += " id=\"x-\(name)\"".utf8
      case .place, .release, .file, .phrase: break
      case .picture(let path): html += "../\(path)".utf8
      }
    }
    #expect(
      String(decoding: html, as: UTF8.self)
        == "<h4 id=\"x-a\">A</h4>\n<p><img src=\"../media/a.png\"> <a>up</a> <a>b</a></p>")
  }

  @Test func readAsTheHTMLOfATextThatStandsAlone() {
    let fragment: Fragment = "<a\(.file(path: "a b.md", place: "c"))>d</a>\(.phrase(.footnote(3)))<i>\(Self.note)</i>"
    #expect(
      fragment.description
        == "<a href=\"file-of-content:a%20b.md#c\">d</a>Footnote 3<i><h2 id=\"a\">A</h2>\n<p><img src=\"media/a.png\"> <a href=\"#a\">up</a> <a href=\"release:1.0\">b</a></p></i>"
    )
    #expect(Self.note.weight == Self.note.description.utf8.count)
  }

  @Test func tellWhichPicturesTheyShow() {
    let two: Fragment = "\(Self.note)<img src=\"\(.picture("media/b.png"))\"><img src=\"media/c.png\">"
    #expect(two.pictures == ["media/a.png", "media/b.png"])
  }

  @Test(arguments: [("", true), (" \n", true), ("a", false), ("\(.phrase(.table))", false)] as [(Fragment, Bool)])
  func areBlankWhereNothingIsToBeSeen(fragment: Fragment, expected: Bool) { #expect(fragment.isBlank == expected) }
}

@Suite struct JoinedFragments {
  private func joined(_ first: Fragment, _ second: Fragment) -> String {
    var text = first
    text.join(second)
    return text.description
  }

  @Test func keepTheirPlacesApart() {
    let first: Fragment = "<p\(.anchor("a"))><a\(.place("fn-1"))\(.anchor("fnref-1"))>1</a></p><li\(.anchor("fn-1"))>x</li>"
    let second: Fragment =
      "<p\(.anchor("b"))><a\(.place("fn-1"))\(.anchor("fnref-1"))>1</a> <a\(.place("a"))>a</a></p><li\(.anchor("fn-1"))>y</li>"
    #expect(
      joined(first, second) == first.description
        + "\n<p id=\"b\"><a href=\"#fn-1-2\" id=\"fnref-1-2\">1</a> <a href=\"#a\">a</a></p><li id=\"fn-1-2\">y</li>")
  }

  @Test func takeNoNameThatEitherHas() {
    let first: Fragment = "<p\(.anchor("a"))></p><p\(.anchor("a-2"))></p>"
    let second: Fragment = "<p\(.anchor("a"))></p><p\(.anchor("a-3"))></p><a\(.place("a"))>b</a>"
    #expect(joined(first, second).hasSuffix("\n<p id=\"a-4\"></p><p id=\"a-3\"></p><a href=\"#a-4\">b</a>"))
  }

  @Test func knowPlacesByTheirNamesAndNotByHowLinksSpellThem() {
    let text: Fragment = "<p\(.anchor("größe"))><a\(.place("größe"))>x</a></p>"
    #expect(joined(text, text).hasSuffix("\n<p id=\"größe-2\"><a href=\"#gr%C3%B6%C3%9Fe-2\">x</a></p>"))
  }

  @Test func leaveMarkupThatLooksLikeAPlaceAlone() {
    let text: Fragment = "<p\(.anchor("a"))>\" id=\"a\" href=\"#a\"</p>"
    #expect(joined(text, text) == "\(text)\n<p id=\"a-2\">\" id=\"a\" href=\"#a\"</p>")
  }
}
