import Analyses
import Runs

/// The scores of the same images under some conditions, laid out for statistics of samples that are drawn again:
/// a replicate is one pass over the images, a few nanoseconds each.
struct ResampledScores: Sendable {
  /// Whether the true class is the first, and among the first five.
  private struct Ranks: OptionSet, Sendable {
    let rawValue: UInt8
    static let first = Ranks(rawValue: 1)
    static let five = Ranks(rawValue: 2)
  }

  /// Those under one condition.
  private struct Scores: Sendable {
    let ranks: [Ranks]
    /// The images that calibration is of; nil for all.
    let calibrated: [Int]?
    let calibration: Calibration
  }

  private let scores: [Scores]
  private let cleanRanks: [Ranks]?
  private let labels: [Int32]
  private let classCount: Int

  /// The scores of images under some conditions, such as the seeds of a level.
  ///
  /// - Parameters:
  ///   - scores: Those of each condition.
  ///   - clean: Those without noise; nil for no drop.
  ///   - labels: The class of each image.
  ///   - classCount: The number of classes.
  init(_ scores: [ConditionScores], clean: ConditionScores?, labels: [Int], classCount: Int) {
    self.scores = scores.map { scores in
      Scores(
        ranks: Self.ranks(scores),
        calibrated: scores.calibrated.count == labels.count ? nil : scores.calibrated,
        calibration: scores.calibration)
    }
    cleanRanks = clean.map(Self.ranks)
    self.labels = labels.map(Int32.init)
    self.classCount = classCount
  }

  private static func ranks(_ scores: ConditionScores) -> [Ranks] {
    scores.rank.map { $0 == 1 ? [.first, .five] : $0 <= 5 ? .five : [] }
  }

  /// The statistics of a sample that has every image and every seed so many times.
  ///
  /// - Returns: Top-1, top-5 and mean accuracy of the classes, Brier score, negative log-likelihood, and the drop from
  ///   the clean images; nil where one is not defined.
  /// - Complexity: O(conditions · images + classes).
  func statistics(images: [Int32], seeds: [Int32]) -> [Double?] {
    var (classTotals, classRight) = (
      [Int](repeating: 0, count: classCount), [Int](repeating: 0, count: classCount)
    )
    var five = 0
    var sums = Calibration.Sums()
    for (seed, scores) in zip(seeds, scores) where seed > 0 {
      five += Self.count(
        scores.ranks, labels, images, times: seed, totals: &classTotals, right: &classRight)
      scores.calibration.add(
        Self.drawn(images, scores.calibrated, times: seed), to: &sums)
    }
    let (total, first) = (Double(classTotals.reduce(0, +)), Double(classRight.reduce(0, +)))
    guard total > 0 else { return [Double?](repeating: nil, count: 6) }
    var (shares, classes) = (0.0, 0)
    for (right, total) in zip(classRight, classTotals) where total > 0 {
      shares += Double(right) / Double(total)
      classes += 1
    }
    let drop = cleanRanks.map { ranks in
      var (right, drawn) = (0, 0)
      for image in images.indices {
        drawn += Int(images[image])
        right += ranks[image].contains(.first) ? Int(images[image]) : 0
      }
      return Double(right) / Double(drawn) - first / total
    }
    return [
      first / total, Double(five) / total, shares / Double(classes),
      sums.count > 0 ? sums.brier / Double(sums.count) : nil,
      sums.count > 0 ? sums.loss / Double(sums.count) : nil, drop,
    ]
  }

  /// Counts images by class, and how many are among the first five.
  private static func count(
    _ ranks: [Ranks], _ labels: [Int32], _ images: [Int32], times seed: Int32,
    totals: inout [Int], right: inout [Int]
  ) -> Int {
    precondition(ranks.count == images.count && labels.count == images.count)
    var five = 0
    for image in images.indices {
      let drawn = Int(images[image] * seed)
      let label = Int(labels[image])
      totals[label] += drawn
      right[label] += ranks[image].contains(.first) ? drawn : 0
      five += ranks[image].contains(.five) ? drawn : 0
    }
    return five
  }

  /// How often each of the images that calibration is of counts.
  private static func drawn(_ images: [Int32], _ chosen: [Int]?, times seed: Int32) -> [Int32] {
    if let chosen { return chosen.map { images[$0] * seed } }
    return seed == 1 ? images : images.map { $0 * seed }
  }
}
