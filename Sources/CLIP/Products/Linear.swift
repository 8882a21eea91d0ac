import CKernels

/// The affine map y = x Wᵀ + b of rows of activations, its weights packed.
struct Linear: Sendable {
  let inputs: Int
  let outputs: Int
  private let weights: any PackedWeights
  private let bias: AlignedBuffer<Float>

  init(_ matrix: WeightMatrix, _ arithmetic: Arithmetic) {
    inputs = matrix.inputs
    outputs = matrix.outputs
    weights = arithmetic.backend.pack(matrix, precision: arithmetic.precision)
    bias = AlignedBuffer(matrix.bias)
  }

  /// y = activation(x Wᵀ + b) for the first `rows` rows of `x`; with `adding`, y + x Wᵀ + b.
  func apply(
    _ x: AlignedBuffer<Float>, rows: Int, into y: AlignedBuffer<Float>, adding: Bool = false,
    activation: Activation? = nil, scratch: ProductScratch
  ) {
    precondition(x.count >= rows * inputs && y.count >= rows * outputs)
    let finish: kernel_activation =
      switch activation {
      case .quickGELU: KERNEL_QUICK_GELU
      case .gelu: KERNEL_GELU
      case nil: KERNEL_IDENTITY
      }
    unsafe weights.multiply(
      kernel_product(
        rows: rows, inputs: inputs, outputs: outputs, x: x.start, x_stride: inputs,
        bias: bias.start, y: y.start, y_stride: outputs, adds: adding ? 1 : 0,
        activation: finish, first_panel: 0, end_panel: kernel_panel_count(outputs)),
      scratch: scratch)
  }
}
