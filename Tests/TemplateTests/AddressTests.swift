import Diagnostics
import Testing

@testable import Template

private struct Entry: Model {
  let number: Int

  static let fields = Fields<Entry>(
    .url("url") { $1.address(of: $0.number) }
  )
}

private struct Page: Model {
  let entries: [Entry]

  static let fields = Fields<Page>(
    .list("entries") { $0.entries }
  )
}

/// A value names what its link leads to; where that is, the page knows.
@Suite struct AddressTests {
  private static func rendered(_ addresses: Addresses) throws -> String {
    let text = "{{#entries}}[{{#url}}{{url}}{{/url}}{{^url}}nowhere{{/url}}]{{/entries}}"
    let library = TemplateLibrary(["page.mustache": Source(file: "page.mustache", bytes: Array(text.utf8))])
    let template = try #require(library.compile("page.mustache", for: Page.self).value)
    var bytes: [UInt8] = []
    template.render(Page(entries: [Entry(number: 1), Entry(number: 2)]), addresses: addresses, into: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func isFoundAsItReadsFromThePage() throws {
    let fromRoot = Addresses { (number: Int) in number == 1 ? "runs/1.html" : nil }
    let fromFolder = Addresses { (number: Int) in number == 1 ? "../runs/1.html" : nil }
    #expect(try Self.rendered(fromRoot) == "[runs/1.html][nowhere]")
    #expect(try Self.rendered(fromFolder) == "[../runs/1.html][nowhere]")
  }

  @Test func isHeldToTheAllowedSchemes() throws {
    #expect(try Self.rendered(Addresses { (_: Int) in "javascript:alert(1)" }) == "[][]")
  }

  @Test func isNotFoundForADestinationOfAnotherType() throws {
    #expect(try Self.rendered(.none) == "[nowhere][nowhere]")
    #expect(try Self.rendered(Addresses { (text: String) in text }) == "[nowhere][nowhere]")
  }
}
