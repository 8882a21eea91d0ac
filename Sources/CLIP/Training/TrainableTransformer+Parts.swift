import CKernels
import LinearAlgebra

/// Where the weights and biases of an affine map, or a norm's gains and biases, start among the parameters.
struct MapParameters: Sendable {
  let weight: Int
  let bias: Int

  init(_ parameters: ParameterStore, _ name: String) {
    weight = parameters.offset(name + ".weight")
    bias = parameters.offset(name + ".bias")
  }
}

/// Where the parameters of a block start.
struct BlockParameters: Sendable {
  let attentionNorm: MapParameters
  let query: MapParameters
  /// Keys and values, which stand one after the other.
  let keyValue: MapParameters
  let attentionOutput: MapParameters
  let mlpNorm: MapParameters
  let mlpInput: MapParameters
  let mlpOutput: MapParameters

  init(_ parameters: ParameterStore, _ name: String) {
    attentionNorm = MapParameters(parameters, name + "layer_norm1")
    query = MapParameters(parameters, name + "self_attn.q_proj")
    keyValue = MapParameters(parameters, name + "self_attn.k_proj")
    attentionOutput = MapParameters(parameters, name + "self_attn.out_proj")
    mlpNorm = MapParameters(parameters, name + "layer_norm2")
    mlpInput = MapParameters(parameters, name + "mlp.fc1")
    mlpOutput = MapParameters(parameters, name + "mlp.fc2")
  }
}

/// The steps of a block on the rows of one piece.
extension TrainableTransformer {
  @unsafe
  func layerNorm(
    _ norm: MapParameters, _ rows: Int, _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>
  ) {
    let values = parameters.values
    unsafe kernel_layer_norm(
      rows, configuration.width, x, values.at(norm.weight), values.at(norm.bias),
      configuration.layerNormEpsilon, y)
  }

  /// The backward pass of a norm, which leaves the normalised numbers in place of `x`; `sums` has
  /// those of the gains and then of the biases.
  @unsafe
  func layerNormBackward(
    _ norm: MapParameters, _ rows: Int, _ x: UnsafeMutablePointer<Float>,
    _ outputGradient: UnsafePointer<Float>, residual: UnsafePointer<Float>?,
    into inputGradient: UnsafeMutablePointer<Float>, sums: UnsafeMutablePointer<Float>
  ) {
    unsafe kernel_layer_norm_backward(
      rows, configuration.width, x, parameters.values.at(norm.weight),
      configuration.layerNormEpsilon, outputGradient, residual, inputGradient, sums,
      sums + configuration.width)
    unsafe layerNorm(norm, rows, x, x)
  }

  /// Adds the pieces' sums for a norm, which start at `position` of each piece's.
  @unsafe
  func addNorm(
    _ norm: MapParameters, _ sums: AlignedBuffer<Float>, at position: Int, adding: Bool
  ) {
    let width = configuration.width
    for (offset, part) in [(norm.weight, 0), (norm.bias, width)] {
      unsafe kernel_column_sums(
        batch.pieces.count, width, sums.at(position + part), 4 * width, adding ? 1 : 0,
        parameters.gradients.at(offset))
    }
  }

  /// y = x Wᵀ + b; with `adding`, y + x Wᵀ + b.
  @unsafe
  func affine(
    _ map: MapParameters, _ rows: Int, _ x: UnsafePointer<Float>, inputs: Int, outputs: Int,
    _ y: UnsafeMutablePointer<Float>, adding: Bool = false
  ) {
    let values = parameters.values
    unsafe kernel_add_bias(rows, outputs, values.at(map.bias), adding ? 1 : 0, y)
    unsafe TrainingProduct.forward(
      rows: rows, inputs: inputs, outputs: outputs, x, values.at(map.weight), y, adding: true)
  }

  @unsafe
  func activate(_ count: Int, _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>) {
    switch configuration.activation {
    case .quickGELU: unsafe kernel_quick_gelu(count, x, y)
    case .gelu: unsafe kernel_gelu(count, x, y)
    }
  }

  /// Turns the gradient of the activation's result into that of `x`, which becomes the result.
  @unsafe
  func activateBackward(
    _ count: Int, _ x: UnsafeMutablePointer<Float>, _ gradient: UnsafeMutablePointer<Float>
  ) {
    switch configuration.activation {
    case .quickGELU: unsafe kernel_quick_gelu_backward(count, x, gradient)
    case .gelu: unsafe kernel_gelu_backward(count, x, gradient)
    }
  }

  /// The gradient of a map's parameters, yet to be computed.
  func gradient(
    _ map: MapParameters, _ rows: Int, _ outputGradient: AlignedBuffer<Float>,
    _ x: AlignedBuffer<Float>, _ inputs: Int, _ outputs: Int
  ) -> WeightGradient {
    WeightGradient(
      rows: rows, inputs: inputs, outputs: outputs, outputGradient: outputGradient, x: x,
      gradients: parameters.gradients, weight: map.weight, bias: map.bias)
  }
}
