import LinearAlgebra
import Testing

@testable import Analyses

@Suite struct CheapestAssignmentTests {
  @Test func `three rows by hand`() {
    // The cheapest of row 0 and of row 1 is column 1; row 1 loses least by giving way.
    let assignment = CheapestAssignment(Matrix([[4, 1, 3], [2, 0, 5], [3, 2, 2]]))
    #expect(assignment.columns == [1, 0, 2])
    #expect(assignment.costs == [1, 2, 2])
  }

  @Test func `sides without anything to match`() {
    #expect(CheapestAssignment(Matrix(rows: 0, columns: 3)).columns.isEmpty)
    #expect(CheapestAssignment(Matrix(rows: 2, columns: 0)).columns == [nil, nil])
    #expect(CheapestAssignment(Matrix([[7]])).costs == [7])
  }

  @Test func `the longer side is matched in part`() {
    let tall = CheapestAssignment(Matrix([[5, 9], [1, 8], [2, 1]]))
    #expect(tall.columns == [nil, 0, 1])
    #expect(tall.costs == [1, 1])
  }

  @Test func `no assignment tried one by one is cheaper`() {
    var stream = RandomStream(domain: "tests/assignment", seed: 1)
    for trial in 0..<300 {
      let (rows, columns) = (1 + trial % 5, 1 + trial / 5 % 6)
      // Whole numbers from a few, so that many are equal, and some below 0.
      let values = (0..<rows * columns).map { _ in Double(stream.next() % 7) - 2 }
      let costs = Matrix(rows: rows, columns: columns, values: values)
      let assignment = CheapestAssignment(costs)
      let taken = assignment.columns.compactMap(\.self)
      #expect(taken.count == min(rows, columns))
      #expect(Set(taken).count == taken.count)
      #expect(assignment.costs.reduce(0, +) == cheapest(costs))
      let turned = CheapestAssignment(costs.transposed())
      #expect(turned.costs.reduce(0, +) == cheapest(costs))
    }
  }

  @Test func `a constant in a row changes no assignment`() {
    var stream = RandomStream(domain: "tests/assignment", seed: 2)
    let costs = Matrix(rows: 30, columns: 40, values: (0..<1200).map { _ in stream.uniform() })
    var shifted = costs
    for column in 0..<40 { shifted[7, column] += 0.5 }
    #expect(CheapestAssignment(costs).columns == CheapestAssignment(shifted).columns)
  }

  /// The least sum over all assignments of the shorter side.
  private func cheapest(_ costs: Matrix<Double>) -> Double {
    let costs = costs.rows > costs.columns ? costs.transposed() : costs
    func least(_ row: Int, _ taken: Set<Int>) -> Double {
      guard row < costs.rows else { return 0 }
      return (0..<costs.columns).filter { !taken.contains($0) }
        .map { costs[row, $0] + least(row + 1, taken.union([$0])) }.min() ?? .infinity
    }
    return least(0, [])
  }
}
