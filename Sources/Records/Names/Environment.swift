package struct Environment: Hashable, Sendable {
  package var key: String
  package var name: String
  package var tier: Tier
  /// From 0, in promotion order.
  package var rank: Int
  package var url: String?
  package var archived: Bool
  /// It ends when its work does, as a review environment (record.md): no stage on the way to customers.
  package var isShortLived = false
  /// As configured; nil: the promotion of the last success in each cell decides.
  package var gate: Configuration.GateRule?

  package init(key: String, name: String, tier: Tier, rank: Int, url: String?, archived: Bool, gate: Configuration.GateRule?) {
    self.key = key
    self.name = name
    self.tier = tier
    self.rank = rank
    self.url = url
    self.archived = archived
    self.gate = gate
  }

  /// Whether it has a column and takes part in what is said of the whole.
  package var isStage: Bool { !archived && !isShortLived }
}
