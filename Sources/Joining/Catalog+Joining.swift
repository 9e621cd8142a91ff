import Diagnostics
package import Records
package import Releases
package import Time

extension Catalog {
  /// Joins everything that was read into one catalog. The result does not depend on the order of the input.
  ///
  /// The account of the result is that of the reading, changed: what was read as good and is left out moves from rendered to skipped
  /// (or error), so the sum stays.
  package static func join(_ all: CatalogInput, configuration whole: Configuration, asOf: Timestamp) -> Joined {
    var (input, configuration) = (all, whole)
    var hiding: Hiding?
    if Hiding.isNeeded(whole) {
      hiding = Hiding(whole, all)
      hiding?.apply(to: &input)
      configuration.services.removeAll(where: \.isHidden)
    }
    let names = DeclaredEnvironments(configuration)
    let groups = RunGroups(input.runs, names)
    let told = LoneDeployments(input.deployments, groups, names, configuration.services)
    var reading = TargetReading(told, groups: groups.groups, configuration: configuration)
    let targets = TargetJoining(reading.targets, runs: told.runs, alone: told.alone)
    var notes = reading.joinNotes(input.notes)
    let built = buildServices(configuration, asOf, groups, reading, targets, &notes)
    let incidents = IncidentJoining(input.incidents, services: built.services, names: built.names, asOf: asOf)
    let newest = NewestRecord(input, asOf: asOf)

    var diagnostics =
      groups.diagnostics + told.diagnostics + targets.diagnostics + notes.diagnostics + built.diagnostics
      + incidents.diagnostics
    if let time = newest.time, newest.later > 0 {
      diagnostics.append(Diagnostic(.note, .recordsAfterAsOf(count: newest.later, asOf: asOf, newest: time)))
    }
    diagnostics += input.unlistedEnvironments(configuration, names)
    diagnostics += UnlistedTargets(reading, configuration).diagnostics
    if !all.runs.isEmpty || !all.deployments.isEmpty { diagnostics += hiding?.unused(whole) ?? [] }
    let hidden = hiding?.leftOut ?? []
    let leftOut = hidden + groups.leftOut + told.leftOut + notes.leftOut + incidents.leftOut
    let catalog = Catalog(
      configuration: namingFreezes(configuration, reading, and: incidents.windows), asOf: asOf, newestRecord: newest.time,
      environments: reading.environments,
      services: built.services, histories: built.histories, incidents: incidents.incidents,
      account: all.account + account(leftOut, parts: hiding?.parts ?? [], errors: notes.errors),
      introduction: all.introduction, pages: all.pages)
    return Joined(catalog: catalog, diagnostics: diagnostics.sorted(by: Diagnostic.inPrintedOrder))
  }

  /// What the join changes.
  private static func account(_ leftOut: [LeftOut], parts: [Account.Skipped], errors: Int) -> Account {
    var account = Account()
    account.records = Account.Tally(rendered: -leftOut.count - errors, skipped: leftOut.count, error: errors)
    account.skipped = (leftOut.map(\.skipped) + parts).sorted {
      ($0.file, $0.record ?? "", $0.reason) < ($1.file, $1.record ?? "", $1.reason)
    }
    return account
  }

  private struct Built {
    var services: [Service] = []
    var histories: [[History]] = []
    var diagnostics: [Diagnostic] = []
    var names: IncidentJoining.Names
  }

  private static func buildServices(
    _ configuration: Configuration, _ asOf: Timestamp, _ groups: RunGroups, _ reading: TargetReading,
    _ targets: TargetJoining, _ notes: inout NoteJoining
  ) -> Built {
    let environments = reading.environments
    let context = ServiceContext(
      configuration: configuration, environments: environments,
      order: PromotionOrder(environments, configuration: configuration),
      freezes: Freezes(configuration.freezes, asOf: asOf, environment: reading.lookup.number), runs: reading.runs,
      lookup: reading.lookup, asOf: asOf)
    // Services stand in the order of the configuration, then by key.
    let declared = reading.services.declaredCount
    let order = reading.services.keys.indices.sorted { left, right in
      if left < declared || right < declared { return left < right }
      return reading.services.keys[left] < reading.services.keys[right]
    }
    let parts = ServiceParts(
      groups: groups.groups, reading: reading, targets: targets, runs: reading.runs, alone: reading.alone)
    var places: [Int: Int] = [:]
    var built = Built(
      names: IncidentJoining.Names(service: { _ in nil }, environment: reading.lookup.number, environmentKeys: []))
    for (place, number) in order.enumerated() {
      places[number] = place
      let (service, histories, diagnostics) = parts.make(number, context, &notes)
      built.services.append(service)
      built.histories.append(histories)
      built.diagnostics += diagnostics
    }
    built.names = IncidentJoining.Names(
      service: { reading.services.existing(named: $0).flatMap { places[$0] } }, environment: reading.lookup.number,
      environmentKeys: environments.map(\.key))
    built.diagnostics += unknownFreezes(configuration, reading)
    return built
  }

  /// Freezes name environments as people do; pages and rules know them by their keys. What nobody knows stays as it was written.
  private static func namingFreezes(
    _ configuration: Configuration, _ reading: TargetReading, and windows: [Configuration.Freeze]
  ) -> Configuration {
    var configuration = configuration
    configuration.freezes += windows
    for index in configuration.freezes.indices {
      configuration.freezes[index].environments = configuration.freezes[index].environments.map { name in
        reading.lookup.number(named: name).map { reading.environments[$0].key } ?? name
      }
    }
    return configuration
  }

  private static func unknownFreezes(_ configuration: Configuration, _ reading: TargetReading) -> [Diagnostic] {
    var seen: Set<String> = []
    return configuration.freezes.flatMap { freeze in
      freeze.environments.compactMap { name in
        guard reading.lookup.number(named: name) == nil, seen.insert(name).inserted else { return nil }
        let near = nearMiss(name, among: reading.environments.map(\.key))
        return Diagnostic(
          .warning, .unknownFreezeEnvironment(name, suggestion: near), file: configuration.file, position: freeze.position)
      }
    }
  }
}
