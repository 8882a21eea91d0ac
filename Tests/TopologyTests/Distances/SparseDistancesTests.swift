import LinearAlgebra
import Testing

@testable import Topology

struct SparseDistancesTests {
  private typealias Edge = SparseDistances.Edge

  private func message(
    _ triples: [(Int, Int, Double)], vertexCount: Int? = nil
  ) -> String {
    let error = #expect(throws: TopologyError.self) {
      try SparseDistances(validating: triples, vertexCount: vertexCount) { "line \($0 + 2)" }
    }
    return error.map(\.description) ?? ""
  }

  @Test func `points on a line within 2`() throws {
    let points = Matrix<Double>([[0], [1], [5], [3]])
    let graph = try SparseDistances(points: points, threshold: 2, workers: 2)
    #expect(graph.vertexCount == 4)
    #expect(graph.edges == [Edge(1, 0, 1), Edge(3, 1, 2), Edge(3, 2, 2)])
  }

  @Test(arguments: Metric.all)
  func `a graph of points is the square matrix, filtered`(metric: Metric) throws {
    for (rows, columns) in [(0, 3), (1, 3), (2, 2), (700, 3), (300, 16), (600, 17), (300, 40)] {
      var points = MetricTests.cloud(rows, columns)
      for i in stride(from: 5, to: rows, by: 7) {
        for k in 0..<columns { points[i, k] = points[i - 3, k] }
      }
      let distances = try SquareDistances(points: points, metric: metric, workers: 2)
      let all = SparseDistances(distances, threshold: .greatestFiniteMagnitude)
      #expect(all.edges.count == rows * (rows - 1) / 2)
      let sorted = all.edges.map(\.distance).sorted()
      // A threshold that is a distance itself must let it in.
      for place in [0, sorted.count / 50, sorted.count / 3, sorted.count - 1]
      where sorted.indices.contains(place) {
        let expected = all.edges.filter { $0.distance <= sorted[place] }
        for workers in [1, 2] {
          let graph = try SparseDistances(
            points: points, metric: metric, threshold: sorted[place], workers: workers)
          #expect(graph.edges == expected, "\(rows) × \(columns) to \(sorted[place])")
          #expect(graph.vertexCount == rows)
        }
        #expect(SparseDistances(distances, threshold: sorted[place]).edges == expected)
      }
    }
  }

  @Test func `many equal points, and points without coordinates`() throws {
    for columns in [0, 2] {
      let points = Matrix<Float>(rows: 300, columns: columns)
      let graph = try SparseDistances(points: points, threshold: 0, workers: 2)
      #expect(graph.edges.count == 300 * 299 / 2)
      #expect(graph.edges.allSatisfy { $0.distance == 0 })
    }
  }

  @Test func `a threshold must be finite and not negative`() {
    for threshold in [Float.infinity, .nan, -1] {
      let error = #expect(throws: TopologyError.self) {
        try SparseDistances(
          points: Matrix<Double>(rows: 2, columns: 1), threshold: threshold, workers: 1)
      }
      #expect(error?.description.hasPrefix("the threshold is \(threshold)") == true)
    }
  }

  @Test func `triples come in any order, each pair either way round`() throws {
    let graph = try SparseDistances(validating: [(2, 1, 0.1), (0, 3, 4), (1, 1, 0), (0, 1, -0.0)])
    #expect(graph.vertexCount == 4)
    #expect(graph.edges == [Edge(1, 0, 0), Edge(2, 1, 0.1), Edge(3, 0, 4)])
    #expect(graph.edges[0].distance.sign == .plus)
    #expect(try SparseDistances(validating: [(4, 4, 0)]).vertexCount == 5)
    #expect(try SparseDistances(validating: [(0, 1, 1)], vertexCount: 7).vertexCount == 7)
    #expect(try SparseDistances(validating: []).vertexCount == 0)
  }

  @Test func `what is wrong with a triple is named with its row`() {
    let good = (0, 1, 1.0)
    #expect(
      message([good, (1, 1, 3)]).hasPrefix(
        "line 3: vertex 1 enters at 3.0, after its edge 1, 0 at 1.0"))
    #expect(
      message([(1, 1, 3), (1, 1, 3)]).hasPrefix("line 3: pair 1, 1 was already given in line 2"))
    for bad in [-1, .nan, .infinity, 1e39] {
      #expect(message([good, (0, 2, bad)]).hasPrefix("line 3: pair 0, 2 has the distance \(bad);"))
    }
    #expect(message([good, good]).hasPrefix("line 3: pair 1, 0 was already given in line 2"))
    #expect(message([good, (1, 0, 1), good]).hasPrefix("line 4: pair 1, 0 was already given"))
    #expect(
      message([good, (3, 2, 1), (0, 1, 2)])
        .hasPrefix("line 4: pair 1, 0 was already given in line 2 (distances 1.0 and 2.0)"))
    #expect(
      message([good], vertexCount: 1).hasPrefix(
        "line 2: pair 0, 1 has a vertex out of range; expected whole numbers from 0 to 0"))
    for bad in [-1, Int(Int32.max), .max, .min] {
      #expect(message([(bad, 0, 1)]).hasPrefix("line 2: pair \(bad), 0 has a vertex out of range"))
    }
    for count in [-1, 1 << 40] { #expect(message([], vertexCount: count).contains("not possible")) }
  }

  @Test func `both halves of a symmetric matrix are one graph`() throws {
    let graph = try SparseDistances(validating: [(0, 1, 0.1), (1, 0, 0.1), (1, 2, 3), (2, 1, 3)])
    #expect(graph.edges == [Edge(1, 0, 0.1), Edge(2, 1, 3)])
    #expect(
      message([(0, 1, 1), (1, 0, 2)])
        .hasPrefix("line 3: pair 1, 0 was already given in line 2 (distances 1.0 and 2.0)"))
  }

  @Test func `vertices enter at their values, and the younger of two components ends`() throws {
    let triples = [(0, 0, 0.5), (1, 1, 0.25), (0, 1, 1.0), (2, 3, 2), (3, 3, 2), (1, 2, 4)]
    for isRanked in [false, true] {
      let filtration =
        isRanked
        ? try Filtration.ranked(triples, vertexCount: nil) { "\($0)" }
        : .sparse(try SparseDistances(validating: triples))
      let bars = try VietorisRips().persistence(of: filtration, workers: 1).diagram
        .bars(dimension: 0).map { [$0.birth, $0.death] }
      let expected: [[Double]] = [[0, .infinity], [0.25, 4], [0.5, 1]]
      #expect(bars == expected)
      let zeros = try VietorisRips(threshold: 1, keepsZeroLength: true)
        .persistence(of: filtration, workers: 1).diagram.bars(dimension: 0)
      #expect(zeros.count == 3)
    }
    #expect(throws: TopologyError.self) {
      try VietorisRips(withRepresentatives: true).persistence(
        of: .sparse(SparseDistances(validating: triples)), workers: 1)
    }
  }
}
