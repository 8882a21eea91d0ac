import LinearAlgebra

/// Numbers that several workers write at once, each of them its own part.
///
/// Only for arrays that kernels fill in parallel: nothing checks that the parts do not overlap.
@safe
final class SharedNumbers<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  let count: Int
  /// The first of them; valid as long as this object.
  let start: UnsafeMutablePointer<Element>

  init(repeating value: Element, count: Int) {
    self.count = count
    unsafe start = UnsafeMutablePointer<Element>.allocate(
      capacity: max(ElementCount.checked(count, of: Element.self), 1))
    unsafe start.initialize(repeating: value, count: count)
  }

  convenience init(_ values: [Element]) where Element: ExpressibleByIntegerLiteral {
    self.init(repeating: 0, count: values.count)
    for i in values.indices { self[i] = values[i] }
  }

  deinit { unsafe start.deallocate() }

  subscript(i: Int) -> Element {
    get {
      precondition(i >= 0 && i < count)
      return unsafe start[i]
    }
    set {
      precondition(i >= 0 && i < count)
      unsafe start[i] = newValue
    }
  }

  func fill(_ value: Element) { unsafe start.update(repeating: value, count: count) }
}
