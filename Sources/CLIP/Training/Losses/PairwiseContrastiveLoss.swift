public import LinearAlgebra

/// The contrastive loss of pairs with margins: rows of a label closer than one distance, others
/// farther than another.
///
/// The mean of max(0, d − positive margin) over pairs of a label plus the mean of
/// max(0, negative margin − d) over the others, d being the Euclidean distance of unit rows; means are
/// over the terms that are not zero.
///
/// Source: Hadsell, Chopra, LeCun 2006, doi:10.1109/CVPR.2006.100, without the squares.
public struct PairwiseContrastiveLoss: Sendable {
  /// The distance up to which a pair of a label costs nothing.
  public let positiveMargin: Double
  /// The distance from which on another pair costs nothing.
  public let negativeMargin: Double

  /// A loss of these margins, which are not negative.
  public init(positiveMargin: Double = 0, negativeMargin: Double = 0.5) {
    precondition(positiveMargin >= 0 && negativeMargin >= 0)
    self.positiveMargin = positiveMargin
    self.negativeMargin = negativeMargin
  }

  /// The loss, its two means and its gradient.
  public struct Value: Sendable {
    /// The mean over pairs of a label.
    public let positive: Double
    /// The mean over the others.
    public let negative: Double
    /// Their sum's gradient, of the embeddings' shape.
    public let gradient: Matrix<Double>
    /// Their sum.
    public var value: Double { positive + negative }
  }

  /// The loss and its gradient; equal rows, whose distance has none, add nothing to it.
  ///
  /// - Parameters:
  ///   - embeddings: Unit rows.
  ///   - labels: One a row.
  /// - Returns: Both parts, and the gradient of their sum.
  /// - Complexity: O(n²d) time, O(n²) memory.
  public func evaluate(_ embeddings: Matrix<Double>, labels: [Int]) -> Value {
    let count = embeddings.rows
    let columns = embeddings.columns
    precondition(labels.count == count)
    var sums = (positive: 0.0, negative: 0.0)
    var counts = (positive: 0, negative: 0)
    var pairs: [(first: Int, second: Int, distance: Double, isPositive: Bool)] = []
    for i in 0..<count {
      for j in 0..<i {
        // Of the differences: 2 − 2 cosine would cancel for close rows.
        let squares = (0..<columns).reduce(0) { sum, k in
          let difference = embeddings.values[i * columns + k] - embeddings.values[j * columns + k]
          return sum + difference * difference
        }
        let distance = squares.squareRoot()
        if labels[i] == labels[j] {
          guard distance > positiveMargin else { continue }
          sums.positive += distance - positiveMargin
          counts.positive += 1
          pairs.append((i, j, distance, true))
        } else {
          guard distance < negativeMargin else { continue }
          sums.negative += negativeMargin - distance
          counts.negative += 1
          pairs.append((i, j, distance, false))
        }
      }
    }
    var gradient = Matrix<Double>(rows: count, columns: columns)
    for (i, j, distance, isPositive) in pairs where distance > 0 {
      let slope =
        (isPositive ? 1 / Double(counts.positive) : -1 / Double(counts.negative)) / distance
      for k in 0..<columns {
        let part = slope * (embeddings[i, k] - embeddings[j, k])
        gradient[i, k] += part
        gradient[j, k] -= part
      }
    }
    return Value(
      positive: sums.positive / Double(max(1, counts.positive)),
      negative: sums.negative / Double(max(1, counts.negative)), gradient: gradient)
  }
}
