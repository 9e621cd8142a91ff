package import Diagnostics
import Records
package import Releases
import Report
import Time

extension Explanation.Fact {
  /// Every fact of a catalog.
  package static func all(of catalog: Catalog) -> [Explanation.Fact] {
    let ofServices = catalog.services.enumerated().flatMap { index, service in
      service.runs.indices.map { Self.run(service: index, run: $0) }
        + service.deployments.indices.map { .deployment(service: index, deployment: $0) }
        + service.releases.indices.map { .release(service: index, release: $0) }
    }
    return ofServices + catalog.incidents.indices.map { .incident($0) }
  }

  /// How it came about.
  package func story(in catalog: Catalog) -> Story {
    switch self {
    case .run(let service, let run):
      let run = catalog.services[service].runs[run]
      var story = run.record.story
      for attempt in run.attempts { story.join(placesOf: attempt.story) }
      return story
    case .deployment(let service, let deployment): return catalog.services[service].deployments[deployment].story
    case .release(let service, let release): return catalog.services[service].releases[release].note?.value.story ?? Story()
    case .incident(let index): return catalog.incidents[index].record.story
    }
  }

  var kind: String {
    switch self {
    case .run: "run"
    case .deployment: "deployment"
    case .release: "release"
    case .incident: "incident"
    }
  }

  /// Its id; of a release its version, nil for what is in none yet.
  func id(in catalog: Catalog) -> String? {
    switch self {
    case .run(let service, let run): catalog.services[service].runs[run].record.id
    case .deployment(let service, let deployment): catalog.services[service].deployments[deployment].id
    case .release(let service, let release): catalog.services[service].releases[release].version
    case .incident(let index): catalog.incidents[index].record.id
    }
  }

  func service(in catalog: Catalog) -> Service? {
    switch self {
    case .run(let service, _), .deployment(let service, _), .release(let service, _): catalog.services[service]
    case .incident(let index): catalog.incidents[index].service.map { catalog.services[$0] }
    }
  }

  /// `deployment 42-production: checkout 1.4.0 to Production, succeeded`.
  package func title(in catalog: Catalog) -> String {
    switch self {
    case .run(let index, let run):
      let (service, run) = (catalog.services[index], catalog.services[index].runs[run])
      return "run \(run.record.id): \(service.name) \(Version.display(run.version)), \(run.record.state.rawValue)"
    case .deployment(let index, let deployment):
      let (service, made) = (catalog.services[index], catalog.services[index].deployments[deployment])
      let environment = catalog.environments[made.environment].name
      return "deployment \(made.id): \(service.name) \(Version.display(made.version)) to \(environment), \(made.state.rawValue)"
    case .release(let index, let release):
      let version = catalog.services[index].releases[release].version ?? "what is in no release yet"
      return "release: \(catalog.services[index].name) \(version)"
    case .incident(let index):
      let record = catalog.incidents[index].record
      return "incident \(record.id): \(record.title ?? "without a title"), \(record.state.rawValue)"
    }
  }

  /// Names of the fields that no record holds.
  func inferred(in catalog: Catalog) -> [String] {
    switch self {
    case .deployment(let service, let deployment): catalog.services[service].deployments[deployment].inferred
    case .run, .release, .incident: []
    }
  }

  /// What the catalog holds, by the topic that remarks speak of; nil where it holds nothing.
  func value(_ topic: Remark.Topic, in catalog: Catalog) -> String? {
    switch self {
    case .run(let service, let run):
      Explanation.Fact.value(topic, of: catalog.services[service].runs[run], in: catalog.services[service], catalog)
    case .deployment(let service, let deployment):
      Explanation.Fact.value(
        topic, of: catalog.services[service].deployments[deployment], in: catalog.services[service], catalog)
    case .release(let service, let release):
      Explanation.Fact.value(topic, of: catalog.services[service].releases[release], in: catalog.services[service])
    case .incident(let index): Explanation.Fact.value(topic, of: catalog.incidents[index], catalog)
    }
  }

  private static func value(_ topic: Remark.Topic, of run: Run, in service: Service, _ catalog: Catalog) -> String? {
    let record = run.record
    switch topic {
    case .repository: return record.repository
    case .service: return service.key
    case .environment:
      let environments = Set(run.deployments.map { service.deployments[$0].environment }).sorted()
      let keys = environments.map { catalog.environments[$0].key }
      return keys.isEmpty ? "none: nothing in it names one, and no rule in `records:` gives it one" : Format.list(keys)
    case .version: return run.version
    case .commit: return record.commit?.sha
    case .state: return stated(record.state, record.stateRaw)
    case .times: return catalog.span(record.startedAt, record.finishedAt)
    case .attempt: return run.attempts.isEmpty ? nil : String(record.attempt)
    case .reading, .joining, .target, .gate, .promotion, .action, .kind, .retention: return nil
    }
  }

  private static func value(
    _ topic: Remark.Topic, of deployment: Deployment, in service: Service, _ catalog: Catalog
  ) -> String? {
    switch topic {
    case .service: return service.key
    case .environment: return catalog.environments[deployment.environment].key
    case .target:
      return deployment.target ?? (deployment.targets.isEmpty ? nil : deployment.targets.map(\.name).joined(separator: ", "))
    case .version: return deployment.version
    case .commit: return deployment.commit?.sha
    case .state: return stated(deployment.state, deployment.stateRaw)
    case .times: return catalog.span(deployment.startedAt, deployment.finishedAt)
    case .attempt: return deployment.attempt > 1 ? String(deployment.attempt) : nil
    case .gate:
      return deployment.gate.map { [$0.key, $0.kind.rawValue, $0.state.rawValue].compactMap(\.self).joined(separator: ", ") }
    case .promotion: return deployment.promotion.rawValue
    case .action: return deployment.action.rawValue
    case .kind: return deployment.kind.map { $0.rawValue + (deployment.from.map { " from \($0)" } ?? "") }
    case .reading, .joining, .repository, .retention: return nil
    }
  }

  private static func value(_ topic: Remark.Topic, of release: Release, in service: Service) -> String? {
    switch topic {
    case .service: service.key
    case .version: release.version
    case .times: release.note?.value.date.map { Format.machineDay($0) }
    case .reading, .joining, .repository, .environment, .target, .commit, .state, .attempt, .gate, .promotion, .action, .kind,
      .retention:
      nil
    }
  }

  private static func value(_ topic: Remark.Topic, of incident: Incident, _ catalog: Catalog) -> String? {
    switch topic {
    case .service: incident.service.map { catalog.services[$0].key }
    case .environment: incident.environment.map { catalog.environments[$0].key }
    case .state: incident.record.state.rawValue
    case .times: catalog.span(incident.record.startedAt, incident.record.resolvedAt)
    case .reading, .joining, .repository, .version, .target, .commit, .attempt, .gate, .promotion, .action, .kind, .retention:
      nil
    }
  }

  /// `succeeded`; with the provider's own word where that is another one.
  private static func stated(_ state: State, _ raw: String?) -> String {
    guard let raw, raw.lowercased() != state.rawValue else { return state.rawValue }
    return "\(state.rawValue) (\"\(raw)\")"
  }
}

extension Catalog {
  /// `2026-03-02 10:00 UTC to 2026-03-02 10:05 UTC`.
  func span(_ start: Timestamp?, _ end: Timestamp?) -> String? {
    switch (start, end) {
    case (let start?, let end?): "\(moment(start)) to \(moment(end))"
    case (let start?, nil): "since \(moment(start))"
    case (nil, let end?): "until \(moment(end))"
    case (nil, nil): nil
    }
  }

  /// In the site's zone.
  func moment(_ time: Timestamp) -> String {
    let civil = configuration.zone.civil(time)
    return "\(Format.machineDay(civil.date)) \(Format.clock(civil)) \(civil.abbreviation)"
  }
}
