import Analyses
import Foundation
import LinearAlgebra

/// How alike two texts of signs are, from 0 to 1, by the symbols in them and in any order.
///
/// Of two signs: the cheapest assignment of their symbols by `SymbolDistance`, whose mean cost c is mixed
/// with the difference of their lengths l = (|n − m| / (max(n, m) + 1))^1.5 as l + c (1 − l); similarity
/// is the square of 1 less that. A sign without symbols is like none. Of several: the assignment of signs
/// with the greatest sum of similarities, over the larger number of signs (Moryossef et al. 2024,
/// arXiv:2410.13668; as `SignWritingSimilarityMetric` of PyPI signwriting-evaluation 0.1.0).
package enum SignSimilarity {
  private static let lengthExponent = 1.5

  /// The similarity of two texts of signs, as `Sign.signs(tolerating:)` reads them.
  ///
  /// - Returns: 0 to 1.
  /// - Complexity: O(n m) pairs of signs, each O(s³) for s symbols, then O(n³).
  package static func between(_ hypothesis: [Sign], _ reference: [Sign]) -> Double {
    let (first, second) = (hypothesis.map(placed), reference.map(placed))
    guard !first.isEmpty, !second.isEmpty else { return 0 }
    var costs = Matrix<Double>(rows: first.count, columns: second.count)
    for (i, a) in first.enumerated() {
      for (j, b) in second.enumerated() { costs[i, j] = 1 - between(a, b) }
    }
    let assigned = CheapestAssignment(costs).costs
    return assigned.reduce(0) { $0 + (1 - $1) } / Double(max(first.count, second.count))
  }

  /// The symbols that count: the reference reads a text twice, and loses those with a coordinate below 100
  /// on the way, since it writes them with two digits.
  private static func placed(_ sign: Sign) -> [Sign.Placed] {
    sign.symbols.filter { $0.place.x >= 100 && $0.place.y >= 100 }
  }

  private static func between(_ first: [Sign.Placed], _ second: [Sign.Placed]) -> Double {
    guard !first.isEmpty, !second.isEmpty else { return 0 }
    var costs = Matrix<Double>(rows: first.count, columns: second.count)
    for (i, a) in first.enumerated() {
      for (j, b) in second.enumerated() { costs[i, j] = SymbolDistance.normalized(a, b) }
    }
    let assigned = CheapestAssignment(costs).costs
    let mean = assigned.reduce(0, +) / Double(assigned.count)
    let (least, most) = (min(first.count, second.count), max(first.count, second.count))
    let length = pow(Double(most - least) / Double(most + 1), lengthExponent)
    let right = 1 - (length + mean * (1 - length))
    return right * right
  }
}
