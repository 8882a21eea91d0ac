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
    unsafe start = UnsafeMutablePointer<Element>.allocate(capacity: max(count, 1))
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

/// Two coordinates for every point: positions, forces or velocities in the plane.
struct PlaneVectors: Sendable {
  let x: SharedNumbers<Float>
  let y: SharedNumbers<Float>

  var count: Int { x.count }

  init(repeating value: Float, count: Int) {
    x = SharedNumbers(repeating: value, count: count)
    y = SharedNumbers(repeating: value, count: count)
  }

  /// Takes the two columns of a matrix.
  init(_ matrix: [Float]) {
    self.init(repeating: 0, count: matrix.count / 2)
    for i in 0..<count {
      x[i] = matrix[2 * i]
      y[i] = matrix[2 * i + 1]
    }
  }

  /// The coordinates of the points in turn.
  var interleaved: [Float] { (0..<count).flatMap { [x[$0], y[$0]] } }

  /// Points go to workers in blocks of this many.
  static let blockSize = 256

  var blockCount: Int { (count + Self.blockSize - 1) / Self.blockSize }

  func block(_ index: Int) -> Range<Int> {
    index * Self.blockSize..<min(count, (index + 1) * Self.blockSize)
  }
}
