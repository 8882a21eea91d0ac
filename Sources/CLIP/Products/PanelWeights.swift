import CKernels
import LinearAlgebra

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
    let workers = scratch.workers
    let size = (kernel_product_scratch() + 63) / 64 * 64
    let memory = scratch.bytes(workers * size)
    nonisolated(unsafe) let product = unsafe product
    let pairs = unsafe product.end_panel / 2
    Parallel.forEach(count: workers, workers: workers) { part, _ in
      // Each thread has columns of its own.
      var piece = unsafe product
      unsafe piece.first_panel = pairs * part / workers * 2
      unsafe piece.end_panel = pairs * (part + 1) / workers * 2
      let own = unsafe memory.start + part * size
      switch self {
      case .float32(let packed): unsafe kernel_product_float32(&piece, packed.start, own)
      case .bfloat16(let packed): unsafe kernel_product_bfloat16(&piece, packed.start, own)
      }
    }
  }

  /// The instructions that the kernels use on this CPU.
  static func instructions(_ precision: Precision) -> String {
    unsafe String(cString: kernel_product_instructions(precision == .bfloat16 ? 1 : 0))
  }
}
