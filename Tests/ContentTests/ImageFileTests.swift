import Content
import Diagnostics
import Records
import Testing
import Time

/// The smallest heads that say how large a picture is.
@Suite struct Pictures {
  private static let png: [UInt8] =
    [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8) + [0, 0, 1, 2, 0, 0, 0, 3, 8]
  private static let gif: [UInt8] = Array("GIF89a".utf8) + [2, 1, 3, 0, 0]
  private static let jpeg: [UInt8] =
    [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2, 0xFF, 0xC4, 0, 2, 0xFF, 0xC2, 0, 17, 8, 0, 3, 1, 2, 3]
  private static func webP(_ kind: String, _ rest: [UInt8]) -> [UInt8] {
    Array("RIFF".utf8) + [0, 0, 0, 0] + Array(("WEBP" + kind).utf8) + rest
  }

  @Test(arguments: [
    png, gif, jpeg, webP("VP8X", [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 2, 0, 0, 0]),
    webP("VP8 ", [0, 0, 0, 0, 0, 0, 0, 0x9D, 1, 0x2A, 2, 1, 3, 0, 0]),
    webP("VP8L", [0, 0, 0, 0, 0x2F, 1, 0x81, 0, 0, 0, 0, 0, 0, 0, 0]),
  ])
  func areKnownByTheirFirstBytes(bytes: [UInt8]) {
    let image = ImageFile(bytes)
    #expect(image?.width == 258 && image?.height == 3)
  }

  @Test(arguments: [
    [UInt8](), Array(png.dropLast(9)), Array(gif.dropLast(6)), Array(jpeg.dropLast(9)), Array("<svg onload=x>".utf8),
    webP("VP9 ", [0]),
    [0xFF, 0xD8, 0xFF, 0xFF] as [UInt8],
  ])
  func areNothingElse(bytes: [UInt8]) {
    #expect(ImageFile(bytes) == nil)
  }

  @Test(arguments: [
    ("releases/shop/a.png", "media/releases/shop/a.png"), ("releases/a b/Ä.PNG", "media/0.png"),
    ("releases/.a/b.png", "media/0.png"), ("media/a.png", "media/a.png"),
  ])
  func haveSafeNamesOnTheSite(path: String, expected: String) {
    let published = ContentImages.published(path)
    #expect(published.replacing(#/media/[0-9a-f]{12,16}\./#, with: "media/0.") == expected)
    #expect(published == ContentImages.published(path))
  }

  @Test func areShownWhereTheyLieBesideTheText() throws {
    var images = ContentImages()
    images.add(try #require(ImageFile(Self.png)), at: "releases/shop/img/a b.png")
    images.add(try #require(ImageFile(Self.gif)), at: "media/x.gif")
    let text =
      "![The \"new\" dial](img/a%20b.png 'T') [![x](/media/x.gif)](https://x.example) ![up](../../media/x.gif) <img src=../../media/x.gif alt=y>\n"
      + "![out](../../../media/x.gif) ![none](none.png) ![far](https://x.example/a.png) [link](img/a%20b.png)"
    let parsed = readReleaseNote(
      Source(file: "releases/shop/1.0.0.md", bytes: Array(text.utf8)), path: "shop/1.0.0.md", images: images)
    let html = try #require(parsed.value).value.body.html
    let a = ContentImages.published("releases/shop/img/a b.png")
    #expect(
      html.contains(
        "<img src=\"\(a)\" alt=\"The &quot;new&quot; dial\" title=\"T\" width=\"258\" height=\"3\" loading=\"lazy\">"))
    #expect(html.contains("<a href=\"https://x.example\"><img src=\"media/x.gif\" alt=\"x\" width=\"258\""))
    #expect(html.contains("alt=\"up\" width") && html.contains("alt=\"y\" width"))
    #expect(html.contains("\nout none <a href=\"https://x.example/a.png\">far</a> link</p>"))
    #expect(parsed.diagnostics.map(\.message.id) == ["lost-image", "lost-image", "relative-link"])
  }
}
