import Analyses
import Files
import Fixtures
import Foundation
import LinearAlgebra
import RunFixtures
import Runs
import Testing

@testable import RunAnalyses

@Suite(.serialized)
struct FailuresAnalysisTests {
  /// Unit rows of the plane at some angles, in degrees.
  private func plane(_ degrees: [Double]) -> Matrix<Float> {
    Matrix(degrees.map { [Float(cos($0 * .pi / 180)), Float(sin($0 * .pi / 180))] })
  }

  private func number(_ line: [String: String], _ column: String) throws -> Double {
    try #require(line[column].flatMap { Double($0) }, "\(column)")
  }

  @Test func `five images by hand`() throws {
    // Classes at 0° and 90°; under noise the third of a goes over to b, and the fifth stays where it is.
    let run = try HandmadeRun(
      [
        "clean": plane([0, 10, 20, 80, 100]), "gaussian-1-s0": plane([0, 30, 70, 50, 100]),
      ], classes: ["a", "a", "a", "b", "b"], text: plane([0, 90]))
    let context = try run.context(["failures.neighbors=2"], logitScale: 10)
    try context.perform(FailuresAnalysis.self)
    let lines = try run.lines("failures.csv")
    #expect(lines.count == 5 && lines.map { $0["row"] } == ["0", "1", "2", "3", "4"])
    #expect(lines.map { $0["predicted"] } == ["a", "a", "b", "b", "b"])
    #expect(lines.map { $0["wrong"] } == ["false", "false", "true", "false", "false"])
    #expect(lines.map { $0["flipped"] } == ["false", "false", "true", "false", "false"])
    let tilt = [0.0, 20, 50, 30, 0]
    for (line, angle) in zip(lines, tilt) {
      #expect(abs(try number(line, "displacement") - (1 - cos(angle * .pi / 180))) < 1e-6)
    }
    // Clean neighbours: 1 2, 0 2, 1 0, 4 2, 3 2; noisy ones: 1 3, 3 0, 3 4, 1 2, 2 3.
    #expect(lines.map { $0["neighbor_loss"] } == ["0.5", "0.5", "1", "0.5", "0"])
    func margin(_ angle: Double) -> Double {
      abs(cos(angle * .pi / 180) - sin(angle * .pi / 180))
    }
    for (line, (clean, noisy)) in zip(
      lines, [(0.0, 0.0), (10, 30), (20, 70), (80, 50), (100, 100)])
    {
      #expect(abs(try number(line, "margin_clean") - margin(clean)) < 1e-6)
      #expect(abs(try number(line, "margin") - margin(noisy)) < 1e-6)
      for (name, angle) in [("confidence_clean", clean), ("confidence", noisy)] {
        #expect(abs(try number(line, name) - 1 / (1 + exp(-10 * margin(angle)))) < 1e-6)
      }
    }
    // The third is told by the mean of b, of which it is none; the fourth by that of the fifth alone.
    let mean = [80.0, 100].map { (cos($0 * .pi / 180), sin($0 * .pi / 180)) }
    let (x, y) = ((mean[0].0 + mean[1].0) / 2, (mean[0].1 + mean[1].1) / 2)
    let third = hypot(cos(70 * .pi / 180) - x, sin(70 * .pi / 180) - y)
    #expect(abs(try number(lines[2], "predicted_distance") - third) < 1e-6)
    #expect(abs(try number(lines[3], "predicted_distance") - 2 * sin(25 * .pi / 180)) < 1e-6)
    // The four others of the first: chords of 30°, 50°, 70° and 100°.
    let chords = [30.0, 50, 70, 100].map { 2 * sin($0 / 2 * .pi / 180) }
    let dimension = 3 / chords.dropLast().reduce(0) { $0 + log(chords[3] / $1) }
    #expect(abs(try number(lines[0], "dimension") - dimension) < 1e-5)

    let scores = try run.lines("failure_scores.csv")
    #expect(scores.count == 2 * 2 * 9)
    let one = try #require(
      scores.first {
        $0["level"] == "1" && $0["event"] == "wrong" && $0["signal"] == "displacement"
      }
    )
    #expect(one["auroc"] == "1" && one["images"] == "5" && one["events"] == "1")
    #expect(one["needs_clean"] == "yes" && one["auroc_low"] == "" && one["p"] == "")
    #expect(one["note"] == "no interval: fewer than 10 images with the event")
  }

  /// Seven classes around seven axes, widened by noise of two levels with two seeds each, and by blur.
  private func run() throws -> HandmadeRun {
    func points(_ spread: Float, seed: UInt64) -> Matrix<Float> {
      let numbers = RandomStream(domain: "test/seven", seed: seed).normals(count: 84 * 8)
      return Matrix(
        (0..<84).map { row in
          (0..<8).map { spread * numbers[8 * row + $0] + ($0 == row % 7 ? 1 : 0) }
        })
    }
    var text = Matrix<Float>(rows: 7, columns: 8)
    for label in 0..<7 { text[label, label] = 1 }
    return try HandmadeRun(
      [
        "clean": points(0.2, seed: 0), "gaussian-1-s0": points(0.5, seed: 1),
        "gaussian-1-s1": points(0.5, seed: 2), "gaussian-2-s0": points(0.8, seed: 3),
        "gaussian-2-s1": points(0.8, seed: 4), "blur-2": points(0.6, seed: 5),
      ], classes: (0..<84).map { "c\($0 % 7)" }, text: text)
  }

  private let quick = ["statistics.permutations=199"]

  private func bytes(_ run: HandmadeRun) throws -> [Data] {
    try FailuresAnalysis.files.map { try FileContents.read(run.run.file($0.pattern.text)) }
  }

  @Test func `a run is measured, every table is what it is declared as, and columns agree`() throws
  {
    let run = try run()
    let context = try run.context(quick + ["statistics.replicates=20"], logitScale: 20)
    try context.perform(ZeroShotAnalysis.self)
    let said = try context.perform(FailuresAnalysis.self)
    #expect(said.contains("| gaussian | confidence | no | 0."))
    #expect(said.contains("\ngaussian: ") && said.contains("\nblur: "))
    let images = try #require(try run.run.table(FailureColumns.file))
    #expect(images.count == 5 * 84)
    let predictions = try run.lines("predictions.csv").filter { $0["noise"] != "none" }
    #expect(try images[FailureColumns.predicted] == predictions.map { $0["predicted"] })
    #expect(
      try images[FailureColumns.confidence].map(\.field) == predictions.map { $0["confidence"] })
    let scores = try #require(try run.run.table(FailureScoreColumns.file))
    #expect(scores.count == (3 + 2) * 2 * 9)
    // By another way: pairs of the images of a level.
    let level = try images.rows(
      where: ConditionColumns.noise == "gaussian", ConditionColumns.level == 2)
    let (wrong, margins) = (try level[FailureColumns.wrong], try level[FailureColumns.margin])
    var (pairs, all) = (0.0, 0.0)
    for a in wrong.indices where wrong[a] {
      for b in wrong.indices where !wrong[b] {
        all += 1
        pairs += margins[a] < margins[b] ? 1 : margins[a] == margins[b] ? 0.5 : 0
      }
    }
    let row = try scores.rows(
      where: FailureScoreColumns.noise == "gaussian", FailureScoreColumns.level == 2,
      FailureScoreColumns.event == "wrong", FailureScoreColumns.signal == "margin")
    #expect(abs(try #require(row[FailureScoreColumns.auroc][0]) - pairs / all) < 1e-12)
    #expect(try row[FailureScoreColumns.events] == [wrong.count { $0 }])
    #expect(try row[FailureScoreColumns.aurocLow][0] != nil)
    #expect(try row[FailureScoreColumns.adjusted][0] ?? 0 >= row[FailureScoreColumns.p][0] ?? 1)
    // The loss of a class is the mean over its images.
    let losses = try context.analysis(GeometryAnalysis.self).changes(context)[1].values
    let blurred = try images.rows(where: ConditionColumns.noise == "blur")
    let own = try zip(
      blurred[FailureColumns.className], blurred[FailureColumns.neighborLoss]
    ).filter { $0.0 == "c3" }.map(\.1)
    #expect(abs(own.reduce(0, +) / Double(own.count) - (losses[3][4] ?? 2)) < 1e-12)
  }

  @Test func `the same bytes with a store, from a store and without, on any number of threads`()
    throws
  {
    let run = try run()
    let folder = try TemporaryFolder()
    func written(_ store: UnitStore) throws -> [Data] {
      try run.context(quick, logitScale: 20, store: store).perform(FailuresAnalysis.self)
      return try bytes(run)
    }
    let workers = Parallel.workers
    defer { Parallel.workers = workers }
    Parallel.workers = 1
    let first = try written(UnitStore(folder: nil))
    Parallel.workers = 3
    #expect(try written(UnitStore(folder: folder.path)) == first)
    #expect(try written(UnitStore(folder: folder.path)) == first)
    func unfinished(_ settings: String...) throws -> [String] {
      try run.context(quick + settings, logitScale: 20, store: UnitStore(folder: folder.path))
        .unfinished(FailuresAnalysis.self)
    }
    #expect(try unfinished().isEmpty && unfinished("statistics.replicates=7").isEmpty)
    #expect(
      try unfinished("statistics.seed=3") == [
        "failures 1: scores gaussian", "failures 1: scores blur",
      ])
    // The clean images have no neighbours to lose.
    #expect(try unfinished("failures.neighbors=3").count == 5 + 2)
    #expect(try unfinished("failures.dimension-neighbors=5").count == 6 + 2)
  }

  @Test func `nothing without classes, clean images or noise, and too few are refused`() throws {
    let noisy = try HandmadeRun(
      ["gaussian-1-s0": HandmadeRun.clusters(4)], classes: HandmadeRun.classes(4),
      text: HandmadeRun.clusters(1))
    #expect(try noisy.context(logitScale: 10).perform(FailuresAnalysis.self) == "")
    let clean = try HandmadeRun(
      ["clean": HandmadeRun.clusters(4)], classes: HandmadeRun.classes(4),
      text: HandmadeRun.clusters(1))
    #expect(try clean.context(logitScale: 10).perform(FailuresAnalysis.self) == "")
    let both = try run()
    #expect(try both.context().perform(FailuresAnalysis.self) == "")
    #expect(!FileManager.default.fileExists(atPath: both.run.file("failures.csv")))
    #expect(try both.context().analysis(FailuresAnalysis.self).units(both.context()).isEmpty)
    let analysis = FailuresAnalysis(FailureSettings())
    #expect(
      problem { try analysis.require(both.samples.selecting([0, 1, 2, 3])) }.contains(
        "there are 4"))
    #expect(problem { try analysis.require(both.samples) } == "")
  }

  @Test func `copies have no dimension, and a class of one image no distance`() throws {
    var points = HandmadeRun.clusters(4)
    for column in 0..<4 { points[3, column] = points[0, column] }
    let classes = (0..<12).map { $0 == 11 ? "d" : ["a", "b", "c"][$0 % 3] }
    var text = Matrix<Float>(rows: 4, columns: 4)
    for (label, axis) in [0, 1, 3, 2].enumerated() { text[label, axis] = 1 }
    let run = try HandmadeRun(
      ["clean": points, "gaussian-1-s0": points], classes: classes, text: text)
    try run.context(quick, logitScale: 10).perform(FailuresAnalysis.self)
    let lines = try run.lines("failures.csv")
    #expect(lines[0]["dimension"] == "" && lines[3]["dimension_clean"] == "")
    #expect(lines[1]["dimension"] != "" && lines[0]["displacement"] == "0")
    #expect(lines.allSatisfy { $0["neighbor_loss"] == "0" && $0["flipped"] == "false" })
    #expect(lines[11]["predicted"] == "d" && lines[11]["predicted_distance"] == "")
    let scores = try run.lines("failure_scores.csv")
    #expect(
      scores.contains { $0["event"] == "flip" && $0["note"] == "no image has the event" })
  }
}
