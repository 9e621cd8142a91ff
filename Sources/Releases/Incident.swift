package import Records

package struct Incident: Sendable {
  package struct Link: Hashable, Sendable {
    package let service: Int
    /// Index into that service's deployments.
    package let deployment: Int

    package init(service: Int, deployment: Int) {
      self.service = service
      self.deployment = deployment
    }
  }

  /// What it touches, as its record tells it, and what the names mean; nil: nothing that is known.
  package struct Effect: Sendable {
    package let told: IncidentRecord.Effect
    package let service: Int?
    package let environment: Int?

    package init(_ told: IncidentRecord.Effect, service: Int?, environment: Int?) {
      (self.told, self.service, self.environment) = (told, service, environment)
    }
  }

  package let record: IncidentRecord
  package let service: Int?
  package let environment: Int?
  /// In the order of its record.
  package let effects: [Effect]
  /// All that it concerns: its own and those that it is told to affect.
  package let services: Set<Int>
  package let environments: Set<Int>
  package let causedBy: [Link]
  package let fixedBy: [Link]
  /// Where it was read, for diagnostics.
  package let file: String

  package init(
    record: IncidentRecord, service: Int?, environment: Int?, effects: [Effect] = [], services: Set<Int> = [],
    environments: Set<Int> = [], causedBy: [Link], fixedBy: [Link], file: String
  ) {
    self.effects = effects
    self.services = services
    self.environments = environments
    self.record = record
    self.service = service
    self.environment = environment
    self.causedBy = causedBy
    self.fixedBy = fixedBy
    self.file = file
  }

  /// Whether it touches a service, or a deployment of it caused or fixed it.
  package func concerns(service: Int) -> Bool {
    services.contains(service) || (causedBy + fixedBy).contains { $0.service == service }
  }
}
