import Foundation
import LinearAlgebra

/// Elements that a formula gives, in a target that is optimized: a full-size model has 151 million of them.
///
/// - Returns: sin(0.37 i (1 + 1e-4 j) + j) · scale + offset for element i of tensor j, in float64, rounded once.
public func formulaTensor(count: Int, index: Double, scale: Double, offset: Double) -> [Float] {
  let piece = 1 << 16
  return Parallel.map(count: (count + piece - 1) / piece) { part in
    (part * piece..<min(count, (part + 1) * piece)).map { i -> Float in
      Float(sin(0.37 * Double(i) * (1 + 1e-4 * index) + index) * scale + offset)
    }
  }.flatMap(\.self)
}
