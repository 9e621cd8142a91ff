/// Records and notes to the catalog: which runs are of one service, which tellings of one deployment, which jobs are targets or attempts,
/// which note is of which version, which name means which environment.
///
/// **In:** `CatalogInput`, `Configuration`, the time as of which. **Out:** `Joined`: the catalog, what was left out, what was wrong. The
/// order of the input changes nothing.
///
/// ```swift
/// let joined = Catalog.join(input, configuration: configuration, asOf: now)
/// ```
///
/// **Never here:** a rule over what was joined (Releases), a file, a payload.
