import Files
import LinearAlgebra
import RunFixtures
import Runs
import Testing

@testable import RunAnalyses

struct ClassChangesTests {
  @Test func `accuracy and measures of every class, in the order of the registry`() throws {
    let clean = Matrix<Float>(
      (0..<12).map { $0 < 6 ? [1, 0.1 * Float($0 % 5), 0] : [0, 1, 0.1 * Float($0 % 4)] })
    var noisy = clean
    // Two images of b are now those of a.
    for row in 6..<8 { for column in 0..<3 { noisy[row, column] = clean[row - 6, column] } }
    let run = try HandmadeRun(
      ["clean": clean, "gaussian-1-s0": noisy], classes: (0..<12).map { $0 < 6 ? "a" : "b" },
      text: Matrix([[1, 0, 0], [0, 1, 0]]))
    let context = try run.context(["statistics.replicates=10"], logitScale: 1)
    let scores = try ZeroShotClassification(context)?.scores()
    let table = try ClassChanges(context, scores: scores)
      .table(groups: [.init(name: "second", classes: ["b"])])
    #expect(try table[ChangeColumns.className] == ["a", "b"])
    #expect(try table[ChangeColumns.group] == [nil, "second"])
    #expect(try table[ChangeColumns.count] == [6, 6])
    #expect(try table[ChangeColumns.cleanAccuracy] == [1, 1])
    #expect(try table[ChangeColumns.accuracy] == [1, 4.0 / 6])
    #expect(try table[ChangeColumns.drop] == [0, 2.0 / 6])
    let columns = table.columns.map(\.name).dropFirst(ChangeColumns.file.columns.count)
    let measures = AnalysisRegistry.measures.map(\.name).filter(columns.contains)
    #expect(Array(columns) == measures)
    // Analyses that are added since put theirs among them.
    let some = ["bottleneck_h0", "cka_loss", "neighbor_loss", "angle", "paired_distance"]
    #expect(measures.filter(some.contains) == some)
    let moved = try table[ChangeColumns.measure(GeometryAnalysis.pairedDistance)]
    #expect(moved[0] == 0 && moved[1] ?? 0 > 0)
    #expect(try table[ChangeColumns.cleanSize].allSatisfy { $0 ?? 0 > 0 })
  }

  @Test func `equal drops are equal to the last bit, whatever the accuracies`() throws {
    let changes = ClassChanges(
      conditions: [try #require(Condition(name: "gaussian-1-s0"))], classes: ["a", "b"],
      classCounts: [10, 10], accuracy: (clean: [0.6, 0.5], noisy: [[0.4], [0.3]]), measures: [],
      cleanSizes: [nil, nil])
    #expect(0.6 - 0.4 != 0.5 - 0.3)
    #expect(changes.drop(0, 0) == 0.2 && changes.drop(1, 0) == 0.2)
    // Of two classes, 0.5 is guessing: nothing is there to be lost.
    #expect(changes.relativeDrop(0, 0) == 0.2 / 0.6 && changes.relativeDrop(1, 0) == nil)
  }
}
