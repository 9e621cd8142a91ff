package import Formats
import Releases
package import Time

/// Prints what runs where: now, or at an earlier time.
package func status(
  of content: String, at time: Timestamp?, as report: StatusReport, asOf: Timestamp, jobs: Int
) async -> Answer {
  await CatalogOfContent(content: content, asOf: asOf, jobs: jobs).answer { read in
    .success(report.write(time.map(read.catalog.at) ?? read.catalog))
  }
}
