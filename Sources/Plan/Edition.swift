package import Diagnostics
import Records
package import Releases
package import Report
package import Template
package import Time

/// One edition of the site: what is shown, where it stands and how it looks. Every page is a function of it and of its plan.
package struct Edition: Sendable {
  package let catalog: Catalog
  package let map: SiteMap
  /// The language of the pages.
  package let phrasebook: Phrasebook
  /// What every page of HTML asks for.
  package let assets: AssetPaths
  /// What `build.json` lists; everything that was found before the pages were made, in printed order.
  package let diagnostics: [Diagnostic]
  /// The JSON Schemas by name, published beside the interface.
  package let schemas: [String: [UInt8]]

  package let wording: Wording
  package let metrics: MetricsRule
  package let audit: AuditRule
  package let verdict: VerdictFacts
  package let questions: OpenQuestions

  /// By the numbers of their plans.
  package let media: [MediaFile]

  package init(
    catalog: Catalog, map: SiteMap, phrasebook: Phrasebook, assets: AssetPaths, diagnostics: [Diagnostic],
    schemas: [String: [UInt8]] = [:],
    media: [MediaFile] = []
  ) {
    self.catalog = catalog
    self.map = map
    self.phrasebook = phrasebook
    self.assets = assets
    self.diagnostics = diagnostics
    self.schemas = schemas
    self.media = media
    wording = Wording(catalog)
    metrics = MetricsRule(catalog, changes: map.commits.map(\.changes))
    audit = AuditRule(catalog)
    questions = OpenQuestions(catalog)
    verdict = VerdictFacts(catalog, questions)
  }

  /// `time` as the site's zone shows it.
  package func civil(_ time: Timestamp) -> CivilTime { catalog.configuration.zone.civil(time) }

  package func audit(of month: Period) -> MonthlyAudit { MonthlyAudit(catalog, audit, map.months, month) }

  /// The whole address of a page where the site's is known, else its path from the site's folder: the same from wherever it is read.
  package func address(_ path: String) -> String { (catalog.configuration.site.url ?? "") + path }
}
