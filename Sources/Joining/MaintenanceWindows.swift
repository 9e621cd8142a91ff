import Records
import Time

// Maintenance that was planned (record.md, Incident, `type`): a window of the calendar, and an incident of its own kind once it began.

extension Configuration.Freeze {
  /// The window of a maintenance; nil where its start or its end is not told.
  init?(_ record: IncidentRecord) {
    guard record.kind == .maintenance, let start = record.startedAt, let end = record.resolvedAt, start < end else {
      return nil
    }
    var environments: [String] = []
    for name in ([record.environment] + record.affects.map(\.environment)).compactMap({ $0 }) where !environments.contains(name)
    {
      environments.append(name)
    }
    self.init(from: start, to: end, environments: environments, reason: record.title ?? record.id, kind: .maintenance)
  }
}

extension [Located<IncidentRecord>] {
  /// The windows of what was planned, in the order of time; of several tellings of one maintenance the one that is kept.
  var maintenanceWindows: [Configuration.Freeze] {
    let windows = map(\.value).compactMap { record in Configuration.Freeze(record).map { (window: $0, id: record.id) } }
    return windows.sorted { ($0.window.from, $0.window.to, $0.id) < ($1.window.from, $1.window.to, $1.id) }.map(\.window)
  }
}

extension IncidentRecord {
  /// Whether it is planned for later and nobody has said that it began.
  func isAhead(of asOf: Timestamp) -> Bool {
    kind == .maintenance && state == .detected && startedAt.map { $0 > asOf } ?? false
  }

  /// What was to be over by now is over; of what goes on the end is only planned.
  func settled(at asOf: Timestamp) -> IncidentRecord {
    guard kind == .maintenance, !state.isOver, let end = resolvedAt else { return self }
    var record = self
    if end <= asOf { record.state = .resolved } else { record.resolvedAt = nil }
    return record
  }
}
