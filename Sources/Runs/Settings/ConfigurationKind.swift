import Files

/// What a configuration file is for: two programs read files that look alike.
package enum ConfigurationKind: String, Sendable, CaseIterable {
  /// An experiment of `topoclip sweep`.
  case experiment
  /// A plan of `topoclip train`.
  case trainingPlan

  /// The keys at the top that only files of this kind have.
  package var ownKeys: Set<String> {
    switch self {
    case .experiment:
      [
        "embeddings", "logit-scale", "templates", "analyses", "control", "precision",
        "precision-tolerance",
        "certify", "backend", "cache", "dataset", "noise", "probe", "angles", "geometry",
        "layouts", "topology", "failures", "statistics",
      ]
    case .trainingPlan:
      [
        "epochs", "weights", "log-interval", "towers", "shape", "data", "objective", "batches",
        "augmentation", "optimizer", "validation",
      ]
    }
  }

  private var words: String {
    switch self {
    case .experiment: "an experiment of topoclip sweep"
    case .trainingPlan: "a plan of topoclip train"
    }
  }

  private var command: String { self == .experiment ? "sweep" : "train" }

  /// Checks that a file is not of the other kind.
  ///
  /// - Parameters:
  ///   - root: What the file holds.
  ///   - file: Its path.
  /// - Throws: `FileError` naming the keys that tell, and the command for the file.
  package func require(_ root: ConfigurationSection, file: String) throws {
    let names = root.names
    guard !names.contains(where: ownKeys.contains) else { return }
    for other in Self.allCases where other != self {
      let telling = names.filter(other.ownKeys.contains)
      guard !telling.isEmpty else { continue }
      throw FileError(
        file,
        "is \(other.words), which \(telling.listed) \(telling.count == 1 ? "belongs" : "belong") to; "
          + "expected \(words). topoclip \(other.command) \(file) reads it")
    }
  }
}
