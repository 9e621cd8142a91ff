import Records
package import Releases
package import Template

extension VerdictFacts {
  /// The first line of the dashboard, computed and never a guess: what needs a person, else what is on the way, else that all is well.
  package func headline(in book: Phrasebook) -> String {
    let text = sentence.plain(in: book)
    return text.prefix(1).uppercased() + text.dropFirst() + "."
  }

  /// The headline without its capital letter and its full stop.
  package var sentence: Sentence {
    if services == 0, !isLoud {
      if leftOut > 0 {
        return leftOut == 1 ? "\(1) record was read and is not shown" : "\(leftOut) records were read and none is shown"
      }
      return filesInError == 0 ? "no record yet" : .list(["no deployment is known"] + notShown)
    }
    let clauses = isLoud ? loudClauses : quietClauses
    if isLoud { return .list(clauses) }
    if isPast { return clauses.isEmpty ? "what waited then is not recorded" : .list(clauses) }
    if live == 0 { return .list(nothingLive + clauses) }
    if clauses.isEmpty { return "everything that runs is current; nothing waits for a person" }
    return "nothing waits for a person; \(Sentence.list(clauses))"
  }

  /// "Nothing" only where nothing was left out that might have told of something.
  private var nothingLive: [Sentence] {
    let passing = shortLived == 0 ? nil : Format.count(shortLived, "short-lived environment")
    switch (removed > 0, passing) {
    case (true, let places?): return ["nothing runs any more but in \(places)"] + notShown
    case (true, nil): return ["nothing runs any more"] + notShown
    case (false, let places?): return ["nothing runs but in \(places)"] + notShown
    case (false, nil) where !notShown.isEmpty: return ["no deployment is known"] + notShown
    case (false, nil): return [hasRecords ? "nothing has been deployed yet" : "no deployment is recorded"]
    }
  }

  private var notShown: [Sentence] {
    var clauses: [Sentence] = []
    if leftOut > 0 {
      clauses.append(leftOut == 1 ? "\(1) record is not shown" : "\(leftOut) records are not shown")
    }
    if filesInError > 0 { clauses.append(filesInError == 1 ? "\(1) file is in error" : "\(filesInError) files are in error") }
    return clauses
  }

  private var loudClauses: [Sentence] {
    var clauses: [Sentence] = []
    if waitingForPerson > 0 {
      clauses.append(
        waitingForPerson == 1 ? "\(1) release waits for a person" : "\(waitingForPerson) releases wait for a person")
    }
    if pausedRuns > 0 {
      clauses.append(
        pausedRuns == 1
          ? "\(1) run is paused and names no environment" : "\(pausedRuns) runs are paused and name no environment")
    }
    if incidents > 0 { clauses.append(incidents == 1 ? "\(1) incident is open" : "\(incidents) incidents are open") }
    if yanked > 0 { clauses.append(yanked == 1 ? "a withdrawn release is live" : "\(yanked) withdrawn releases are live") }
    if unknown > 0 { clauses.append("what runs is unknown in \(Format.count(unknown, "place"))") }
    if partial > 0 {
      clauses.append(partial == 1 ? "\(1) place is only partly deployed" : "\(partial) places are only partly deployed")
    }
    if unknownDeployments > 0 {
      clauses.append("the state of \(Format.count(unknownDeployments, "deployment")) is not known")
    }
    if unplacedRuns > 0 {
      clauses.append(
        unplacedRuns == 1
          ? "\(1) run names no environment: write a rule" : "\(unplacedRuns) runs name no environment: write a rule")
    }
    if live == 0, unknown == 0, isWaitKnown { clauses += nothingLive }
    return clauses
  }

  private var quietClauses: [Sentence] {
    var clauses: [Sentence] = []
    if failed > 0 { clauses.append("the last attempt failed in \(Format.count(failed, "place"))") }
    if mixed > 0 { clauses.append("several versions run in \(Format.count(mixed, "place"))") }
    if waitingForOther > 0 {
      clauses.append(
        waitingForOther == 1 ? "\(1) release waits for a check" : "\(waitingForOther) releases wait for a check")
    }
    if behind > 0 {
      clauses.append(
        behind == 1 ? "\(1) service has releases on the way" : "\(behind) services have releases on the way")
    }
    return clauses
  }

  /// The same in a few words, for the title of the window: `2 wait, 1 incident`.
  package var title: Sentence {
    var parts: [Sentence] = []
    if waitingForPerson > 0 { parts.append(waitingForPerson == 1 ? "\(1) waits" : "\(waitingForPerson) wait") }
    if incidents > 0 { parts.append(Format.count(incidents, "incident")) }
    if yanked > 0 { parts.append("\(yanked) withdrawn") }
    let uncertain = unknown + open
    if uncertain > 0 { parts.append("\(uncertain) unknown") }
    if partial > 0 { parts.append("\(partial) in part") }
    return parts.isEmpty ? "Dashboard" : .joined(parts, separator: ", ")
  }

  /// The loudest of what there is.
  package var mark: Mark {
    if incidents + yanked > 0, waitingForPerson == 0 { return Mark(.failed) }
    if waitingForPerson > 0 { return Mark(.waiting) }
    if unknown + partial > 0 || !isWaitKnown { return Mark(.unknown) }
    if live == 0 { return Mark(.skipped) }
    if waitingForOther > 0 { return Mark(.waiting) }
    return Mark(failed > 0 ? .failed : .succeeded)
  }
}

extension Catalog {
  /// `checkout 2.9.1 and web 1482`: what an environment runs, the first six of them; empty where nothing runs.
  package func running(in environment: Int) -> Sentence {
    var running = services.enumerated().compactMap { service, item -> Sentence? in
      let cell = histories[service][environment].cell
      if cell.state == .mixed { return "\(item.name) \(cell.mixedWords)" }
      guard cell.state == .current, let current = cell.current else { return nil }
      return "\(item.name) \(item.deployments[current].version)"
    }
    if running.count > 6 { running = running.prefix(6) + ["\(running.count - 6) more"] }
    return .list(running)
  }
}
