import Releases

extension Catalog {
  /// The state of the whole in one sentence, for `summary.json`: what the last environment runs, what waits, what is open.
  var statusSentence: String {
    var parts: [String] = []
    if let environment = environments.lastIndex(where: { !$0.archived }) {
      let running = services.indices.compactMap { service -> String? in
        let cell = histories[service][environment].cell
        guard cell.state == .current, let current = cell.current else { return nil }
        return services[service].name + " " + services[service].deployments[current].version
      }
      parts.append(environments[environment].name + " runs " + (running.isEmpty ? "nothing" : Format.list(running)))
    }
    let waiting = histories.flatMap { $0 }.flatMap(\.cell.waiting)
    if !waiting.isEmpty {
      let since = waiting.compactMap(\.since).min().map { " since " + Format.long(configuration.zone.civil($0)) } ?? ""
      parts.append(
        Format.count(waiting.count, "release").plain + (waiting.count == 1 ? " waits" : " wait") + " for approval" + since)
    }
    let open = incidents.count { $0.record.state != .resolved }
    if open > 0 { parts.append(Format.count(open, "incident").plain + (open == 1 ? " is" : " are") + " open") }
    return parts.isEmpty ? "No deployment is recorded yet" : parts.joined(separator: "; ")
  }
}
