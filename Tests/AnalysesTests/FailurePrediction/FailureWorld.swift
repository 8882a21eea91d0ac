import Foundation
import LinearAlgebra

@testable import Analyses

/// A made-up world of classes, images and seeds in which it is known how well signals predict failures.
///
/// An image fails where its difficulty z exceeds a threshold; a signal is x = r z + √(1 − r²) η. Difficulty
/// and η are sums of parts of the class, the image and the seed, all normal, with a variance of 1: of two
/// images of different classes the areas depend on r and the threshold alone.
struct FailureWorld {
  let classes: Int
  let images: Int
  let seeds: Int
  /// The part of a class in the variance of difficulty.
  let difficulty: Double
  /// The part of a class in the variance of what else is in each of two signals.
  let parts: (first: Double, second: Double)
  let correlation: Double
  let threshold: Double
  let underROC: Double
  let underRiskCoverage: Double

  // The areas by scipy.integrate 1.17.1: dblquad of φ(z₁) φ(z₀) Φ(r (z₁ − z₀) / √(2 (1 − r²))) over z₁ > b >
  // z₀, over Φ(b) Φ(−b); quad of −φ(x) P(z > b | x) ln Φ(x).
  static let all = [
    FailureWorld(
      classes: 10, images: 20, seeds: 3, difficulty: 0.1, parts: (0.1, 0.1), correlation: 0.5,
      threshold: 0.5, underROC: 0.7365472886940315, underRiskCoverage: 0.1638351364150284),
    FailureWorld(
      classes: 10, images: 40, seeds: 1, difficulty: 0.3, parts: (0.3, 0), correlation: 0.4,
      threshold: 0, underROC: 0.6825548909938285, underRiskCoverage: 0.35672740373389905),
    FailureWorld(
      classes: 47, images: 20, seeds: 3, difficulty: 0.2, parts: (0.2, 0.05), correlation: 0.6,
      threshold: 1, underROC: 0.8062214327477526, underRiskCoverage: 0.053610953711815235),
    FailureWorld(
      classes: 47, images: 20, seeds: 1, difficulty: 0.3, parts: (0.3, 0.3), correlation: 0.7,
      threshold: 1.2, underROC: 0.8673623417095783, underRiskCoverage: 0.025494708770864773),
    FailureWorld(
      classes: 6, images: 40, seeds: 3, difficulty: 0.1, parts: (0.1, 0), correlation: 0.5,
      threshold: 0.5, underROC: 0.7365472886940315, underRiskCoverage: 0.1638351364150284),
  ]

  /// Two signals that are equally good, ranked.
  func draw(_ number: Int, signals: Int = 2) throws -> [ClusteredAreas]? {
    let count = classes * images * seeds
    var normals = RandomStream(domain: "test/failures", seed: UInt64(number)).normals(
      count: (signals + 1) * (classes + classes * images + count)
    )[...].makeIterator()
    /// A sum of a class's, an image's and a seed's part.
    func field(_ ofClass: Double) -> [Double] {
      let scales = [ofClass, (1 - ofClass) * 0.7, (1 - ofClass) * 0.3].map { $0.squareRoot() }
      func next() -> Double { Double(normals.next() ?? 0) }
      var values: [Double] = []
      for _ in 0..<classes {
        let own = scales[0] * next()
        for _ in 0..<images {
          let image = own + scales[1] * next()
          for _ in 0..<seeds { values.append(image + scales[2] * next()) }
        }
      }
      return values
    }
    let difficulties = field(difficulty)
    let failed = difficulties.map { $0 > threshold }
    let clusters = (0..<count).map { $0 / (images * seeds) }
    var areas: [ClusteredAreas] = []
    for signal in 0..<signals {
      let rest = field(signal == 0 ? parts.first : parts.second)
      let scores = zip(difficulties, rest).map {
        correlation * $0 + (1 - correlation * correlation).squareRoot() * $1
      }
      let ranking = RiskRanking(
        scores: scores, failed: failed, clusters: clusters, clusterCount: classes)
      guard let found = try ClusteredAreas(ranking) else { return nil }
      areas.append(found)
    }
    return areas
  }
}
