import Fixtures
import LinearAlgebra
import Testing

@testable import Analyses

struct LayoutQualityTests {
  private func quality(
    _ layout: Matrix<Float>, _ original: Matrix<Float>, metric: Metric = .euclidean,
    classes: [Int]? = nil
  ) throws -> LayoutQuality {
    try LayoutQuality(of: layout, original: original, metric: metric, classes: classes)
  }

  /// The same points with further coordinates, all 0: distances are taken by products.
  private func padded(_ points: Matrix<Float>) -> Matrix<Float> {
    Matrix((0..<points.rows).map { points.row($0) + [Float](repeating: 0, count: 20) })
  }

  /// Whole numbers from −size to size, the second half the negative of the first: the mean is 0, no
  /// distance is rounded, and many are equal.
  private func symmetricIntegers(_ n: Int, _ d: Int, size: Int, seed: UInt64) -> Matrix<Float> {
    var stream = RandomStream(domain: "test/integers", seed: seed)
    let half = (0..<n / 2 * d).map { _ in Float(Int.random(in: -size...size, using: &stream)) }
    return Matrix(rows: n, columns: d, values: half + half.map { -$0 })
  }

  /// Trustworthiness, continuity and recall straight from all sorted distances; equal ones by row.
  private func reference(
    _ layout: Matrix<Float>, _ original: Matrix<Float>
  ) -> (trustworthiness: Double, continuity: Double, recall: Double) {
    let n = layout.rows
    let count = min(15, (n - 1) / 2)
    func order(_ points: Matrix<Float>, from i: Int) -> [Int] {
      let squares = (0..<n).map { j in
        zip(points.row(i), points.row(j)).reduce(0.0) {
          $0 + (Double($1.0) - Double($1.1)) * (Double($1.0) - Double($1.1))
        }
      }
      return (0..<n).filter { $0 != i }.sorted { (squares[$0], $0) < (squares[$1], $1) }
    }
    var (intrusions, extrusions, kept) = (0, 0, 0)
    for i in 0..<n {
      let (before, after) = (order(original, from: i), order(layout, from: i))
      for j in after[..<count] { intrusions += max(0, (before.firstIndex(of: j) ?? 0) + 1 - count) }
      for j in before[..<count] { extrusions += max(0, (after.firstIndex(of: j) ?? 0) + 1 - count) }
      kept += Set(before.prefix(min(10, count))).intersection(after.prefix(min(10, count))).count
    }
    let whole = Double(n * count * (2 * n - 3 * count - 1))
    return (
      1 - 2 * Double(intrusions) / whole, 1 - 2 * Double(extrusions) / whole,
      Double(kept) / Double(n * min(10, count))
    )
  }

  @Test func `two points that change places by hand`() throws {
    // On a line at 0, 1, 3, 7, 15; the layout exchanges the first and the last. Two neighbours each:
    // before 12, 02, 10, 21, 32, after 32, 42, 14, 21, 12 (points from 0). Common: 1, 1, 1, 2, 1.
    // Beyond rank 2 by 1, 2, 2, 0, 1, either way: 1 − 2 · 6 / (5 · 2 · (10 − 6 − 1)).
    let original = Matrix<Float>([[0], [1], [3], [7], [15]])
    let found = try quality(
      Matrix([[15, 0], [1, 0], [3, 0], [7, 0], [0, 0]]), original)
    #expect(found.neighborCount == 2 && found.sampledRows == 5)
    #expect(abs(found.trustworthiness - 0.6) < 1e-15)
    #expect(abs(found.continuity - 0.6) < 1e-15)
    #expect(abs(found.recall - 0.6) < 1e-15)
    #expect(found.silhouette == nil)
  }

  @Test(.enabled(if: SharedData.has("oracles/geometry_cases.json"), "needs ../shared/data/oracles"))
  func `trustworthiness agrees with the reference values`() throws {
    let examples = try GeometryCases.list("trustworthiness")
    #expect(examples.count == 3)
    for example in examples {
      for metric in Metric.ofNeighbors where example.fields[metric.name] != nil {
        for points in [example.matrix("X"), padded(example.matrix("X"))] {
          let found = try LayoutQuality.trustworthiness(
            of: example.matrix("Y"), original: points,
            count: try #require(example.fields["k"] as? Int), metric: metric)
          #expect(abs(found - example.number(metric.name)) < 1e-12, "\(example) \(metric)")
        }
      }
    }
  }

  @Test(arguments: [(6, 2), (121, 2), (120, 3), (120, 20)])
  func `the definition gives the same, with many equal distances`(shape: (Int, Int)) throws {
    let (n, d) = (shape.0 / 2 * 2, shape.1)
    let original = symmetricIntegers(n, d, size: 2, seed: 1)
    let layout = symmetricIntegers(n, 2, size: 4, seed: 2)
    let (found, expected) = (try quality(layout, original), reference(layout, original))
    #expect(abs(found.trustworthiness - expected.trustworthiness) < 1e-14)
    #expect(abs(found.continuity - expected.continuity) < 1e-14)
    #expect(abs(found.recall - expected.recall) < 1e-14)
    #expect(found.trustworthiness != found.continuity)
  }

  @Test func `near points of a wide layout are told apart`() throws {
    // Clusters 200 apart whose points lie 0.01 from each other: products in float32 round by more.
    let original = Matrix<Double>.gaussian(60, 30).converted(to: Float.self)
    var layout = Matrix<Double>.gaussian(60, 2, seed: 1).converted(to: Float.self)
    for i in layout.values.indices {
      layout.values[i] = layout.values[i] / 100 + (i / 2 % 2 == 0 ? 100 : -100)
    }
    let (found, expected) = (try quality(layout, original), reference(layout, original))
    #expect(abs(found.trustworthiness - expected.trustworthiness) < 1e-14)
    #expect(abs(found.continuity - expected.continuity) < 1e-14)
  }

  @Test func `continuity is trustworthiness the other way round`() throws {
    let original = Matrix<Double>.gaussian(90, 25).converted(to: Float.self)
    let layout = Matrix<Double>.gaussian(90, 2).converted(to: Float.self)
    let found = try quality(layout, original)
    #expect(found.neighborCount == 15)
    #expect(
      try LayoutQuality.trustworthiness(
        of: layout, original: original, count: 15, metric: .euclidean) == found.trustworthiness)
    #expect(
      try LayoutQuality.trustworthiness(
        of: original, original: layout, count: 15, metric: .euclidean) == found.continuity)
    #expect(found.trustworthiness != found.continuity)
  }

  @Test(arguments: Metric.ofNeighbors)
  func `a layout that keeps everything is perfect`(metric: Metric) throws {
    let original = Matrix<Double>.gaussian(50, 3).converted(to: Float.self)
    let points = try metric.comparedRows(original)
    let classes = (0..<50).map { $0 % 3 }
    let found = try quality(points, original, metric: metric, classes: classes)
    #expect(found.trustworthiness == 1 && found.continuity == 1 && found.recall == 1)
    let expected = try silhouette(of: points, classes: classes, metric: .euclidean)
    #expect(found.silhouette == expected)
  }

  @Test(arguments: [0x1p-100, 0x1p100] as [Float])
  func `the size of the numbers does not matter`(scale: Float) throws {
    let original = Matrix<Double>.gaussian(60, 30).converted(to: Float.self)
    let layout = Matrix<Double>.gaussian(60, 2).converted(to: Float.self)
    func scaled(_ m: Matrix<Float>) -> Matrix<Float> {
      Matrix(rows: m.rows, columns: m.columns, values: m.values.map { $0 * scale })
    }
    #expect(try quality(scaled(layout), scaled(original)) == quality(layout, original))
  }

  @Test func `of more than 10,000 points a sample is looked at`() throws {
    let layout = Matrix<Double>.gaussian(10_050, 2, seed: 1).converted(to: Float.self)
    let original = Matrix<Double>.gaussian(10_050, 2, seed: 2).converted(to: Float.self)
    let same = try quality(layout, layout)
    #expect(same.sampledRows == 2000)
    #expect(same.trustworthiness == 1 && same.continuity == 1 && same.recall == 1)
    // Unrelated: ranks are uniform, and 1 − 2 · (n/2) / (2n) = 1/2.
    let classes = (0..<10_050).map { $0 % 2 }
    let found = try quality(layout, original, classes: classes)
    #expect(abs(found.trustworthiness - 0.5) < 0.02)
    #expect(abs(found.continuity - 0.5) < 0.02)
    #expect(found.recall < 0.01)
    #expect(abs(try #require(found.silhouette)) < 0.01)
  }

  @Test func `one class has no silhouette`() throws {
    let points = Matrix<Double>.gaussian(9, 2).converted(to: Float.self)
    let classes = [Int](repeating: 3, count: 9)
    #expect(try quality(points, points, classes: classes).silhouette == nil)
  }

  @Test func `any number of threads gives the same bytes`() throws {
    let before = Parallel.workers
    defer { Parallel.workers = before }
    let original = Matrix<Double>.gaussian(500, 40).converted(to: Float.self)
    let layout = Matrix<Double>.gaussian(500, 2).converted(to: Float.self)
    let results = try (1...3).map { workers in
      Parallel.workers = workers
      return try quality(layout, original, classes: (0..<500).map { $0 % 5 })
    }
    for result in results.dropFirst() { #expect(result == results[0]) }
  }

  @Test func `what cannot be judged is refused`() {
    let points = Matrix<Double>.gaussian(9, 2).converted(to: Float.self)
    let four = points.selectingRows(0..<4)
    #expect(throws: AnalysisError.self) { try quality(four, four) }
    #expect(throws: AnalysisError.rowsDiffer(4, 9)) { try quality(four, points) }
    #expect(throws: AnalysisError.classCountMismatch(rows: 9, classes: 2)) {
      try quality(points, points, classes: [0, 1])
    }
    #expect(throws: AnalysisError.rowsDiffer(4, 9)) {
      try LayoutQuality.trustworthiness(of: four, original: points, count: 2, metric: .euclidean)
    }
    for count in [0, 5] {
      #expect(throws: AnalysisError.self) {
        try LayoutQuality.trustworthiness(
          of: points, original: points, count: count, metric: .euclidean)
      }
    }
    var broken = points
    broken[3, 1] = .nan
    let fault = LinearAlgebraError.notFinite(row: 3, column: 1, value: "nan")
    for metric in Metric.ofNeighbors {
      #expect(throws: fault) { try quality(broken, points, metric: metric) }
      #expect(throws: fault) { try quality(points, broken, metric: metric) }
    }
    broken[3, 0] = 0
    broken[3, 1] = 0
    #expect(throws: AnalysisError.self) { try quality(points, broken, metric: .cosine) }
    #expect(throws: AnalysisError.self) { try quality(points, points, metric: .chebyshev) }
    let stop = ComputationControl(isCancelled: { true })
    #expect(throws: CancellationError.self) {
      try LayoutQuality(
        of: points, original: points, metric: .euclidean, classes: nil, control: stop)
    }
  }
}
