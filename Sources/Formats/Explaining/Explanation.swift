package import Diagnostics
import Report

/// The answer of `tidemark explain`: what the build kept of how it read and joined what was asked about. Nothing is judged here.
package struct Explanation: Sendable {
  package struct Question: Hashable, Sendable {
    /// Relative to the content folder.
    package var file: String?
    package var line: Int?
    package var service: String?
    package var version: String?
    package var environment: String?

    package init() {}
  }

  package enum Outcome: Hashable, Sendable {
    case rendered
    /// With the words of the account.
    case skipped(String)
    /// The diagnostics say why.
    case error
  }

  /// The file that was asked about.
  package struct File: Hashable, Sendable {
    package var path: String
    /// What it is by its place: `records`, `a changelog`.
    package var role: String
    package var outcome: Outcome
    /// What the build says about it.
    package var diagnostics: [Diagnostic]

    package init(path: String, role: String, outcome: Outcome, diagnostics: [Diagnostic]) {
      (self.path, self.role, self.outcome, self.diagnostics) = (path, role, outcome, diagnostics)
    }
  }

  /// One object as it came.
  package struct Record: Hashable, Sendable {
    package var name: String
    package var place: RecordPlace
    package var lastLine: Int
    package var outcome: Outcome
    /// What would change the outcome, where somebody can.
    package var remedy: String?
    /// What it became a part of.
    package var facts: [Fact]

    package init(name: String, place: RecordPlace, lastLine: Int, outcome: Outcome, facts: [Fact]) {
      (self.name, self.place, self.lastLine, self.outcome, self.facts) = (name, place, lastLine, outcome, facts)
    }
  }

  /// Something that the catalog holds, by its indices.
  package enum Fact: Hashable, Sendable {
    case run(service: Int, run: Int)
    case deployment(service: Int, deployment: Int)
    case release(service: Int, release: Int)
    case incident(Int)
  }

  /// A service in an environment.
  package struct Place: Hashable, Sendable {
    package let service: Int
    package let environment: Int

    package init(service: Int, environment: Int) { (self.service, self.environment) = (service, environment) }
  }

  /// Records of a file that were left out and belong to no service for that.
  package struct LeftOut: Hashable, Sendable {
    package let file: String
    package let records: Int

    package init(file: String, records: Int) { (self.file, self.records) = (file, records) }
  }

  package var question: Question
  package var file: File?
  package var records: [Record] = []
  package var places: [Place] = []
  /// Told in full.
  package var facts: [Fact] = []
  /// Told in one line each.
  package var others: [Fact] = []
  /// In the order of the files; only where a service, a version or an environment was asked about.
  package var leftOut: [LeftOut] = []

  package init(_ question: Question) { self.question = question }
}
