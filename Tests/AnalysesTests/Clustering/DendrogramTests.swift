import AnalysesFixtures
import Fixtures
import LinearAlgebra
import Testing

@testable import Analyses

struct DendrogramTests {
  @Test func `four points on a line by hand`() throws {
    // 0, 1, 3, 7: they join at 1, 2 and 4.
    let dendrogram = try Dendrogram(
      singleLinkageOf: Matrix<Float>([[7], [0], [3], [1]]), metric: .euclidean)
    #expect(
      dendrogram.merges == [
        .init(first: 1, second: 3, height: 1), .init(first: 2, second: 3, height: 2),
        .init(first: 0, second: 2, height: 4),
      ])
    #expect(dendrogram.partition(at: 0.5).clusters == [0, 1, 2, 3])
    #expect(dendrogram.partition(at: 1).clusters == [0, 1, 2, 1])  // the threshold is closed
    #expect(dendrogram.partition(at: 3.9) == Partition([0, 1, 1, 1]))
    #expect(dendrogram.partition(at: 4).count == 1)
  }

  @Test func `the cosine looks at directions by hand`() throws {
    // East, north, north-east: 1 − √½ from both neighbours. A copy of twice the length joins at 0.
    let dendrogram = try Dendrogram(
      singleLinkageOf: Matrix<Float>([[1, 0], [0, 2], [3, 3], [2, 0]]))
    let heights = dendrogram.merges.map(\.height)
    #expect(heights[0] == 0 && dendrogram.merges[0].second == 3)
    #expect(heights[1...].allSatisfy { abs($0 - (1 - 0.5.squareRoot())) < 1e-15 })
  }

  @Test func `one row is one cluster, none and zeros are refused`() throws {
    let one = try Dendrogram(singleLinkageOf: Matrix<Float>([[1, 2]]))
    #expect(one.merges.isEmpty && one.partition(at: 0) == Partition([0]))
    #expect(throws: AnalysisError.self) {
      try Dendrogram(singleLinkageOf: Matrix<Float>(rows: 0, columns: 3))
    }
    #expect(throws: AnalysisError.self) {
      try Dendrogram(singleLinkageOf: Matrix<Float>([[1, 0], [0, 0]]))
    }
    #expect(throws: AnalysisError.self) {
      try Dendrogram(singleLinkageOf: Matrix<Float>([[1, 0], [.nan, 0]]))
    }
    #expect(throws: AnalysisError.self) {
      try Dendrogram(singleLinkageOf: Matrix<Float>([[1e30], [0]]), metric: .euclidean)
    }
    #expect(throws: CancellationError.self) {
      try Dendrogram(
        singleLinkageOf: Matrix<Float>([[1, 0], [0, 1]]),
        control: ComputationControl(isCancelled: { true }))
    }
  }

  @Test(.enabled(if: SharedData.has("oracles/geometry_cases.json"), "needs ../shared/data/oracles"))
  func `agrees with the reference values`() throws {
    let examples = try GeometryCases.list("slink_single")
    #expect(examples.count == 3)
    for example in examples {
      let points = example.matrix("X")
      let metric = try #require(Metric.named(example.fields["metric"] as? String ?? ""))
      let found = try Dendrogram(singleLinkageOf: points, metric: metric)
      let heights = example.numbers("merge_heights")
      #expect(found.merges.count == heights.count && heights.count == points.rows - 1)
      #expect(zip(found.merges, heights).allSatisfy { abs($0.height - $1) < 1e-6 }, "\(example)")
      // The height at which two rows come together, row by row.
      let expected = example.numbers("cophenetic")
      let cophenetic = cophenetic(found)
      #expect(cophenetic.count == expected.count)
      #expect(zip(cophenetic, expected).allSatisfy { abs($0 - $1) < 1e-6 }, "\(example)")
      if example.description.hasPrefix("ties") { continue }
      let cuts = example.fields["cuts"] as? [String: [Int]] ?? [:]
      #expect(cuts.count == 2)
      for (count, clusters) in cuts {
        let merges = try points.rows - #require(Int(count))
        let cut = found.partition(at: found.merges[merges - 1].height)
        #expect(cut == Partition(clusters), "\(example), \(count) clusters")
      }
    }
  }

  /// For i < j the height of the merge that brings rows i and j together.
  private func cophenetic(_ dendrogram: Dendrogram) -> [Double] {
    let n = dendrogram.rowCount
    var heights = [Double](repeating: .nan, count: n * n)
    var members = (0..<n).map { [$0] }
    var cluster = Array(0..<n)
    for merge in dendrogram.merges {
      let (a, b) = (cluster[merge.first], cluster[merge.second])
      for i in members[a] {
        for j in members[b] { heights[min(i, j) * n + max(i, j)] = merge.height }
      }
      for j in members[b] { cluster[j] = a }
      members[a] += members[b]
    }
    return (0..<n).flatMap { i in (i + 1..<max(n, i + 1)).map { heights[i * n + $0] } }
  }

  /// The same by the definition.
  private func naive(_ points: Matrix<Float>, metric: Metric) throws -> Dendrogram {
    let rows = try ScoredRows(points, metric: metric)
    let merges = plainSingleLinkage(rowCount: points.rows) { rows.distance(rows, $0, to: $1) }
    return Dendrogram(
      rowCount: points.rows,
      merges: merges.map { .init(first: $0.first, second: $0.second, height: $0.height) })
  }

  @Test(arguments: [2, 17, 511, 512, 513, 1100, 1537])
  func `tiles of any count give what all pairs give`(count: Int) throws {
    let points = Matrix<Double>.gaussian(count, 7).converted(to: Float.self)
    for metric in Metric.ofNeighbors {
      let found = try Dendrogram(singleLinkageOf: points, metric: metric)
      let expected = try naive(points, metric: metric)
      #expect(
        zip(found.merges, expected.merges).allSatisfy { abs($0.height - $1.height) < 1e-6 })
      for threshold in [0.01, 0.05, 0.3, 0.7, 1.1, 1.9] {
        #expect(found.partition(at: threshold) == expected.partition(at: threshold))
      }
    }
  }

  @Test func `ties, copies and far origins keep the clusters of all pairs`() throws {
    // Whole coordinates up to 3: distances are roots of whole numbers, and rows repeat.
    var stream = RandomStream(domain: "test/ties", seed: 3)
    for offset in [Float(0), 1000] {
      let points = Matrix<Float>(
        rows: 700, columns: 4,
        values: (0..<2800).map { _ in Float(Int.random(in: 0...3, using: &stream)) + offset })
      let found = try Dendrogram(singleLinkageOf: points, metric: .euclidean)
      let expected = try naive(points, metric: .euclidean)
      #expect(found.merges.map(\.height) == expected.merges.map(\.height))
      for threshold in [0, 0.5, 1, 1.2, 1.5] {
        #expect(found.partition(at: threshold) == expected.partition(at: threshold))
      }
    }
  }

  @Test func `the order of the rows changes numbers and not clusters`() throws {
    let points = Matrix<Double>.gaussian(600, 5).converted(to: Float.self)
    var stream = RandomStream(domain: "test/order", seed: 1)
    let order = (0..<600).shuffled(using: &stream)
    let (straight, shuffled) = try (
      Dendrogram(singleLinkageOf: points),
      Dendrogram(singleLinkageOf: points.selectingRows(order))
    )
    #expect(
      zip(straight.merges, shuffled.merges).allSatisfy { abs($0.height - $1.height) < 1e-6 })
    let clusters = straight.partition(at: 0.05).clusters
    #expect(shuffled.partition(at: 0.05) == Partition(order.map { clusters[$0] }))
  }
}
