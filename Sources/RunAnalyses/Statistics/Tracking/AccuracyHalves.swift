import Analyses
import Runs

/// The clean accuracy of every class from one half of its images and what it loses from the other, for many random
/// halves.
///
/// The drop is the clean accuracy less another: the error of the clean accuracy is in both, and makes classes that
/// were lucky on clean images lose more (regression to the mean). Of different images the errors are different ones.
/// In 1,200 made-up worlds of 20 classes of 20 images, where the true drop had nothing to do with the true accuracy,
/// Spearman's ρ of the same images was 0.31 in the mean and that of halves 0.00 (± 0.01). Its p-value was at most 0.05
/// in 7.2 % (± 0.7 %) of them: halves of a class take part of each other's luck, which permuted classes do not.
struct AccuracyHalves: Sendable {
  /// How many times each class's images are halved; each half is the clean one once.
  static let splitCount = 100

  /// What one of the halves says.
  struct Half: Sendable {
    /// The clean accuracy of each class.
    let clean: [Double]
    /// What each class loses in its other images, a row a class, a number a noisy condition.
    let drops: [[Double]]
  }

  let halves: [Half]

  /// The halves of classified images; nil where a class has fewer than two, or there are no clean images.
  ///
  /// - Parameters:
  ///   - scores: Says which images are right.
  ///   - seed: Of the halves, keyed by it, the split and the class.
  init?(_ scores: ZeroShotScores, seed: UInt64) {
    guard let clean = scores.condition(.clean) else { return nil }
    let noisy = scores.conditions.filter { $0.condition != .clean }
    var images = [[Int]](repeating: [], count: scores.samples.classes.count)
    for (image, label) in scores.samples.labels.enumerated() { images[label].append(image) }
    let cleanRight = images.map { $0.map(clean.isRight) }
    let noisyRight = noisy.map { score in images.map { $0.map(score.isRight) } }
    self.init(clean: cleanRight, noisy: noisyRight, seed: seed)
  }

  /// The halves of images that are right or not.
  ///
  /// - Parameters:
  ///   - clean: For each class, whether its clean images are right.
  ///   - noisy: For each noisy condition the same of the same images.
  ///   - seed: Of the halves.
  init?(clean: [[Bool]], noisy: [[[Bool]]], seed: UInt64) {
    guard clean.allSatisfy({ $0.count > 1 }) else { return nil }
    let resampling = Resampling("accuracy halves", replicates: Self.splitCount, seed: seed)
    halves = (0..<Self.splitCount).flatMap { split in
      let parts = clean.enumerated().map { label, right in
        let order = resampling.order(right.count, for: "class \(label)", replicate: split)
        return (order[..<(right.count / 2)], order[(right.count / 2)...])
      }
      return [false, true].map { isSecond in
        let own = parts.map { isSecond ? $0.1 : $0.0 }
        let other = parts.map { isSecond ? $0.0 : $0.1 }
        return Half(
          clean: clean.indices.map { label in
            Double(own[label].count { clean[label][$0] }) / Double(own[label].count)
          },
          drops: clean.indices.map { label in
            let before = other[label].count { clean[label][$0] }
            return noisy.map { noisy in
              // From whole images, so that equal drops are equal to the last bit.
              Double(before - other[label].count { noisy[label][$0] }) / Double(other[label].count)
            }
          })
      }
    }
  }

  /// Those of some conditions.
  func selecting(_ conditions: [Int]) -> [Half] {
    halves.map { half in
      Half(clean: half.clean, drops: half.drops.map { row in conditions.map { row[$0] } })
    }
  }
}
