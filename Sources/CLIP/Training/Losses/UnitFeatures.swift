import Foundation
public import LinearAlgebra

/// Features divided by their Euclidean lengths, with the way back for gradients.
struct UnitFeatures: Sendable {
  /// Unit rows.
  let rows: Matrix<Double>
  private let lengths: [Double]

  /// Normalises every row; nil when one is zero or not finite.
  init?(_ features: Matrix<Double>) {
    var rows = features
    var lengths: [Double] = []
    for i in 0..<features.rows {
      let length = features.row(i).reduce(0) { $0 + $1 * $1 }.squareRoot()
      guard length > 0, length.isFinite else { return nil }
      lengths.append(length)
      for j in i * rows.columns..<(i + 1) * rows.columns { rows.values[j] /= length }
    }
    self.rows = rows
    self.lengths = lengths
  }

  /// The gradient of the features from that of the unit rows: (g − (g · u) u) / length.
  func backward(_ gradient: Matrix<Double>) -> Matrix<Double> {
    var result = gradient
    for i in 0..<rows.rows {
      let range = i * rows.columns..<(i + 1) * rows.columns
      let along = range.reduce(0) { $0 + gradient.values[$1] * rows.values[$1] }
      for j in range {
        result.values[j] = (gradient.values[j] - along * rows.values[j]) / lengths[i]
      }
    }
    return result
  }
}

/// A loss of unit embeddings, and its gradient by them.
public struct EmbeddingLoss: Sendable {
  /// The loss.
  public let value: Double
  /// Its gradient, of the embeddings' shape.
  public let gradient: Matrix<Double>
}

/// The logarithm of the sum of the exponentials, and each one's share of the sum.
func softmax(_ logits: some Collection<Double>) -> (logarithm: Double, shares: [Double]) {
  let largest = logits.max() ?? 0
  let powers = logits.map { exp($0 - largest) }
  let sum = powers.reduce(0, +)
  return (largest + log(sum), powers.map { $0 / sum })
}
