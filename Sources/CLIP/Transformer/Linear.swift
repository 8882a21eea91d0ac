import COpenBLAS
import Files

/// The affine map y = x Wᵀ + b of rows of activations.
struct Linear {
  let inputs: Int
  let outputs: Int
  private var weight: [Float]  // [outputs, inputs], as checkpoints store it
  private var bias: [Float]  // [outputs]

  init(inputs: Int, outputs: Int, weight: [Float], bias: [Float]? = nil) {
    precondition(weight.count == inputs * outputs)
    self.inputs = inputs
    self.outputs = outputs
    self.weight = weight
    self.bias = bias ?? [Float](repeating: 0, count: outputs)
  }

  /// Several maps of the same input side by side, so that one product serves them all.
  init(joining maps: [Linear]) {
    self.init(
      inputs: maps[0].inputs, outputs: maps.reduce(0) { $0 + $1.outputs },
      weight: maps.flatMap(\.weight), bias: maps.flatMap(\.bias))
  }

  /// The map with its output multiplied by `factor`.
  func scaled(by factor: Float) -> Linear {
    Linear(
      inputs: inputs, outputs: outputs, weight: weight.map { $0 * factor },
      bias: bias.map { $0 * factor })
  }

  /// y = x Wᵀ + b for the first `rows` rows of `x`.
  func apply(_ x: [Float], rows: Int, into y: inout [Float]) {
    for i in 0..<rows {
      for j in 0..<outputs { y[i * outputs + j] = bias[j] }
    }
    addProduct(x, rows: rows, into: &y)
  }

  /// y += x Wᵀ + b for the first `rows` rows of `x`.
  func add(_ x: [Float], rows: Int, into y: inout [Float]) {
    for i in 0..<rows {
      for j in 0..<outputs { y[i * outputs + j] += bias[j] }
    }
    addProduct(x, rows: rows, into: &y)
  }

  private func addProduct(_ x: [Float], rows: Int, into y: inout [Float]) {
    precondition(x.count >= rows * inputs && y.count >= rows * outputs)
    unsafe cblas_sgemm(
      CblasRowMajor, CblasNoTrans, CblasTrans, Int32(rows), Int32(outputs), Int32(inputs), 1, x,
      Int32(inputs), weight, Int32(inputs), 1, &y, Int32(outputs))
  }
}

extension WeightSource {
  /// The linear map whose tensors are `name.weight` and, unless told otherwise, `name.bias`.
  func linear(_ name: String, inputs: Int, outputs: Int, hasBias: Bool = true) throws -> Linear {
    try Linear(
      inputs: inputs, outputs: outputs, weight: floats(name + ".weight"),
      bias: hasBias ? floats(name + ".bias") : nil)
  }
}
