package import Diagnostics

extension Catalog {
  /// Joins everything that was read into one catalog. The result does not depend on the order of the input.
  package static func join(_ input: CatalogInput, configuration: Configuration, asOf: Timestamp) -> Joined {
    Joined(
      catalog: Catalog(
        configuration: configuration, asOf: asOf, newestRecord: nil, environments: [], services: [], histories: [],
        incidents: [], account: Account()), diagnostics: [])
  }
}
