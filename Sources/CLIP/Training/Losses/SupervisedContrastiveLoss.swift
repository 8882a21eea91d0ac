public import LinearAlgebra

/// The supervised contrastive loss: rows of a label attract each other, against all others.
///
/// ℓᵢ = −1/|P| Σₚ (sᵢₚ − log Σ_{a ≠ i} e^{sᵢₐ}) with s = cosine / temperature and P the other rows of
/// i's label; the loss is the mean over the rows that have any.
///
/// Source: Khosla et al. 2020, arXiv:2004.11362, equation 2.
public struct SupervisedContrastiveLoss: Sendable {
  /// What cosines are divided by.
  public let temperature: Double

  /// A loss of that temperature, which is positive.
  public init(temperature: Double = 0.1) {
    precondition(temperature > 0)
    self.temperature = temperature
  }

  /// The loss and its gradient; nil when no two rows have the same label.
  ///
  /// - Parameters:
  ///   - embeddings: Unit rows.
  ///   - labels: One a row.
  /// - Returns: The loss and its gradient.
  /// - Complexity: O(n²d) time, O(n²) memory.
  public func evaluate(_ embeddings: Matrix<Double>, labels: [Int]) -> EmbeddingLoss? {
    let count = embeddings.rows
    precondition(labels.count == count)
    var similarities = embeddings.timesTransposed(embeddings)
    for index in similarities.values.indices { similarities.values[index] /= temperature }
    let sizes = Dictionary(labels.map { ($0, 1) }, uniquingKeysWith: +)
    let anchors = (0..<count).filter { sizes[labels[$0], default: 0] > 1 }
    if anchors.isEmpty { return nil }
    var slopes = Matrix<Double>(rows: count, columns: count)
    var sum = 0.0
    for i in anchors {
      var row = Array(similarities.row(i))
      row[i] = -.infinity
      let (logarithm, shares) = softmax(row)
      let positives = Double(sizes[labels[i], default: 0] - 1)
      for j in 0..<count where j != i {
        let isPositive = labels[j] == labels[i]
        if isPositive { sum += (logarithm - row[j]) / positives }
        slopes[i, j] =
          (shares[j] - (isPositive ? 1 / positives : 0)) / (Double(anchors.count) * temperature)
      }
    }
    // A similarity moves with both of its rows.
    var both = slopes.transposed()
    for index in both.values.indices { both.values[index] += slopes.values[index] }
    return EmbeddingLoss(
      value: sum / Double(anchors.count), gradient: both.times(embeddings))
  }
}
