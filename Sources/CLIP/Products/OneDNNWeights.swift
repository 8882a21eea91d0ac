import CDNNL
import CKernels
import Synchronization

/// Weights packed as oneDNN's matrix product wants them, and its primitives, made when first used.
@safe
final class OneDNNWeights: PackedWeights {
  /// A primitive for one number of rows.
  @safe
  private struct Primitive: @unchecked Sendable {
    let primitive: dnnl_primitive_t
    let scratch: dnnl_memory_desc_t
  }

  private let precision: Precision
  private let layout: dnnl_memory_desc_t
  private let packed: AlignedBuffer<UInt8>
  private let primitives = Mutex<[OneDNNProduct: Primitive]>([:])

  /// - Precondition: `OneDNN.supports(precision)`.
  init(_ matrix: WeightMatrix, precision: Precision) {
    self.precision = precision
    // The layout is the same for every number of rows.
    let product = OneDNNProduct(
      rows: 256, inputs: matrix.inputs, outputs: matrix.outputs, adds: false,
      precision: precision)
    guard let description = unsafe product.describe(weights: nil) else {
      preconditionFailure("oneDNN has no kernel for this precision")
    }
    defer { unsafe dnnl_primitive_desc_destroy(description) }
    layout = unsafe Self.layout(dnnl_query_weights_md, of: description)
    var target = layout
    packed = AlignedBuffer(count: unsafe dnnl_memory_desc_get_size(&target))
    unsafe matrix.weight.withUnsafeBufferPointer { source in
      // [outputs, inputs] row-major is [inputs, outputs] column-major.
      var given = OneDNNProduct.layout(
        matrix.inputs, matrix.outputs, dnnl_f32, strides: (1, matrix.inputs))
      var reorder: dnnl_primitive_desc_t?
      unsafe OneDNN.require(
        dnnl_reorder_primitive_desc_create(
          &reorder, &given, OneDNN.engine, &target, OneDNN.engine, nil))
      defer { unsafe dnnl_primitive_desc_destroy(reorder) }
      let stream = OneDNN.Stream()
      unsafe OneDNN.execute(
        OneDNN.primitive(reorder), stream,
        [
          (DNNL_ARG_FROM, given, UnsafeMutableRawPointer(mutating: source.baseAddress)),
          (DNNL_ARG_TO, target, UnsafeMutableRawPointer(packed.start)),
        ])
    }
  }

  deinit {
    primitives.withLock { primitives in
      for item in primitives.values { unsafe dnnl_primitive_destroy(item.primitive) }
    }
  }

  func multiply(_ product: kernel_product, scratch: ProductScratch) {
    let shape = unsafe OneDNNProduct(
      rows: product.rows, inputs: product.inputs, outputs: product.outputs,
      adds: product.adds != 0, precision: precision)
    let item = primitive(shape)
    var need = item.scratch
    let scratchSize = unsafe dnnl_memory_desc_get_size(&need)
    let rounded = precision == .bfloat16 ? shape.rows * shape.inputs * 2 : 0
    let roundedEnd = (rounded + 63) / 64 * 64
    let memory = scratch.bytes(roundedEnd + scratchSize)
    var x = unsafe UnsafeMutableRawPointer(mutating: product.x)
    if precision == .bfloat16 {
      unsafe x = UnsafeMutableRawPointer(memory.start)
      unsafe kernel_narrow_bfloat16(
        shape.rows * shape.inputs, product.x, x.assumingMemoryBound(to: UInt16.self))
    }
    omp_set_num_threads(1)
    unsafe OneDNN.execute(
      item.primitive, scratch.stream,
      [
        (DNNL_ARG_SRC, OneDNNProduct.rowMajor(shape.rows, shape.inputs, shape.factorType), x),
        (DNNL_ARG_WEIGHTS, layout, UnsafeMutableRawPointer(packed.start)),
        (
          DNNL_ARG_BIAS, OneDNNProduct.rowMajor(1, shape.outputs, dnnl_f32),
          UnsafeMutableRawPointer(mutating: product.bias)
        ),
        (
          DNNL_ARG_DST, OneDNNProduct.rowMajor(shape.rows, shape.outputs, dnnl_f32),
          UnsafeMutableRawPointer(product.y)
        ),
        (
          DNNL_ARG_SCRATCHPAD, item.scratch,
          UnsafeMutableRawPointer(memory.start + roundedEnd)
        ),
      ])
    unsafe product.activate()
  }

  private func primitive(_ shape: OneDNNProduct) -> Primitive {
    primitives.withLock { primitives in
      if let known = primitives[shape] { return known }
      guard let description = unsafe shape.describe(weights: layout) else {
        preconditionFailure("oneDNN has no kernel for this precision")
      }
      defer { unsafe dnnl_primitive_desc_destroy(description) }
      let made = unsafe Primitive(
        primitive: OneDNN.primitive(description),
        scratch: Self.layout(dnnl_query_scratchpad_md, of: description))
      primitives[shape] = made
      return made
    }
  }

  private static func layout(
    _ part: dnnl_query_t, of description: dnnl_primitive_desc_t
  ) -> dnnl_memory_desc_t {
    guard let layout = unsafe dnnl_primitive_desc_query_md(description, part, 0) else {
      fatalError("oneDNN names no layout")
    }
    return unsafe layout.pointee
  }
}
