import Fixtures
import LinearAlgebra
import Testing

@testable import Analyses

@Suite(.serialized)
struct ClasswiseAnglesTests {
  private let names = ["cat", "dog", "eel", "fox"]
  private let embedding = Matrix<Double>.gaussian(60, 24)
  // Interleaved, with unequal counts: 20, 20, 10 and 10.
  private let classes = (0..<60).map { [0, 1, 2, 0, 1, 3][$0 % 6] }

  private func angles(
    _ embedding: Matrix<Double>? = nil, classes: [Int]? = nil, names: [String]? = nil,
    rank: SubspaceRank = .automatic, centered: Bool = true
  ) throws -> ClasswiseAngles {
    try ClasswiseAngles(
      embedding: embedding ?? self.embedding, classes: classes ?? self.classes,
      classNames: names ?? self.names, rank: rank, centered: centered,
      null: RandomAngleExpectation(draws: 50))
  }

  @Test func `every pair appears once, in order`() throws {
    let pairs = try angles().pairs
    #expect(pairs.map(\.classA) == [0, 0, 0, 1, 1, 2])
    #expect(pairs.map(\.classB) == [1, 2, 3, 2, 3, 3])
  }

  @Test(arguments: [SubspaceRank.automatic, .fixed(3), .full], [true, false])
  func `a pair holds the angles of its classes and their expectation`(
    rank: SubspaceRank, centered: Bool
  ) throws {
    let result = try angles(rank: rank, centered: centered)
    let subspaces = try names.indices.map { index in
      try Subspace(
        spanOfRows: embedding.selectingRows(classes.indices.filter { classes[$0] == index }),
        rank: rank, centered: centered)
    }
    #expect(result.explainedVariances == subspaces.map(\.explainedVariance))
    for pair in result.pairs {
      let (a, b) = (subspaces[pair.classA], subspaces[pair.classB])
      #expect(pair.kA == a.dimension && pair.kB == b.dimension)
      let expected = try principalAngles(a, b)
      #expect(pair.angles.count == expected.count)
      for (x, y) in zip(pair.angles, expected) { #expect(abs(x - y) < 1e-12) }
      #expect(
        pair.nullAngles
          == (try RandomAngleExpectation(draws: 50).expectedAngles(
            pair.kA, pair.kB, ambientDimension: 24)))
    }
  }

  @Test func `unrelated classes have the angles of chance`() throws {
    let result = try ClasswiseAngles(
      embedding: Matrix<Double>.gaussian(200, 64), classes: (0..<200).map { $0 % 10 },
      classNames: (0..<10).map { "class \($0)" }, rank: .fixed(5), centered: false,
      null: RandomAngleExpectation())
    for i in 0..<5 {
      let mean = result.pairs.reduce(0) { $0 + $1.angles[i] } / Double(result.pairs.count)
      #expect(abs(mean - result.pairs[0].nullAngles[i]) < 0.05)
    }
  }

  @Test(arguments: [SubspaceRank.automatic, .fixed(20), .full])
  func `the number of workers does not change a bit`(rank: SubspaceRank) throws {
    let before = Parallel.workers
    defer { Parallel.workers = before }
    let data = Matrix<Double>.gaussian(400, 96, seed: 4)
    let results = try [1, 2, 1, 3].map { workers in
      Parallel.workers = workers
      return try angles(data, classes: (0..<400).map { $0 % 11 % 4 }, rank: rank)
    }
    #expect(results.allSatisfy { $0 == results[0] })
  }

  @Test func `float32 rows give the angles of the same numbers in float64`() throws {
    // The test's normal numbers are float32, so the conversion is exact.
    let single = try ClasswiseAngles(
      embedding: embedding.converted(to: Float.self), classes: classes, classNames: names,
      rank: .automatic, centered: true, null: RandomAngleExpectation(draws: 50))
    #expect(single == (try angles()))
  }

  // MARK: Errors

  @Test func `a class with too few rows is named`() throws {
    let data = embedding.selectingRows(0..<7)
    let indices = [0, 0, 1, 1, 2, 3, 3]
    let error = AnalysisError.tooFewRows(className: "eel", count: 1, needed: 2)
    #expect(throws: error) { try angles(data, classes: indices) }
    #expect(error.description.contains("\"eel\" has 1 row"))
    #expect(try angles(data, classes: indices, centered: false).pairs.count == 6)
    #expect(throws: AnalysisError.tooFewRows(className: "fox", count: 0, needed: 1)) {
      try angles(data, classes: [0, 0, 1, 1, 2, 2, 2], centered: false)
    }
  }

  @Test func `a class without the rank or without variance is named`() {
    let error = AnalysisError.inClass("eel", .rankTooLarge(requested: 12, numericalRank: 9))
    #expect(throws: error) { try angles(rank: .fixed(12)) }
    #expect(error.description.hasPrefix("class \"eel\": rank 12 was asked for"))
    var equal = embedding
    for i in classes.indices where classes[i] == 1 {
      for j in 0..<24 { equal[i, j] = 0.1 }
    }
    #expect(throws: AnalysisError.inClass("dog", .noVariance(centered: true))) {
      try angles(equal)
    }
  }

  @Test func `indices that do not fit are refused`() {
    #expect(throws: AnalysisError.classCountMismatch(rows: 60, classes: 59)) {
      try angles(classes: Array(classes.dropLast()))
    }
    for wrong in [-1, 4] {
      var indices = classes
      indices[8] = wrong
      #expect(throws: AnalysisError.classOutOfRange(row: 8, index: wrong, classes: 4)) {
        try angles(classes: indices)
      }
    }
    #expect(throws: AnalysisError.tooFewClasses(1)) {
      try angles(classes: [Int](repeating: 0, count: 60), names: ["cat"])
    }
  }

  @Test func `a row that is not finite is named by its place in the embedding`() {
    var data = embedding
    data[41, 7] = .nan
    #expect(throws: LinearAlgebraError.notFinite(row: 41, column: 7, value: "nan")) {
      try angles(data)
    }
  }
}
