import Diagnostics
import Testing

@testable import Template

private struct Item: Model {
  let name: String

  static let fields = Fields<Item>(.text("name") { $0.name })
}

private struct Sample: Model {
  var title = "A & B"
  var body: Markup? = Markup(trusted: Array("<b>bold</b>".utf8))
  var link: String? = "https://example.com/?a=1&b=2"
  var isNew = true
  var items = [Item(name: "one"), Item(name: "two")]
  var tags = ["x", "y"]
  var owner: Item? = Item(name: "ana")
  var reason: String?

  static let fields = Fields<Sample>(
    .text("title") { $0.title }, .markup("body") { $0.body }, .url("link") { $0.link }, .flag("new") { $0.isNew },
    .list("items") { $0.items }, .texts("tags") { $0.tags }, .object("owner") { $0.owner }, .text("reason") { $0.reason })
}

/// A model that holds itself.
private struct Tree: Model {
  let name: String
  let children: [Tree]

  static let fields = Fields<Tree>(.text("name") { $0.name }, .list("children") { $0.children })
}

private func compiled<Page: Model>(_ files: [String: String], _ page: Page.Type) -> Parsed<CompiledTemplate<Page>?> {
  let sources = Dictionary(
    uniqueKeysWithValues: files.map { ($0 + ".mustache", Source(file: $0 + ".mustache", bytes: Array($1.utf8))) })
  return TemplateLibrary(sources).compile("main.mustache", for: page)
}

private func page<Page: Model>(_ files: [String: String], _ value: Page) -> String? {
  guard let template = compiled(files, Page.self).value else { return nil }
  var bytes: [UInt8] = []
  template.render(value, into: &bytes)
  return String(decoding: bytes, as: UTF8.self)
}

@Suite struct Rendering {
  @Test(arguments: [
    ("{{title}}", "A &amp; B"), ("{{{body}}}", "<b>bold</b>"), ("{{&body}}", "<b>bold</b>"),
    ("<a href=\"{{link}}\">", "<a href=\"https://example.com/?a=1&amp;b=2\">"), ("{{#new}}n{{/new}}{{^new}}o{{/new}}", "n"),
    ("{{#items}}{{name}},{{title}};{{/items}}", "one,A &amp; B;two,A &amp; B;"), ("{{#tags}}[{{.}}]{{/tags}}", "[x][y]"),
    ("{{#owner}}{{name}}{{/owner}}", "ana"), ("{{owner.name}}", "ana"),
    ("{{#reason}}{{reason}}{{/reason}}{{^reason}}-{{/reason}}", "-"),
    ("{{#title}}{{.}}{{/title}}", "A &amp; B"), ("{{! a comment }}x", "x"),
    ("{{=<% %>=}}<%title%>{{title}}", "A &amp; B{{title}}"),
    ("", ""), ("a\n  {{#new}}\n  b\n  {{/new}}\nc\n", "a\n  b\nc\n"),
  ])
  func namesShowWhatTheModelHolds(template: String, expected: String) {
    #expect(page(["main": template], Sample()) == expected)
  }

  @Test func anAbsentObjectOnTheWayIsNothing() {
    var sample = Sample()
    sample.owner = nil
    #expect(page(["main": "[{{owner.name}}{{^owner.name}}none{{/owner.name}}]"], sample) == "[none]")
  }

  @Test(arguments: [
    "javascript:alert(1)", " JaVa\tScRiPt:alert(1)", "data:text/html,x", "\u{1}vbscript:x", "file:///etc/passwd", "x:y", ":",
  ])
  func anAddressOfAnotherSchemeIsLeftOut(address: String) {
    var sample = Sample()
    sample.link = address
    #expect(page(["main": "[{{link}}]"], sample) == "[]")
  }

  @Test(arguments: [
    "https://a/", "HTTP://a/", "mailto:a@b", "a/b.html", "../a:b", "?a:b", "#a:b", "//host/a", "", "\\a:b",
  ])
  func httpMailAndRelativeAddressesStay(address: String) { #expect(isAllowedURL(address)) }

  @Test(arguments: [
    ("<b>", "&lt;b&gt;"), ("a & b", "a &amp; b"), ("\"'", "&quot;&#39;"), ("", ""),
    ("\u{0}\u{7}\u{1B}", "\u{FFFD}\u{FFFD}\u{FFFD}"),
    ("a\tb\nc\rd", "a\tb\nc\rd"), ("\u{7F}\u{80}\u{9F}\u{A0}é", "\u{FFFD}\u{FFFD}\u{FFFD}\u{A0}é"), ("日本🎁", "日本🎁"),
  ])
  func everyReservedCharacterIsEscaped(raw: String, escaped: String) {
    var bytes: [UInt8] = []
    appendEscaped(raw, to: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == escaped)
  }

  @Test func aPartialOverAModelThatHoldsItselfGoesAsDeepAsTheData() {
    let tree = Tree(
      name: "a", children: [Tree(name: "b", children: [Tree(name: "c", children: [])]), Tree(name: "d", children: [])])
    let files = ["main": "{{>node}}", "node": "{{name}}({{#children}}{{>node}}{{/children}})"]
    #expect(page(files, tree) == "a(b(c())d())")
  }

  @Test func recursionOverDataThatLeadsBackStopsAtTheLimit() throws {
    let files = ["main": "{{>again}}", "again": "x{{#owner}}{{#new}}{{>again}}{{/new}}{{/owner}}"]
    let text = try #require(page(files, Sample()))
    #expect(text.allSatisfy { $0 == "x" } && (50...200).contains(text.count))
  }

  @Test func valuesAreNeverReadAsTemplates() {
    var sample = Sample()
    sample.title = "{{name}}{{>main}}{{{body}}}"
    #expect(page(["main": "{{title}}"], sample) == "{{name}}{{&gt;main}}{{{body}}}")
  }
}

@Suite struct Faults {
  @Test(arguments: [
    ("{{titel}}", "1:1", "template-unknown-name"), ("a\n  {{#items}}{{nme}}{{/items}}", "2:13", "template-unknown-name"),
    ("{{owner.nam}}", "1:1", "template-unknown-name"), ("{{title.name}}", "1:1", "template-unknown-name"),
    ("é{{>partail}}", "1:2", "template-unknown-partial"), ("{{<layuot}}{{/layuot}}", "1:1", "template-unknown-partial"),
    ("{{#items}}", "1:1", "template-unclosed"), ("{{#items}}{{/tags}}", "1:11", "template-wrong-close"),
    ("x{{/items}}", "1:2", "template-unexpected-close"), ("{{title", "1:1", "template-unclosed-tag"),
    ("{{{body}}", "1:1", "template-unclosed-tag"), ("{{=x}}", "1:1", "template-unclosed-tag"),
    ("{{=<% =%>=}}", "1:1", "template-delimiters"), ("{{=a=}}", "1:1", "template-delimiters"),
    ("{{}}", "1:1", "template-bad-name"),
    ("{{a b}}", "1:1", "template-bad-name"), ("{{a..b}}", "1:1", "template-bad-name"), ("{{> }}", "1:1", "template-bad-name"),
    ("{{{title}}}", "1:1", "template-unescaped"), ("{{&link}}", "1:1", "template-unescaped"),
    ("{{body}}", "1:1", "template-escaped-markup"),
    ("{{items}}", "1:1", "template-not-printable"), ("{{owner}}", "1:1", "template-not-printable"),
    ("{{new}}", "1:1", "template-not-printable"),
    ("{{.}}", "1:1", "template-not-printable"), ("{{>main}}", "1:1", "template-endless"),
    ("{{#new}}{{>main}}{{/new}}", "1:9", "template-endless"),
    ("{{>*owner.name}}{{>*items}}", "1:17", "template-dynamic-name"),
    ("{{<part}}{{$blok}}{{/blok}}{{/part}}", "1:10", "template-unknown-block"),
  ])
  func aFaultIsReportedAtItsPlace(template: String, position: String, id: String) throws {
    let parsed = compiled(["main": template, "part": "{{$block}}{{/block}}"], Sample.self)
    #expect(parsed.value == nil)
    let first = try #require(parsed.diagnostics.first { $0.file == "main.mustache" })
    let place = try #require(first.position)
    #expect("\(place.line):\(place.column)" == position)
    #expect(first.message.id == id)
    #expect(first.severity == .error)
  }

  @Test(arguments: [
    "{{<main}}{{/main}}{{<main}}{{/main}}", "{{<main}}{{$a}}{{/a}}{{/main}}{{<main}}{{/main}}{{nope}}",
    "{{#items}}{{<part}}{{/part}}{{<part}}{{/part}}{{/items}}",
  ])
  func templatesThatGrowWithoutEndAreRefused(template: String) {
    let parsed = compiled(["main": template, "part": template], Sample.self)
    #expect(parsed.value == nil)
    #expect(parsed.diagnostics.contains { $0.message.id == "template-too-many-includes" })
    #expect(parsed.diagnostics.count <= 501)
  }

  @Test(arguments: [
    ("{{titel}}", "did you mean 'title'?"), ("{{>prat}}", "did you mean 'part'?"), ("{{{title}}}", "write {{title}}"),
  ])
  func theNearMissIsNamed(template: String, suggestion: String) {
    #expect(compiled(["main": template, "part": ""], Sample.self).diagnostics.first?.message.suggestion == suggestion)
  }

  @Test func aFaultInAPartialNamesTheWayToItInnermostFirst() {
    let parsed = compiled(["main": "\n{{>one}}", "one": "  {{>two}}", "two": "{{nothing}}"], Sample.self)
    #expect(parsed.diagnostics.map(\.file) == ["two.mustache"])
    #expect(parsed.diagnostics.first?.trail == ["included from one.mustache:1:3", "included from main.mustache:2:1"])
  }

  @Test func allFaultsAreReportedAtOnceAndEachOnce() {
    let parsed = compiled(["main": "{{a}}{{b}}{{>part}}{{>part}}", "part": "{{c}}"], Sample.self)
    #expect(parsed.diagnostics.map { $0.file ?? "" } == ["main.mustache", "main.mustache", "part.mustache", "part.mustache"])
    #expect(Set(parsed.diagnostics.map(\.message.text)).count == 3)
  }

  @Test func deepNestingIsRefusedAndNotFollowed() {
    let text = String(repeating: "{{#new}}", count: 5_000) + String(repeating: "{{/new}}", count: 5_000)
    #expect(compiled(["main": text], Sample.self).diagnostics.contains { $0.message.id == "template-too-deep" })
  }

  @Test func aMissingPageIsAnError() {
    #expect(
      TemplateLibrary([:]).compile("main.mustache", for: Sample.self).diagnostics.map(\.message.id) == ["template-missing"])
  }
}
