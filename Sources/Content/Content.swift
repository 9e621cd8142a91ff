/// What people wrote: the configuration, release notes and changelogs, incidents, texts of the site itself.
///
/// **In:** YAML, and Markdown with front matter. **Out:** `Configuration`, `ReleaseNote`, `IncidentRecord`, `TextPage`, each located, with
/// a diagnostic for what could not be read as it seems to be meant.
///
/// ```swift
/// readChangelog(source, path: "shop/CHANGELOG.md").value.map(\.value.version)  // ["2.1.0", "2.0.0"]
/// ```
///
/// **Never here:** files, folders, records of runs, which service a chapter belongs to.
