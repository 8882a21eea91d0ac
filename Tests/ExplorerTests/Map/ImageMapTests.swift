import Fixtures
import LinearAlgebra
import Testing

@testable import Explorer

struct ImageMapTests {
  private func positions(_ rows: [[Float]]) throws -> Matrix<Float> {
    var matrix = rows.isEmpty ? Matrix<Float>(rows: 0, columns: 8) : Matrix(rows)
    return try ImageMap.positions(of: &matrix)
  }

  private func distance(_ map: Matrix<Float>, _ a: Int, _ b: Int) -> Float {
    let (x, y) = (map[a, 0] - map[b, 0], map[a, 1] - map[b, 1])
    return (x * x + y * y).squareRoot()
  }

  @Test(arguments: 0..<20) func `Any number of images has a map, twice the same`(_ count: Int)
    throws
  {
    let rows = IndexedRows.random(count, 8)
    let map = try positions(rows)
    #expect(map.rows == count && map.columns == 2 && map.values.allSatisfy(\.isFinite))
    #expect(try positions(rows) == map)
  }

  @Test(arguments: [1, 2, 5, 15, 16, 40]) func `Images that are all equal have a map`(_ count: Int)
    throws
  {
    let map = try positions([[Float]](repeating: IndexedRows.random(1, 8)[0], count: count))
    #expect(map.rows == count && map.values.allSatisfy(\.isFinite))
  }

  @Test func `Few images stand as far apart as they are, as far as the plane has room`() throws {
    #expect(try positions([[1, 0]]).values == [0, 0])
    let two = try positions([[1, 0], [0, 1]])
    #expect(abs(distance(two, 0, 1) - Float(2).squareRoot()) < 1e-5 && two[0, 1] == 0)
    let three = try positions([[1, 0, 0], [0, 1, 0], [0, 0, 1]])
    for (a, b) in [(0, 1), (0, 2), (1, 2)] {
      #expect(abs(distance(three, a, b) - Float(2).squareRoot()) < 1e-5)
    }
    // One coordinate alone.
    #expect(try positions([[1], [-1], [1]]).values.count == 6)
  }

  @Test func `Clusters stand apart`() throws {
    let centers = IndexedRows.random(3, 32, seed: 1)
    let rows = IndexedRows.random(90, 32).enumerated().map { index, noise in
      IndexedRows.unit(zip(centers[index % 3], noise).map { $0 + 0.2 * $1 })
    }
    let map = try positions(rows)
    for a in 0..<90 {
      let nearest = (0..<90).filter { $0 != a }.min { distance(map, a, $0) < distance(map, a, $1) }
      #expect(nearest.map { $0 % 3 } == a % 3)
    }
  }

  @Test func `What is not finite is refused`() {
    for count in [2, 15, 30] {
      var rows = IndexedRows.random(count, 8)
      rows[1][3] = .nan
      #expect(throws: (any Error).self) { try positions(rows) }
    }
  }

  @Test func `A map is made anew when more came than it was made of`() {
    #expect(!ImageMap.needsNewMap(fitted: 100, placed: 0))
    #expect(!ImageMap.needsNewMap(fitted: 100, placed: 100))
    #expect(ImageMap.needsNewMap(fitted: 100, placed: 101))
    #expect(ImageMap.needsNewMap(fitted: 15, placed: 1))
    #expect(!ImageMap.needsNewMap(fitted: 0, placed: 0))
  }
}
