public import LinearAlgebra

/// The principal angles between the subspaces of every two classes of an embedding.
public struct ClasswiseAngles: Sendable, Equatable, Codable {
  /// Two classes, the angles between them, and what chance would give.
  public struct Pair: Sendable, Equatable, Codable {
    /// The index of the first class; less than `classB`.
    public let classA: Int
    /// The index of the second class.
    public let classB: Int
    /// The dimension of the first class's subspace.
    public let kA: Int
    /// The dimension of the second class's subspace.
    public let kB: Int
    /// The min(kA, kB) principal angles in radians, ascending.
    public let angles: [Double]
    /// The expected angles of random subspaces of these dimensions, radians, ascending.
    public let nullAngles: [Double]
  }

  /// The name of each class.
  public let classNames: [String]
  /// The share of each class's variance that its subspace holds.
  public let explainedVariances: [Double]
  /// Every unordered pair, in the order (0, 1), (0, 2), …, (1, 2), ….
  public let pairs: [Pair]

  /// Computes the angles between every two classes, on all workers.
  ///
  /// The result does not depend on the number of workers, which call OpenBLAS with one thread each.
  ///
  /// - Parameters:
  ///   - embedding: Samples, shape [n, d].
  ///   - classes: The class index of each row, n of them.
  ///   - classNames: The name of each class; the indices run below their count.
  ///   - rank: How many dimensions a class's subspace keeps.
  ///   - centered: Whether a class's mean is subtracted first.
  ///   - null: The expectation for unrelated subspaces, computed once for each pair of dimensions.
  ///   - precision: In which the samples were stored before they were widened.
  ///   - control: Stops between classes, draws and pairs.
  /// - Throws: `AnalysisError` for indices that do not fit, fewer than two classes, and, naming the
  ///   class, too few rows or a rank that its rows do not have; `LinearAlgebraError` for an element
  ///   that is not finite; `CancellationError`.
  /// - Complexity: O(n · d · min(n_c, d)) for the subspaces, and O(d · k²) a pair.
  public init(
    embedding: Matrix<Double>, classes: [Int], classNames: [String], rank: SubspaceRank,
    centered: Bool, null: RandomAngleExpectation, precision: ElementPrecision = .float64,
    control: ComputationControl = ComputationControl()
  ) throws {
    let members = try Self.members(
      of: classes, rows: embedding.rows, names: classNames, needed: centered ? 2 : 1)
    try embedding.requireFinite()
    (pairs, explainedVariances) = try BLAS.withThreads(1) {
      let subspaces = try Parallel.tryMap(count: members.count) { index in
        try control.check()
        do {
          return try Subspace(
            spanOfRows: embedding.selectingRows(members[index]), rank: rank, centered: centered,
            precision: precision)
        } catch let error as AnalysisError {
          throw AnalysisError.inClass(classNames[index], error)
        }
      }
      let pairs = try Self.pairs(of: subspaces, null: null, control: control)
      return (pairs, subspaces.map(\.explainedVariance))
    }
    self.classNames = classNames
  }

  /// Computes the angles between every two classes of a float32 embedding, in float64.
  ///
  /// - Parameters:
  ///   - embedding: Samples, shape [n, d].
  ///   - classes: The class index of each row, n of them.
  ///   - classNames: The name of each class; the indices run below their count.
  ///   - rank: How many dimensions a class's subspace keeps.
  ///   - centered: Whether a class's mean is subtracted first.
  ///   - null: The expectation for unrelated subspaces, computed once for each pair of dimensions.
  ///   - control: Stops between classes, draws and pairs.
  /// - Throws: As for a float64 embedding.
  public init(
    embedding: Matrix<Float>, classes: [Int], classNames: [String], rank: SubspaceRank,
    centered: Bool, null: RandomAngleExpectation,
    control: ComputationControl = ComputationControl()
  ) throws {
    try self.init(
      embedding: embedding.converted(to: Double.self), classes: classes, classNames: classNames,
      rank: rank, centered: centered, null: null, precision: embedding.narrowestPrecision,
      control: control)
  }

  private static func members(
    of classes: [Int], rows: Int, names: [String], needed: Int
  ) throws -> [[Int]] {
    if classes.count != rows {
      throw AnalysisError.classCountMismatch(rows: rows, classes: classes.count)
    }
    if names.count < 2 { throw AnalysisError.tooFewClasses(names.count) }
    var members = [[Int]](repeating: [], count: names.count)
    for (row, index) in classes.enumerated() {
      guard names.indices.contains(index) else {
        throw AnalysisError.classOutOfRange(row: row, index: index, classes: names.count)
      }
      members[index].append(row)
    }
    for (name, rows) in zip(names, members) where rows.count < needed {
      throw AnalysisError.tooFewRows(className: name, count: rows.count, needed: needed)
    }
    return members
  }

  private struct Dimensions: Hashable {
    let smaller: Int
    let larger: Int

    init(_ a: Subspace, _ b: Subspace) {
      smaller = min(a.dimension, b.dimension)
      larger = max(a.dimension, b.dimension)
    }
  }

  private static func pairs(
    of subspaces: [Subspace], null: RandomAngleExpectation, control: ComputationControl
  ) throws -> [Pair] {
    let indices = subspaces.indices.flatMap { a in (a + 1..<subspaces.count).map { b in (a, b) } }
    var computed: [Dimensions: [Double]] = [:]
    let nullAngles = try indices.map { a, b in
      let dimensions = Dimensions(subspaces[a], subspaces[b])
      let angles =
        try computed[dimensions]
        ?? null.expectedAngles(
          dimensions.smaller, dimensions.larger, ambientDimension: subspaces[a].ambientDimension,
          control: control)
      computed[dimensions] = angles
      return angles
    }
    return try Parallel.tryMap(count: indices.count) { index in
      try control.check()
      let (a, b) = (subspaces[indices[index].0], subspaces[indices[index].1])
      return Pair(
        classA: indices[index].0, classB: indices[index].1, kA: a.dimension, kB: b.dimension,
        angles: try principalAngles(a, b), nullAngles: nullAngles[index])
    }
  }
}
