import CKernels

/// The norm and the projection of the states that are read, with their backward passes.
///
/// On the calling thread: a thousandth of a step's work.
struct ProjectionHead: Sendable {
  private let parameters: ParameterStore
  private let norm: MapParameters
  private let projection: Int
  private let width: Int
  private let dimension: Int
  private let epsilon: Float

  init(
    _ parameters: ParameterStore, norm: String, projection: String,
    _ configuration: TransformerConfiguration, dimension: Int
  ) {
    self.parameters = parameters
    self.norm = MapParameters(parameters, norm)
    self.projection = parameters.offset(projection + ".weight")
    width = configuration.width
    epsilon = configuration.layerNormEpsilon
    self.dimension = dimension
  }

  /// The features of `rows` states, [rows, dimension].
  func forward(_ states: AlignedBuffer<Float>, rows: Int) -> [Float] {
    let features = AlignedBuffer<Float>(count: rows * dimension)
    if rows == 0 { return [] }
    let normalized = normalized(states, rows: rows)
    // A buffer's numbers live as long as it does, which may end with its last mention.
    withExtendedLifetime(normalized) {
      unsafe TrainingProduct.forward(
        rows: rows, inputs: width, outputs: dimension, normalized.start,
        parameters.values.at(projection), features.start, adding: false)
    }
    return features.prefix(features.count)
  }

  /// Writes the gradient of the states, and those of the parameters, from that of the features.
  func backward(
    _ states: AlignedBuffer<Float>, rows: Int, featureGradient: [Float],
    into stateGradient: AlignedBuffer<Float>, adding: Bool
  ) {
    precondition(featureGradient.count == rows * dimension && stateGradient.count >= rows * width)
    let featureGradient = AlignedBuffer(featureGradient)
    let normalizedGradient = AlignedBuffer<Float>(count: rows * width)
    unsafe TrainingProduct.input(
      rows: rows, inputs: width, outputs: dimension, featureGradient.start,
      parameters.values.at(projection), normalizedGradient.start, adding: false)
    WeightGradient.compute(
      [
        WeightGradient(
          rows: rows, inputs: width, outputs: dimension, outputGradient: featureGradient,
          x: normalized(states, rows: rows), gradients: parameters.gradients, weight: projection,
          bias: nil)
      ], partSize: width * dimension, adding: adding)
    let gradients = parameters.gradients
    if !adding {
      unsafe gradients.at(norm.weight).update(repeating: 0, count: width)
      unsafe gradients.at(norm.bias).update(repeating: 0, count: width)
    }
    withExtendedLifetime(normalizedGradient) {
      unsafe kernel_layer_norm_backward(
        rows, width, states.start, parameters.values.at(norm.weight), epsilon,
        normalizedGradient.start, nil, stateGradient.start, gradients.at(norm.weight),
        gradients.at(norm.bias))
    }
  }

  private func normalized(_ states: AlignedBuffer<Float>, rows: Int) -> AlignedBuffer<Float> {
    precondition(states.count >= rows * width)
    let normalized = AlignedBuffer<Float>(count: rows * width)
    let values = parameters.values
    unsafe kernel_layer_norm(
      rows, width, states.start, values.at(norm.weight), values.at(norm.bias), epsilon,
      normalized.start)
    return normalized
  }
}
