import Records
import Time

/// A run without its steps and deployments. Keys are unique within a provider.
struct RunPiece: Equatable, Sendable {
  var key: String
  var record: RunRecord
  /// When the provider last changed it: which of two snapshots is newer.
  var updatedAt: Timestamp?
  /// It is held at a step that waits to start; the step tells by whom (Bitbucket: PAUSED, HALTED).
  var isHeld = false
  /// Tells runs of one repository apart where some of them lack its name.
  var repositoryKey: String?
  /// What to call it where another run of its repository has its id, too.
  var longID: String?
  /// What its address is made of once `{repository}` and `{number}` are known, where the payload has none for people.
  var urlPattern: String?
  /// What it was started with, for the rules of the configuration.
  var parameters: [String: String] = [:]
  /// The images that it left running, of which one may be the service's.
  var images: [ContainerImage] = []
  /// What it checked out, where nothing tells which of it is the service's.
  var checkouts: [Checkout] = []
  /// A name by which its steps find it where they know it by another key (Jenkins: display names), if exactly one run has that name and
  /// was under way when the step began.
  var looseKey: String?
  /// What it belongs to, which is a run too (`isParent`) while nothing belongs to it; and its name in there, of which a second one is
  /// another attempt (CircleCI: a workflow of a pipeline).
  var parentKey: String?
  var isParent = false
  var attemptName: String?
  /// What steps that name no run know of theirs.
  var projectKey: String?
  /// Its object tells of its steps, which are shown however old it is.
  var bringsSteps = false
  /// It has no state of its own: its deployments tell, if it has any (Azure DevOps: classic releases).
  var isSumOfDeployments = false
  /// `record.finishedAt` is only the latest possible end; the last step tells the end (GitHub has none).
  var endIsBound = false
  /// An older snapshot of it was under way: what was so with it is so no more once it is over.
  var wasLive = false
  /// And it waited.
  var hasWaited = false
}
