import Foundation
import LinearAlgebra

@testable import Analyses

/// Images that a classifier has right or wrong, clean and under some noise seeds, drawn at random: what
/// simulations of intervals are of.
///
/// An image is right where the sum of its own part, the seed's and that of both is below a bound; all are
/// normal.
struct AnsweredWorld {
  let images: Int
  let seeds: Int
  /// The probability of a right answer under noise.
  let accuracy: Double
  /// The same when clean.
  let clean: Double
  /// The share of an image's own part in the variance of the first and the last.
  let own: Double
  /// The standard deviation of the seed's part: what all images have in common.
  let common: Double

  /// How many times more worlds than in the normal run.
  static let factor =
    ProcessInfo.processInfo.environment["TOPOCLIP_SIMULATIONS"].flatMap { Int($0) } ?? 1

  /// Prints what a large simulation has found.
  static func tell(_ text: String) {
    if factor > 1 { print(text) }
  }

  /// The answers of one world: a row a seed, and the clean ones.
  func answers(_ world: Int) -> (noisy: [[Bool]], clean: [Bool]) {
    let stream = RandomStream(domain: "test/answers \(self)", seed: UInt64(world))
    let numbers = stream.normals(count: images * (seeds + 2) + seeds).map(Double.init)
    let (image, rest) = (own.squareRoot(), (1 - own).squareRoot())
    let bound =
      NormalDistribution.quantile(accuracy) * (1 + common * common).squareRoot()
    let noisy = (0..<seeds).map { seed in
      (0..<images).map { place in
        image * numbers[place] + rest * numbers[images * (seed + 2) + place]
          + common * numbers[images * (seeds + 2) + seed] < bound
      }
    }
    let cleanBound = NormalDistribution.quantile(clean)
    return (
      noisy, (0..<images).map { image * numbers[$0] + rest * numbers[images + $0] < cleanBound }
    )
  }

  /// The share of worlds whose interval holds the truth, and the mean length.
  func coverage(
    worlds: Int, of truth: Double,
    interval: @Sendable (_ noisy: [[Bool]], _ clean: [Bool]) -> ConfidenceInterval
  ) -> (share: Double, length: Double) {
    let found = Parallel.map(count: worlds) { world -> ConfidenceInterval in
      let answers = answers(world)
      return interval(answers.noisy, answers.clean)
    }
    let covered = found.count { $0.low <= truth + 1e-12 && truth - 1e-12 <= $0.high }
    let length = found.reduce(0) { $0 + $1.high - $1.low } / Double(worlds)
    return (Double(covered) / Double(worlds), length)
  }

  /// The least share that is taken for one of at least `share`, of so many worlds.
  static func least(_ share: Double, worlds: Int) -> Double {
    share - 4 * (share * (1 - share) / Double(worlds)).squareRoot()
  }
}
