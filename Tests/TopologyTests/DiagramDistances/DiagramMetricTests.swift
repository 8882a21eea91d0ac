import Fixtures
import Foundation
import LinearAlgebra
import Testing

@testable import Topology

@Suite struct DiagramMetricTests {
  /// One of the distances.
  enum Metric: CaseIterable {
    case bottleneck, bottleneckEuclidean, first, second, firstEuclidean, secondEuclidean

    var ground: GroundMetric {
      switch self {
      case .bottleneck, .first, .second: .infinity
      default: .euclidean
      }
    }

    /// q; nil for the bottleneck.
    var order: Int? {
      switch self {
      case .bottleneck, .bottleneckEuclidean: nil
      case .first, .firstEuclidean: 1
      case .second, .secondEuclidean: 2
      }
    }

    func matching(
      _ a: [PersistenceBar], _ b: [PersistenceBar], tolerance: Double = 0,
      control: ComputationControl = ComputationControl()
    ) throws -> DiagramMatching {
      let metric: DiagramMetric =
        switch order {
        case nil: .bottleneck
        case 1: .firstWasserstein
        default: .secondWasserstein
        }
      return try metric.matching(
        a, b, ground: ground, relativeTolerance: tolerance, control: control)
    }

    func distance(_ a: [PersistenceBar], _ b: [PersistenceBar]) throws -> Double {
      try matching(a, b).distance
    }

    func cost(_ a: PersistenceBar, _ b: PersistenceBar) -> Double {
      let dx = a.birth == b.birth ? 0 : abs(a.birth - b.birth)
      let dy = a.death == b.death ? 0 : abs(a.death - b.death)
      return ground == .infinity
        ? max(dx, dy)
        : dx.isInfinite || dy.isInfinite
          ? .infinity : (dx * dx + dy * dy).squareRoot()
    }

    func toDiagonal(_ bar: PersistenceBar) -> Double {
      bar.birth == bar.death
        ? 0 : (bar.death - bar.birth) / (ground == .infinity ? 2 : 2.0.squareRoot())
    }

    func total(_ costs: [Double]) -> Double {
      switch order {
      case nil: costs.max() ?? 0
      case 1: costs.reduce(0, +)
      default: costs.reduce(0) { $0 + $1 * $1 }.squareRoot()
      }
    }

    /// The least total over all matchings, each of them tried.
    func byTrial(_ a: [PersistenceBar], _ b: [PersistenceBar]) -> Double {
      var best = Double.infinity
      var costs: [Double] = []
      func choose(_ row: Int, _ free: [PersistenceBar]) {
        guard row < a.count else {
          best = min(best, total(costs + free.map(toDiagonal)))
          return
        }
        costs.append(toDiagonal(a[row]))
        choose(row + 1, free)
        costs.removeLast()
        for index in free.indices {
          costs.append(cost(a[row], free[index]))
          var rest = free
          rest.remove(at: index)
          choose(row + 1, rest)
          costs.removeLast()
        }
      }
      choose(0, b)
      return best
    }

    /// Checks that the pairs use each row once and cost the distance.
    func check(_ matching: DiagramMatching, _ a: [PersistenceBar], _ b: [PersistenceBar]) {
      guard matching.distance.isFinite else {
        #expect(matching.pairs.isEmpty)
        return
      }
      #expect(matching.pairs.map(\.a).filter { $0 >= 0 } == Array(a.indices))
      #expect(matching.pairs.map(\.b).filter { $0 >= 0 }.sorted() == Array(b.indices))
      let costs = matching.pairs.map { pair in
        pair.a < 0
          ? toDiagonal(b[pair.b])
          : pair.b < 0 ? toDiagonal(a[pair.a]) : cost(a[pair.a], b[pair.b])
      }
      #expect(DiagramMetricTests.isClose(matching.distance, total(costs)))
    }
  }

  static func isClose(_ value: Double, _ expected: Double) -> Bool {
    value == expected || abs(value - expected) <= 1e-12 * abs(expected)
  }

  private func bars(_ rows: [(Double, Double)]) -> [PersistenceBar] {
    rows.map { PersistenceBar(dimension: 1, birth: $0.0, death: $0.1) }
  }

  // MARK: By hand

  @Test func `a bar against nothing goes to the diagonal`() throws {
    let one = bars([(1, 2)])
    #expect(try DiagramMetric.bottleneck.matching(one, []).distance == 0.5)
    #expect(try DiagramMetric.bottleneck.matching(one, []).pairs == [.init(a: 0, b: -1)])
    #expect(try DiagramMetric.bottleneck.matching([], one).pairs == [.init(a: -1, b: 0)])
    #expect(
      try DiagramMetric.firstWasserstein.matching(one, [], ground: .euclidean).distance
        == 1 / 2.0.squareRoot())
    #expect(try DiagramMetric.secondWasserstein.matching([], []).distance == 0)
  }

  @Test func `two long bars do not share a partner`() throws {
    let matching = try DiagramMetric.bottleneck.matching(
      bars([(0, 10), (0, 11)]), bars([(0, 10.5), (8, 9)]))
    #expect(matching.distance == 5)
    let sum = try DiagramMetric.firstWasserstein.matching(
      bars([(0, 10), (0, 11)]), bars([(0, 10.5), (8, 9)]))
    #expect(sum.distance == 0.5 + 5 + 0.5)
    #expect(sum.pairs == [.init(a: 0, b: -1), .init(a: 1, b: 0), .init(a: -1, b: 1)])
  }

  @Test func `essential classes are matched in order or not at all`() throws {
    let a = bars([(5, .infinity), (0, .infinity), (-.infinity, 1), (-.infinity, .infinity)])
    let b = bars([(1, .infinity), (7, .infinity), (-.infinity, .infinity), (-.infinity, 4)])
    let matching = try DiagramMetric.bottleneck.matching(a, b)
    #expect(matching.distance == 3)
    #expect(matching.pairs.map(\.b) == [1, 0, 3, 2])
    #expect(try DiagramMetric.firstWasserstein.matching(a, b).distance == 1 + 2 + 3)
    let missing = try DiagramMetric.firstWasserstein.matching(a, Array(b.dropLast()))
    #expect(missing.distance == .infinity)
    #expect(missing.pairs.isEmpty)
  }

  @Test func `coordinates at the ends of the range neither overflow nor vanish`() throws {
    for unit in [1e300, 1e-300] {
      let a = bars([(-unit, unit), (0, unit)])
      let b = bars([(-unit, 0.5 * unit)])
      for metric in Metric.allCases {
        let small = try metric.distance(bars([(-1, 1), (0, 1)]), bars([(-1, 0.5)]))
        #expect(Self.isClose(try metric.distance(a, b), small * unit))
      }
    }
  }

  @Test func `points at infinity on the diagonal cost nothing`() throws {
    let a = bars([(.infinity, .infinity), (0, 1), (-.infinity, -.infinity), (3, 3)])
    let matching = try DiagramMetric.secondWasserstein.matching(a, bars([(0, 1)]))
    #expect(matching.distance == 0)
    #expect(matching.pairs.map(\.b) == [-1, 0, -1, -1])
  }

  // MARK: Names

  @Test func `a distance is found by the name and the order that tables give it`() {
    for metric in DiagramMetric.allCases {
      #expect(DiagramMetric(metric.name, order: Int(exactly: metric.order)) == metric)
    }
    #expect(DiagramMetric(.wasserstein) == .firstWasserstein)
    #expect(DiagramMetric(.wasserstein, order: 3) == nil)
    #expect(DiagramMetric(.wasserstein, order: 0) == nil)
    #expect(DiagramMetric(.bottleneck, order: 1) == nil)
    #expect(DiagramMetric.allCases.map(\.order) == [.infinity, 1, 2])
  }

  // MARK: Errors

  @Test func `NaN and a death before the birth name diagram and row`() throws {
    for wrong in [(0.0, Double.nan), (2.0, 1.0)] {
      for metric in Metric.allCases {
        let error = try #require(throws: TopologyError.self) {
          try metric.matching(bars([(0, 1)]), bars([(0, 1), (1, 1), wrong]))
        }
        #expect(
          error.description.hasPrefix(
            "row 2 of the second diagram: birth \(wrong.0), death \(wrong.1): "))
      }
    }
  }

  @Test func `bars of several dimensions and bad tolerances are errors`() throws {
    var mixed = bars([(0, 1), (0, 2)])
    mixed[1].dimension = 2
    #expect(throws: TopologyError.self) { try DiagramMetric.bottleneck.matching(mixed, []) }
    #expect(throws: TopologyError.self) { try DiagramMetric.bottleneck.matching([], mixed) }
    for tolerance in [-0.1, .nan, .infinity] {
      #expect(throws: TopologyError.self) {
        try DiagramMetric.bottleneck.matching([], [], relativeTolerance: tolerance)
      }
    }
  }

  @Test(arguments: Metric.allCases)
  func `a computation can be stopped`(metric: Metric) throws {
    var random = RandomDiagrams(seed: 1)
    let (a, b) = (random.bars(50), random.bars(50))
    #expect(throws: CancellationError.self) {
      try metric.matching(a, b, control: ComputationControl(isCancelled: { true }))
    }
  }

  // MARK: Against other programs and against all matchings

  private struct OracleCase: Decodable {
    let name: String
    let a: [[String]]
    let b: [[String]]
    let expected: [String: Number]?

    enum CodingKeys: String, CodingKey {
      case name, expected
      case a = "A"
      case b = "B"
    }

    /// A number, or the string `inf`.
    struct Number: Decodable {
      let value: Double

      init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
          value = try #require(Double(text))
        } else {
          value = try container.decode(Double.self)
        }
      }
    }
  }

  private func parsed(_ rows: [[String]]) throws -> [PersistenceBar] {
    bars(try rows.map { (try #require(Double($0[0])), try #require(Double($0[1]))) })
  }

  @Test(.enabled(if: SharedData.has("oracles/distance_cases.json"), "needs ../shared/data/oracles"))
  func `distances agree with independent programs`() throws {
    let file = SharedData.folder.appending(path: "oracles/distance_cases.json")
    let cases = try JSONDecoder().decode([OracleCase].self, from: Data(contentsOf: file))
    #expect(cases.count >= 20)
    let metrics: [(String, Metric)] = [
      ("bottleneck", .bottleneck), ("W1_inf", .first), ("W2_inf", .second),
      ("W1_l2", .firstEuclidean), ("W2_l2", .secondEuclidean),
    ]
    for oracle in cases {
      let (a, b) = (try parsed(oracle.a), try parsed(oracle.b))
      for (name, metric) in metrics {
        guard let expected = oracle.expected else {
          #expect(throws: TopologyError.self) { try metric.matching(a, b) }
          continue
        }
        let value = try #require(expected[name]).value
        let matching = try metric.matching(a, b)
        #expect(
          Self.isClose(matching.distance, value),
          "\(oracle.name), \(name): \(matching.distance), expected \(value)")
        metric.check(matching, a, b)
        let approximate = try metric.matching(a, b, tolerance: 0.05).distance
        #expect(approximate >= value * (1 - 1e-12) || approximate == value)
        #expect(approximate <= value * (1.05 + 1e-12) || approximate == value)
      }
    }
  }

  @Test(arguments: Metric.allCases)
  func `no matching is cheaper, all of them tried`(metric: Metric) throws {
    var random = RandomDiagrams(seed: 11)
    for round in 0..<300 {
      let counts = (Int.random(in: 0...5, using: &random), Int.random(in: 0...5, using: &random))
      var a = round % 2 == 0 ? random.bars(counts.0) : random.integerBars(counts.0)
      var b = round % 2 == 0 ? random.bars(counts.1) : random.integerBars(counts.1)
      if round % 3 == 0 {
        for index in a.indices where Bool.random(using: &random) { a[index].death = .infinity }
        for index in b.indices where Bool.random(using: &random) { b[index].death = .infinity }
        if let last = a.indices.last { a[last].birth = -.infinity }
        if let last = b.indices.last { b[last].birth = -.infinity }
      }
      if round % 5 == 0 {
        for index in a.indices where a[index].birth.isFinite { a[index].birth = 0 }
        for index in b.indices where b[index].birth.isFinite { b[index].birth = 0 }
      }
      let matching = try metric.matching(a, b)
      let expected = metric.byTrial(a, b)
      if metric.order == nil {
        #expect(matching.distance == expected, "round \(round)")
      } else {
        #expect(Self.isClose(matching.distance, expected), "round \(round)")
      }
      metric.check(matching, a, b)
    }
  }

  // MARK: Axioms

  @Test(arguments: Metric.allCases)
  func `it is a distance, and follows translation and scaling`(metric: Metric) throws {
    var random = RandomDiagrams(seed: 21)
    for round in 0..<12 {
      let sizes = (0..<3).map { _ in Int.random(in: 0...150, using: &random) }
      let sets = sizes.map { round % 2 == 0 ? random.bars($0) : random.integerBars($0) }
      let (a, b, c) = (sets[0], sets[1], sets[2])
      let distance = try metric.distance(a, b)
      metric.check(try metric.matching(a, b), a, b)
      #expect(Self.isClose(try metric.distance(b, a), distance))
      #expect(Self.isClose(try metric.distance(a.shuffled(using: &random), b), distance))
      #expect(try metric.distance(a, a.shuffled(using: &random)) == 0)
      let detour = try metric.distance(a, c) + metric.distance(c, b)
      #expect(distance <= detour * (1 + 1e-12))
      func moved(_ bars: [PersistenceBar], by shift: Double, times scale: Double)
        -> [PersistenceBar]
      {
        bars.map {
          PersistenceBar(
            dimension: 1, birth: $0.birth * scale + shift, death: $0.death * scale + shift)
        }
      }
      let shifted = try metric.distance(moved(a, by: 4, times: 1), moved(b, by: 4, times: 1))
      #expect(abs(shifted - distance) <= 1e-11)
      let scaled = try metric.distance(moved(a, by: 0, times: 8), moved(b, by: 0, times: 8))
      #expect(Self.isClose(scaled, 8 * distance))
    }
  }

  @Test func `moving every end by no more than ε moves a diagram by no more than ε`() throws {
    var random = RandomDiagrams(seed: 31)
    for epsilon in [1e-6, 1e-3, 0.1] {
      let a = random.bars(400)
      let b = a.map { bar in
        let birth = bar.birth + Double.random(in: -epsilon...epsilon, using: &random)
        let death = bar.death + Double.random(in: -epsilon...epsilon, using: &random)
        return PersistenceBar(dimension: 1, birth: birth, death: max(birth, death))
      }
      #expect(try DiagramMetric.bottleneck.matching(a, b).distance <= epsilon * (1 + 1e-9))
    }
  }

  // MARK: Tolerance

  @Test(arguments: Metric.allCases)
  func `an approximate distance is between the exact one and its tolerance`(metric: Metric) throws {
    var random = RandomDiagrams(seed: 41)
    for round in 0..<6 {
      let (a, b) =
        round % 2 == 0
        ? (random.bars(400), random.bars(300)) : (random.integerBars(200), random.integerBars(250))
      let exact = try metric.distance(a, b)
      for tolerance in [1e-3, 0.01, 0.5] {
        let matching = try metric.matching(a, b, tolerance: tolerance)
        metric.check(matching, a, b)
        #expect(matching.distance >= exact * (1 - 1e-12))
        #expect(matching.distance <= exact * (1 + tolerance))
      }
    }
  }
}
