import Diagnostics
import Records

/// One object of a provider in our words, with the keys by which pieces find each other. The readers of the providers make them, the
/// join puts them together, and neither knows the other.
struct Piece: Sendable {
  enum Body: Equatable, Sendable {
    case run(RunPiece)
    case step(StepPiece)
    case deployment(DeploymentPiece)
    case status(StatusPiece)
    case environment(EnvironmentPiece)
    case review(ReviewPiece)
    case release(ReleasePiece)
    case incident(IncidentPiece)
    case application(ApplicationPiece)
    case name(NamePiece)
  }

  var provider: String
  /// For the account: `pipeline {…}`.
  var name: String
  var position: Position
  /// The number of its page in the provider's envelope, 0 without one, and its place in the file: what orders the steps of a run.
  var page: Int
  var offset: Int
  var body: Body
  /// The list or envelope at the top of its file that it lies in: one answer. nil for an object that stands alone.
  var group: Int?
  /// What joins events of one story where they name no run (CDEvents): the only run of that story is theirs.
  var chain: String?
  /// Another object tells of it in passing, as a job does of its pipeline: a snapshot like any other, but no record that was read, so
  /// the account does not count it.
  var isImplied = false
  /// Where it was read and why so, where somebody asks; what becomes of it takes the story over.
  var story = Story()
}

extension Piece.Body {
  var run: RunPiece? { if case .run(let piece) = self { piece } else { nil } }
  var step: StepPiece? { if case .step(let piece) = self { piece } else { nil } }
  var deployment: DeploymentPiece? { if case .deployment(let piece) = self { piece } else { nil } }
  var status: StatusPiece? { if case .status(let piece) = self { piece } else { nil } }
  var environment: EnvironmentPiece? { if case .environment(let piece) = self { piece } else { nil } }
  var review: ReviewPiece? { if case .review(let piece) = self { piece } else { nil } }
  var incident: IncidentPiece? { if case .incident(let piece) = self { piece } else { nil } }
  var application: ApplicationPiece? { if case .application(let piece) = self { piece } else { nil } }
  var name: NamePiece? { if case .name(let piece) = self { piece } else { nil } }
  var release: ReleasePiece? { if case .release(let piece) = self { piece } else { nil } }
}
