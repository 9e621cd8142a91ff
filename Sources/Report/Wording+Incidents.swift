import Records
package import Releases

extension Wording {
  /// `Title: detected, open since …, for 3 h. Caused by 4.2.0, fixed by hotfix 4.2.1 in production.`
  package func words(openIncident index: Int) -> Sentence {
    let incident = catalog.incidents[index]
    var sentence: Sentence = "\(self.incident(index)): \(words: incident.record.stateWord)"
    if let since = incident.record.startedAt {
      let length: Sentence = age(since).map { ", for \(words: $0)" } ?? ""
      sentence += ", open since \(dated(since))\(length)"
    }
    if let environment = incident.environment { sentence += ", in \(self.environment(environment))" }
    let links = self.links(incident)
    return sentence + "." + (links.isEmpty ? "" : " \(links)")
  }

  /// `Caused by 4.2.0 in production, fixed by hotfix 4.2.1 in production.`; empty without either.
  package func links(_ incident: Incident) -> Sentence {
    let caused = incident.causedBy.map { self.words($0) }
    let fixed = incident.fixedBy.map { self.words($0) }
    switch (caused.isEmpty, fixed.isEmpty) {
    case (true, true): return ""
    case (false, true): return "Caused by \(Sentence.list(caused)); not fixed yet."
    case (true, false): return "Fixed by \(Sentence.list(fixed))."
    case (false, false): return "Caused by \(Sentence.list(caused)), fixed by \(Sentence.list(fixed))."
    }
  }

  /// `hotfix search 4.2.1 in production`.
  package func words(_ link: Incident.Link) -> Sentence {
    let service = catalog.services[link.service]
    let deployment = service.deployments[link.deployment]
    let name = service.name + " " + deployment.version
    let what = self.deployment(link.service, link.deployment, text: name)
    let place = self.environment(deployment.environment)
    switch deployment.kind {
    case .hotfix: return "the hotfix \(what) in \(place)"
    case .rollback: return "the rollback to \(what) in \(place)"
    case .first, .redeploy, .rebuild, .upgrade, nil: return "\(what) in \(place)"
    }
  }
}

extension Wording {
  /// `checkout in Production: major`; nil where it names nothing.
  package func words(_ effect: Incident.Effect) -> Sentence? {
    let service: Sentence? = effect.service.map { "\(self.service($0))" } ?? effect.told.service.map { "\($0)" }
    let environment: Sentence? =
      effect.environment.map { "\(self.environment($0))" } ?? effect.told.environment.map { "\($0)" }
    let place: Sentence
    switch (service, environment) {
    case (nil, nil): return nil
    case (let one?, nil), (nil, let one?): place = one
    case (let service?, let environment?): place = "\(service) in \(environment)"
    }
    return effect.told.impact.map { "\(place): \(words: $0 == .none ? "no impact" : $0.rawValue)" } ?? place
  }
}
