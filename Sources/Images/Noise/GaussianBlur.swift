import Foundation

/// The Gaussian filter of an image, as `skimage.filters.gaussian` and `scipy.ndimage` have it.
///
/// Weights exp(−t² / 2σ²) for |t| ≤ 4σ, divided by their sum, down the columns and then along the
/// rows; beyond the edges the outermost pixels go on.
struct GaussianBlur {
  /// Of −radius to radius.
  private let weights: [Float]
  private var radius: Int { weights.count / 2 }

  /// A filter of standard deviation σ, in pixels.
  init(sigma: Double) {
    precondition(sigma > 0)
    let radius = Int(4 * sigma + 0.5)
    let weights = (-radius...radius).map { exp(-0.5 * Double($0 * $0) / (sigma * sigma)) }
    let sum = weights.reduce(0, +)
    self.weights = weights.map { Float($0 / sum) }
  }

  /// The filtered image.
  ///
  /// - Parameters:
  ///   - values: Shape [height, width, 3].
  ///   - width: The number of columns.
  ///   - height: The number of rows.
  /// - Returns: The same shape; sums in float32, each in one order.
  /// - Complexity: O(width · height · σ).
  func callAsFunction(_ values: [Float], width: Int, height: Int) -> [Float] {
    precondition(values.count == width * height * 3)
    let stride = 3 * width
    var result: [Float] = []
    result.reserveCapacity(values.count)
    var padded = [Float](repeating: 0, count: stride + 6 * radius)
    for y in 0..<height {
      var column = [Float](repeating: 0, count: stride)
      for (place, weight) in weights.enumerated() {
        let row = min(max(y + place - radius, 0), height - 1)
        accumulate(weight, values, from: row * stride, into: &column)
      }
      for index in padded.indices {
        let x = min(max(index / 3 - radius, 0), width - 1)
        padded[index] = column[3 * x + index % 3]
      }
      var row = [Float](repeating: 0, count: stride)
      for (place, weight) in weights.enumerated() {
        accumulate(weight, padded, from: 3 * place, into: &row)
      }
      result += row
    }
    return result
  }
}

/// sums[i] += weight · values[start + i].
private func accumulate(
  _ weight: Float, _ values: [Float], from start: Int, into sums: inout [Float]
) {
  precondition(start >= 0 && start + sums.count <= values.count)
  for index in sums.indices { sums[index] += weight * values[start + index] }
}
