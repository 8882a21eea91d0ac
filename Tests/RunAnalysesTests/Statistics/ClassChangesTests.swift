import Analyses
import Files
import Fixtures
import Foundation
import LinearAlgebra
import RunFixtures
import Runs
import Testing

@testable import RunAnalyses

struct ClassChangesTests {
  private let header =
    "scope,dimension,noise,level,seed,metric,order,ground,essential,scale,distance\n"

  private static let angles = {
    var settings = AngleSettings()
    settings.rank = .fixed(1)
    return settings
  }()

  private func changes(
    _ place: HandmadeRun, scores: [ConditionScores]? = nil, maximumDimension: Int = 0
  ) throws -> ClassChanges {
    try ClassChanges(
      .init(
        run: place.run, samples: place.samples, conditions: place.conditions, scores: scores,
        angles: Self.angles, neighbors: 2, maximumDimension: maximumDimension))
  }

  /// Two classes of five points on the circle; under noise the second is turned by a quarter.
  private func run() throws -> HandmadeRun {
    func points(turn: Double) -> Matrix<Float> {
      var matrix = Matrix<Float>(rows: 10, columns: 2)
      for row in 0..<10 {
        let angle = 0.1 * Double(row * row % 7) + (row < 5 ? 0 : 2 + turn)
        (matrix[row, 0], matrix[row, 1]) = (Float(cos(angle)), Float(sin(angle)))
      }
      return matrix
    }
    return try HandmadeRun(
      ["clean": points(turn: 0), "gaussian-1-s0": points(turn: .pi / 2)],
      classes: (0..<10).map { $0 < 5 ? "a" : "b" })
  }

  @Test func `a class that stays changes by nothing, and one that is turned by the turn`() throws {
    let place = try run()
    let measures = try changes(place).measures
    func values(_ name: String) throws -> [Double] {
      let measure = try #require(measures.first { $0.name == name })
      return measure.values.compactMap { $0[0] }
    }
    #expect(try values("paired_distance")[0] == 0)
    #expect(abs(try values("paired_distance")[1] - 2.0.squareRoot()) < 1e-6)
    #expect(try values("angle")[0] < 1e-6 && abs(values("angle")[1] - .pi / 2) < 1e-6)
    // A rotation keeps distances.
    #expect(try values("cka_loss").allSatisfy { abs($0) < 1e-6 })
    #expect(try values("neighbor_loss").allSatisfy { $0 <= 1 && $0 >= 0 })
  }

  @Test func `accuracy, distances and diagrams are those of the run's tables`() throws {
    let place = try run()
    let labels = place.samples.labels
    let rights: [[Float]] = labels.map { $0 == 0 ? [1, 0] : [0, 1] }
    let lost: [[Float]] = labels.indices.map { $0 < 7 ? [1, 0] : [0, 1] }
    try AtomicFile.write(
      header + "all,0,gaussian,1,0,bottleneck,inf,inf,birth-order,none,9\n"
        + "class-a,0,gaussian,1,0,bottleneck,inf,inf,birth-order,none,0.25\n"
        + "class-b,0,gaussian,1,0,bottleneck,inf,inf,birth-order,none,inf\n"
        + "class-a,0,gaussian,1,0,wasserstein,2,inf,birth-order,median,0.5\n"
        + "class-b,0,gaussian,1,0,wasserstein,2,inf,birth-order,median,\n",
      to: place.run.file("distances.csv"))
    for (name, death) in ["all": 1.0, "class-a": 1, "class-b": 3] {
      for condition in place.conditions {
        let end = condition == .clean ? 1 : death
        try AtomicFile.write(
          "dimension,birth,death\n0,0,\(end)\n0,0,1\n0,0,inf\n",
          to: place.run.file("diagrams/\(name)-\(condition.name).csv"))
      }
    }
    let changes = try changes(
      place,
      scores: [
        try scores(rights, labels: labels), try scores(lost, labels: labels, "gaussian-1-s0"),
      ])
    let table = changes.table(groups: [.init(name: "second", classes: ["b"])])
    let csv = try CSV(table.csv, file: "changes.csv")
    func fields(_ names: [String]) throws -> [[String]] {
      let columns = try names.map { try csv.column($0) }
      return csv.records.map { record in columns.map { record.fields[$0] } }
    }
    #expect(
      try fields(["class", "group", "count", "accuracy_clean", "accuracy", "drop"]) == [
        ["a", "", "5", "1", "1", "0"], ["b", "second", "5", "1", "0.6", "0.4"],
      ])
    #expect(
      try fields(["bottleneck_h0", "wasserstein2_h0_scaled"]) == [["0.25", "0.5"], ["inf", ""]])
    let persistence = try fields(["total_persistence_h0", "entropy_h0"])
    #expect(persistence[0] == ["0", "0"] && persistence[1][0] == "2")
    // Shares 3/4 and 1/4 in place of two halves.
    let entropy = log(2) - (0.75 * log(4.0 / 3) + 0.25 * log(4))
    #expect(abs((Double(persistence[1][1]) ?? 0) - entropy) < 1e-12)
  }

  @Test func `equal drops are equal to the last bit, whatever the accuracies`() throws {
    func share(_ name: String, _ a: Double, _ b: Double) throws -> ClassChanges.Measure {
      ClassChanges.Measure(name: name, values: [[a], [b]])
    }
    let changes = ClassChanges(
      conditions: [try #require(Condition(name: "gaussian-1-s0"))], classes: ["a", "b"],
      classCounts: [10, 10],
      accuracy: (clean: [0.6, 0.5], noisy: try share("accuracy", 0.4, 0.3)), measures: [],
      cleanSizes: [nil, nil])
    #expect(0.6 - 0.4 != 0.5 - 0.3)
    #expect(changes.drop(0, 0) == 0.2 && changes.drop(1, 0) == 0.2)
    // Of two classes, 0.5 is guessing: nothing is there to be lost.
    #expect(changes.relativeDrop(0, 0) == 0.2 / 0.6 && changes.relativeDrop(1, 0) == nil)
  }

  @Test func `a damaged distance is named with its line`() throws {
    let place = try run()
    try AtomicFile.write(
      header + "class-a,0,gaussian,1,0,bottleneck,inf,inf,birth-order,none,nan\n",
      to: place.run.file("distances.csv"))
    #expect(problem { _ = try changes(place) }.contains("line 2: distance is \"nan\""))
  }
}
