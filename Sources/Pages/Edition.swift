package import Diagnostics
import Records
package import Releases
import Report
import Time

/// One edition of the site: what is shown, where it stands and how it looks. Every page is a function of it and of its plan.
package struct Edition: Sendable {
  package let catalog: Catalog
  package let map: SiteMap
  package let theme: Theme
  /// What `build.json` lists; everything that was found before the pages were made, in printed order.
  package let diagnostics: [Diagnostic]
  /// The JSON Schemas by name, published beside the interface.
  let schemas: [String: [UInt8]]

  let wording: Wording
  let metrics: MetricsRule
  let audit: AuditRule
  let verdict: VerdictFacts
  let questions: OpenQuestions
  let search: SearchIndex

  /// By the numbers of their plans.
  let media: [MediaFile]

  package init(
    catalog: Catalog, map: SiteMap, theme: Theme, diagnostics: [Diagnostic], schemas: [String: [UInt8]] = [:],
    media: [MediaFile] = []
  ) {
    self.catalog = catalog
    self.map = map
    self.theme = theme
    self.diagnostics = diagnostics
    self.schemas = schemas
    self.media = media
    wording = Wording(catalog)
    metrics = MetricsRule(catalog, changes: map.commits.map(\.changes))
    audit = AuditRule(catalog)
    questions = OpenQuestions(catalog)
    verdict = VerdictFacts(catalog, questions)
    search = SearchIndex(catalog, map, in: theme.phrasebook)
  }

  /// `time` as the site's zone shows it.
  func civil(_ time: Timestamp) -> CivilTime { catalog.configuration.zone.civil(time) }
}
