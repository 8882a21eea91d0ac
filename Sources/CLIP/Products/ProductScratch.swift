/// What one thread needs beside the buffers of its products; reused from product to product.
final class ProductScratch: @unchecked Sendable {
  /// Threads that a product may use, this one included.
  var workers = 1
  private var memory = AlignedBuffer<UInt8>(count: 0)
  /// oneDNN's queue of this thread, made when first used.
  lazy var stream = OneDNN.Stream()

  /// At least `count` bytes, their contents not defined.
  func bytes(_ count: Int) -> AlignedBuffer<UInt8> {
    if memory.count < count { memory = AlignedBuffer(count: count) }
    return memory
  }
}
