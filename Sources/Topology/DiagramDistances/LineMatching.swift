import LinearAlgebra

/// Finds a cheapest matching of points that were all born at one value, as in dimension 0.
///
/// Such points lie on a line, where crossing pairs can be uncrossed at no cost: among the points
/// that are matched, the k-th of one side goes with the k-th of the other. So the least cost for the
/// first i points of one side and the first j of the other follows from those for one point less
/// (the recurrence of an alignment; the total is a sum of powers or, for the bottleneck, a maximum).
/// Time O(nm). Only every √n-th row of the table is kept, and the rows between are computed again on
/// the way back, so that memory is O(m √n).
struct LineMatching {
  private let a: [Double]
  private let b: [Double]
  /// What the diagonal costs for each.
  private let aLimits: [Double]
  private let bLimits: [Double]
  private let rowsOfA: [Int]
  private let rowsOfB: [Int]
  /// q; nil for the bottleneck.
  private let order: Int?

  /// The points are given by their deaths; nil if they differ in birth.
  init?(_ a: MatchingProblem.Side, _ b: MatchingProblem.Side, ground: GroundMetric, order: Int?) {
    guard let birth = a.births.first ?? b.births.first,
      a.births.allSatisfy({ $0 == birth }), b.births.allSatisfy({ $0 == birth })
    else { return nil }
    func power(_ cost: Double) -> Double { order == 2 ? cost * cost : cost }
    rowsOfA = a.deaths.indices.sorted { a.deaths[$0] < a.deaths[$1] }
    rowsOfB = b.deaths.indices.sorted { b.deaths[$0] < b.deaths[$1] }
    self.a = rowsOfA.map { a.deaths[$0] }
    self.b = rowsOfB.map { b.deaths[$0] }
    aLimits = self.a.map { power(ground.toDiagonal($0 - birth)) }
    bLimits = self.b.map { power(ground.toDiagonal($0 - birth)) }
    self.order = order
  }

  /// For each point of the first side, as given, its partner or −1 for the diagonal.
  ///
  /// - Throws: `CancellationError`.
  func run(_ control: ComputationControl) throws -> [Int] {
    let block = max(1, Int(Double(a.count).squareRoot()))
    var row = [Double](repeating: 0, count: b.count + 1)
    for j in b.indices { row[j + 1] = joined(row[j], bLimits[j]) }
    var kept: [[Double]] = []
    for i in a.indices {
      if i % block == 0 {
        try control.check()
        control.report("distance of diagrams on a line", i, a.count)
        kept.append(row)
      }
      advance(&row, by: i)
    }
    var partners = [Int](repeating: -1, count: a.count)
    var j = b.count
    for first in stride(from: (kept.count - 1) * block, through: 0, by: -block) {
      try control.check()
      var rows = [kept[first / block]]
      for i in first..<min(first + block, a.count) {
        rows.append(rows[i - first])
        advance(&rows[i - first + 1], by: i)
      }
      var i = min(first + block, a.count)
      while i > first {
        let least = rows[i - first][j]
        if least == joined(rows[i - first - 1][j], aLimits[i - 1]) {
          i -= 1
        } else if least == joined(rows[i - first][j - 1], bLimits[j - 1]) {
          j -= 1
        } else {
          i -= 1
          j -= 1
          partners[rowsOfA[i]] = rowsOfB[j]
        }
      }
    }
    return partners
  }

  /// The total with one more cost.
  @inline(__always)
  private func joined(_ total: Double, _ cost: Double) -> Double {
    order == nil ? max(total, cost) : total + cost
  }

  /// From the row of the table for the first i points of `a`, the row for one more.
  private func advance(_ row: inout [Double], by i: Int) {
    let (value, limit) = (a[i], aLimits[i])
    switch order {
    case nil: Self.advance(&row, b, bLimits, limit, max) { abs(value - $0) }
    case 1: Self.advance(&row, b, bLimits, limit, +) { abs(value - $0) }
    default: Self.advance(&row, b, bLimits, limit, +) { (value - $0) * (value - $0) }
    }
  }

  @inline(__always)
  private static func advance(
    _ row: inout [Double], _ b: [Double], _ bLimits: [Double], _ limit: Double,
    _ joined: (Double, Double) -> Double, cost: (Double) -> Double
  ) {
    var diagonal = row[0]
    var left = joined(diagonal, limit)
    row[0] = left
    for j in b.indices {
      let above = row[j + 1]
      let dropped = joined(above, limit)
      let matched = joined(diagonal, cost(b[j]))
      let withoutLeft = dropped < matched ? dropped : matched
      let fromLeft = joined(left, bLimits[j])
      left = fromLeft < withoutLeft ? fromLeft : withoutLeft
      diagonal = above
      row[j + 1] = left
    }
  }
}
