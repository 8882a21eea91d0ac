import Analyses
import Files
import LinearAlgebra
import Runs
import Topology

/// Whether the diagrams of the classes under a condition come from another distribution than the clean ones:
/// a row of `diagram_tests.csv`.
///
/// Method: Robinson and Turner's loss with the 2-Wasserstein distance (ground metric ∞) and exponent 1,
/// paired (`PairedSwapTest`): every class has a diagram in both groups, and a draw exchanges the two of a
/// class or not. All conditions of a kind of noise, dimensions and scales are one family, tested on the same
/// draws.
struct DiagramTest: Codable, Sendable {
  /// Why there is no test, or why it could find nothing.
  enum Obstacle: Codable, Sendable, Equatable {
    /// Fewer than two classes have both diagrams.
    case fewerThanTwo
    /// Diagrams that differ in their essential classes are infinitely far from each other.
    case infinite
    /// No p-value could be small.
    case floor
  }

  /// The number of classes that have both diagrams.
  let classCount: Int
  /// The test; nil where there is none.
  let test: PairedSwapTest?
  /// What is in its way; nil where nothing is.
  let obstacle: Obstacle?

  /// The tests of a kind of noise, swaps on all workers.
  ///
  /// - Parameters:
  ///   - noise: The kind.
  ///   - clean: By kind of distance, the clean group.
  ///   - noisy: By condition, the same of its group.
  ///   - settings: How often diagrams are exchanged, and the seed.
  /// - Returns: By condition, a test a kind of distance.
  /// - Throws: `CancellationError`; `AnalysisError` for distances that the test does not take.
  static func all(
    _ noise: String, clean: [DiagramGroup], noisy: [[DiagramGroup]], settings: TopologySettings
  ) throws -> [[DiagramTest]] {
    let samples = noisy.map { groups in
      zip(clean, groups).map { Self.sample(clean: $0, noisy: $1) }
    }
    let family = samples.joined().compactMap { $0.test }
    guard let count = clean.first?.isThere.count, count > 0 else {
      return noisy.map { _ in [] }
    }
    let swaps = PairSwaps(
      count: count,
      resampling: Resampling(
        "diagrams under \(noise)", replicates: settings.testPermutations,
        seed: settings.resamplingSeed))
    var results = try PairedSwapTest.results(
      family, swaps: swaps, control: .interruptible(isQuiet: true)
    ).makeIterator()
    return samples.map { row in
      row.map { sample in
        let test = sample.test.flatMap { _ in results.next() }
        return DiagramTest(
          classCount: sample.classCount, test: test,
          obstacle: sample.obstacle ?? (test?.adjustedPValue == nil ? .floor : nil))
      }
    }
  }

  /// The distances of the classes that have both diagrams, or why they cannot be tested.
  private static func sample(
    clean: DiagramGroup, noisy: DiagramGroup
  ) -> (classCount: Int, test: PairedSwapTest.Sample?, obstacle: Obstacle?) {
    let classes = clean.isThere.indices.filter { clean.isThere[$0] && noisy.isThere[$0] }
    let count = classes.count
    guard count >= 2 else { return (count, nil, .fewerThanTwo) }
    var matrix = Matrix<Double>(rows: 2 * count, columns: 2 * count)
    for (i, a) in classes.enumerated() {
      for (j, b) in classes.enumerated() {
        if j < i {
          for (offset, group) in [(0, clean), (count, noisy)] {
            matrix[offset + i, offset + j] = group.within[a][b]
            matrix[offset + j, offset + i] = group.within[a][b]
          }
        }
        matrix[i, count + j] = noisy.across[a][b]
        matrix[count + j, i] = noisy.across[a][b]
      }
    }
    guard matrix.values.allSatisfy(\.isFinite) else { return (count, nil, .infinite) }
    return (count, PairedSwapTest.Sample(distances: matrix, pairs: classes), nil)
  }

  // MARK: The table

  /// The table.
  ///
  /// - Parameters:
  ///   - conditions: The noisy conditions.
  ///   - kinds: What was measured.
  ///   - tests: By condition, a test a kind.
  /// - Returns: A row a test, p-values adjusted over those of a kind of noise.
  static func table(
    _ conditions: [Condition], _ kinds: [DistanceKind], _ tests: [[DiagramTest]]
  ) -> Table {
    var table = Table(DiagramTestColumns.file)
    var holm: [String?: IndexingIterator<[Double]>] = [:]
    for noise in Set(conditions.map(\.noise)) {
      let own = zip(conditions, tests).filter { $0.0.noise == noise }.flatMap(\.1)
      holm[noise] = holmAdjusted(own.compactMap(\.familyPValue)).makeIterator()
    }
    for (condition, tests) in zip(conditions, tests) {
      for (kind, test) in zip(kinds, tests) {
        let pHolm = test.familyPValue.flatMap { _ in holm[condition.noise]?.next() }
        table.append(condition.cells + test.cells(kind, pHolm: pHolm))
      }
    }
    return table
  }

  /// The p-value, where the test has a part in the family.
  private var familyPValue: Double? { test?.adjustedPValue == nil ? nil : test?.pValue }

  private func cells(_ kind: DistanceKind, pHolm: Double?) -> [TableCell] {
    [
      DiagramTestColumns.dimension(kind.dimension), DiagramTestColumns.scale(kind.scale.rawValue),
      DiagramTestColumns.metric(kind.metric.name.rawValue),
      DiagramTestColumns.order(kind.metric.order), DiagramTestColumns.diagrams(classCount),
      DiagramTestColumns.design("paired"), DiagramTestColumns.loss(test?.loss),
      DiagramTestColumns.meanLoss(test?.meanLoss),
      DiagramTestColumns.method(test.map { $0.isExact ? "exact" : "random" }),
      DiagramTestColumns.p(test?.pValue), DiagramTestColumns.pAdjusted(test?.adjustedPValue),
      DiagramTestColumns.pHolm(pHolm), DiagramTestColumns.note(note),
    ]
  }

  private var note: String {
    switch obstacle {
    case nil: ""
    case .fewerThanTwo: "could not be tested: fewer than two classes have both diagrams"
    case .infinite:
      "could not be tested: diagrams with other numbers of holes that never close are infinitely far apart"
    case .floor: "could not be tested: " + floorWords
    }
  }

  /// What sets the least p-value: the number of classes, or that of random swaps.
  private var floorWords: String {
    guard let test else { return "" }
    let least = test.leastPValue.shortestText
    let ofAll = PairSwaps.leastOfAll(pairs: classCount)
    return test.leastPValue > ofAll
      ? "so few swaps allow no p below \(least); raise topology.test-permutations"
      : "\(classCount) classes allow no p below \(least)"
  }
}
