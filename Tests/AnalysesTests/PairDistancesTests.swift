import LinearAlgebra
import Testing

@testable import Analyses

struct PairDistancesTests {
  @Test func `three points by hand`() throws {
    let distances = PairDistances([[0, 0], [3, 4], [3, 0]])
    #expect(distances[0, 1] == 5 && distances[1, 2] == 4 && distances[2, 0] == 3)
    let (closest, median) = try distances.closestAndMedian()
    #expect(closest?.a == 0 && closest?.b == 2 && median == 4)
  }

  @Test func `of equal distances the first pair is the closest`() throws {
    let closest = try PairDistances([[0], [1], [2], [3]]).closestAndMedian().closest
    #expect(closest?.a == 0 && closest?.b == 1)
  }

  @Test func `a single point has neither`() throws {
    let (closest, median) = try PairDistances([[1]]).closestAndMedian()
    #expect(closest == nil && median == nil)
  }

  @Test(arguments: [29, 30, 31, 32])
  func `counting finds the median that sorting finds`(_ count: Int) throws {
    let numbers = RandomStream(domain: "test/pair distances", seed: UInt64(count)).normals(
      count: 2 * count)
    // Some of them twice: distances of 0, and equal ones around the middle.
    let points = (0..<count).map { place -> [Double] in
      let row = place % 20
      return [Double(numbers[2 * row]), Double(numbers[2 * row + 1])]
    }
    let distances = PairDistances(points)
    let control = ComputationControl()
    let sorted = try distances.closestAndMedian(sortedPairs: 1 << 22, control: control)
    let counted = try distances.closestAndMedian(sortedPairs: 0, control: control)
    #expect(sorted.median == counted.median)
    #expect(sorted.closest?.a == counted.closest?.a && sorted.closest?.b == counted.closest?.b)
    let all = (0..<count).flatMap { a in (0..<a).map { distances[a, $0] } }
    #expect(sorted.median == all.median)
  }

  @Test func `it stops when it is asked to`() {
    #expect(throws: CancellationError.self) {
      try PairDistances([[0], [1]]).closestAndMedian(
        control: ComputationControl(isCancelled: { true }))
    }
  }
}
