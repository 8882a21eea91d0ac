/// What sampling alone does to a diagram: the distances between the diagrams of random halves of a cloud.
///
/// The interval is for one such distance, not for their mean. Halvings are exchangeable, so that another one
/// is at most the j-th smallest of k with probability j / (k + 1): between the l-th smallest and the l-th
/// largest it lies with probability 1 − 2 l / (k + 1), whatever the distribution (Wilks 1941,
/// doi:10.1214/aoms/1177731788). Of 39 those are the smallest and the largest.
///
/// Halves have half the cloud's points. Their diagrams differ by more than those of two samples of the
/// cloud's size would, and a distance that is not beyond the interval may yet be more than chance: the
/// reference is conservative. Nor is it a test: the halves are of one cloud, and images of another collection
/// may differ by more.
package struct HalvesReference: Codable, Sendable, Equatable {
  /// The share of distances of halves within the interval.
  static let confidence = 0.95
  /// The fewest halvings that have an interval.
  static let fewest = 39

  /// The mean distance; nil where there is none.
  let mean: Double?
  /// Where 95 % of such distances lie; nil of too few.
  let interval: Interval?

  /// A distance from which, and one up to which.
  struct Interval: Codable, Sendable, Equatable {
    let low: Double
    let high: Double
  }

  /// The reference of distances of halves.
  ///
  /// - Parameter distances: One a halving, from 0, infinite perhaps.
  /// - Complexity: O(k log k).
  init(_ distances: [Double]) {
    precondition(distances.allSatisfy { $0 >= 0 })
    mean = distances.isEmpty ? nil : distances.reduce(0, +) / Double(distances.count)
    guard distances.count >= Self.fewest else {
      interval = nil
      return
    }
    let sorted = distances.sorted()
    // l / (k + 1) is at most half of what may lie outside; 40 / 40 is not to be rounded down.
    let outside = Double(sorted.count + 1) * (1 - Self.confidence) / 2
    let place = Int(outside + 1e-9) - 1
    interval = Interval(low: sorted[place], high: sorted[sorted.count - 1 - place])
  }

  /// Whether a diagram moved by more than sampling alone does: the one rule of tables, figures and sentences.
  ///
  /// - Parameters:
  ///   - distance: From the clean diagram.
  ///   - high: The upper end of the interval of the same cloud, dimension, metric and scale.
  /// - Returns: Whether the distance is above it; nil where one of the two is not known.
  package static func isExceeded(by distance: Double?, high: Double?) -> Bool? {
    guard let distance, let high else { return nil }
    return distance > high
  }
}
