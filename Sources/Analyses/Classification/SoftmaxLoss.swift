import COpenBLAS
import LinearAlgebra
import RealModule

/// Σ over rows of −ln softmax(W x + b) at the row's class, plus ‖W‖² / (2 C): the function that a multinomial
/// logistic regression minimises, divided by C.
///
/// Parameters are one list: W, shape [classes, features], then b, shape [classes]. Rows are summed in blocks that
/// depend on their number alone, and the blocks in order: the same bits for any number of workers.
struct SoftmaxLoss: Sendable {
  let features: Matrix<Double>  // [rows, features]
  let labels: [Int]
  let classCount: Int
  /// C.
  let inverseRegularization: Double
  private let blocks: [Range<Int>]

  init(
    _ features: Matrix<Double>, labels: [Int], classCount: Int, inverseRegularization: Double
  ) {
    self.features = features
    self.labels = labels
    self.classCount = classCount
    self.inverseRegularization = inverseRegularization
    // Sixteen blocks at most: each has a gradient of its own.
    let size = max(128, (features.rows + 15) / 16)
    blocks = stride(from: 0, to: features.rows, by: size).map {
      $0..<min($0 + size, features.rows)
    }
  }

  /// The number of parameters.
  var parameterCount: Int { classCount * (features.columns + 1) }

  /// The function and its gradient.
  ///
  /// - Complexity: O(rows · features · classes).
  func evaluate(_ parameters: [Double]) -> LimitedMemoryBFGS.Evaluation {
    let parts = Parallel.map(count: blocks.count) { sum(over: blocks[$0], parameters) }
    var value = 0.0
    var gradient = [Double](repeating: 0, count: parameterCount)
    for part in parts {
      value += part.value
      gradient.add(part.gradient, times: 1)
    }
    var squares = 0.0
    for i in 0..<classCount * features.columns {
      squares = Relaxed.multiplyAdd(parameters[i], parameters[i], squares)
      gradient[i] += parameters[i] / inverseRegularization
    }
    return LimitedMemoryBFGS.Evaluation(
      value: value + squares / (2 * inverseRegularization), gradient: gradient)
  }

  /// The losses of some rows and their gradient.
  private func sum(over rows: Range<Int>, _ parameters: [Double]) -> LimitedMemoryBFGS.Evaluation {
    let width = features.columns
    let start = rows.lowerBound * width
    let intercepts = classCount * width
    // Logits first, then the probabilities less the truth.
    var residuals = [Double](repeating: 0, count: rows.count * classCount)  // [rows, classes]
    unsafe features.values.withUnsafeBufferPointer { points in
      guard let points = points.baseAddress, width > 0 else { return }
      unsafe cblas_dgemm(
        CblasRowMajor, CblasNoTrans, CblasTrans, Int32(rows.count), Int32(classCount),
        Int32(width), 1, points + start, Int32(width), parameters, Int32(width), 0, &residuals,
        Int32(classCount))
    }
    var value = 0.0
    var gradient = [Double](repeating: 0, count: parameterCount)
    for (place, row) in rows.enumerated() {
      let first = place * classCount
      var largest = -Double.infinity
      for label in 0..<classCount {
        residuals[first + label] += parameters[intercepts + label]
        largest = max(largest, residuals[first + label])
      }
      let truth = residuals[first + labels[row]] - largest
      var total = 0.0
      for label in 0..<classCount {
        let likelihood = Double.exp(residuals[first + label] - largest)
        residuals[first + label] = likelihood
        total += likelihood
      }
      value += Double.log(total) - truth
      for label in 0..<classCount { residuals[first + label] /= total }
      residuals[first + labels[row]] -= 1
      for label in 0..<classCount { gradient[intercepts + label] += residuals[first + label] }
    }
    unsafe features.values.withUnsafeBufferPointer { points in
      guard let points = points.baseAddress, width > 0 else { return }
      unsafe cblas_dgemm(
        CblasRowMajor, CblasTrans, CblasNoTrans, Int32(classCount), Int32(width),
        Int32(rows.count), 1, residuals, Int32(classCount), points + start, Int32(width), 0,
        &gradient, Int32(width))
    }
    return LimitedMemoryBFGS.Evaluation(value: value, gradient: gradient)
  }
}
