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

  /// Normalises each of the first `rows` rows of `x` into `y`, which may be `x`.
  func apply(_ x: AlignedBuffer<Float>, rows: Int, into y: AlignedBuffer<Float>) {
    let width = gain.count
    precondition(x.count >= rows * width && y.count >= rows * width)
    unsafe kernel_layer_norm(rows, width, x.start, gain, bias, epsilon, y.start)
  }
}
