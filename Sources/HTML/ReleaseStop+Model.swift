package import Report
package import Template

extension ReleaseStop: Model {
  package static let fields = Fields<ReleaseStop>(
    .object("environment") { $0.environment },
    .text("look") { $0.look },
    .list("lines") { $0.lines }
  )

  /// How it is drawn: `reached`, `at-gate`, `dry`, with `gated` where a gate stands before it.
  private var look: String { isAtGate ? "at-gate" : (isReached ? "reached" : "dry") + (isGated ? " gated" : "") }
}

extension ReleaseStop.Line: Model {
  package static let fields = Fields<ReleaseStop.Line>(
    .object("mark") { $0.mark },
    .object("sentence") { $0.sentence },
    .flag("isLeg") { $0.isLeg },
    .flag("isLoud") { $0.isLoud }
  )
}
