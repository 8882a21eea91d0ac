import CLIP
import Runs

/// Where a training is: what a checkpoint holds beside the model and its optimiser.
struct TrainingProgress: Codable {
  /// The settings that decide the result, to tell another plan by.
  let settings: [String: String]
  /// The digest of the data, likewise.
  let data: String
  /// The epoch, from 0.
  var epoch = 0
  /// The next batch of it.
  var batch = 0
  /// The loss of the first step; nil before it.
  var firstLoss: Double?
  /// The losses of the epoch's batches so far, summed.
  var lossSum = 0.0
  /// The labels that this epoch's batches put side by side.
  var neighbors: [[Int]]?
  /// The best validation.
  var best: TrainingManifest.Best?
  /// Validations since that one.
  var validationsSinceBest = 0
  /// The length of the log.
  var logBytes = 0
  /// SHA-256 of those bytes; nil before the first checkpoint.
  var logDigest: String?
  /// SHA-256 of the files of the model that was written last; nil before one was.
  var model: [String: String]?

  init(_ plan: TrainingPlan, data: String) {
    settings = Dictionary(uniqueKeysWithValues: plan.canonicalSettings.map { ($0.key, $0.value) })
    self.data = data
  }

  /// Whether a training can be there: what a checkpoint says is counted and indexed with.
  ///
  /// - Parameters:
  ///   - epochs: The epochs of its plan.
  ///   - labels: The label of every pair it is trained on; nil for none.
  /// - Returns: Whether no number is out of those that occur.
  func isPossible(epochs: Int, labels: [Int?]) -> Bool {
    let count = (labels.compactMap(\.self).max() ?? -1) + 1
    return (0...epochs).contains(epoch) && (0...labels.count).contains(batch)
      && (0...epochs).contains(validationsSinceBest) && logBytes >= 0
      && neighbors.map { neighbors in
        neighbors.count >= count && neighbors.joined().allSatisfy { (0..<count).contains($0) }
      } ?? true
  }

  /// Why a run of other settings cannot go on from here; nil when they are the same.
  func difference(from other: TrainingProgress) -> String? {
    for key in Set(settings.keys).union(other.settings.keys).sorted() {
      let (here, there) = (settings[key] ?? "", other.settings[key] ?? "")
      if here != there { return "\(key) was \"\(there)\" and is \"\(here)\"" }
    }
    return data == other.data ? nil : "the records or their images have changed"
  }
}
