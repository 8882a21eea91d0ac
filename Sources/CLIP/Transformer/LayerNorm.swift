import CKernels
import Files

/// Layer normalisation (Ba, Kiros, Hinton 2016, arXiv:1607.06450).
struct LayerNorm {
  let gain: [Float]
  let bias: [Float]
  let epsilon: Float

  init(_ weights: any WeightSource, _ name: String, epsilon: Float) throws {
    gain = try weights.floats(name + ".weight")
    bias = try weights.floats(name + ".bias")
    self.epsilon = epsilon
  }

  /// Normalises each of the first `rows` rows of `x`.
  func apply(_ x: [Float], rows: Int, into y: inout [Float]) {
    let width = gain.count
    precondition(x.count >= rows * width && y.count >= rows * width)
    unsafe kernel_layer_norm(rows, width, x, gain, bias, epsilon, &y)
  }

  /// Normalises each of the first `rows` rows of `x` in place.
  func apply(rows: Int, inPlace x: inout [Float]) {
    let width = gain.count
    precondition(x.count >= rows * width)
    unsafe x.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      unsafe kernel_layer_norm(rows, width, start, gain, bias, epsilon, start)
    }
  }
}
