import Diagnostics
import Template

/// `make benchmark`: what a page costs through the engine, against appends written by hand. Both must give the same bytes.
@main
struct Benchmark {
  private static let rounds = 41
  private static let pagesPerRound = 200

  static func main() throws {
    let page = Page.sample()
    let source = Source(file: "table.mustache", bytes: Array(Page.template.utf8))
    let parsed = TemplateLibrary(["table.mustache": source]).compile("table.mustache", for: Page.self)
    guard let template = parsed.value else { throw Failure(description: "\(parsed.diagnostics)") }

    var byHand: [UInt8] = []
    page.append(to: &byHand)
    var byTemplate: [UInt8] = []
    template.render(page, into: &byTemplate)
    guard byHand == byTemplate else { throw Failure(description: "the two pages differ") }

    var engine: [Duration] = []
    var appends: [Duration] = []
    // In turns, so that what else the machine does falls on both.
    for _ in 0..<rounds {
      engine.append(measure { template.render(page, into: &$0) })
      appends.append(measure { page.append(to: &$0) })
    }
    let (left, right) = (median(engine), median(appends))
    print("a table of \(page.rows.count) rows, \(byHand.count) bytes; medians of \(rounds) rounds of \(pagesPerRound) pages")
    print("template  \(microseconds(left)) us a page")
    print("appends   \(microseconds(right)) us a page")
    print("ratio     \(hundredths(left / right))")
  }

  private static func measure(_ render: (inout [UInt8]) -> Void) -> Duration {
    let time = ContinuousClock().measure {
      var output: [UInt8] = []
      for _ in 0..<pagesPerRound {
        output.removeAll(keepingCapacity: true)
        render(&output)
      }
    }
    return time / pagesPerRound
  }

  private static func median(_ times: [Duration]) -> Duration { times.sorted()[times.count / 2] }

  private static func microseconds(_ time: Duration) -> String { hundredths(time / .microseconds(1)) }

  private static func hundredths(_ value: Double) -> String {
    let rounded = Int(value * 100 + 0.5)
    let rest = "\(rounded % 100)"
    return "\(rounded / 100)." + (rest.count == 1 ? "0" + rest : rest)
  }
}

struct Failure: Error, CustomStringConvertible {
  let description: String
}
