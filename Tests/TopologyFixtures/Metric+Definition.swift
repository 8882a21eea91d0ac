import Foundation
package import LinearAlgebra

extension Metric {
  /// The distance of two points by its definition, summed in order: what engines are compared with.
  package func definition(_ x: ArraySlice<Double>, _ y: ArraySlice<Double>) -> Double {
    func norm(_ values: [Double]) -> Double {
      values.reduce(0) { $0 + $1 * $1 }.squareRoot()
    }
    switch self {
    case .euclidean: return norm(zip(x, y).map { $0 - $1 })
    case .cityblock: return zip(x, y).reduce(0) { $0 + abs($1.0 - $1.1) }
    case .chebyshev: return zip(x, y).reduce(0) { max($0, abs($1.0 - $1.1)) }
    case .cosine, .angular:
      let (p, q) = (norm(Array(x)), norm(Array(y)))
      let (u, v) = (x.map { $0 / p }, y.map { $0 / q })
      let (chord, sum) = (norm(zip(u, v).map { $0 - $1 }), norm(zip(u, v).map { $0 + $1 }))
      return self == .cosine ? chord * chord / 2 : 2 * atan2(chord, sum)
    case .correlation:
      let centred = [x, y].map { row -> ArraySlice<Double> in
        let first = row.first ?? 0
        let mean = first + row.reduce(0) { $0 + ($1 - first) } / Double(row.count)
        return row.map { $0 - mean }[...]
      }
      return Metric.cosine.definition(centred[0], centred[1])
    default: preconditionFailure("the definition of \(self) belongs here")
    }
  }
}
