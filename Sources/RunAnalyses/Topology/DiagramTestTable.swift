import Analyses
import Files
import LinearAlgebra
import Runs
import Topology

/// Whether the diagrams of the classes under a condition come from another distribution than the clean
/// ones: `diagram_tests.csv`.
///
/// Method: the permutation test of Robinson and Turner (`TwoSamplePermutationTest`) with the 2-Wasserstein
/// distance (ground metric ∞) and exponent 1; Holm's correction over the whole table.
///
/// The test is made for independent groups, and these are not: both have a diagram of every class. Clean
/// and noisy diagrams of one class resemble each other more than those of two classes, and the groups as
/// they are never hold both, while random groups often do, which makes their loss smaller. The loss that is
/// tested is therefore larger among the random ones than it would be for independent groups, and p with
/// it: the test is conservative. A small p stands; a large one may be due to the pairing.
struct DiagramTestTable {
  private static let metric = DiagramMetric.secondWasserstein

  package static let header =
    Condition.tableColumns + [
      "dimension", "scale", "metric", "order", "diagrams", "loss", "mean_loss", "method", "p",
      "p_holm",
    ]

  /// The diagrams of the classes.
  package let clouds: [DiagramDistanceTable.Cloud]
  package let conditions: [Condition]
  package let settings: TopologySettings
  package let control: ComputationControl

  /// A line, before the correction.
  private struct Line {
    let fields: [String]
    let test: TwoSamplePermutationTest?
  }

  /// Computes every test, distances and relabellings on all workers.
  ///
  /// - Returns: The table as CSV; nil when the settings want none, without a clean condition, and when
  ///   fewer than two classes have diagrams.
  /// - Throws: `TopologyError.cancelled`.
  package func csv() throws -> String? {
    let noisy = conditions.filter { $0 != .clean }
    guard settings.testPermutations > 0, conditions.contains(.clean), clouds.count >= 2,
      !noisy.isEmpty
    else { return nil }
    var lines: [[Line]] = [[Line]](repeating: [], count: noisy.count)
    for dimension in 0...settings.maximumDimension {
      for scale in DiagramScale.allCases {
        func points(_ condition: Condition) -> [[PersistenceBar]?] {
          clouds.map { $0.diagrams[condition]?.points(dimension: dimension, scale: scale) }
        }
        let clean = points(.clean)
        let cleanBlock = try distances(clean, clean, isSymmetric: true)
        for (place, condition) in noisy.enumerated() {
          lines[place].append(
            try line(
              condition, dimension, scale, clean: clean, cleanBlock: cleanBlock,
              noisy: points(condition)))
        }
      }
    }
    let all = lines.flatMap(\.self)
    let adjusted = holmAdjusted(all.compactMap { $0.test?.pValue })
    var next = adjusted.makeIterator()
    return CSV.line(Self.header)
      + all.map { line in
        CSV.line(
          line.fields
            + (line.test.map { test in
              [
                test.loss.shortestText, test.meanLoss.shortestText,
                test.isExact ? "exact" : "random", test.pValue.shortestText,
                next.next()?.shortestText ?? "",
              ]
            } ?? ["", "", "", "", ""]))
      }.joined()
  }

  private func line(
    _ condition: Condition, _ dimension: Int, _ scale: DiagramScale, clean: [[PersistenceBar]?],
    cleanBlock: Matrix<Double>, noisy: [[PersistenceBar]?]
  ) throws -> Line {
    // A cloud of one place has no median to be divided by.
    let classes = clouds.indices.filter { clean[$0] != nil && noisy[$0] != nil }
    let noisyBlock = try distances(noisy, noisy, isSymmetric: true)
    let across = try distances(clean, noisy, isSymmetric: false)
    let count = classes.count
    var matrix = Matrix<Double>(rows: 2 * count, columns: 2 * count)
    for (i, a) in classes.enumerated() {
      for (j, b) in classes.enumerated() {
        matrix[i, j] = cleanBlock[a, b]
        matrix[count + i, count + j] = noisyBlock[a, b]
        matrix[i, count + j] = across[a, b]
        matrix[count + j, i] = across[a, b]
      }
    }
    var test: TwoSamplePermutationTest?
    // Diagrams that differ in their essential classes are infinitely far from each other.
    if count >= 2, matrix.values.allSatisfy(\.isFinite) {
      test = try TwoSamplePermutationTest(
        distances: matrix, firstCount: count,
        resampling: Resampling(
          "\(condition.name) H\(dimension) \(scale.rawValue)",
          replicates: settings.testPermutations, seed: settings.resamplingSeed))
    }
    let fields = ["\(dimension)", scale.rawValue] + Self.metric.fields + ["\(count)"]
    return Line(fields: condition.tableFields + fields, test: test)
  }

  /// The distances of the diagrams of two conditions by class: [classes, classes]; 0 where one is missing.
  private func distances(
    _ a: [[PersistenceBar]?], _ b: [[PersistenceBar]?], isSymmetric: Bool
  ) throws -> Matrix<Double> {
    let count = clouds.count
    let rows = try Parallel.tryMap(count: count) { i in
      try (0..<(isSymmetric ? i : count)).map { j in
        if control.isCancelled() { throw TopologyError.cancelled }
        guard let a = a[i], let b = b[j] else { return 0.0 }
        return try Self.metric.distance(
          a, b, exactLimit: settings.exactWassersteinLimit, control: control
        ).distance
      }
    }
    var matrix = Matrix<Double>(rows: count, columns: count)
    for (i, row) in rows.enumerated() {
      for (j, distance) in row.enumerated() {
        matrix[i, j] = distance
        if isSymmetric { matrix[j, i] = distance }
      }
    }
    return matrix
  }
}
