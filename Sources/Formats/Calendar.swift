import Plan
import Records
import Releases
import Report
import Time

/// `calendar.ics` (RFC 5545): freezes and maintenance, for the calendars of people.
struct Calendar {
  private let catalog: Catalog

  init(_ catalog: Catalog) { self.catalog = catalog }

  func write(into output: inout [UInt8]) {
    line("BEGIN:VCALENDAR", &output)
    line("VERSION:2.0", &output)
    line("PRODID:-//Tidemark//\(Generator.version)//EN", &output)
    line("X-WR-CALNAME:" + Calendar.escaped(catalog.configuration.site.name), &output)
    for freeze in catalog.configuration.freezes { write(freeze, &output) }
    line("END:VCALENDAR", &output)
  }

  private func write(_ freeze: Configuration.Freeze, _ output: inout [UInt8]) {
    let kind = freeze.kind.title
    let places = freeze.environments.isEmpty ? "all environments" : Format.list(freeze.environments)
    let parts = [freeze.kind.rawValue, freeze.from.description, freeze.environments.joined(separator: ",")]
    line("BEGIN:VEVENT", &output)
    line("UID:" + Feed.tag(catalog, ["calendar"] + parts), &output)
    // When it was made, nobody knows; a build's clock would be another one each time.
    line("DTSTAMP:" + freeze.from.compact, &output)
    let (start, end) = (catalog.configuration.zone.civil(freeze.from), catalog.configuration.zone.civil(freeze.to))
    if Calendar.isMidnight(start), Calendar.isMidnight(end) {
      line("DTSTART;VALUE=DATE:" + Calendar.day(start.date), &output)
      line("DTEND;VALUE=DATE:" + Calendar.day(end.date), &output)
    } else {
      line("DTSTART:" + freeze.from.compact, &output)
      line("DTEND:" + freeze.to.compact, &output)
    }
    line("SUMMARY:" + Calendar.escaped("\(kind) of \(places)" + (freeze.reason.map { ": \($0)" } ?? "")), &output)
    line("CATEGORIES:" + kind.uppercased(), &output)
    line("TRANSP:TRANSPARENT", &output)
    if let url = catalog.configuration.site.url { line("URL:" + url + "pending.html", &output) }
    line("END:VEVENT", &output)
  }

  private static func isMidnight(_ time: CivilTime) -> Bool { time.hour == 0 && time.minute == 0 && time.second == 0 }

  private static func day(_ date: CivilDate) -> String { Format.machineDay(date).filter { $0 != "-" } }

  /// Section 3.3.11: what has a meaning in a text, and no control character.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\", ";", ",": result += "\\" + String(scalar)
      case "\n": result += "\\n"
      default: result.unicodeScalars.append(scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value) ? " " : scalar)
      }
    }
    return result
  }

  /// Section 3.1: at most 75 octets, never within a character.
  private func line(_ text: String, _ output: inout [UInt8]) {
    var room = 75
    for scalar in text.unicodeScalars {
      let bytes = Array(String(scalar).utf8)
      if bytes.count > room {
        output += "\r\n ".utf8
        room = 74
      }
      output += bytes
      room -= bytes.count
    }
    output += "\r\n".utf8
  }
}
