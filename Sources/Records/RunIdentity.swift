/// What makes two run records one run (record.md, Run, `id`).
package struct RunIdentity: Hashable {
  package let provider: String
  /// The repository, else the service.
  package let place: String
  package let id: String

  package init(_ record: RunRecord) {
    provider = record.provider ?? ""
    place = record.repository ?? record.service ?? ""
    id = record.id
  }

  package init(provider: String?, place: String?, id: String) {
    self.provider = provider ?? ""
    self.place = place ?? ""
    self.id = id
  }
}
