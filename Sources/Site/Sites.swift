import Diagnostics
import Plan
import Records
import Releases

/// The sites of one content folder: that of everybody, and one for each audience of the configuration. All are made before the first is
/// published, so that a fault in one leaves none half new.
struct Sites {
  let options: BuildOptions
  let progress: @Sendable (BuildStage, Int, Int) -> Void

  func build() async -> BuildResult {
    var sites: [(builder: Builder, site: PreparedSite)] = []
    var main = Builder(options: options, audience: nil, progress: progress)
    switch await main.prepare(isStoppedByTheme: true) {
    case .success(let site): sites.append((main, site))
    case .failure(let stop): return main.stopped(stop.status)
    }
    let audiences = sites[0].site.edition.catalog.configuration.audiences
    if let fault = Sites.collision(of: audiences, with: options.output) {
      return Sites.sum([main.stopped(.configuration), BuildResult(status: .configuration, diagnostics: [fault])])
    }
    for audience in audiences {
      var builder = Builder(options: options(for: audience), audience: audience.name, progress: progress)
      switch await builder.prepare(isStoppedByTheme: true) {
      case .success(let site): sites.append((builder, site))
      case .failure(let stop): return Sites.sum([main.stopped(stop.status), builder.stopped(stop.status)])
      }
    }
    if options.isStrict, sites.contains(where: { $0.builder.isFaulty }) {
      return Sites.sum(sites.map { $0.builder.stopped(.withheld) })
    }
    var results: [BuildResult] = []
    for index in sites.indices { results.append(await sites[index].builder.publish(sites[index].site)) }
    return Sites.sum(results)
  }

  func check() async -> BuildResult {
    let main = await check(options, audience: nil)
    guard main.result.status == .checked else { return main.result }
    var results = [main.result]
    for audience in main.audiences { results.append(await check(options(for: audience), audience: audience.name).result) }
    return Sites.sum(results)
  }

  /// With a fault in the theme the content is looked at all the same.
  private func check(
    _ options: BuildOptions, audience: String?
  ) async -> (result: BuildResult, audiences: [Configuration.Audience]) {
    var builder = Builder(options: options, audience: audience, progress: progress)
    switch await builder.prepare(isStoppedByTheme: false) {
    case .success(let site): return (builder.stopped(.checked), site.edition.catalog.configuration.audiences)
    case .failure(Builder.Stop(status: .withheld)): return (builder.stopped(.checked), [])
    case .failure(let stop): return (builder.stopped(stop.status), [])
    }
  }

  private func options(for audience: Configuration.Audience) -> BuildOptions {
    var options = options
    options.output = audience.output
    return options
  }

  /// Two sites in one folder, or one in the other, would publish to one audience what is for another.
  private static func collision(of audiences: [Configuration.Audience], with output: String) -> Diagnostic? {
    var taken = [folder(output)]
    for audience in audiences {
      let own = folder(audience.output)
      if taken.contains(where: { own.hasPrefix($0) || $0.hasPrefix(own) }) {
        return Diagnostic(.error, .sharedOutput(audience.output, audience: audience.name))
      }
      taken.append(own)
    }
    return nil
  }

  private static func folder(_ path: String) -> String { FileSystem.resolvedAhead(path) + "/" }

  /// What all of them said, each thing once. The files are the same for all: the first one counted them.
  private static func sum(_ results: [BuildResult]) -> BuildResult {
    guard var sum = results.first else { return BuildResult(status: .published, diagnostics: []) }
    for result in results.dropFirst() {
      if sum.status == results[0].status { sum.status = result.status }
      sum.diagnostics += result.diagnostics.filter { !sum.diagnostics.contains($0) }
      sum.pages += result.pages
      sum.files += result.files
      sum.changed += result.changed
      sum.removed += result.removed
    }
    sum.diagnostics.sort(by: Diagnostic.inPrintedOrder)
    return sum
  }
}
