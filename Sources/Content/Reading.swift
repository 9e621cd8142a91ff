package import Diagnostics
package import Releases

/// `tidemark.yml`. An unknown key is a warning with the near miss; a wrong value is an error at its place and keeps the default.
/// `zone` gives the bytes of a time zone's TZif file, nil if it is not installed.
package func readConfiguration(_ source: Source, zone: (String) -> [UInt8]?) -> Parsed<Configuration> {
  Parsed(Configuration())
}

/// One note of `releases/`: front matter and Markdown. `path` is relative to `releases/`: `<service>/<version>.md` or `<version>.md`.
/// nil where the file holds no release (a draft is a value with `draft` set).
package func readReleaseNote(_ source: Source, path: String) -> Parsed<Located<ReleaseNote>?> { Parsed(nil) }

/// One incident of `incidents/`: front matter, description and updates (record.md, Incident). `path` gives the id where none is said.
package func readIncident(_ source: Source, path: String) -> Parsed<Located<IncidentRecord>?> { Parsed(nil) }

/// A release that a provider describes (GitHub) as a note.
package func makeReleaseNote(tag: String, title: String?, markdown: String, date: CivilDate?, service: String?) -> ReleaseNote {
  ReleaseNote(version: tag, service: service, body: .text(markdown), markdown: Array(markdown.utf8))
}
