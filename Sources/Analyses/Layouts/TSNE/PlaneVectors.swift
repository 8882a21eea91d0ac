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
