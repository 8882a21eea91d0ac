import Fixtures
import Foundation
import LinearAlgebra
import Testing
import TopologyFixtures

@testable import Topology

@Suite struct CohomologyEngineTests {
  struct OracleCase: Decodable, CustomTestStringConvertible, Sendable {
    var name: String
    var maximumDimension: Int
    var threshold: String
    var modulus: Int
    var n: Int
    var lowerDistances: [Float]?
    var triplets: [[Float]]?
    var expected: [[[String]]]
    var testDescription: String { name }

    enum CodingKeys: String, CodingKey {
      case name, threshold, modulus, n, expected
      case maximumDimension = "max_dim"
      case lowerDistances = "lower_distances"
      case triplets = "sparse_triplets"
    }

    /// A number or the text `inf`.
    struct Value: Decodable {
      var text: String
      init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Double.self) {
          text = "\(Float(number))"
        } else {
          text = try container.decode(String.self)
        }
      }
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      name = try container.decode(String.self, forKey: .name)
      maximumDimension = try container.decode(Int.self, forKey: .maximumDimension)
      threshold = try container.decode(Value.self, forKey: .threshold).text
      modulus = try container.decode(Int.self, forKey: .modulus)
      n = try container.decode(Int.self, forKey: .n)
      lowerDistances = try container.decodeIfPresent([Float].self, forKey: .lowerDistances)
      triplets = try container.decodeIfPresent([[Float]].self, forKey: .triplets)
      expected = try container.decode([[[Value]]].self, forKey: .expected)
        .map { $0.map { $0.map(\.text) } }
    }

    static let all: [OracleCase] = {
      let file = SharedData.folder.appending(path: "oracles/persistence_cases.json")
      guard let data = try? Data(contentsOf: file) else { return [] }
      return (try? JSONDecoder().decode([OracleCase].self, from: data)) ?? []
    }()
  }

  private func options(
    _ maximumDimension: Int, prime: Int = 2, keepsZeroLength: Bool = false,
    withRepresentatives: Bool = false, collapse: CohomologyEngine.CollapsePolicy = .off,
    workers: Int = 1
  ) -> CohomologyEngine.Options {
    CohomologyEngine.Options(
      maximumDimension: maximumDimension, prime: prime, keepsZeroLength: keepsZeroLength,
      withRepresentatives: withRepresentatives, edgeCollapse: collapse, workers: workers)
  }

  private func text(_ bars: [FiltrationBar]) -> [String] {
    bars.map { "\($0.dimension) \($0.birth) \($0.death)" }.sorted()
  }

  /// Random symmetric values: points, integers with many ties, or arbitrary numbers.
  private func randomDistances(
    _ count: Int, kind: Int, numbers: inout SplitMix
  ) throws -> SquareDistances {
    if kind == 0 {
      let points = (0..<count).map { _ in
        (0..<3).map { _ in Double.random(in: 0...1, using: &numbers) }
      }
      return try .euclidean(points)
    }
    let whole = kind == 1
    return try .filled(count) { _, _ in
      whole
        ? Float(Int.random(in: 0...6, using: &numbers)) : Float.random(in: 0...1, using: &numbers)
    }
  }

  @Test(
    .enabled(
      if: SharedData.has("oracles/persistence_cases.json"), "needs ../shared/data/oracles"),
    arguments: OracleCase.all,
    [CohomologyEngine.CollapsePolicy.automatic, .on, .off])
  func `diagrams agree with those of independent programs`(
    oracle: OracleCase, collapse: CohomologyEngine.CollapsePolicy
  ) throws {
    let threshold = try #require(Float(oracle.threshold))
    let options = options(
      oracle.maximumDimension, prime: oracle.modulus, collapse: collapse, workers: 2)
    let engine: CohomologyEngine
    if let triplets = oracle.triplets {
      let edges = triplets.map { SparseDistances.Edge(Int($0[0]), Int($0[1]), $0[2]) }
        .sorted { ($0.i, $0.j) < ($1.i, $1.j) }
      engine = try CohomologyEngine(
        SparseDistances(vertexCount: oracle.n, edges: edges), threshold: threshold, options: options
      )
    } else {
      let lower = try #require(oracle.lowerDistances)
      let square = try SquareDistances.filled(oracle.n) { lower[$0 * ($0 - 1) / 2 + $1] }
      engine = try CohomologyEngine(square, threshold: threshold, options: options)
    }
    var expected: [String] = []
    for (dimension, bars) in oracle.expected.enumerated() {
      expected += bars.map { "\(dimension) \($0[0]) \($0[1])" }
    }
    #expect(try text(engine.bars()) == expected.sorted())
  }

  @Test(arguments: [2, 3, 5], 0..<12)
  func `bars are those of the textbook's matrix reduction`(prime: Int, seed: Int) throws {
    var numbers = SplitMix(seed: UInt64(seed * 31 + prime))
    for kind in 0..<3 {
      let count = Int.random(in: 1...11, using: &numbers)
      let square = try randomDistances(count, kind: kind, numbers: &numbers)
      let threshold: Float =
        seed.isMultiple(of: 3)
        ? .infinity : Float.random(in: 0...(kind == 1 ? 6 : 1), using: &numbers)
      let expected = BoundaryMatrix(
        count: count, threshold: threshold, maximumDimension: 3, prime: prime
      ) { square[$0, $1] }
      for collapse in [CohomologyEngine.CollapsePolicy.off, .on] {
        for workers in 1...2 {
          let bars = try CohomologyEngine(
            square, threshold: threshold,
            options: options(3, prime: prime, collapse: collapse, workers: workers)
          ).bars()
          #expect(text(bars) == expected.bars(keepsZeroLength: false))
        }
      }
      let all = try CohomologyEngine(
        square, threshold: threshold, options: options(3, prime: prime, keepsZeroLength: true)
      ).bars()
      #expect(text(all) == expected.bars(keepsZeroLength: true))
    }
  }

  @Test(arguments: [2, 3], 0..<12)
  func `bars of sparse graphs are those of the textbook's reduction`(prime: Int, seed: Int) throws {
    var numbers = SplitMix(seed: UInt64(1000 + seed * 31 + prime))
    // Past 64 vertices a sparse graph is kept as neighbour lists: add vertices without edges.
    let (count, isolated) = (12, seed.isMultiple(of: 2) ? 90 : 0)
    var edges: [SparseDistances.Edge] = []
    for i in 0..<count {
      for j in 0..<i where Int.random(in: 0..<10, using: &numbers) < 6 {
        edges.append(.init(i, j, Float(Int.random(in: 0...9, using: &numbers))))
      }
    }
    let sparse = SparseDistances(vertexCount: count + isolated, edges: edges)
    let values = Dictionary(
      uniqueKeysWithValues: edges.map { [Int($0.i), Int($0.j)] }.enumerated()
        .map { ($0.element, edges[$0.offset].distance) })
    let expected = BoundaryMatrix(
      count: count + isolated, threshold: 8, maximumDimension: 3, prime: prime
    ) { values[[max($0, $1), min($0, $1)]] ?? .infinity }
    for collapse in [CohomologyEngine.CollapsePolicy.off, .on] {
      for keepsZeroLength in [false, true] {
        let bars = try CohomologyEngine(
          sparse, threshold: 8,
          options: options(
            3, prime: prime, keepsZeroLength: keepsZeroLength, collapse: collapse, workers: 2)
        ).bars()
        #expect(text(bars) == expected.bars(keepsZeroLength: keepsZeroLength))
      }
    }
  }

  @Test(arguments: 0..<4)
  func `larger clouds give one answer by every route`(seed: Int) throws {
    var numbers = SplitMix(seed: UInt64(7 + seed))
    let square = try randomDistances(70, kind: seed % 3, numbers: &numbers)
    let threshold: Float = seed % 3 == 1 ? 3 : 0.5
    let reference = try text(
      CohomologyEngine(square, threshold: threshold, options: options(2)).bars())
    for workers in [1, 2, 3] {
      for collapse in [CohomologyEngine.CollapsePolicy.off, .on] {
        let options = options(2, collapse: collapse, workers: workers)
        #expect(
          try text(CohomologyEngine(square, threshold: threshold, options: options).bars())
            == reference)
        #expect(
          try text(
            CohomologyEngine(square.allPairs, threshold: threshold, options: options).bars())
            == reference)
      }
    }
    let order = (0..<70).shuffled(using: &numbers)
    let permuted = try SquareDistances.filled(70) { square[order[$0], order[$1]] }
    #expect(
      try text(CohomologyEngine(permuted, threshold: threshold, options: options(2)).bars())
        == reference)
    // The same as neighbour lists: vertices without edges make the graph sparse.
    let lists = SparseDistances(vertexCount: 400, edges: square.allPairs.edges)
    let isolated = [String](repeating: "0 0.0 inf", count: 330)
    #expect(
      try text(CohomologyEngine(lists, threshold: threshold, options: options(2)).bars())
        == (reference + isolated).sorted())
  }

  @Test func `edge collapse without bit matrices changes no bar`() throws {
    var numbers = SplitMix(seed: 21)
    let edges = try randomDistances(50, kind: 1, numbers: &numbers).allPairs.edges
    let sparse = SparseDistances(vertexCount: 16_500, edges: edges)
    let bars = try [CohomologyEngine.CollapsePolicy.off, .on].map { collapse in
      try text(
        CohomologyEngine(sparse, threshold: 3, options: options(2, collapse: collapse)).bars())
    }
    #expect(bars[0].contains { $0.hasPrefix("2") })
    #expect(bars[0] == bars[1])
  }

  @Test func `the six-vertex projective plane is told apart by F2 and F3`() throws {
    // The barycentric subdivision, whose flag complex is the surface.
    let triangles = [
      [0, 1, 2], [0, 1, 3], [0, 2, 4], [0, 3, 5], [0, 4, 5], [1, 2, 5], [1, 3, 4], [1, 4, 5],
      [2, 3, 4], [2, 3, 5],
    ]
    var cells: Set<Set<Int>> = []
    for triangle in triangles {
      for mask in 1..<8 {
        cells.insert(Set((0..<3).filter { mask >> $0 & 1 == 1 }.map { triangle[$0] }))
      }
    }
    let list = cells.sorted {
      ($0.count, $0.sorted().description) < ($1.count, $1.sorted().description)
    }
    #expect(list.count == 31)
    let square = try SquareDistances.filled(31) { i, j in
      list[i].isStrictSubset(of: list[j]) || list[j].isStrictSubset(of: list[i]) ? 1 : 2
    }
    func betti(_ prime: Int) throws -> [Int] {
      let bars = try CohomologyEngine(square, threshold: 1, options: options(2, prime: prime))
        .bars()
      return (0...2).map { k in bars.filter { $0.dimension == k && $0.death == .infinity }.count }
    }
    #expect(try betti(2) == [1, 1, 1])
    #expect(try betti(3) == [1, 0, 0])
    #expect(try betti(32749) == [1, 0, 0])
  }

  @Test func `a square and an octahedron have the bars done by hand`() throws {
    let square = try SquareDistances.euclidean([[0, 0], [1, 0], [1, 1], [0, 1]])
    let root = Float(2.0.squareRoot())
    #expect(
      try text(CohomologyEngine(square, threshold: .infinity, options: options(1)).bars())
        == ["0 0.0 1.0", "0 0.0 1.0", "0 0.0 1.0", "0 0.0 inf", "1 1.0 \(root)"])
    let octahedron = try SquareDistances.filled(6) { $0 / 2 == $1 / 2 ? 2 : 1 }
    let bars = try CohomologyEngine(octahedron, threshold: .infinity, options: options(3)).bars()
    #expect(text(bars).suffix(1) == ["2 1.0 2.0"])
    #expect(bars.count == 7)
  }

  @Test func `a torus has two long classes in H1 and one in H2`() throws {
    var points: [[Double]] = []
    for a in 0..<12 {
      for b in 0..<12 {
        let (s, t) = (Double(a) * .pi / 6, Double(b) * .pi / 6)
        points.append([cos(s), sin(s), cos(t), sin(t)])
      }
    }
    let bars = try CohomologyEngine(
      .euclidean(points), threshold: 1.3, options: options(2, workers: 2)
    ).bars()
    func long(_ dimension: Int) -> Int {
      bars.filter { $0.dimension == dimension && $0.death - $0.birth > 0.4 }.count
    }
    #expect(long(1) == 2)
    #expect(long(2) == 1)
  }

  @Test(arguments: [2, 3, 7], 0..<6)
  func `representatives are cocycles and cycles that pair with each other`(
    prime: Int, seed: Int
  ) throws {
    var numbers = SplitMix(seed: UInt64(99 + 10 * seed + prime))
    let count = 16
    let square = try randomDistances(count, kind: seed % 3, numbers: &numbers)
    let threshold: Float = seed < 3 ? .infinity : seed % 3 == 1 ? 3 : 0.4
    let plain = try CohomologyEngine(
      square, threshold: threshold, options: options(2, prime: prime)
    ).bars()
    let bars = try CohomologyEngine(
      square, threshold: threshold,
      options: options(2, prime: prime, withRepresentatives: true, workers: 2)
    ).bars()
    #expect(text(bars) == text(plain))
    func diameter(_ vertices: [Int]) -> Float {
      var value: Float = 0
      for (index, v) in vertices.enumerated() {
        for w in vertices[..<index] { value = max(value, square[v, w]) }
      }
      return value
    }
    func faces(_ vertices: [Int]) -> [(face: [Int], sign: Int)] {
      vertices.indices.map { drop in
        var face = vertices
        face.remove(at: drop)
        return (face, drop.isMultiple(of: 2) ? 1 : -1)
      }
    }
    for bar in bars {
      let representative = try #require(bar.representative)
      let cocycle = representative.cocycle
      #expect(cocycle.coefficients.allSatisfy { (1..<prime).contains($0) })
      #expect(
        cocycle.simplices.allSatisfy { $0 == $0.sorted(by: >) && $0.count == bar.dimension + 1 })
      var values: [[Int]: Int] = [:]
      for (simplex, coefficient) in zip(cocycle.simplices, cocycle.coefficients) {
        #expect(values.updateValue(coefficient, forKey: simplex) == nil)
      }
      // δα vanishes on every simplex of the next dimension that enters before the death.
      var cofaces = BoundaryMatrix(
        count: count, threshold: min(threshold, bar.death), maximumDimension: bar.dimension,
        prime: prime
      ) { square[$0, $1] }.simplices
      cofaces.removeAll { $0.vertices.count != bar.dimension + 2 || $0.value >= bar.death }
      for coface in cofaces {
        let sum = faces(coface.vertices).reduce(0) { $0 + $1.sign * (values[$1.face] ?? 0) }
        #expect(sum % prime == 0)
      }
      guard bar.dimension == 1 else {
        #expect(representative.cycle == nil)
        continue
      }
      let cycle = try #require(representative.cycle)
      var boundary: [[Int]: Int] = [:]
      var pairing = 0
      for (simplex, coefficient) in zip(cycle.simplices, cycle.coefficients) {
        #expect(diameter(simplex) <= bar.birth)
        pairing += coefficient * (values[simplex] ?? 0)
        for (face, sign) in faces(simplex) { boundary[face, default: 0] += sign * coefficient }
      }
      #expect(cycle.simplices.map(diameter).max() == bar.birth)
      #expect(boundary.values.allSatisfy { $0 % prime == 0 })
      #expect(pairing % prime != 0)
    }
  }

  @Test func `moduli that are no primes below 2 to the 15 are refused`() throws {
    for prime in [2, 3, 5, 181, 32749] { try PrimeField.requirePrime(prime) }
    for modulus in [-3, 0, 1, 4, 9, 32041, 32761, 32768, 65537] {
      #expect(throws: TopologyError.self) { try PrimeField.requirePrime(modulus) }
    }
  }

  @Test func `numbers that would overflow are refused`() throws {
    let edges = [SparseDistances.Edge(1, 0, 1)]
    let sparse = SparseDistances(vertexCount: 100_000, edges: edges)
    #expect(throws: TopologyError.self) {
      try CohomologyEngine(sparse, threshold: 1, options: options(6)).bars()
    }
  }

  @Test func `columns past the available memory are refused`() throws {
    var numbers = SplitMix(seed: 5)
    let square = try randomDistances(60, kind: 2, numbers: &numbers)
    var options = options(2)
    options.availableBytes = 1000
    #expect(throws: TopologyError.self) {
      try CohomologyEngine(square, threshold: .infinity, options: options).bars()
    }
  }

  @Test(arguments: [1, 2]) func `a computation stops soon when asked to`(workers: Int) throws {
    var numbers = SplitMix(seed: 6)
    let square = try randomDistances(250, kind: 2, numbers: &numbers)
    let start = ContinuousClock.now
    var options = options(2, workers: workers)
    options.control = ComputationControl(isCancelled: {
      ContinuousClock.now - start > .seconds(0.3)
    })
    let engine = try CohomologyEngine(square, threshold: .infinity, options: options)
    #expect(throws: CancellationError.self) { try engine.bars() }
    #expect(ContinuousClock.now - start < .seconds(3))
  }

  @Test func `no points and no edges are no fault`() throws {
    let none = SparseDistances(vertexCount: 0, edges: [])
    #expect(try CohomologyEngine(none, threshold: 1, options: options(3)).bars().isEmpty)
    let three = SparseDistances(vertexCount: 3, edges: [])
    #expect(
      try text(CohomologyEngine(three, threshold: 1, options: options(3, collapse: .on)).bars())
        == ["0 0.0 inf", "0 0.0 inf", "0 0.0 inf"])
    let one = try SquareDistances(count: 1)
    #expect(
      try text(CohomologyEngine(one, threshold: .infinity, options: options(2)).bars())
        == ["0 0.0 inf"])
  }

  @Test func `pairs of zero length account for every simplex`() throws {
    var numbers = SplitMix(seed: 8)
    let square = try randomDistances(14, kind: 1, numbers: &numbers)
    let bars = try CohomologyEngine(
      square, threshold: 4, options: options(3, keepsZeroLength: true)
    ).bars()
    let simplices = BoundaryMatrix(count: 14, threshold: 4, maximumDimension: 3, prime: 2) {
      square[$0, $1]
    }.simplices
    for dimension in 0...3 {
      let births = bars.filter { $0.dimension == dimension }.count
      let deaths = bars.filter { $0.dimension == dimension - 1 && $0.death < .infinity }.count
      #expect(births + deaths == simplices.filter { $0.vertices.count == dimension + 1 }.count)
    }
  }
}
