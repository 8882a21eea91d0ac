import CKernels
import COpenBLAS
import LinearAlgebra

/// Matrix products of float32 rows on the calling thread, by OpenBLAS.
///
/// Weights are as a checkpoint stores them, [outputs, inputs]; they change with every step, so that
/// packing them ahead would not pay.
enum TrainingProduct {
  /// y = x Wᵀ, or y + x Wᵀ with `adding`; x [rows, inputs], y [rows, outputs].
  @unsafe
  static func forward(
    rows: Int, inputs: Int, outputs: Int, _ x: UnsafePointer<Float>,
    _ weight: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, adding: Bool
  ) {
    unsafe cblas_sgemm(
      CblasRowMajor, CblasNoTrans, CblasTrans, Int32(rows), Int32(outputs), Int32(inputs), 1, x,
      Int32(inputs), weight, Int32(inputs), adding ? 1 : 0, y, Int32(outputs))
  }

  /// The gradient of x: dx = dy W, or dx + dy W with `adding`.
  @unsafe
  static func input(
    rows: Int, inputs: Int, outputs: Int, _ outputGradient: UnsafePointer<Float>,
    _ weight: UnsafePointer<Float>, _ inputGradient: UnsafeMutablePointer<Float>, adding: Bool
  ) {
    unsafe cblas_sgemm(
      CblasRowMajor, CblasNoTrans, CblasNoTrans, Int32(rows), Int32(inputs), Int32(outputs), 1,
      outputGradient, Int32(outputs), weight, Int32(inputs), adding ? 1 : 0, inputGradient,
      Int32(inputs))
  }
}

/// The gradient of one map's weights and biases over a whole batch: dW = dyᵀ x and the sums of dy.
struct WeightGradient: Sendable {
  let rows: Int
  let inputs: Int
  let outputs: Int
  let outputGradient: AlignedBuffer<Float>  // [rows, outputs]
  let x: AlignedBuffer<Float>  // [rows, inputs]
  let gradients: AlignedBuffer<Float>
  /// Where the weights' gradient starts in `gradients`, [outputs, inputs].
  let weight: Int
  /// Where the biases' does; nil for a map without.
  let bias: Int?

  /// Computes several, on all workers, in parts of about `partSize` weights.
  static func compute(_ maps: [WeightGradient], partSize: Int, adding: Bool) {
    let parts = maps.flatMap { map in
      let size = max(16, partSize / map.inputs / 16 * 16)
      return stride(from: 0, to: map.outputs, by: size).map {
        (map, $0..<min($0 + size, map.outputs))
      }
    }
    Parallel.forEach(count: parts.count) { parts[$0].0.compute(parts[$0].1, adding: adding) }
  }

  /// Computes the part that belongs to a range of outputs; with `adding`, adds it to what is there.
  private func compute(_ part: Range<Int>, adding: Bool) {
    guard rows > 0 else { return }
    precondition(outputGradient.count >= rows * outputs && x.count >= rows * inputs)
    let dy = unsafe outputGradient.at(part.lowerBound)
    unsafe cblas_sgemm(
      CblasRowMajor, CblasTrans, CblasNoTrans, Int32(part.count), Int32(inputs), Int32(rows), 1,
      dy, Int32(outputs), x.start, Int32(inputs), adding ? 1 : 0,
      gradients.at(weight + part.lowerBound * inputs), Int32(inputs))
    guard let bias else { return }
    unsafe kernel_column_sums(
      rows, part.count, dy, outputs, adding ? 1 : 0, gradients.at(bias + part.lowerBound))
  }
}

extension AlignedBuffer {
  /// The place of a number, which is within the buffer or its end.
  @unsafe
  func at(_ position: Int) -> UnsafeMutablePointer<Element> {
    precondition(position >= 0 && position <= count)
    return unsafe start + position
  }
}
