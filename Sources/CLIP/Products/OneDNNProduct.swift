import CDNNL
import CKernels

/// A product as oneDNN describes it: y = x Wᵀ + b, or y + x Wᵀ + b.
struct OneDNNProduct: Hashable {
  let rows: Int
  let inputs: Int
  let outputs: Int
  let adds: Bool
  let precision: Precision

  /// The type of x and of the weights; y and b are float32.
  var factorType: dnnl_data_type_t { precision == .bfloat16 ? dnnl_bf16 : dnnl_f32 }

  /// The layout of x or y, row-major.
  static func rowMajor(_ rows: Int, _ columns: Int, _ type: dnnl_data_type_t)
    -> dnnl_memory_desc_t
  {
    layout(rows, columns, type, strides: (columns, 1))
  }

  /// The layout of a matrix with the distances between its rows and between its columns.
  static func layout(
    _ rows: Int, _ columns: Int, _ type: dnnl_data_type_t, strides: (Int, Int)
  ) -> dnnl_memory_desc_t {
    var result = dnnl_memory_desc_t()
    let extents = [Int64(rows), Int64(columns)]
    let distances = [Int64(strides.0), Int64(strides.1)]
    unsafe OneDNN.require(
      dnnl_memory_desc_init_by_strides(&result, 2, extents, type, distances))
    return result
  }

  /// oneDNN's own description.
  ///
  /// - Parameter weights: The layout of the packed weights; nil to let oneDNN choose.
  /// - Returns: Nil when oneDNN has no kernel for it on this CPU; else to be destroyed by the caller.
  func describe(weights: dnnl_memory_desc_t?) -> dnnl_primitive_desc_t? {
    // A primitive uses as many threads as it was made for: one.
    omp_set_num_threads(1)
    var x = Self.rowMajor(rows, inputs, factorType)
    var y = Self.rowMajor(rows, outputs, dnnl_f32)
    var bias = Self.rowMajor(1, outputs, dnnl_f32)
    var chosen = dnnl_memory_desc_t()
    if let weights {
      chosen = weights
    } else {
      let extents = [Int64(inputs), Int64(outputs)]
      unsafe OneDNN.require(
        dnnl_memory_desc_init_by_tag(&chosen, 2, extents, factorType, dnnl_format_tag_any))
    }
    var product = dnnl_matmul_desc_t()
    unsafe OneDNN.require(dnnl_matmul_desc_init(&product, &x, &chosen, &bias, &y))

    var after: dnnl_post_ops_t?
    unsafe OneDNN.require(dnnl_post_ops_create(&after))
    defer { unsafe dnnl_post_ops_destroy(after) }
    if adds { unsafe OneDNN.require(dnnl_post_ops_append_sum(after, 1)) }
    var attributes: dnnl_primitive_attr_t?
    unsafe OneDNN.require(dnnl_primitive_attr_create(&attributes))
    defer { unsafe dnnl_primitive_attr_destroy(attributes) }
    unsafe OneDNN.require(dnnl_primitive_attr_set_post_ops(attributes, after))
    // Scratch of the caller's own, so that threads can share a primitive.
    unsafe OneDNN.require(
      dnnl_primitive_attr_set_scratchpad_mode(attributes, dnnl_scratchpad_mode_user))
    var description: dnnl_primitive_desc_t?
    let status = unsafe dnnl_primitive_desc_create(
      &description, &product, attributes, OneDNN.engine, nil)
    if status == dnnl_unimplemented { return nil }
    OneDNN.require(status)
    return unsafe description
  }
}
