import Foundation
public import LinearAlgebra

/// The loss that CLIP is trained with: each image is to pick its text among the batch's, and each text
/// its image.
///
/// With logits L = s · I Tᵀ for unit rows I and T, and s = e to the logit scale: the mean of the cross
/// entropies of L's rows and of its columns with the diagonal as targets.
///
/// Source: van den Oord, Li, Vinyals 2018, arXiv:1807.03748; Radford et al. 2021, arXiv:2103.00020.
public struct SymmetricInfoNCE: Sendable {
  /// The loss.
  public let value: Double
  /// Its gradient by the images' unit embeddings.
  public let imageGradient: Matrix<Double>
  /// Its gradient by the texts'.
  public let textGradient: Matrix<Double>
  /// Its gradient by the logit scale, which is the logarithm of what cosines are multiplied by.
  public let logitScaleGradient: Double

  /// The loss of pairs: row i of the images belongs to row i of the texts.
  ///
  /// - Parameters:
  ///   - images: Unit rows, [pairs, dimension]; at least one.
  ///   - texts: Unit rows, [pairs, dimension].
  ///   - logitScale: The logarithm of what cosines are multiplied by.
  /// - Complexity: O(n²d) time, O(n²) memory.
  public init(images: Matrix<Double>, texts: Matrix<Double>, logitScale: Double) {
    precondition(images.rows == texts.rows && images.columns == texts.columns && images.rows > 0)
    let count = images.rows
    let scale = exp(logitScale)
    var logits = images.timesTransposed(texts)
    for index in logits.values.indices { logits.values[index] *= scale }
    var slopes = Matrix<Double>(rows: count, columns: count)
    var sum = 0.0
    let columns = logits.transposed()
    let part = 0.5 / Double(count)
    for i in 0..<count {
      let row = softmax(logits.row(i))
      let column = softmax(columns.row(i))
      sum += row.logarithm + column.logarithm - 2 * logits[i, i]
      for j in 0..<count {
        slopes[i, j] += part * row.shares[j]
        slopes[j, i] += part * column.shares[j]
      }
      slopes[i, i] -= 2 * part
    }
    value = part * sum
    logitScaleGradient = zip(slopes.values, logits.values).reduce(0) { $0 + $1.0 * $1.1 }
    for index in slopes.values.indices { slopes.values[index] *= scale }
    imageGradient = slopes.times(texts)
    textGradient = slopes.transposed().times(images)
  }
}
