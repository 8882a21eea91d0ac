import Analyses
import LinearAlgebra
import Runs
import Topology

/// Whether the diagrams of the classes under a condition come from another distribution than the clean
/// ones: a row of `diagram_tests.csv`.
///
/// Method: the permutation test of Robinson and Turner (`TwoSamplePermutationTest`) with the 2-Wasserstein
/// distance (ground metric ∞) and exponent 1; Holm's correction over the whole table.
///
/// The test is made for independent groups, and these are not: both have a diagram of every class. Clean
/// and noisy diagrams of one class resemble each other more than those of two classes, and the groups as
/// they are never hold both, while random groups often do, which makes their loss smaller. The loss that is
/// tested is therefore larger among the random ones than it would be for independent groups, and p with
/// it: the test is conservative. A small p stands; a large one may be due to the pairing.
struct DiagramTest: Codable, Sendable {
  /// The number of classes that have both diagrams.
  let classCount: Int
  /// The test; nil for fewer than two, and for diagrams that differ in their essential classes, which are
  /// infinitely far from each other.
  let test: TwoSamplePermutationTest?

  /// Tests a condition, relabellings on all workers.
  ///
  /// - Parameters:
  ///   - kind: What was measured between the diagrams.
  ///   - condition: The condition.
  ///   - clean: The clean group.
  ///   - noisy: The condition's.
  ///   - settings: How often labels are dealt out anew, and the seed.
  /// - Throws: `AnalysisError` for distances that the test does not take.
  init(
    _ kind: DistanceKind, _ condition: Condition, clean: DiagramGroup, noisy: DiagramGroup,
    settings: TopologySettings
  ) throws {
    let classes = clean.isThere.indices.filter { clean.isThere[$0] && noisy.isThere[$0] }
    let count = classes.count
    classCount = count
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
    guard count >= 2, matrix.values.allSatisfy(\.isFinite) else {
      test = nil
      return
    }
    test = try TwoSamplePermutationTest(
      distances: matrix, firstCount: count,
      resampling: Resampling(
        "\(condition.name) H\(kind.dimension) \(kind.scale.rawValue)",
        replicates: settings.testPermutations, seed: settings.resamplingSeed),
      control: .interruptible(isQuiet: true))
  }

  /// The table.
  ///
  /// - Parameters:
  ///   - conditions: The noisy conditions.
  ///   - kinds: What was measured.
  ///   - tests: By condition, a test a kind.
  /// - Returns: A row a test, p-values adjusted over all (Holm).
  static func table(
    _ conditions: [Condition], _ kinds: [DistanceKind], _ tests: [[DiagramTest]]
  ) -> Table {
    var table = Table(DiagramTestColumns.file)
    var adjusted = holmAdjusted(tests.joined().compactMap { $0.test?.pValue }).makeIterator()
    for (condition, tests) in zip(conditions, tests) {
      for (kind, test) in zip(kinds, tests) {
        table.append(
          condition.cells + [
            DiagramTestColumns.dimension(kind.dimension),
            DiagramTestColumns.scale(kind.scale.rawValue),
            DiagramTestColumns.metric(kind.metric.name.rawValue),
            DiagramTestColumns.order(kind.metric.order),
            DiagramTestColumns.diagrams(test.classCount), DiagramTestColumns.loss(test.test?.loss),
            DiagramTestColumns.meanLoss(test.test?.meanLoss),
            DiagramTestColumns.method(test.test.map { $0.isExact ? "exact" : "random" }),
            DiagramTestColumns.p(test.test?.pValue),
            DiagramTestColumns.pHolm(test.test.flatMap { _ in adjusted.next() }),
          ])
      }
    }
    return table
  }
}
