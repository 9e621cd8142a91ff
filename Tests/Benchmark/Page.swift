import Template

/// A table of deployments as the theme shows them: what the engine's cost is measured on.
struct Page: Model {
  let title: String
  let rows: [Row]

  static let fields = Fields<Page>(.text("title") { $0.title }, .list("rows") { $0.rows })

  /// A hundred rows that differ, with something to escape in every tenth.
  static func sample() -> Page {
    let states = ["succeeded", "failed", "waiting", "running"]
    return Page(
      title: "Deployments to production",
      rows: (1...100).map { number in
        Row(
          number: "\(number)", url: "runs/checkout/\(1000 + number).html", version: "2.\(number / 10).\(number % 10)",
          state: states[number % 4], isWaiting: number % 4 == 2, time: "2026-03-\(10 + number % 20)T09:40:00Z",
          shown: "\(10 + number % 20) March, 09:40",
          title: number % 10 == 0 ? "Say \"<b>total</b>\" & not sum" : "Keep the basket when the session ends",
          people: (0..<(number % 3)).map { Person(name: ["Ana Ruiz", "Jonas Weil"][$0]) })
      })
  }
}

struct Row: Model {
  let number: String
  let url: String
  let version: String
  let state: String
  let isWaiting: Bool
  let time: String
  let shown: String
  let title: String
  let people: [Person]

  static let fields = Fields<Row>(
    .text("number") { $0.number }, .url("url") { $0.url }, .text("version") { $0.version }, .text("state") { $0.state },
    .flag("waiting") { $0.isWaiting }, .text("time") { $0.time }, .text("shown") { $0.shown }, .text("title") { $0.title },
    .list("people") { $0.people })
}

struct Person: Model {
  let name: String

  static let fields = Fields<Person>(.text("name") { $0.name })
}

extension Page {
  static let template = """
    <table>
      <caption>{{title}}</caption>
      {{#rows}}
      <tr class="{{state}}">
        <th scope="row"><a href="{{url}}">{{version}}</a></th>
        <td><svg class="mark"><use href="#{{state}}"></use></svg> {{state}}{{#waiting}} <b>waits</b>{{/waiting}}</td>
        <td><time datetime="{{time}}">{{shown}}</time></td>
        <td>#{{number}} {{title}}</td>
        <td>{{#people}}<span>{{name}}</span>{{/people}}{{^people}}nobody{{/people}}</td>
      </tr>
      {{/rows}}
    </table>

    """

  /// The same page as a person would write it for speed alone: appends to one buffer, with the same escaping.
  func append(to output: inout [UInt8]) {
    output += "<table>\n  <caption>".utf8
    appendEscaped(title, to: &output)
    output += "</caption>\n".utf8
    for row in rows { row.append(to: &output) }
    output += "</table>\n".utf8
  }
}

extension Row {
  func append(to output: inout [UInt8]) {
    output += "  <tr class=\"".utf8
    appendEscaped(state, to: &output)
    output += "\">\n    <th scope=\"row\"><a href=\"".utf8
    if isAllowedURL(url) { appendEscaped(url, to: &output) }
    output += "\">".utf8
    appendEscaped(version, to: &output)
    output += "</a></th>\n    <td><svg class=\"mark\"><use href=\"#".utf8
    appendEscaped(state, to: &output)
    output += "\"></use></svg> ".utf8
    appendEscaped(state, to: &output)
    if isWaiting { output += " <b>waits</b>".utf8 }
    output += "</td>\n    <td><time datetime=\"".utf8
    appendEscaped(time, to: &output)
    output += "\">".utf8
    appendEscaped(shown, to: &output)
    output += "</time></td>\n    <td>#".utf8
    appendEscaped(number, to: &output)
    output += " ".utf8
    appendEscaped(title, to: &output)
    output += "</td>\n    <td>".utf8
    for person in people {
      output += "<span>".utf8
      appendEscaped(person.name, to: &output)
      output += "</span>".utf8
    }
    if people.isEmpty { output += "nobody".utf8 }
    output += "</td>\n  </tr>\n".utf8
  }
}
