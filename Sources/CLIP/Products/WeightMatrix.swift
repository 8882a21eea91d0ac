/// The affine map y = x Wᵀ + b as a checkpoint stores it.
struct WeightMatrix {
  let inputs: Int
  let outputs: Int
  private(set) var weight: [Float]  // [outputs, inputs]
  private(set) var bias: [Float]  // [outputs]

  init(inputs: Int, outputs: Int, weight: [Float], bias: [Float]? = nil) {
    precondition(weight.count == inputs * outputs)
    self.inputs = inputs
    self.outputs = outputs
    self.weight = weight
    self.bias = bias ?? [Float](repeating: 0, count: outputs)
    precondition(self.bias.count == outputs)
  }

  /// Several maps of the same input side by side, so that one product serves them all.
  init(joining maps: [WeightMatrix]) {
    self.init(
      inputs: maps[0].inputs, outputs: maps.reduce(0) { $0 + $1.outputs },
      weight: maps.flatMap(\.weight), bias: maps.flatMap(\.bias))
  }

  /// The map with its output multiplied by `factor`.
  func scaled(by factor: Float) -> WeightMatrix {
    WeightMatrix(
      inputs: inputs, outputs: outputs, weight: weight.map { $0 * factor },
      bias: bias.map { $0 * factor })
  }
}

extension WeightSource {
  /// The map whose tensors are `name.weight` and, unless told otherwise, `name.bias`.
  func matrix(
    _ name: String, inputs: Int, outputs: Int, hasBias: Bool = true
  ) throws -> WeightMatrix {
    try WeightMatrix(
      inputs: inputs, outputs: outputs, weight: floats(name + ".weight"),
      bias: hasBias ? floats(name + ".bias") : nil)
  }
}
