/// How far an image set has come: what the page shows while one waits.
package struct ExplorationProgress: Sendable, Equatable {
  /// What is being done.
  package enum Stage: String, Sendable {
    /// Files are looked for and compared with the store.
    case reading
    /// Images are embedded.
    case embedding
    /// The map is being made.
    case mapping
    /// All is done.
    case ready
    /// It ended with an error; `message` says which.
    case failed
  }

  package var stage: Stage
  package var done: Int
  package var total: Int
  /// Images a second; 0 while unknown.
  package var rate: Double
  package var message: String?
  /// The set that is there now.
  package var revision: Int

  package init(
    stage: Stage, done: Int = 0, total: Int = 0, rate: Double = 0, message: String? = nil,
    revision: Int = 0
  ) {
    (self.stage, self.done, self.total) = (stage, done, total)
    (self.rate, self.message, self.revision) = (rate, message, revision)
  }
}
