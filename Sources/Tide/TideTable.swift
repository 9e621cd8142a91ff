import Plan
import Records
import Releases
package import Report
import Time

/// A chart in words: every release that it draws, where it arrived and when, how long it waited, and what else happened to it.
package struct TideTable: Hashable, Sendable {
  /// A release, or what is in doubt though no release of the chart is.
  package struct Row: Hashable, Sendable {
    package let release: LinkText
    /// One for each environment of the table.
    package let arrivals: [Sentence]
    package let remarks: Sentence
  }

  package let environments: [String]
  package let rows: [Row]
  package let omitted: Sentence?

  /// At most `limit` rows of each strip, the latest.
  init(_ view: Viewpoint, _ strips: [TideStrip], limit: Int, isAboutNow: Bool) {
    let columns = view.catalog.environments.indices.filter { index in
      strips.contains { $0.levels.contains { $0.environment == index } }
    }
    environments = columns.map { view.catalog.environments[$0].name }
    rows = strips.flatMap { strip in
      let teller = TideTeller(strip: strip, view: view, isAboutNow: isAboutNow)
      let doubts = teller.doubtsOfNoRelease.map { doubt in
        Row(
          release: view.wording.release(
            strip.service, view.catalog.services[strip.service].deployments[doubt.deployment].version, named: strips.count > 1),
          arrivals: columns.map { _ in "" }, remarks: doubt.remark)
      }
      return doubts
        + strip.releasesNewestFirst.prefix(limit).map { release in
          Row(
            release: view.wording.release(strip.service, teller.version(release), named: strips.count > 1),
            arrivals: columns.map { teller.arrival(of: release, in: $0) }, remarks: teller.remarks(on: release))
        }
    }
    let rest = strips.reduce(0) { $0 + max(0, $1.releasesNewestFirst.count - limit) }
    omitted = rest > 0 ? TideWords.omitted(rest) : nil
  }

  /// In sentences, for those who hear the chart.
  static func description(of strip: TideStrip, _ view: Viewpoint, isAboutNow: Bool) -> Sentence {
    let told = 8
    let teller = TideTeller(strip: strip, view: view, isAboutNow: isAboutNow)
    let releases = strip.releasesNewestFirst
    var sentences = releases.prefix(told).map { release -> Sentence in
      let arrivals = strip.levels.compactMap { level -> Sentence? in
        let text = teller.arrival(of: release, in: level.environment)
        return text.isEmpty ? nil : "\(view.catalog.environments[level.environment].name) \(text)"
      }
      let remarks = teller.remarks(on: release)
      let end: Sentence = remarks.isEmpty ? "." : "; \(remarks)."
      return "\(teller.version(release)): \(Sentence.joined(arrivals, separator: ", "))\(end)"
    }
    sentences += teller.doubtsOfNoRelease.map { doubt in
      "\(view.catalog.services[strip.service].deployments[doubt.deployment].version): \(doubt.remark)."
    }
    if releases.count > told { sentences.append(TideWords.before(releases.count - told)) }
    return .joined(sentences, separator: " ")
  }
}

/// Tells of the releases of one strip.
private struct TideTeller {
  package let strip: TideStrip
  package let view: Viewpoint
  package let isAboutNow: Bool

  private var service: Service { view.catalog.services[strip.service] }

  func version(_ release: Int) -> String { service.releases[release].version ?? "" }

  private func time(_ time: Timestamp) -> TimeText { isAboutNow ? view.wording.short(time) : view.wording.long(time) }
  private func name(_ level: TideStrip.Level) -> String { view.catalog.environments[level.environment].name }

  /// `3 Mar 09:10`; `before 17 Feb` for what was there when the chart begins.
  func arrival(of release: Int, in environment: Int) -> Sentence {
    guard let level = strip.levels.first(where: { $0.environment == environment }) else { return "" }
    let regions = level.regions.filter { $0.release == release }
    return .joined(
      regions.map { region -> Sentence in
        region.way == .before ? TideWords.arrival(before: view.edition.civil(strip.window.from).date) : "\(time(region.from))"
      }, separator: ", ")
  }

  func remarks(on release: Int) -> Sentence {
    .joined(strip.levels.flatMap { remarks(on: release, $0) }, separator: "; ")
  }

  private func remarks(on release: Int, _ level: TideStrip.Level) -> [Sentence] {
    var remarks: [Sentence] = []
    for wait in level.waits where service.deployments[wait.deployment].release == release || isOf(release, wait.deployment) {
      let words = TideStripView.words(of: wait, end: strip.window.to, isAboutNow: isAboutNow)
      remarks.append(TideWords.wait(words, before: name(level)))
    }
    for (index, region) in level.regions.enumerated() {
      if region.release == release, region.way == .outside {
        remarks.append(TideWords.straight(to: name(level), isHotfix: true))
      }
      if region.release == release, region.way == .straight {
        remarks.append(TideWords.straight(to: name(level), isHotfix: false))
      }
      if index == 0, region.release == nil, isOf(release, region.deployment) { remarks.append(unknown(region, level)) }
      guard index > 0, level.regions[index - 1].release == release else { continue }
      if region.way == .fall { remarks.append(TideWords.rolledBack(in: name(level), time(region.from))) }
      if region.release == nil { remarks.append(unknown(region, level)) }
    }
    for index in view.catalog.histories[strip.service][level.environment].deployments {
      let deployment = service.deployments[index]
      guard deployment.state == .failed, isOf(release, index), let at = deployment.time, strip.window.contains(at) else {
        continue
      }
      remarks.append(TideWords.failed(in: name(level), time(at)))
    }
    return remarks
  }

  private func unknown(_ region: TideStrip.Region, _ level: TideStrip.Level) -> Sentence {
    TideWords.unknown(in: name(level), since: time(region.from))
  }

  /// What no release of the chart can tell: the doubt about what nothing else is known of.
  package var doubtsOfNoRelease: [(deployment: Int, remark: Sentence)] {
    let releases = strip.releasesNewestFirst
    return strip.levels.compactMap { level in
      guard let region = level.regions.first, region.release == nil, !releases.contains(where: { isOf($0, region.deployment) })
      else { return nil }
      return (region.deployment, unknown(region, level))
    }
  }

  private func isOf(_ release: Int, _ deployment: Int) -> Bool {
    Version.display(service.deployments[deployment].version) == Version.display(version(release))
  }
}
