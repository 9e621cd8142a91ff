package import Releases

/// What a link leads to: a thing of the catalog, by its number there, or a place that has an address of its own. Where that is, as it
/// reads from a page, is found when the page is written; what has no page is then no link.
package enum Destination: Hashable {
  case environment(Int)
  case service(Int)
  case release(service: Int, Int)
  /// The page of a deployment, else of its run.
  case deployment(service: Int, Int)
  /// The page of a deployment; nothing where it has none, though its run may have one.
  case deploymentAlone(service: Int, Int)
  case run(service: Int, Int)
  case incident(Int)
  /// What an environment lacks that the one before it has, of all services or of one.
  case comparison(Int, Int, service: Int?)
  /// Where everything is told that waits, and the part of it that the records leave open.
  case pendingList, openQuestions
  case incidents
  /// What was read and is not shown.
  case skipped
  case shortLived
  /// Every attempt of a month in an environment.
  case history(environment: Int, Period)
  /// What arrived in an environment: of a month, else the newest.
  case changelog(environment: Int, Period?)
  /// The place of an entry that does not move: in the changelog of the month.
  case changelogEntry(service: Int, deployment: Int, Period)
  case audit(Period)
  case metrics(Month)
  /// Where the closed months of the metrics are listed.
  case metricsMonths
  /// Where the commits of a month or a day are.
  case commits(service: Int, CommitIndex.Bucket)
  /// The note of a release, as the file that it was written in.
  case releaseSource(service: Int, Int)
  /// Where all targets of a service in an environment are told.
  case targets(service: Int, environment: Int)
  /// What waits or is behind, on the changelog of an environment.
  case pending(service: Int, environment: Int)
  /// Where it is told where a commit is; the start of its hash is enough.
  case commit(service: Int, String)
  /// A file for machines, by its name in the site: `api/v1/build.json`.
  case site(String)
  /// A place on the same page, by its name.
  case here(String)
  /// An address outside of the site.
  case outside(String)
}
