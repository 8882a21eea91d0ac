import LinearAlgebra

/// Numbers that start on a cache line, for kernels in C.
///
/// Not synchronised: a buffer is written by one thread at a time, and weights only before they are shared.
@safe
final class AlignedBuffer<Element: BitwiseCopyable>: @unchecked Sendable {
  let count: Int
  let start: UnsafeMutablePointer<Element>

  /// A buffer whose contents are not defined yet.
  init(count: Int) {
    self.count = count
    let bytes = ElementCount.checked(count, of: Element.self) * MemoryLayout<Element>.stride
    let memory = UnsafeMutableRawPointer.allocate(byteCount: max(1, bytes), alignment: 64)
    unsafe start = memory.bindMemory(to: Element.self, capacity: count)
  }

  /// A copy of an array.
  convenience init(_ values: [Element]) {
    self.init(count: values.count)
    unsafe values.withUnsafeBufferPointer { source in
      if let first = source.baseAddress { unsafe start.update(from: first, count: count) }
    }
  }

  deinit { unsafe UnsafeMutableRawPointer(start).deallocate() }

  /// The first `count` numbers as an array.
  func prefix(_ count: Int) -> [Element] {
    precondition(count <= self.count)
    return unsafe Array(UnsafeBufferPointer(start: start, count: count))
  }

  /// Copies `count` numbers of another buffer, from number `offset` of it to number `position` of this.
  func copy(_ count: Int, of other: AlignedBuffer, from offset: Int, to position: Int) {
    precondition(count >= 0 && offset >= 0 && position >= 0)
    precondition(offset + count <= other.count && position + count <= self.count)
    unsafe (start + position).update(from: other.start + offset, count: count)
  }

  /// Copies an array's part to the place from number `position` on.
  func replace(_ values: ArraySlice<Element>, at position: Int) {
    precondition(position >= 0 && position + values.count <= count)
    unsafe values.withUnsafeBufferPointer { source in
      if let first = source.baseAddress {
        unsafe (start + position).update(from: first, count: source.count)
      }
    }
  }
}

extension AlignedBuffer where Element == Float {
  /// Adds numbers to those from number `position` on.
  func add(_ values: ArraySlice<Float>, at position: Int) {
    precondition(position >= 0 && position + values.count <= count)
    for (index, value) in values.enumerated() { unsafe start[position + index] += value }
  }
}
