import Documents
import Records
import Releases
import Report

/// One service in one environment in one line, for a README or a wall.
struct Badge {
  private let label: String
  private let message: String
  private let colour: String
  /// What a person must see: shields.io lets nobody paint it in another colour.
  private let isError: Bool

  init(_ catalog: Catalog, _ service: Int, _ environment: Int) {
    let cell = catalog.histories[service][environment].cell
    label = "\(catalog.services[service].name) \(catalog.environments[environment].name)"
    let version = cell.current.map { catalog.services[service].deployments[$0].version }
    switch cell.state {
    case .current:
      let isYanked = cell.flags.contains(.yanked)
      isError = isYanked || cell.isPartlyDeployed
      let partial = cell.isPartlyDeployed ? ", partial" : ""
      let waits = cell.waiting.first.map { ", \($0.version) waits" } ?? ""
      message = (version ?? "unknown") + (isYanked ? ", yanked" : "") + partial + waits
      colour = isError ? "#d55e00" : cell.waiting.isEmpty ? "#009e73" : "#e69f00"
    case .mixed:
      let waits = cell.waiting.first.map { ", \($0.version) waits" } ?? ""
      isError = cell.flags.contains(.yanked) || cell.isPartlyDeployed
      message = "mixed: " + cell.mixedWords.plain + waits
      colour = isError ? "#d55e00" : "#e69f00"
    case .unknown: (message, colour, isError) = ("unknown", "#cc79a7", true)
    case .removed: (message, colour, isError) = ("removed", "#6d818d", false)
    case .none: (message, colour, isError) = ("never deployed", "#6d818d", false)
    }
  }

  /// shields.io's endpoint schema.
  func writeJSON(into output: inout [UInt8]) {
    var json = JSONWriter(into: output)
    output = []
    json.object { json in
      json.member("schemaVersion", 1)
      json.member("label", label)
      json.member("message", message)
      json.member("color", colour)
      json.member("isError", isError)
    }
    output = json.bytes
    output.append(0x0A)
  }

  /// Text in ink on paper; the state's colour is a bar beside it, so that contrast never depends on it.
  func writeSVG(into output: inout [UInt8]) {
    let (left, right) = (TextWidth.of(label), TextWidth.of(message))
    let (middle, width) = (left + 12, left + right + 30)
    var svg = XMLWriter(into: output)
    output = []
    svg.markup("<svg xmlns=\"http://www.w3.org/2000/svg\" height=\"20\" width=\"")
    svg.text(String(width))
    svg.markup("\" role=\"img\" aria-label=\"")
    svg.text("\(label): \(message)")
    svg.markup("\"><title>")
    svg.text("\(label): \(message)")
    svg.markup("</title>")
    rectangle(x: 0, width: width, fill: "#fcfdfe", &svg)
    rectangle(x: 0, width: middle, fill: "#10222d", &svg)
    rectangle(x: middle, width: 6, fill: colour, &svg)
    svg.markup("<g font-family=\"Verdana,DejaVu Sans,sans-serif\" font-size=\"11\">")
    text(label, x: 6, width: left, fill: "#fcfdfe", &svg)
    text(message, x: middle + 12, width: right, fill: "#10222d", &svg)
    svg.markup("</g></svg>\n")
    output = svg.bytes
  }

  private func rectangle(x: Int, width: Int, fill: String, _ svg: inout XMLWriter) {
    svg.markup("<rect height=\"20\" x=\"")
    svg.text(String(x))
    svg.markup("\" width=\"")
    svg.text(String(width))
    svg.markup("\" fill=\"")
    svg.text(fill)
    svg.markup("\"/>")
  }

  private func text(_ text: String, x: Int, width: Int, fill: String, _ svg: inout XMLWriter) {
    svg.markup("<text y=\"14\" x=\"")
    svg.text(String(x))
    // The measure of the reader's font may differ: the text is made to fill what was planned for it.
    svg.markup("\" textLength=\"")
    svg.text(String(max(width, 1)))
    svg.markup("\" lengthAdjust=\"spacingAndGlyphs\" fill=\"")
    svg.text(fill)
    svg.markup("\">")
    svg.text(text)
    svg.markup("</text>")
  }
}
