import Records
package import Releases
package import Time

/// The nouns of the site as links. A noun without a page stays a noun.
extension Wording {
  package func environment(_ index: Int) -> LinkText {
    LinkText(text: catalog.environments[index].name, to: .environment(index))
  }

  package func service(_ index: Int) -> LinkText {
    LinkText(text: catalog.services[index].name, to: .service(index))
  }

  /// `compared with Staging`: a service in an environment and in the one before; nil where none is before it, or nothing comes any more.
  package func compared(_ service: Int, _ environment: Int, words: Sentence = "compared with ") -> LinkText? {
    guard let upstream = catalog.histories[service][environment].cell.upstream, !catalog.environments[environment].archived
    else { return nil }
    return LinkText(
      text: catalog.environments[upstream].name, to: .comparison(upstream, environment, service: service),
      before: words)
  }

  /// A version, as a link to its release. `named`: with the service before it.
  package func release(_ service: Int, _ version: String, named: Bool = false) -> LinkText {
    let release = catalog.services[service].release(version: version).map { Destination.release(service: service, $0) }
    return LinkText(text: (named ? catalog.services[service].name + " " : "") + version, to: release)
  }

  /// The page of a deployment, else of its run.
  package func deployment(_ service: Int, _ deployment: Int, text: String, after: Sentence = "") -> LinkText {
    LinkText(text: text, to: .deployment(service: service, deployment), after: after)
  }

  /// The same, with our own words as its name.
  package func deployment(_ service: Int, _ deployment: Int, words: String) -> LinkText {
    own("\(words: words)", .deployment(service: service, deployment))
  }

  /// `run 912`; nil for a deployment that names no run.
  package func run(of deployment: Deployment, _ service: Int) -> LinkText? {
    guard let index = deployment.run else {
      return deployment.runID.map { LinkText(text: deployment.runNumber.map(String.init) ?? $0, to: nil, before: "run ") }
    }
    let record = catalog.services[service].runs[index].record
    return LinkText(text: record.number.map(String.init) ?? record.id, to: .run(service: service, index), before: "run ")
  }

  package func incident(_ index: Int) -> LinkText {
    let record = catalog.incidents[index].record
    return LinkText(text: record.title ?? record.id, to: .incident(index))
  }

  /// Versions as links, in words: `2.10.0`, `2.10.0 and 2.9.2`. At most `limit` of them, then how many more.
  package func releases(_ service: Int, _ versions: [String], limit: Int = 6) -> Sentence {
    var parts = versions.prefix(limit).map { version -> Sentence in "\(release(service, version))" }
    if versions.count > limit { parts.append("\(versions.count - limit) more") }
    return .list(parts)
  }
}

extension Wording {
  /// `Thu 26 Mar 10:31`, with the year where it is not this one. Only for pages about now.
  package func dated(_ time: Timestamp) -> TimeText {
    let thisYear = civil(catalog.asOf).date.year
    return TimeText(time, .dated(civil(time), thisYear: thisYear))
  }

  /// `09:36` on the day of as-of, else `26 Mar 10:31`. Only for pages about now.
  package func brief(_ time: Timestamp) -> TimeText {
    let civil = self.civil(time)
    guard civil.date == self.civil(catalog.asOf).date else { return short(time) }
    return TimeText(time, .clock(civil))
  }

  /// The time on its day, where the day stands beside it: `13:58` after `day`, else the long form.
  package func clock(_ time: Timestamp, after day: Timestamp) -> TimeText {
    let civil = self.civil(time)
    guard civil.date == self.civil(day).date else { return long(time) }
    return TimeText(time, .clock(civil))
  }
}
