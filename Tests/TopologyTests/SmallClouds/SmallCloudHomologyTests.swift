import Fixtures
import Foundation
import LinearAlgebra
import Synchronization
import Testing
import TopologyFixtures

@testable import Topology

@Suite struct SmallCloudHomologyTests {
  @Test func `clouds of no, one and two points`() throws {
    #expect(try bars([], 2).isEmpty)
    #expect(try bars([[0]], 2) == [FiltrationBar(dimension: 0, birth: 0, death: .infinity)])
    #expect(
      try bars([[0, 5], [5, 0]], 2) == [
        FiltrationBar(dimension: 0, birth: 0, death: 5),
        FiltrationBar(dimension: 0, birth: 0, death: .infinity),
      ])
    #expect(
      try bars([[0, 5], [5, 0]], threshold: 4, 2)
        == Array(repeating: FiltrationBar(dimension: 0, birth: 0, death: .infinity), count: 2))
  }

  @Test func `a square is a loop until its diagonal enters`() throws {
    let square: [[Float]] = [[0, 1, 2, 1], [1, 0, 1, 2], [2, 1, 0, 1], [1, 2, 1, 0]]
    #expect(
      try bars(square, 2).filter { $0.dimension > 0 } == [
        FiltrationBar(dimension: 1, birth: 1, death: 2)
      ])
    #expect(
      try bars(square, threshold: 1.5, 2).filter { $0.dimension > 0 } == [
        FiltrationBar(dimension: 1, birth: 1, death: .infinity)
      ])
  }

  @Test func `the threshold is closed`() throws {
    let square: [[Float]] = [[0, 1, 2, 1], [1, 0, 1, 2], [2, 1, 0, 1], [1, 2, 1, 0]]
    #expect(try bars(square, threshold: 2, 2) == bars(square, 2))
    #expect(try bars(square, threshold: 1, 2).last?.death == .infinity)
    #expect(try bars(square, threshold: 1, 2).count { $0.dimension == 1 } == 1)
  }

  /// The flag complex of the cross-polytope of m axes is the sphere of dimension m − 1.
  @Test(arguments: 1...6)
  func `a cross-polytope is a sphere`(axes: Int) throws {
    let distances: [[Float]] = (0..<2 * axes).map { i in
      (0..<2 * axes).map { i == $0 ? 0 : i ^ $0 == 1 ? 2 : 1 }
    }
    let sphere = FiltrationBar(dimension: axes - 1, birth: 1, death: 2)
    let expected = (2...3).contains(axes) ? [sphere] : []
    #expect(try bars(distances, 2).filter { $0.dimension > 0 } == expected)
  }

  @Test func `an icosahedron is a sphere until its edges' triangles are filled from within`() throws
  {
    let golden = (1 + 5.0.squareRoot()) / 2
    var points: [[Double]] = []
    for a in [-1.0, 1] {
      for b in [-golden, golden] { points += [[0, a, b], [a, b, 0], [b, 0, a]] }
    }
    let found = try bars(euclidean(points), 2).filter { $0.dimension > 0 }
    // Edges have length 2; at the next distance, 2 × golden, everything but antipodes is adjacent.
    #expect(found.allSatisfy { $0.dimension == 2 || $0.death - $0.birth < 1e-6 })
    let sphere = try #require(found.filter { $0.death - $0.birth > 1e-3 }.first)
    #expect(found.filter { $0.death - $0.birth > 1e-3 }.count == 1)
    #expect(abs(sphere.birth - 2) < 1e-6)
    #expect(abs(sphere.death - Float(2 * golden)) < 1e-6)
  }

  /// With 70 and more classes alive at once, words need more than 64 bits.
  @Test(arguments: [(4, 80), (6, 75)])
  func `many cross-polytopes far apart`(size: Int, copies: Int) throws {
    var random = SplitMix(seed: UInt64(size))
    // Copy c is born at 1 + c / 1024 and dies at a value of its own between 2 and 3.
    let births = (0..<copies).map { 1 + Float($0) / 1024 }
    let deaths = (0..<copies).map { 2 + Float($0) / 1024 }.shuffled(using: &random)
    let distances: [[Float]] = (0..<size * copies).map { i in
      (0..<size * copies).map { j in
        let copy = i / size
        if copy != j / size { return 10 }
        return i == j ? 0 : (i % size) ^ (j % size) == 1 ? deaths[copy] : births[copy]
      }
    }
    let dimension = size / 2 - 1
    let found = try bars(distances, 2).filter { $0.dimension > 0 }
    #expect(
      found == zip(births, deaths).map { FiltrationBar(dimension: dimension, birth: $0, death: $1) }
    )
    #expect(try bars(distances, threshold: 1.5, 2).filter { $0.death == .infinity }.count > copies)
  }

  enum Kind: CaseIterable { case plane, space, ties, fewTies, random, duplicates }

  @Test(arguments: Kind.allCases)
  func `equal to the textbook reduction`(kind: Kind) throws {
    var random = SplitMix(seed: 7)
    for round in 0..<1500 {
      let n = Int.random(in: 4...(round % 10 == 0 ? 14 : 10), using: &random)
      let distances = cloud(kind, n, using: &random)
      let largest = distances.joined().max() ?? 0
      let thresholds: [Float] = [
        .infinity, Float.random(in: 0...largest, using: &random), distances[1][0],
      ]
      let threshold = thresholds[round % 3]
      let expected = textbook(distances, threshold: threshold)
      #expect(try bars(distances, threshold: threshold, 2) == expected, "\(distances)")
      for dimension in 0...1 {
        #expect(
          try bars(distances, threshold: threshold, dimension)
            == expected.filter { $0.dimension <= dimension })
      }
    }
  }

  /// The bars up to dimension 2 by the textbook.
  private func textbook(
    _ distances: [[Float]], threshold: Float = .infinity
  ) -> [FiltrationBar] {
    BoundaryMatrixReduction.bars(distances, threshold: threshold, maximumDimension: 2).map {
      FiltrationBar(dimension: $0.dimension, birth: $0.birth, death: $0.death)
    }
  }

  /// Matrices that are no metric have the most classes for their size: the bits are recycled.
  @Test func `equal to the textbook reduction with many classes`() throws {
    var random = SplitMix(seed: 1)
    for kind in [Kind.random, .ties] {
      let distances = cloud(kind, 40, using: &random)
      let expected = textbook(distances)
      #expect(try bars(distances, 2) == expected)
      if kind == .random { #expect(expected.count { $0.dimension == 2 } > 64) }
    }
  }

  @Test func `the order of the points does not matter`() throws {
    var random = SplitMix(seed: 3)
    for kind in Kind.allCases {
      let distances = cloud(kind, 70, using: &random)
      let expected = try bars(distances, 2)
      for _ in 0..<3 {
        let order = (0..<70).shuffled(using: &random)
        #expect(try bars(order.map { i in order.map { distances[i][$0] } }, 2) == expected)
      }
    }
  }

  @Test func `bits of ranks instead of values give the same bars of ranks`() throws {
    var random = SplitMix(seed: 4)
    let distances = cloud(.space, 40, using: &random)
    let values = Set(distances.joined()).sorted()
    let ranks = Dictionary(
      uniqueKeysWithValues: values.enumerated().map { ($1, Float(bitPattern: UInt32($0))) })
    let ranked = distances.map { $0.map { ranks[$0] ?? 0 } }
    let expected = try bars(distances, 2).map {
      FiltrationBar(
        dimension: $0.dimension, birth: ranks[$0.birth] ?? 0, death: ranks[$0.death] ?? .infinity)
    }
    #expect(try bars(ranked, 2) == expected)
  }

  @Test func `the caller can stop it on the way`() throws {
    var random = SplitMix(seed: 5)
    let distances = try square(cloud(.space, 100, using: &random))
    let questions = Mutex(0)
    let control = ComputationControl(isCancelled: {
      questions.withLock {
        $0 += 1
        return $0 > 3
      }
    })
    #expect(throws: CancellationError.self) {
      try SmallCloudHomology.bars(
        distances, threshold: .infinity, maximumDimension: 2, control: control)
    }
    #expect(questions.withLock { $0 } == 4)
  }

  @Test func `too many classes at once are given back`() throws {
    var random = SplitMix(seed: 6)
    let distances = try square(cloud(.random, 300, using: &random))
    let found = try SmallCloudHomology.bars(
      distances, threshold: .infinity, maximumDimension: 2, control: ComputationControl())
    #expect(found == nil)
  }

  @Test(
    .enabled(
      if: SharedData.has("oracles/persistence_cases.json"), "needs ../shared/data/oracles"))
  func `equal to independent programs`() throws {
    struct Case: Decodable {
      enum Value: Decodable {
        case number(Float)
        case infinity

        init(from decoder: any Decoder) throws {
          let container = try decoder.singleValueContainer()
          self = (try? container.decode(Float.self)).map { .number($0) } ?? .infinity
        }

        var float: Float {
          if case .number(let value) = self { return value }
          return .infinity
        }
      }
      var name: String
      var maximumDimension: Int
      var threshold: Value
      var modulus: Int
      var n: Int
      var lowerDistances: [Float]?
      var expected: [[[Value]]]

      enum CodingKeys: String, CodingKey {
        case name, threshold, modulus, n, expected
        case maximumDimension = "max_dim"
        case lowerDistances = "lower_distances"
      }
    }
    let file = SharedData.folder.appending(path: "oracles/persistence_cases.json")
    let cases = try JSONDecoder().decode([Case].self, from: Data(contentsOf: file))
    var compared = 0
    for item in cases where item.modulus == 2 {
      guard let lower = item.lowerDistances else { continue }
      var distances = [[Float]](repeating: [Float](repeating: 0, count: item.n), count: item.n)
      var next = 0
      for i in 0..<item.n {
        for j in 0..<i {
          distances[i][j] = lower[next]
          distances[j][i] = lower[next]
          next += 1
        }
      }
      let dimension = min(item.maximumDimension, 2)
      let expected = item.expected.enumerated().flatMap { dimension, rows in
        rows.map {
          FiltrationBar(dimension: dimension, birth: $0[0].float, death: $0[1].float)
        }
      }
      let sorted = expected.filter { $0.dimension <= dimension }.sorted {
        ($0.dimension, $0.birth, $0.death) < ($1.dimension, $1.birth, $1.death)
      }
      let found = try bars(distances, threshold: item.threshold.float, dimension)
      #expect(found == sorted, "\(item.name)")
      compared += 1
    }
    #expect(compared >= 17)
  }

  // MARK: Clouds

  private func bars(
    _ distances: [[Float]], threshold: Float = .infinity, _ maximumDimension: Int
  ) throws -> [FiltrationBar] {
    try #require(
      try SmallCloudHomology.bars(
        square(distances), threshold: threshold, maximumDimension: maximumDimension,
        control: ComputationControl()))
  }

  private func square(_ distances: [[Float]]) throws -> SquareDistances {
    let result = try SquareDistances(count: distances.count)
    for i in distances.indices {
      for j in distances.indices where i != j {
        unsafe result.base[i * result.stride + j] = distances[i][j]
      }
    }
    return result
  }

  private func euclidean(_ points: [[Double]]) -> [[Float]] {
    points.map { p in
      points.map { q in
        Float(zip(p, q).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot())
      }
    }
  }

  private func cloud(_ kind: Kind, _ n: Int, using random: inout SplitMix) -> [[Float]] {
    switch kind {
    case .plane, .space:
      return euclidean(
        (0..<n).map { _ in
          (0..<(kind == .plane ? 2 : 4)).map { _ in Double.random(in: 0...1, using: &random) }
        })
    case .duplicates:
      var points = (0..<n).map { _ in
        (0..<3).map { _ in Double(Int.random(in: 0...2, using: &random)) }
      }
      points[n - 1] = points[0]
      return euclidean(points)
    case .ties, .fewTies, .random:
      var result = [[Float]](repeating: [Float](repeating: 0, count: n), count: n)
      for i in 0..<n {
        for j in 0..<i {
          let value: Float =
            switch kind {
            case .ties: Float(Int.random(in: 1...4, using: &random))
            case .fewTies: Float(Int.random(in: 0...20, using: &random))
            default: Float.random(in: 0...1, using: &random)
            }
          result[i][j] = value
          result[j][i] = value
        }
      }
      return result
    }
  }
}
