import Foundation
import LinearAlgebra

/// Elements that a formula gives, in a target that is optimized: a full-size model has 151 million of them.
///
/// - Returns: sin(0.37 i (1 + 1e-4 j) + j) · scale + offset for element i of tensor j, in float64, rounded once.
public func formulaTensor(count: Int, index: Double, scale: Double, offset: Double) -> [Float] {
  @Sendable func element(_ i: Int) -> Float {
    // In the order of the formula, which the reference rounds by.
    let angle: Double = 0.37 * Double(i) * (1 + 1e-4 * index) + index
    return Float(sin(angle) * scale + offset)
  }
  let piece = 1 << 16
  let parts = (count + piece - 1) / piece
  return Parallel.map(count: parts) { part -> [Float] in
    (part * piece..<min(count, (part + 1) * piece)).map { element($0) }
  }.flatMap(\.self)
}
