import Analyses
import Files
import Fixtures
import Foundation
import LinearAlgebra
import RunFixtures
import Runs
import Testing

@testable import RunAnalyses

struct ProbeAnalysisTests {
  private let quick = ["statistics.replicates=20", "probe.regularizations=1,10"]

  /// Six images on a circle, in degrees, of classes a, a, a, b, b, b; under noise two of them change places.
  private func circle(_ clean: [Double], noisy: [Double]) throws -> HandmadeRun {
    func points(_ degrees: [Double]) -> Matrix<Float> {
      Matrix(degrees.map { [Float(cos($0 * .pi / 180)), Float(sin($0 * .pi / 180))] })
    }
    return try HandmadeRun(
      ["clean": points(clean), "gaussian-1-s0": points(noisy)],
      classes: ["a", "a", "a", "b", "b", "b"])
  }

  private func accuracies(_ run: HandmadeRun, _ probe: String) throws -> [String: [Double?]] {
    let lines = try run.lines("probes.csv").filter { $0["probe"] == probe }
    return Dictionary(grouping: lines) { $0["neighbors"] ?? "" }.mapValues { lines in
      lines.map { $0["accuracy"].flatMap { Double($0) } }
    }
  }

  @Test func `votes by hand: the image itself is left out, and so is its clean twin`() throws {
    // 2 stands between the classes, nearer to 3; noise turns nothing but sends 0 to where 5 is.
    let run = try circle([0, 10, 33, 40, 51, 60], noisy: [59, 10, 33, 40, 51, 60])
    try run.context(quick + ["probe.neighbors=1,2,4"]).perform(ProbeAnalysis.self)
    let votes = try accuracies(run, "knn")
    let expected: [Double] = [4.0 / 6, 3.0 / 6]
    // One: 1, 0, 3 (b), 2 (a), 5 (60 − 51 is 9, 40 is 11), 4; right for 0, 1, 4, 5. Noisy 0 is told by 5, and 5 and
    // 2 to 4 as before: their twins are left out.
    #expect(votes["1"] == expected)
    // Two: a tie of a and b is a. 0: 1, 2; 1: 0, 2; 2: 3, 4 (b); 3: 2, 4 (tie, a); 4: 5, 3; 5: 4, 3.
    #expect(votes["2"] == expected)
    // Four of five others: of each class there are three, less the image itself.
    let lines = try run.lines("probes.csv").filter { $0["neighbors"] == "4" }
    #expect(lines.map { $0["training"] } == ["5", "5"] && lines.map { $0["count"] } == ["6", "6"])
    #expect(lines.map { $0["chance"] } == ["0.5", "0.5"])
    let losses = try run.lines("probes.csv").filter { $0["neighbors"] == "1" }.map { $0["loss"] }
    #expect(losses == ["", (1.0 / 6).shortestText])
    let methods = try run.lines("probes.csv").filter { $0["neighbors"] == "1" }
    #expect(methods.map { $0["accuracy_interval"] } == ["clopper-pearson", "clopper-pearson"])
    #expect(methods.map { $0["loss_interval"] } == ["", "bonett-price"])
  }

  @Test func `linear probes tell every image by others, and the folds are written`() throws {
    let run = try HandmadeRun(
      [
        "clean": HandmadeRun.clusters(20),
        "gaussian-1-s0": HandmadeRun.clusters(20, seed: 2, spread: 0.6),
      ], classes: HandmadeRun.classes(20))
    let context = try run.context(quick)
    let said = try context.perform(ProbeAnalysis.self)
    let linear = try #require(try accuracies(run, "linear")[""])
    #expect(linear[0] ?? 0 > 0.95 && linear[1] ?? 1 < 0.95 && linear[1] ?? 0 > 0.4)
    let folds = try run.lines("probe-folds.csv")
    #expect(folds.count == 60 && Set(folds.compactMap { $0["fold"] }).count == 5)
    let fits = try run.lines("probe-fits.csv")
    #expect(fits.map { $0["fold"] } == ["0", "1", "2", "3", "4"])
    #expect(fits.allSatisfy { $0["training"] == "48" && $0["validation"] == "12" })
    #expect(fits.allSatisfy { $0["classes"] == "3" && $0["evaluated"] == "folds" })
    // By another way: the fit of a fold again.
    let part = try #require(ProbeDesign(context.samples, ProbeSettings()).parts.first)
    let unit: Matrix<Double> = try context.unitRows(.clean).converted()
    let fit = try MultinomialLogisticRegression(
      fitting: unit.selectingRows(part.final),
      labels: part.final.map { context.samples.labels[$0] }, classCount: 3,
      inverseRegularization: fits[0]["c"].flatMap { Double($0) } ?? 0)
    let objective = fits[0]["objective"].flatMap { Double($0) } ?? 0
    #expect(abs(objective - fit.objective) < 1e-9 * fit.objective)
    #expect(said.contains("| noise | level | seed | 1-NN | 5-NN | 20-NN | linear probe |"))
  }

  @Test func `the losses are measures of change of every class`() throws {
    let run = try circle([0, 10, 33, 40, 51, 60], noisy: [59, 10, 33, 40, 51, 60])
    let context = try run.context(quick + ["probe.neighbors=1,2"])
    let changes = try context.analysis(ProbeAnalysis.self).changes(context)
    #expect(changes.map(\.measure.name) == ["knn_loss", "linear_loss"])
    #expect(changes.allSatisfy { $0.measure.family == .geometry })
    // Of class a one image of three is lost by one neighbour and by two; of b none.
    #expect(changes[0].values == [[1.0 / 3], [0]])
    #expect(
      try context.analysis(ProbeAnalysis.self).changeUnits(context).allSatisfy { unit in
        try context.analysis(ProbeAnalysis.self).units(context).contains {
          $0.key.digest == unit.key.digest
        }
      })
    // Of a run that has no probe the table of changes is as it was.
    let without = RunContext(
      run: run.run, samples: run.samples, conditions: run.conditions, analyses: AnalysisSet(),
      chosen: [])
    #expect(try without.analysis(ProbeAnalysis.self).changes(without).isEmpty)
    #expect(try without.analysis(ProbeAnalysis.self).changeUnits(without).isEmpty)
  }

  @Test func `splits decide where there are any`() throws {
    let run = try HandmadeRun(
      ["clean": HandmadeRun.clusters(10)], classes: HandmadeRun.classes(10))
    let splits = (0..<30).map { $0 < 15 ? "train" : $0 < 21 ? "val" : $0 < 27 ? "test" : "more" }
    let context = RunContext(
      run: run.run,
      samples: SampleTable(
        paths: run.samples.paths, classNames: HandmadeRun.classes(10), splits: splits),
      conditions: run.conditions,
      analyses: try AnalysisSet(ConfigurationSection(assignments: quick)), chosen: ["probe"])
    try context.perform(ProbeAnalysis.self)
    let fits = try run.lines("probe-fits.csv")
    #expect(fits.count == 1 && fits[0]["fold"] == "" && fits[0]["evaluated"] == "test more")
    #expect(fits[0]["training"] == "15" && fits[0]["validation"] == "6")
    #expect(!FileManager.default.fileExists(atPath: run.run.file("probe-folds.csv")))
    let linear = try run.lines("probes.csv").filter { $0["probe"] == "linear" }
    #expect(linear.map { $0["count"] } == ["9"])
  }

  @Test func `too few for a probe, and nothing without clean images`() throws {
    // A class an image: no neighbour is right.
    let single = try HandmadeRun(
      ["clean": HandmadeRun.clusters(2)], classes: (0..<6).map { "c\($0)" })
    try single.context(quick).perform(ProbeAnalysis.self)
    #expect(try accuracies(single, "knn") == ["1": [0], "5": [0]])
    // None of six: 1 − .025^(1/6).
    for line in try single.lines("probes.csv") {
      #expect(line["accuracy_low"] == "0" && line["accuracy_interval"] == "clopper-pearson")
      let high = line["accuracy_high"].flatMap { Double($0) } ?? 0
      #expect(abs(high - (1 - pow(0.025, 1.0 / 6))) < 1e-9)
    }
    let noisy = try HandmadeRun(
      ["gaussian-1-s0": HandmadeRun.clusters(4)], classes: HandmadeRun.classes(4))
    #expect(try noisy.context(quick).perform(ProbeAnalysis.self) == "")
    #expect(!FileManager.default.fileExists(atPath: noisy.run.file("probes.csv")))
    let analysis = ProbeAnalysis(ProbeSettings())
    let samples = noisy.samples
    #expect(
      problem { try analysis.require(samples.selecting([0, 3, 6, 9])) }.contains("there are 4 of 1")
    )
    #expect(problem { try analysis.require(samples) } == "")
  }

  @Test func `a row without a direction is named`() throws {
    var points = HandmadeRun.clusters(4)
    for column in 0..<4 { points[5, column] = 0 }
    let run = try HandmadeRun(["clean": points], classes: HandmadeRun.classes(4))
    #expect(
      problem { _ = try run.context(quick).perform(ProbeAnalysis.self) }.contains(
        "embeddings/clean.npy: row 5 (counted from 0) is all zeros"))
  }

  @Test func `what is kept is written to the same bytes, on one thread or two`() throws {
    let run = try HandmadeRun(
      [
        "clean": HandmadeRun.clusters(8),
        "gaussian-1-s0": HandmadeRun.clusters(8, seed: 3, spread: 0.5),
      ], classes: HandmadeRun.classes(8))
    let folder = try TemporaryFolder()
    func written(_ store: UnitStore, _ settings: [String] = []) throws -> [Data] {
      try run.context(quick + settings, store: store).perform(ProbeAnalysis.self)
      return try ProbeAnalysis.files.map { try FileContents.read(run.run.file($0.pattern.text)) }
    }
    let workers = Parallel.workers
    defer { Parallel.workers = workers }
    Parallel.workers = 1
    let computed = try written(UnitStore(folder: nil))
    Parallel.workers = 2
    #expect(try written(UnitStore(folder: folder.path)) == computed)
    let later = UnitStore(folder: folder.path)
    func unfinished(_ settings: String...) throws -> [String] {
      try run.context(quick + settings, store: later).unfinished(ProbeAnalysis.self)
    }
    #expect(try unfinished().isEmpty)
    #expect(try written(later) == computed)
    // Other neighbours are votes alone; another seed is other folds, and no votes.
    #expect(
      try unfinished("probe.neighbors=2") == [
        "probe 2: votes clean", "probe 2: votes gaussian-1-s0", "probe 2: accuracy clean",
        "probe 2: accuracy gaussian-1-s0",
      ])
    #expect(try unfinished("probe.seed=1").allSatisfy { !$0.contains("votes") })
    #expect(
      try unfinished("statistics.replicates=21") == [
        "probe 2: accuracy clean", "probe 2: accuracy gaussian-1-s0",
      ])
  }
}
