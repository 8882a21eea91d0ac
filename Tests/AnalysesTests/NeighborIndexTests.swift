import Fixtures
import LinearAlgebra
import Testing

@testable import Analyses

struct NeighborIndexTests {
  /// Clusters on a line in 16 dimensions.
  private func points(_ count: Int) -> Matrix<Float> {
    var points = Matrix<Double>.gaussian(count, 16, seed: 21).converted(to: Float.self)
    for i in 0..<count { points[i, 0] += Float(i % 7) * 3 }
    return points
  }

  @Test func `automatic is exact up to a hundred thousand points`() {
    #expect(NeighborIndex.automatic.isExact(pointCount: 100_000))
    #expect(!NeighborIndex.automatic.isExact(pointCount: 100_001))
    #expect(NeighborIndex.exact.isExact(pointCount: 1_000_000))
    #expect(!NeighborIndex.approximate.isExact(pointCount: 5))
  }

  @Test(arguments: Metric.ofNeighbors)
  func `an index finds nearly all, and says how many`(metric: Metric) throws {
    let points = points(3000)
    let exact = try NearestNeighbors.found(
      of: points, count: 10, metric: metric, index: .automatic)
    #expect(exact.recall == nil)
    #expect(try exact == NearestNeighbors(of: points, count: 10, metric: metric))
    let found = try NearestNeighbors.found(
      of: points, count: 10, metric: metric, index: .approximate)
    let recall = try #require(found.recall)
    // The measured recall is that of 1,000 of the 3,000 rows.
    let overall = try NeighborOverlap(exact, found).mean
    #expect(recall > 0.95 && abs(recall - overall) < 0.01, "\(recall) \(overall)")
    // What was found has exact distances, ascending, and never the row itself or a row twice.
    for i in 0..<points.rows {
      let own = i * 10..<(i + 1) * 10
      #expect(Set(found.indices[own]).count == 10 && !found.indices[own].contains(Int32(i)))
      #expect(zip(found.distances[own], found.distances[own].dropFirst()).allSatisfy { $0 <= $1 })
      for place in own {
        if let same = own.first(where: { exact.indices[$0] == found.indices[place] }) {
          #expect(exact.distances[same] == found.distances[place])
        }
      }
    }
  }

  @Test func `threads change nothing`() throws {
    let points = points(800)
    let workers = Parallel.workers
    defer { Parallel.workers = workers }
    let results = try [1, 2, 3].map { count in
      Parallel.workers = count
      return try NearestNeighbors.found(
        of: points, count: 8, metric: .cosine, index: .approximate)
    }
    #expect(results[0] == results[1] && results[1] == results[2])
  }

  @Test func `few points, copies and wrong counts`() throws {
    // More neighbours than a graph has rows, all points equal but one.
    var equal = Matrix<Float>(rows: 9, columns: 2, values: [Float](repeating: 1, count: 18))
    equal[8, 0] = 2
    let found = try NearestNeighbors.found(
      of: equal, count: 8, metric: .euclidean, index: .approximate)
    #expect(try found.indices == NearestNeighbors(of: equal, count: 8, metric: .euclidean).indices)
    #expect(found.recall == 1)
    #expect(throws: AnalysisError.self) {
      try NearestNeighbors.found(of: equal, count: 9, metric: .euclidean, index: .approximate)
    }
    #expect(throws: AnalysisError.self) {
      try NearestNeighbors.found(
        of: Matrix([[1, .nan], [1, 2]]), count: 1, metric: .cosine, index: .approximate)
    }
    #expect(throws: CancellationError.self) {
      try NearestNeighbors.found(
        of: equal, count: 2, metric: .euclidean, index: .approximate,
        control: ComputationControl(isCancelled: { true }))
    }
  }
}
