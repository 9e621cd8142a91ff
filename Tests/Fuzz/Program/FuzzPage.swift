import Template

/// What the fuzzed templates can name: a value of each kind.
struct FuzzPage: Model {
  struct Row: Model {
    let name: String
    let href: String
    static let fields = Fields<Row>(.text("name", \.name), .url("href", \.href))
  }

  let title: String
  let isGreen: Bool
  let rows: [Row]

  static let sample = FuzzPage(
    title: "<a & \"b\">", isGreen: true, rows: [Row(name: "one", href: "a.html"), Row(name: "", href: "javascript:alert(1)")])
  static let fields = Fields<FuzzPage>(.text("title", \.title), .flag("isGreen", \.isGreen), .list("rows", \.rows))
}
