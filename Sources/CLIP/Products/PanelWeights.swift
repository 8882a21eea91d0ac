import CKernels

/// Weights in panels of 16 columns, for the program's own kernels.
///
/// The kernels are those of the CPU that the program runs on. Each row of a result is computed in one
/// way, whatever the rows beside it.
enum PanelWeights: PackedWeights {
  case float32(AlignedBuffer<Float>)
  case bfloat16(AlignedBuffer<UInt16>)

  init(_ matrix: WeightMatrix, precision: Precision) {
    let size = kernel_panel_count(matrix.outputs) * kernel_panel_size(matrix.inputs)
    switch precision {
    case .float32:
      let packed = AlignedBuffer<Float>(count: size)
      unsafe kernel_pack_float32(matrix.inputs, matrix.outputs, matrix.weight, packed.start)
      self = .float32(packed)
    case .bfloat16:
      let packed = AlignedBuffer<UInt16>(count: size)
      unsafe kernel_pack_bfloat16(matrix.inputs, matrix.outputs, matrix.weight, packed.start)
      self = .bfloat16(packed)
    }
  }

  func multiply(_ product: kernel_product, scratch: ProductScratch) {
    let memory = scratch.bytes(kernel_product_scratch())
    var product = unsafe product
    switch self {
    case .float32(let packed):
      unsafe kernel_product_float32(&product, packed.start, memory.start)
    case .bfloat16(let packed):
      unsafe kernel_product_bfloat16(&product, packed.start, memory.start)
    }
  }

  /// The instructions that the kernels use on this CPU.
  static func instructions(_ precision: Precision) -> String {
    unsafe String(cString: kernel_product_instructions(precision == .bfloat16 ? 1 : 0))
  }
}
