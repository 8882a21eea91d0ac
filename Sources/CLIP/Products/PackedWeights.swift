import CKernels

/// A weight matrix in the form that one library's kernels want: the only copy in memory.
protocol PackedWeights: Sendable {
  /// Computes what `product` describes, all of its columns.
  ///
  /// Called on several threads at once, each with a scratch of its own; starts no threads itself.
  func multiply(_ product: kernel_product, scratch: ProductScratch)
}
