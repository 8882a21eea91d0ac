import AnalysesFixtures
import CKernels
import Fixtures
import Foundation
import LinearAlgebra
import Testing

@testable import Analyses

struct UMAPTests {
  /// Points around the corners of a simplex in 10 dimensions, in turn, and their corners.
  private func clusters(_ count: Int, corners: Int = 4, spread: Double = 0.05) -> Matrix<Float> {
    var points = Matrix<Double>.gaussian(count, 10)
    for i in 0..<count {
      for j in 0..<10 { points[i, j] = spread * points[i, j] + (i % corners == j ? 1 : 0) }
    }
    return points.converted()
  }

  /// The nearest rows of `points` to each of `queries`, themselves included, by Euclidean distance.
  private func nearest(
    _ queries: Matrix<Float>, in points: Matrix<Float>, count: Int
  ) -> NearestNeighbors {
    let indices = PlainNeighbors.indices(
      of: queries, among: points, count: count, metric: .euclidean, excludesSelf: false)
    let distances = indices.enumerated().map { place, j in
      zip(queries.row(place / count), points.row(Int(j))).reduce(Float(0)) {
        $0 + ($1.0 - $1.1) * ($1.0 - $1.1)
      }.squareRoot()
    }
    return NearestNeighbors(neighborCount: count, indices: indices, distances: distances)
  }

  private func neighbors(_ points: Matrix<Float>, count: Int = 14) throws -> NearestNeighbors {
    try NearestNeighbors(of: points, count: count, metric: .euclidean)
  }

  /// The share of points whose nearest point in the layout is of the same class.
  private func agreement(
    _ placed: Matrix<Float>, _ classes: (Int) -> Int, in layout: Matrix<Float>,
    _ layoutClasses: (Int) -> Int
  ) -> Double {
    let nearest = nearest(placed, in: layout, count: 2)
    let isSame = placed == layout
    let agreeing = (0..<placed.rows).count { i in
      layoutClasses(Int(nearest.indices[2 * i + (isSame ? 1 : 0)])) == classes(i)
    }
    return Double(agreeing) / Double(placed.rows)
  }

  @Test func `clusters stay together and apart`() throws {
    let points = clusters(200)
    let layout = try UMAP().layout(neighbors: neighbors(points))
    #expect(layout.epochs == 500)
    #expect(layout.positions.values.allSatisfy { $0.isFinite })
    #expect(agreement(layout.positions, { $0 % 4 }, in: layout.positions, { $0 % 4 }) == 1)
  }

  @Test func `the same seed gives the same bytes with any number of threads`() throws {
    let points = clusters(700, spread: 0.5)
    let (training, queries) = (try neighbors(points), clusters(300, spread: 0.4))
    let new = nearest(queries, in: points, count: 15)
    let workers = Parallel.workers
    defer { Parallel.workers = workers }
    var umap = UMAP()
    umap.epochs = 60
    let runs = try [1, 2, 3].map { count in
      Parallel.workers = count
      let layout = try umap.layout(neighbors: training)
      return (layout, try layout.transform(neighbors: new))
    }
    #expect(runs[1] == runs[0])
    #expect(runs[2] == runs[0])
    umap.seed = 1
    #expect(try umap.layout(neighbors: training).positions != runs[0].0.positions)
  }

  @Test func `new points go to the places of the same points`() throws {
    let points = clusters(300, spread: 0.2)
    let layout = try UMAP().layout(neighbors: neighbors(points))
    let placed = try layout.transform(neighbors: nearest(points, in: points, count: 15))
    let found = nearest(placed, in: layout.positions, count: 10)
    let recalled = (0..<300).count { (row: Int) -> Bool in
      found.indices[10 * row..<10 * row + 10].contains(Int32(row))
    }
    #expect(recalled > 200)  // umap-learn has 232 to 252 of 300 on such points
    #expect(agreement(placed, { $0 % 4 }, in: layout.positions, { $0 % 4 }) > 0.99)
  }

  @Test func `new points lie in the cluster that they belong to`() throws {
    let points = clusters(200)
    let layout = try UMAP().layout(neighbors: neighbors(points))
    let queries = clusters(37, spread: 0.06)
    let placed = try layout.transform(neighbors: nearest(queries, in: points, count: 15))
    #expect(placed.rows == 37)
    #expect(agreement(placed, { $0 % 4 }, in: layout.positions, { $0 % 4 }) == 1)
  }

  @Test func `duplicates, equal points and components give numbers`() throws {
    let few = clusters(20)
    let doubled = few.selectingRows((0..<120).map { $0 % 20 })
    let equal = Matrix(rows: 40, columns: 10, values: [Float](repeating: 1, count: 400))
    for points in [doubled, equal, clusters(150, corners: 10, spread: 0.001)] {
      let training = try neighbors(points)
      let layout = try UMAP().layout(neighbors: training)
      #expect(layout.positions.values.allSatisfy { $0.isFinite && abs($0) < 1000 })
      let placed = try layout.transform(neighbors: nearest(points, in: points, count: 15))
      #expect(placed.values.allSatisfy { $0.isFinite && abs($0) < 1000 })
    }
  }

  @Test func `the least and the most neighbours of few points work`() throws {
    let points = clusters(5)
    for count in [2, 5] {
      var umap = UMAP()
      umap.neighborCount = count
      let layout = try umap.layout(neighbors: neighbors(points, count: max(count - 1, 1)))
      #expect(layout.positions.values.allSatisfy { $0.isFinite })
      let placed = try layout.transform(neighbors: nearest(points, in: points, count: count))
      #expect(placed.values.allSatisfy { $0.isFinite })
    }
  }

  @Test func `wrong settings and neighbours are named`() throws {
    let training = try neighbors(clusters(30))
    func problem(_ neighbors: NearestNeighbors, _ change: (inout UMAP) -> Void = { _ in }) -> String
    {
      var umap = UMAP()
      change(&umap)
      do {
        _ = try umap.layout(neighbors: neighbors)
        return ""
      } catch { return "\(error)" }
    }
    for count in [-1, 0, 1, 31] {
      #expect(
        problem(training) { $0.neighborCount = count }
          == "UMAP with \(count) neighbours of 30 points; expected 2 to 30")
    }
    #expect(problem(training) { $0.negativeSamples = -1 }.contains("-1 negative samples"))
    #expect(problem(training) { $0.epochs = 0 }.contains("0 epochs"))
    #expect(problem(training) { $0.minimumDistance = -0.1 }.contains("minimum distance -0.1"))
    #expect(problem(training) { $0.minimumDistance = 1.1 }.contains("0 to the spread, 1.0"))
    #expect(problem(training) { $0.minimumDistance = .nan }.contains("nan"))
    #expect(problem(training) { $0.spread = 0 }.contains("spread 0.0"))
    #expect(problem(training) { $0.spread = .nan }.contains("spread nan"))
    #expect(problem(training) { $0.neighborCount = 16 }.contains("UMAP needs 15"))
    let few = NearestNeighbors(
      neighborCount: 1, indices: [1, 0, 1, 1], distances: [1, 1, 1, 1])
    #expect(problem(few) { $0.neighborCount = 2 } == "UMAP of 4 points; expected at least 5")
    for (place, index, distance, words) in [
      (3, Int32(2), Float.nan, "point 0 (counted from 0) to neighbour 3 is nan"),
      (15, 2, -1, "point 1 (counted from 0) to neighbour 1 is -1.0"),
      (0, 30, 1, "neighbour 0 of point 0 (counted from 0) is 30; expected 0 to 29"),
      (0, -1, 1, "is -1"),
    ] {
      var (indices, distances) = (training.indices, training.distances)
      (indices[place], distances[place]) = (index, distance)
      let damaged = NearestNeighbors(neighborCount: 14, indices: indices, distances: distances)
      #expect(problem(damaged).contains(words))
    }
    let layout = try UMAP().layout(neighbors: training)
    #expect(throws: AnalysisError.self) { try layout.transform(neighbors: training) }
  }

  @Test func `a caller can stop it`() throws {
    let training = try neighbors(clusters(30))
    let control = ComputationControl(isCancelled: { true })
    #expect(throws: CancellationError.self) {
      try UMAP().layout(neighbors: training, control: control)
    }
  }

  @Test(
    .enabled(
      if: SharedData.has("dtd-clip-embeddings/image.npy"),
      "needs ../shared/data/dtd-clip-embeddings"))
  func `new images lie where their class does`() throws {
    let folder = SharedData.folder.appending(path: "dtd-clip-embeddings")
    let body = Array(try Data(contentsOf: folder.appending(path: "image.npy")).suffix(1692 * 1024))
    let halves = stride(from: 0, to: body.count, by: 2).map {
      UInt16(body[$0]) | UInt16(body[$0 + 1]) << 8
    }
    var values = [Float](repeating: 0, count: halves.count)
    unsafe kernel_widen_float16(halves, &values, halves.count)
    let images = Matrix(rows: 1692, columns: 512, values: values)
    let classes = try String(contentsOf: folder.appending(path: "samples.csv"), encoding: .utf8)
      .split(separator: "\n").dropFirst().compactMap { $0.split(separator: ",").last }
    try #require(classes.count == 1692)
    let training = images.selectingRows(Array(stride(from: 0, to: 1692, by: 2)))
    let queries = images.selectingRows(Array(stride(from: 1, to: 1692, by: 2)))

    let layout = try UMAP().layout(
      neighbors: NearestNeighbors(of: training, count: 14, metric: .cosine))
    let products = queries.converted(to: Double.self).timesTransposed(training.converted())
    let found = (0..<846).flatMap { (i: Int) -> ArraySlice<(Float, Int32)> in
      products.row(i).enumerated().map { (max(0, 1 - Float($1)), Int32($0)) }.sorted(by: <)
        .prefix(15)
    }
    let new = NearestNeighbors(
      neighborCount: 15, indices: found.map(\.1), distances: found.map(\.0))
    let placed = try layout.transform(neighbors: new)
    // The share of the 15 nearest training images, among 512 dimensions and among two, that are of
    // the class of a new image.
    func share(_ neighbors: NearestNeighbors) -> Double {
      let same = neighbors.indices.enumerated().count { place, end in
        classes[2 * Int(end)] == classes[2 * (place / 15) + 1]
      }
      return Double(same) / Double(neighbors.indices.count)
    }
    let flat = nearest(placed, in: layout.positions, count: 15)
    #expect(share(flat) > 0.9 * share(new))
  }

  /// Regression: a new point lay elsewhere beside other points.
  @Test func `a new point's place depends on it alone`() throws {
    let points = clusters(90)
    var umap = UMAP()
    umap.epochs = 60
    let layout = try umap.layout(neighbors: neighbors(points))
    // A point far off, copies of a point, and a point of the layout: each changes something for the others.
    var queries = clusters(40, spread: 0.3)
    for j in 0..<10 {
      queries[3, j] = 50
      queries[7, j] = points[0, j]
      queries[9, j] = queries[8, j]
    }
    func place(_ rows: [Int]) throws -> Matrix<Float> {
      try layout.transform(
        neighbors: NearestNeighbors(
          of: queries.selectingRows(rows), among: points, count: 15, metric: .euclidean))
    }
    let together = try place(Array(0..<40))
    let backwards = try place((0..<40).reversed())
    for row in 0..<40 {
      let alone = try Array(place([row]).values)
      #expect(alone == Array(together.row(row)), "row \(row)")
      #expect(alone == Array(backwards.row(39 - row)), "row \(row)")
    }
    #expect(Array(together.row(8)) == Array(together.row(9)))
  }
}
