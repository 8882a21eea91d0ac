import CDNNL
import CKernels
import LinearAlgebra

/// Matrix products of float32 rows on the calling thread, by oneDNN.
///
/// Weights are as a checkpoint stores them, [outputs, inputs]; they change with every step, so that
/// packing them ahead would not pay. oneDNN makes its kernels for the CPU it runs on; they are a sixth
/// faster here than OpenBLAS's.
enum TrainingProduct {
  /// y = x Wᵀ, or y + x Wᵀ with `adding`; x [rows, inputs], y [rows, outputs].
  @unsafe
  static func forward(
    rows: Int, inputs: Int, outputs: Int, _ x: UnsafePointer<Float>,
    _ weight: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, adding: Bool
  ) {
    unsafe multiply(
      rows, outputs, inputs, x, isTransposed: false, stride: inputs, weight, isTransposed: true,
      stride: inputs, y, stride: outputs, adding: adding)
  }

  /// The gradient of x: dx = dy W, or dx + dy W with `adding`.
  @unsafe
  static func input(
    rows: Int, inputs: Int, outputs: Int, _ outputGradient: UnsafePointer<Float>,
    _ weight: UnsafePointer<Float>, _ inputGradient: UnsafeMutablePointer<Float>, adding: Bool
  ) {
    unsafe multiply(
      rows, inputs, outputs, outputGradient, isTransposed: false, stride: outputs, weight,
      isTransposed: false, stride: inputs, inputGradient, stride: inputs, adding: adding)
  }

  /// c = a b, or c + a b with `adding`, [rows, columns] with `inner` products each; a transposed factor
  /// is stored as its transpose.
  @unsafe
  fileprivate static func multiply(
    _ rows: Int, _ columns: Int, _ inner: Int, _ a: UnsafePointer<Float>,
    isTransposed aIsTransposed: Bool, stride aStride: Int, _ b: UnsafePointer<Float>,
    isTransposed bIsTransposed: Bool, stride bStride: Int,
    _ c: UnsafeMutablePointer<Float>, stride cStride: Int, adding: Bool
  ) {
    omp_set_num_threads(1)  // of this thread alone
    let (plain, transposed) = (CChar(UInt8(ascii: "N")), CChar(UInt8(ascii: "T")))
    unsafe OneDNN.require(
      dnnl_sgemm(
        aIsTransposed ? transposed : plain, bIsTransposed ? transposed : plain, Int64(rows),
        Int64(columns), Int64(inner), 1, a, Int64(aStride), b, Int64(bStride), adding ? 1 : 0, c,
        Int64(cStride)))
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
    unsafe TrainingProduct.multiply(
      part.count, inputs, rows, dy, isTransposed: true, stride: outputs, x.at(0),
      isTransposed: false, stride: inputs, gradients.at(weight + part.lowerBound * inputs),
      stride: inputs, adding: adding)
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
