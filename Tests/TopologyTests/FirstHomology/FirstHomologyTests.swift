import Fixtures
import Foundation
import LinearAlgebra
import Testing

@testable import Topology

@Suite struct FirstHomologyTests {
  private static let hasCases = SharedData.has("oracles/persistence_cases.json")

  /// A distance matrix from its lower triangle, row by row.
  private func distances(_ count: Int, lower: [Float]) throws -> SquareDistances {
    let matrix = try SquareDistances(count: count)
    var place = 0
    for i in 0..<count {
      for j in 0..<i {
        unsafe matrix.base[i * matrix.stride + j] = lower[place]
        unsafe matrix.base[j * matrix.stride + i] = lower[place]
        place += 1
      }
    }
    return matrix
  }

  private func bars(
    _ matrix: SquareDistances, threshold: Float = .infinity, maximumDimension: Int = 1,
    withRepresentatives: Bool = false, workers: Int = 1, patience: Int? = nil
  ) throws -> [FiltrationBar] {
    var homology = FirstHomology(
      matrix, threshold: threshold, maximumDimension: maximumDimension,
      withRepresentatives: withRepresentatives, workers: workers, control: ComputationControl())
    if let patience { homology.patience = patience }
    return try homology.bars()
  }

  /// Dimension, birth and death of each bar.
  private func values(_ bars: [FiltrationBar]) -> [[Float]] {
    bars.map { [Float($0.dimension), $0.birth, $0.death] }
  }

  @Test func `two points are one bar of their distance and one for ever`() throws {
    let matrix = try distances(2, lower: [5])
    #expect(values(try bars(matrix)) == [[0, 0, 5], [0, 0, .infinity]])
    #expect(values(try bars(matrix, maximumDimension: 0)) == [[0, 0, 5], [0, 0, .infinity]])
  }

  @Test func `no point has no bar and one point has one`() throws {
    #expect(try bars(distances(0, lower: [])).isEmpty)
    #expect(values(try bars(distances(1, lower: []))) == [[0, 0, .infinity]])
    #expect(
      values(try bars(distances(1, lower: []), maximumDimension: 0)) == [[0, 0, .infinity]])
  }

  @Test func `the unit square has a loop until its diagonal`() throws {
    let diagonal = Float(2).squareRoot()
    let matrix = try distances(4, lower: [1, diagonal, 1, 1, diagonal, 1])
    #expect(
      values(try bars(matrix)) == [
        [0, 0, 1], [0, 0, 1], [0, 0, 1], [0, 0, .infinity], [1, 1, diagonal],
      ])
    #expect(values(try bars(matrix, threshold: 1)).suffix(1) == [[1, 1, .infinity]])
  }

  // With "not longer" in place of "before", i j and i w would each be in the other's lune.
  @Test(arguments: 0..<120)
  func `ties do not eliminate each other in a circle`(permutation: Int) throws {
    // i, j, w, a, b
    let short: [Set<Int>: Float] = [
      [0, 1]: 2, [0, 2]: 2, [2, 1]: 1, [0, 3]: 1.5, [3, 4]: 1.5, [4, 1]: 1.5,
    ]
    var left = [0, 1, 2, 3, 4]
    var order: [Int] = []
    var code = permutation
    for size in stride(from: 5, to: 0, by: -1) {
      order.append(left.remove(at: code % size))
      code /= size
    }
    let lower = (0..<5).flatMap { i in (0..<i).map { j in short[[order[i], order[j]]] ?? 3 } }
    let loops = try bars(distances(5, lower: lower)).filter { $0.dimension == 1 }
    #expect(values(loops) == [[1, 2, 3]])
  }

  private struct Case: Decodable {
    let name: String
    let n: Int
    let modulus: Int
    let threshold: Value
    let lowerDistances: [Float]?
    let expected: [[[Value]]]

    /// A number, or "inf".
    struct Value: Decodable {
      let value: Float
      init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        value = (try? container.decode(Float.self)) ?? .infinity
      }
    }
  }

  @Test(.enabled(if: hasCases, "needs ../shared/data/oracles/persistence_cases.json"))
  func `the bars that independent programs agreed on`() throws {
    let file = SharedData.folder.appending(path: "oracles/persistence_cases.json")
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let cases = try decoder.decode([Case].self, from: Data(contentsOf: file))
    var compared = 0
    for item in cases where item.modulus == 2 {
      guard let lower = item.lowerDistances else { continue }
      let matrix = try distances(item.n, lower: lower)
      let expected = item.expected.prefix(2).enumerated().flatMap { dimension, bars in
        bars.map { [Float(dimension)] + $0.map(\.value) }.sorted {
          $0.lexicographicallyPrecedes($1)
        }
      }
      for workers in 1...4 {
        let found = try bars(matrix, threshold: item.threshold.value, workers: workers)
        #expect(values(found) == expected, "\(item.name)")
      }
      let components = try bars(matrix, threshold: item.threshold.value, maximumDimension: 0)
      #expect(values(components) == expected.filter { $0[0] == 0 }, "\(item.name)")
      try checkRepresentatives(matrix, threshold: item.threshold.value, label: item.name)
      compared += 1
    }
    #expect(compared >= 17)
  }

  // MARK: Random matrices against the textbook

  /// The standard reduction of the boundary matrix of the whole complex (Edelsbrunner and Harer 2010,
  /// Computational Topology, VII.1), on sets.
  private func textbook(_ count: Int, _ distance: (Int, Int) -> Float, threshold: Float)
    -> [[Float]]
  {
    var simplices: [(value: Float, vertices: [Int])] = (0..<count).map { (0, [$0]) }
    for i in 0..<count {
      for j in 0..<i {
        simplices.append((distance(i, j), [j, i]))
        for k in 0..<j {
          simplices.append((max(distance(i, j), distance(i, k), distance(j, k)), [k, j, i]))
        }
      }
    }
    simplices.removeAll { $0.value > threshold }
    simplices.sort { ($0.value, $0.vertices.count) < ($1.value, $1.vertices.count) }
    var places: [[Int]: Int] = [:]
    for (place, simplex) in simplices.enumerated() { places[simplex.vertices] = place }
    var columns: [Int: Set<Int>] = [:]
    var bars: [[Float]] = []
    var isPaired = Set<Int>()
    for (place, simplex) in simplices.enumerated() where simplex.vertices.count > 1 {
      var column = Set(
        simplex.vertices.compactMap { vertex in places[simplex.vertices.filter { $0 != vertex }] })
      while let low = column.max() {
        guard let other = columns[low] else {
          columns[low] = column
          isPaired.formUnion([low, place])
          let birth = simplices[low].value
          if birth < simplex.value {
            bars.append([Float(simplex.vertices.count - 2), birth, simplex.value])
          }
          break
        }
        column.formSymmetricDifference(other)
      }
    }
    for (place, simplex) in simplices.enumerated()
    where simplex.vertices.count < 3 && !isPaired.contains(place) {
      bars.append([Float(simplex.vertices.count - 1), simplex.value, .infinity])
    }
    return bars.sorted { $0.lexicographicallyPrecedes($1) }
  }

  enum Kind: CaseIterable {
    case planar, gridPoints, duplicates, circle, randomReal, randomTies, ulps, denormals
  }

  private func randomLower(_ kind: Kind, _ count: Int, _ random: inout SplitMix) -> [Float] {
    func lower(_ value: (Int, Int) -> Float) -> [Float] {
      (0..<count).flatMap { i in (0..<i).map { j in value(i, j) } }
    }
    func lower(_ points: [(Float, Float)]) -> [Float] {
      lower { i, j in
        let (x, y) = (points[i].0 - points[j].0, points[i].1 - points[j].1)
        return (x * x + y * y).squareRoot()
      }
    }
    switch kind {
    case .planar:
      return lower(
        (0..<count).map { _ in
          (Float.random(in: 0...1, using: &random), Float.random(in: 0...1, using: &random))
        })
    case .gridPoints:
      return lower(
        (0..<count).map { _ in
          (
            Float(Int.random(in: 0..<4, using: &random)),
            Float(Int.random(in: 0..<4, using: &random))
          )
        })
    case .duplicates:
      let half = (0..<(count + 1) / 2).map { _ in
        (Float.random(in: 0...1, using: &random), Float.random(in: 0...1, using: &random))
      }
      return lower((0..<count).map { half[$0 % half.count] }.shuffled(using: &random))
    case .circle:
      return lower(
        (0..<count).map { i in
          let angle = 2 * Float.pi * Float(i) / Float(count)
          return (cos(angle), sin(angle))
        }.shuffled(using: &random))
    case .randomReal:
      return lower { _, _ in Float.random(in: 0...1, using: &random) }
    case .randomTies:
      let values = Int.random(in: 2...6, using: &random)
      return lower { _, _ in Float(Int.random(in: 0..<values, using: &random)) }
    case .ulps:
      return lower { _, _ in
        Float(bitPattern: Float(1).bitPattern + UInt32.random(in: 0..<6, using: &random))
      }
    case .denormals:
      return lower { _, _ in Float(bitPattern: UInt32.random(in: 0..<40, using: &random)) }
    }
  }

  @Test(arguments: Kind.allCases)
  func `random matrices have the bars of the textbook algorithm`(kind: Kind) throws {
    var random = SplitMix(seed: 2024)
    for round in 0..<400 {
      let count = Int.random(in: 1...13, using: &random)
      let lower = randomLower(kind, count, &random)
      let matrix = try distances(count, lower: lower)
      let threshold =
        round % 3 == 0 ? lower.randomElement(using: &random) ?? .infinity : Float.infinity
      let expected = textbook(count, { matrix[$0, $1] }, threshold: threshold)
      #expect(values(try bars(matrix, threshold: threshold, workers: 1 + round % 4)) == expected)
      #expect(values(try bars(matrix, threshold: threshold, workers: 2, patience: 0)) == expected)
      #expect(
        values(try bars(matrix, threshold: threshold, maximumDimension: 0))
          == expected.filter { $0[0] == 0 })
      try checkRepresentatives(matrix, threshold: threshold, label: "\(kind) \(round)")
    }
  }

  @Test(arguments: Kind.allCases)
  func `neither the threads nor the order of the points change the bars`(kind: Kind) throws {
    var random = SplitMix(seed: 7)
    let count = 150
    let lower = randomLower(kind, count, &random)
    let matrix = try distances(count, lower: lower)
    let expected = values(try bars(matrix))
    for workers in 2...4 {
      #expect(values(try bars(matrix, workers: workers)) == expected)
      #expect(values(try bars(matrix, workers: workers, patience: 0)) == expected)
    }
    let order = (0..<count).shuffled(using: &random)
    let permuted = (0..<count).flatMap { i in (0..<i).map { j in matrix[order[i], order[j]] } }
    #expect(values(try bars(distances(count, lower: permuted), workers: 2)) == expected)
  }

  // MARK: Representatives

  /// Checks what makes the chains of every bar prove it:
  /// the cocycle's coboundary has no triangle shorter than the death (none in the complex, when
  /// essential); the cycle's edges are no longer than the birth and meet every vertex an even number of
  /// times; the one has the value 1 on the other.
  private func checkRepresentatives(
    _ matrix: SquareDistances, threshold: Float, label: String
  ) throws {
    let plain = try bars(matrix, threshold: threshold)
    let bars = try bars(matrix, threshold: threshold, withRepresentatives: true, workers: 2)
    #expect(values(bars) == values(plain))
    for bar in bars {
      let representative = try #require(bar.representative)
      #expect(representative.cocycle.coefficients.allSatisfy { $0 == 1 })
      let inside = { (length: Float) in length < bar.death && length <= threshold }
      guard bar.dimension == 1 else {
        // Constant along every edge that is there, and not everywhere zero.
        let vertices = Set(representative.cocycle.simplices.map { $0[0] })
        #expect(!vertices.isEmpty && vertices.count == representative.cocycle.simplices.count)
        #expect(representative.cycle == nil)
        for i in vertices {
          for j in 0..<matrix.count where !vertices.contains(j) {
            #expect(!inside(matrix[i, j]), "\(label)")
          }
        }
        continue
      }
      let cocycle = Set(representative.cocycle.simplices)
      #expect(cocycle.count == representative.cocycle.simplices.count)
      #expect(cocycle.allSatisfy { $0[0] > $0[1] && inside(matrix[$0[0], $0[1]]) })
      for edge in cocycle {
        // Triangles of the coboundary have an edge of the cocycle.
        for w in 0..<matrix.count where w != edge[0] && w != edge[1] {
          let sides = [
            edge, [max(edge[0], w), min(edge[0], w)], [max(edge[1], w), min(edge[1], w)],
          ]
          let isThere = sides.allSatisfy { inside(matrix[$0[0], $0[1]]) }
          if isThere { #expect(sides.count { cocycle.contains($0) } % 2 == 0, "\(label)") }
        }
      }
      let cycle = try #require(representative.cycle)
      #expect(Set(cycle.simplices).count == cycle.simplices.count)
      #expect(cycle.simplices.map { matrix[$0[0], $0[1]] }.max() == bar.birth)
      var degrees = [Int](repeating: 0, count: matrix.count)
      for edge in cycle.simplices { for vertex in edge { degrees[vertex] += 1 } }
      #expect(degrees.allSatisfy { $0 % 2 == 0 }, "\(label)")
      #expect(cycle.simplices.count { cocycle.contains($0) } % 2 == 1, "\(label)")
    }
  }

  @Test func `a loop's cycle goes around the square and its cocycle cuts it once`() throws {
    let diagonal = Float(2).squareRoot()
    let matrix = try distances(4, lower: [1, diagonal, 1, 1, diagonal, 1])
    let loop = try #require(try bars(matrix, withRepresentatives: true).last?.representative)
    #expect(loop.cycle?.simplices == [[1, 0], [2, 1], [3, 0], [3, 2]])
    #expect(loop.cocycle.simplices == [[3, 2]])
  }

  @Test func `a cancelled computation says so`() throws {
    var random = SplitMix(seed: 1)
    let matrix = try distances(60, lower: randomLower(.planar, 60, &random))
    for workers in 1...2 {
      let homology = FirstHomology(
        matrix, threshold: .infinity, maximumDimension: 1, withRepresentatives: false,
        workers: workers, control: ComputationControl(isCancelled: { true }))
      #expect(throws: CancellationError.self) { try homology.bars() }
    }
  }
}
