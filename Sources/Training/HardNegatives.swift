import Analyses
import CLIP
import LinearAlgebra
import RunAnalyses

/// The labels that a model finds hard to tell apart.
enum HardNegatives {
  /// For every label those nearest to it, the nearest first.
  ///
  /// One pair of each label, drawn by seed and epoch, is embedded; labels are as near as these are by
  /// cosine (w · image + (1 − w) · text where both are read, halves where the loss has no weight).
  ///
  /// - Parameters:
  ///   - count: How many to find; fewer when there are fewer labels.
  ///   - loader: Loads the pairs.
  ///   - model: The model as it is.
  ///   - objective: The loss, whose towers are read.
  ///   - seed: The seed.
  ///   - epoch: The epoch.
  /// - Returns: Labels by label; nil when there are too few labels.
  /// - Throws: As embedding does.
  static func neighbors(
    _ count: Int, _ loader: BatchLoader, _ model: TrainableCLIP, _ objective: TrainingObjective,
    seed: UInt64, epoch: Int
  ) throws -> [[Int]]? {
    var rows: [Int: [Int]] = [:]
    for (row, label) in loader.examples.labels.enumerated() {
      if let label { rows[label, default: []].append(row) }
    }
    let labels = rows.keys.sorted()
    guard labels.count > 1 else { return nil }
    var random = RandomStream(domain: "training/mining", seed: seed, identity: "\(epoch)".utf8)
    let chosen = labels.map { label -> Int in
      let choices = rows[label] ?? []
      return choices[Int(random.uniform() * Double(choices.count))]
    }
    let joint = try ExampleEmbeddings(
      chosen, epoch: epoch, loader, model, towers: objective.towers
    ).joint(imageWeight: objective.imageWeight ?? 0.5)
    let nearest = try analyzing(model.source.name) {
      try NearestNeighbors(
        of: joint, count: min(count, labels.count - 1), metric: .cosine,
        control: .interruptible(isQuiet: true))
    }
    var result = [[Int]](repeating: [], count: (labels.last ?? -1) + 1)
    for (place, label) in labels.enumerated() {
      result[label] = (0..<nearest.neighborCount).map {
        labels[Int(nearest.indices[place * nearest.neighborCount + $0])]
      }
    }
    return result
  }
}
