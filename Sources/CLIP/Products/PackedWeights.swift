import CKernels

/// A weight matrix in the form that one library's kernels want: the only copy in memory.
protocol PackedWeights: Sendable {
  /// Computes what `product` describes, all of its columns.
  ///
  /// Called on several threads at once, each with a scratch of its own. Uses as many more threads as
  /// the scratch allows, if it can.
  func multiply(_ product: kernel_product, scratch: ProductScratch)
}

extension kernel_product {
  /// Applies the activation to all of y: a pass of its own, for libraries that end at the sums.
  func activate() {
    switch unsafe activation {
    case KERNEL_QUICK_GELU: unsafe kernel_quick_gelu(rows * outputs, y, y)
    case KERNEL_GELU: unsafe kernel_gelu(rows * outputs, y, y)
    default: break
    }
  }
}
