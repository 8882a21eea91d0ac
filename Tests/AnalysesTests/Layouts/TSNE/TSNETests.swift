import Fixtures
import Foundation
import LinearAlgebra
import Synchronization
import Testing

@testable import Analyses

struct TSNETests {
  /// Two normal clusters far apart, the rows of one after those of the other.
  private func clusters(_ count: Int) -> Matrix<Float> {
    var points = Matrix<Double>.gaussian(count, 10).converted(to: Float.self)
    for i in count / 2..<count { points[i, 0] += 30 }
    return points
  }

  private func settings(
    perplexity: Double, iterations: Int = 250, repulsion: TSNE.Repulsion = .automatic
  ) -> TSNE {
    var settings = TSNE()
    settings.perplexity = perplexity
    settings.iterations = iterations
    settings.exaggeratedIterations = min(iterations, 100)
    settings.repulsion = repulsion
    return settings
  }

  private func layout(
    _ points: Matrix<Float>, _ settings: TSNE, control: ComputationControl = ComputationControl()
  ) throws -> TSNELayout {
    let projection = try PrincipalComponents(of: points, count: 2).project(points)
    let neighbors = try NearestNeighbors(
      of: points, count: settings.neighborCount, metric: .euclidean)
    return try settings.layout(
      neighbors: neighbors, initialization: settings.initialization(from: projection),
      control: control)
  }

  /// Σ p log(p / q) over all pairs, straight from the definition.
  private func divergence(_ affinities: Affinities, _ positions: Matrix<Double>) -> Double {
    let n = positions.rows
    func similarity(_ i: Int, _ j: Int) -> Double {
      let dx = positions[i, 0] - positions[j, 0]
      let dy = positions[i, 1] - positions[j, 1]
      return 1 / (1 + dx * dx + dy * dy)
    }
    var normalization = 0.0
    for i in 0..<n {
      for j in 0..<n where j != i { normalization += similarity(i, j) }
    }
    var sum = 0.0
    for i in 0..<n {
      for k in Int(affinities.starts[i])..<Int(affinities.starts[i + 1]) {
        let p = Double(affinities.weights[k])
        sum += p * log(p * normalization / similarity(i, Int(affinities.columns[k])))
      }
    }
    return sum
  }

  @Test func `a step goes against the gradient of the divergence`() throws {
    let points = Matrix<Double>.gaussian(12, 4).converted(to: Float.self)
    let neighbors = try NearestNeighbors(of: points, count: 9, metric: .euclidean)
    let affinities = try Affinities(of: neighbors, perplexity: 3, control: ComputationControl())
    let start = Matrix<Double>.gaussian(12, 2, seed: 1)
    let descent = GradientDescent(
      initialization: start.converted(), affinities: affinities, forces: ExactRepulsion())
    // Gains of the first step are 1.2 where the gradient is not zero.
    descent.step(exaggeration: 1, learningRate: 1, momentum: 0)
    let moved = descent.positions.interleaved
    var mean = [0.0, 0.0]
    for k in 0..<24 { mean[k % 2] += start.values[k] / 12 }
    for k in 0..<24 {
      var (before, after) = (start, start)
      before.values[k] -= 1e-4
      after.values[k] += 1e-4
      let gradient = (divergence(affinities, after) - divergence(affinities, before)) / 2e-4
      let expected = start.values[k] - 1.2 * gradient / 4 - mean[k % 2]
      #expect(abs(Double(moved[k]) - expected) < 1e-6)
    }
  }

  @Test(arguments: TSNE.Repulsion.allCases)
  func `two clusters stay apart, at the divergence of the definition`(
    repulsion: TSNE.Repulsion
  ) throws {
    let points = clusters(300)
    let settings = settings(perplexity: 10, repulsion: repulsion)
    let result = try layout(points, settings)
    #expect(result.positions.rows == 300 && result.positions.columns == 2)
    let nearest = try NearestNeighbors(of: result.positions, count: 1, metric: .euclidean)
    for (i, j) in nearest.indices.enumerated() { #expect((i < 150) == (j < 150)) }
    for column in 0..<2 {
      let mean = (0..<300).reduce(0) { $0 + result.positions[$1, column] } / 300
      #expect(abs(mean) < 1e-4)
    }
    let neighbors = try NearestNeighbors(of: points, count: 30, metric: .euclidean)
    let affinities = try Affinities(of: neighbors, perplexity: 10, control: ComputationControl())
    let expected = divergence(affinities, result.positions.converted())
    #expect(abs(result.klDivergence - expected) < 1e-5)
    #expect(result.klDivergence < 1.3)
  }

  @Test func `all routes reach the same divergence`() throws {
    let points = clusters(600)
    let found = try [TSNE.Repulsion.exact, .barnesHut, .interpolated].map {
      try layout(points, settings(perplexity: 15, iterations: 400, repulsion: $0)).klDivergence
    }
    // Small errors lead to other local minima.
    #expect(found.allSatisfy { abs($0 - found[0]) < 0.06 })
  }

  @Test(arguments: TSNE.Repulsion.allCases)
  func `any number of threads gives the same bytes`(repulsion: TSNE.Repulsion) throws {
    let before = Parallel.workers
    defer { Parallel.workers = before }
    let points = clusters(700)
    let settings = settings(perplexity: 8, iterations: 120, repulsion: repulsion)
    let results = try (1...3).map { workers in
      Parallel.workers = workers
      return try layout(points, settings)
    }
    #expect(results[1] == results[0] && results[2] == results[0])
  }

  @Test(arguments: TSNE.Repulsion.allCases)
  func `duplicates and equal points give finite positions`(repulsion: TSNE.Repulsion) throws {
    var points = clusters(100)
    for i in 0..<60 {
      for j in 0..<10 { points[i, j] = points[0, j] }
    }
    let settings = settings(perplexity: 5, repulsion: repulsion)
    let result = try layout(points, settings)
    #expect(result.positions.values.allSatisfy { $0.isFinite } && result.klDivergence.isFinite)
    // The jitter parts all of them.
    let places = (0..<60).map { SIMD2(result.positions[$0, 0], result.positions[$0, 1]) }
    #expect(Set(places).count > 20)  // the jitter parts most of them

    let equal = Matrix<Float>(rows: 40, columns: 3)
    let neighbors = try NearestNeighbors(of: equal, count: 15, metric: .euclidean)
    let noise = try settings.initialization(from: Matrix(rows: 40, columns: 2))
    let blob = try settings.layout(neighbors: neighbors, initialization: noise)
    #expect(blob.positions.values.allSatisfy { $0.isFinite } && blob.klDivergence.isFinite)
    let still = try settings.layout(
      neighbors: neighbors, initialization: Matrix(rows: 40, columns: 2))
    #expect(still.positions.values.allSatisfy { abs($0) < 1e-3 })
  }

  @Test func `a layout too wide for the grid goes on by the tree`() throws {
    var points = clusters(60)
    points[59, 1] = 4
    let settings = settings(perplexity: 5, iterations: 3, repulsion: .interpolated)
    let neighbors = try NearestNeighbors(of: points, count: 15, metric: .euclidean)
    var start = try settings.initialization(from: Matrix(rows: 60, columns: 2))
    start[59, 0] = 1e7
    let result = try settings.layout(neighbors: neighbors, initialization: start)
    #expect(result.positions.values.allSatisfy { $0.isFinite })
  }

  @Test func `the initialisation is scaled, seeded and without duplicates`() throws {
    var projection = Matrix<Double>.gaussian(500, 2).converted(to: Float.self)
    for i in 0..<500 { projection[i, 0] = 7 + 3 * projection[i / 2, 0] }
    var settings = TSNE()
    let start = try settings.initialization(from: projection)
    let mean = (0..<500).reduce(0.0) { $0 + Double(start[$1, 0]) } / 500
    let square = (0..<500).reduce(0.0) { $0 + pow(Double(start[$1, 0]) - mean, 2) } / 500
    #expect(abs(square.squareRoot() / 1e-4 - 1) < 0.01 && abs(mean) < 1e-6)
    let first = (0..<500).map { start[$0, 0] }
    #expect(Set(first).count == 500)
    let again = try settings.initialization(from: projection)
    #expect(again == start)
    settings.seed = 1
    let other = try settings.initialization(from: projection)
    #expect(other != start)
    #expect(throws: AnalysisError.self) {
      try settings.initialization(from: Matrix(rows: 3, columns: 1))
    }
    projection[4, 1] = .nan
    #expect(throws: AnalysisError.self) { try settings.initialization(from: projection) }
  }

  @Test func `faulty settings and input are refused with the fault named`() throws {
    let points = clusters(40)
    let neighbors = try NearestNeighbors(of: points, count: 15, metric: .euclidean)
    let start = Matrix<Float>(rows: 40, columns: 2)
    func fault(
      _ expected: String, neighbors: NearestNeighbors = neighbors,
      start: Matrix<Float> = start, _ change: (inout TSNE) -> Void = { _ in }
    ) {
      var settings = TSNE()
      settings.perplexity = 5
      change(&settings)
      let error = #expect(throws: AnalysisError.self) {
        try settings.layout(neighbors: neighbors, initialization: start)
      }
      #expect(error?.description.contains(expected) == true, "\(String(describing: error))")
    }
    fault("expected 1 to 13.0") { $0.perplexity = 13.5 }
    fault("expected 1 to 13.0") { $0.perplexity = 0.5 }
    fault("expected 1 to 13.0") { $0.perplexity = .nan }
    fault("expected 18") { $0.perplexity = 6 }
    fault("early exaggeration") { $0.earlyExaggeration = 0 }
    fault("251 exaggerated iterations of 250") { settings in
      settings.iterations = 250
      settings.exaggeratedIterations = 251
    }
    fault("learning rate of -1.0") { $0.learningRate = -1 }
    fault("40 × 2", start: Matrix(rows: 39, columns: 2))
    var broken = start
    broken[7, 1] = .infinity
    fault("point 7", start: broken)
    var indices = neighbors.indices
    indices[31] = 40
    fault(
      "point 2 has the neighbour 40",
      neighbors: NearestNeighbors(
        neighborCount: 15, indices: indices, distances: neighbors.distances))
    var distances = neighbors.distances
    distances[16] = .nan
    fault(
      "point 1",
      neighbors: NearestNeighbors(
        neighborCount: 15, indices: neighbors.indices, distances: distances))
    #expect(throws: AnalysisError.self) { try TSNE().validate(pointCount: 4) }
    #expect(throws: AnalysisError.self) { try TSNE().validate(pointCount: 30_000_000) }
    #expect(throws: Never.self) { try TSNE().validate(pointCount: 91) }
    #expect(throws: AnalysisError.self) { try TSNE().validate(pointCount: 90) }
  }

  @Test func `a computation that is watched reports, and stops when it is told to`() throws {
    let reports = Mutex<[Int]>([])
    let control = ComputationControl(
      isCancelled: { reports.withLock { $0.count >= 5 } },
      report: { stage, done, total in
        #expect(stage == "t-SNE iterations" && total == 250)
        reports.withLock { $0.append(done) }
      })
    let points = clusters(60)
    let settings = settings(perplexity: 5)
    let neighbors = try NearestNeighbors(of: points, count: 15, metric: .euclidean)
    #expect(throws: CancellationError.self) {
      try settings.layout(
        neighbors: neighbors,
        initialization: settings.initialization(from: Matrix(rows: 60, columns: 2)),
        control: control)
    }
    #expect(reports.withLock { $0 } == [1, 2, 3, 4, 5])
  }
}
