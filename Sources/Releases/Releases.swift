/// The catalog, and every judgement of the domain: what is current where, what kind of deployment it was, what is pending and why, what
/// arrived with what, what a month measured, what the audit finds, what each audience may read. All of it is pure.
///
/// **In:** records and notes of one service, told apart (`CatalogInput`, joined by the room Joining). **Out:** a `Catalog` and rules over it.
///
/// ```swift
/// let cell = catalog.histories[service][environment].cell
/// cell.state  // .current, .mixed, .unknown, .none
/// cell.pending  // the versions that are live before it and not here
/// ```
///
/// **Never here:** words for people, markup, paths, a provider's name.
