import Formats
import HTML
import Plan
import Records
import Releases

/// A site of which nothing is left to find out: each of its files can be made, in any order.
struct PreparedSite: Sendable {
  let edition: Edition
  private let theme: Theme
  private let machine: MachinePages

  init(_ edition: Edition, theme: Theme) {
    self.edition = edition
    self.theme = theme
    machine = MachinePages(edition)
  }

  /// All its files, in the order of their paths.
  var plans: [PagePlan] { edition.map.plans }

  /// Appends the bytes of a file to `output`.
  func render(_ plan: PagePlan, into output: inout [UInt8]) {
    switch plan.page {
    case .html(let page): theme.render(page, at: plan.path, of: edition, into: &output)
    case .machine(let file): machine.render(file, at: plan.path, into: &output)
    case .verbatim(.asset(let index)): output += theme.assets[index].bytes
    case .verbatim(.media(let index)): output += edition.media[index].bytes
    case .verbatim(.releaseSource(let service, let release)):
      output += edition.catalog.services[service].releases[release].note?.value.markdown ?? []
    }
  }
}
