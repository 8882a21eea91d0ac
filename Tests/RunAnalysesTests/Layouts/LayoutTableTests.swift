import LinearAlgebra
import Testing

@testable import RunAnalyses

struct LayoutTableTests {
  @Test func `a line a point, numbers as short as they read back`() {
    let positions = Matrix<Float>([[0.1, -2], [1e-20, 3.5]])
    #expect(LayoutTable.csv(positions) == "row,x,y\n0,0.1,-2\n1,1e-20,3.5\n")
    #expect(LayoutTable.csv(positions, rows: [4, 9]) == "row,x,y\n4,0.1,-2\n9,1e-20,3.5\n")
    #expect(LayoutTable.csv(Matrix(rows: 0, columns: 2)) == "row,x,y\n")
  }
}
