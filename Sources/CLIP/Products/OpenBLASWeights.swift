import CKernels
import COpenBLAS

/// Weights as a checkpoint stores them, [outputs, inputs], for OpenBLAS.
///
/// bfloat16 is its meaning without its speed: factors are rounded to it and multiplied in float32.
struct OpenBLASWeights: PackedWeights {
  private let weight: AlignedBuffer<Float>
  private let precision: Precision

  init(_ matrix: WeightMatrix, precision: Precision) {
    self.precision = precision
    weight = AlignedBuffer(matrix.weight)
    if precision == .bfloat16 {
      unsafe kernel_round_bfloat16(weight.count, weight.start, weight.start)
    }
  }

  func multiply(_ product: kernel_product, scratch: ProductScratch) {
    let (rows, inputs, outputs) = unsafe (product.rows, product.inputs, product.outputs)
    unsafe kernel_add_bias(rows, outputs, product.bias, product.adds, product.y)
    var x = unsafe product.x
    if precision == .bfloat16 {
      let memory = scratch.bytes(rows * inputs * MemoryLayout<Float>.stride)
      let rounded = unsafe UnsafeMutableRawPointer(memory.start).bindMemory(
        to: Float.self, capacity: rows * inputs)
      unsafe kernel_round_bfloat16(rows * inputs, x, rounded)
      unsafe x = UnsafePointer(rounded)
    }
    unsafe cblas_sgemm(
      CblasRowMajor, CblasNoTrans, CblasTrans, Int32(rows), Int32(outputs), Int32(inputs), 1, x,
      Int32(inputs), weight.start, Int32(inputs), 1, product.y, Int32(outputs))
    unsafe product.activate()
  }
}
