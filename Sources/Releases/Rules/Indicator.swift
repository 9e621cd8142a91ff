import Records

extension Catalog {
  /// How serious the state of the whole is (api.md): the highest severity of the open incidents, else minor where a flag needs a person.
  package enum Indicator: String, Sendable, CaseIterable { case none, minor, major, critical }

  package var indicator: Indicator {
    // Planned maintenance is minor at most.
    let open = openIncidents.map { incidents[$0] }.map { incident in
      incident.record.kind == .maintenance ? nil : incident.record.severity?.lowercased()
    }
    if open.contains("critical") { return .critical }
    if open.contains("major") { return .major }
    let flags = histories.flatMap { zip($0, environments) }.filter { $1.isStage }.flatMap(\.0.cell.flags)
    return open.isEmpty && !flags.contains(.yanked) && !flags.contains(.partial) ? .none : .minor
  }
}
