import Analyses
import Files
import Fixtures
import Foundation
import LinearAlgebra
import RunFixtures
import Runs
import Testing

@testable import RunAnalyses

struct GeometryAnalysisTests {
  private func write(_ run: HandmadeRun, _ settings: [String] = [], hasText: Bool = false) throws {
    try run.context(settings, logitScale: hasText ? 100 : nil).perform(GeometryAnalysis.self)
  }

  private func number(_ line: [String: String], _ column: String) -> Double {
    line[column].flatMap { Double($0) } ?? .nan
  }

  @Test func `every number is the library's`() throws {
    let (clean, noisy) = (HandmadeRun.clusters(8), HandmadeRun.clusters(8, seed: 2, spread: 0.3))
    let text = Matrix<Float>([[0, 0, 0, 2], [0, 0, 3, 0], [1, 1, 0, 0]])
    let classes = HandmadeRun.classes(8)
    let run = try HandmadeRun(
      ["clean": clean, "gaussian-1-s0": noisy], classes: classes, text: text)
    try write(
      run, ["geometry.overlap-neighbors=4", "geometry.dimension-neighbors=6"], hasText: true)
    let lines = try run.lines("geometry.csv")
    #expect(lines.map { $0["noise"] } == ["none", "gaussian"])
    let first = try UnitRows(clean)
    let before = try NearestNeighbors(of: first.rows, count: 6, metric: .euclidean)
    for (line, points) in zip(lines, [clean, noisy]) {
      let unit = try UnitRows(points)
      let near = try NearestNeighbors(of: unit.rows, count: 6, metric: .euclidean)
      let (reference, own) = (try Representation(first.rows), try Representation(unit.rows))
      let alignment = try CenteredKernelAlignment(reference, own)
      let cosines = try CosineDistribution(of: unit)
      let twoNN = try IntrinsicDimension.twoNN(near)
      let labels = classes.map { $0 == "a" ? 0 : $0 == "b" ? 1 : 2 }
      let expected: [String: Double] = [
        "count": 24, "overlap_neighbors": 4, "dimension_neighbors": 6, "cka": alignment.biased,
        "cka_unbiased": alignment.unbiased,
        "procrustes": try ProcrustesAlignment(of: own, onto: reference).disparity,
        "neighbor_overlap": try NeighborOverlap(before.nearest(4), near.nearest(4)).mean,
        "paired_squared_distance": try meanSquaredDistance(first, unit),
        "alignment": try Analyses.alignment(of: unit, classes: labels),
        "uniformity": cosines.uniformity,
        "modality_gap": try modalityGap(images: unit, text: UnitRows(text)),
        "two_nn": twoNN.dimension, "two_nn_left_out": Double(twoNN.leftOut),
        "mle_dimension": try IntrinsicDimension.maximumLikelihood(near).dimension,
        "cosine_mean": cosines.mean, "cosine_deviation": cosines.standardDeviation,
        "cosine_duplicates": Double(cosines.duplicates),
      ]
      #expect(Set(line.keys) == Set(expected.keys).union(["noise", "level", "seed"]))
      for (column, value) in expected {
        #expect(abs(number(line, column) - value) <= 1e-12 * abs(value), "\(column): \(line)")
      }
    }
    // The clean level beside itself.
    #expect(
      abs(number(lines[0], "cka") - 1) < 1e-12 && number(lines[0], "paired_squared_distance") == 0)
    #expect(number(lines[0], "neighbor_overlap") == 1 && number(lines[0], "procrustes") < 1e-12)
    #expect(number(lines[1], "cka") < 0.999 && number(lines[1], "paired_squared_distance") > 0.01)
  }

  @Test func `the histogram of the cosines of all pairs`() throws {
    let points = HandmadeRun.clusters(8)
    let run = try HandmadeRun(
      ["clean": points, "blur-2": HandmadeRun.clusters(8, seed: 2, spread: 0.3)],
      classes: HandmadeRun.classes(8))
    try write(run)
    let lines = try run.lines("cosines.csv")
    #expect(lines.count == 2 * 200)
    #expect(lines[200]["noise"] == "blur" && lines[200]["level"] == "2" && lines[200]["seed"] == "")
    let clean = lines.filter { $0["noise"] == "none" }
    #expect(clean.first?["bin_low"] == "-1" && clean.last?["bin_high"] == "1")
    #expect(clean.map { $0["bin_high"] }.dropLast() == clean.map { $0["bin_low"] }.dropFirst())
    // The longer way round.
    let unit = try UnitRows(points).rows
    var counts = [Int](repeating: 0, count: 200)
    for i in 0..<24 {
      for j in 0..<i {
        let cosine = zip(unit.row(i), unit.row(j)).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
        if cosine < 0.999 { counts[Int((cosine + 1) * 100)] += 1 }
      }
    }
    #expect(clean.map { $0["count"] } == counts.map { "\($0)" })
  }

  @Test func `what there is nothing for stays empty`() throws {
    // No clean level, no text.
    let noisy = try HandmadeRun(
      ["gaussian-1-s0": HandmadeRun.clusters(4)], classes: HandmadeRun.classes(4))
    try write(noisy)
    let compared = [
      "cka", "cka_unbiased", "procrustes", "neighbor_overlap", "paired_squared_distance",
    ]
    var line = try #require(try noisy.lines("geometry.csv").first)
    for column in compared + ["modality_gap"] { #expect(line[column] == "", "\(column)") }
    #expect(line["two_nn"] != "" && line["alignment"] != "")
    // Too few for a dimension; a class an image.
    let few = try HandmadeRun(
      ["clean": HandmadeRun.clusters(2)], classes: (0..<6).map { "c\($0)" })
    try write(few)
    line = try #require(try few.lines("geometry.csv").first)
    for column in ["two_nn", "two_nn_left_out", "mle_dimension", "alignment"] {
      #expect(line[column] == "", "\(column)")
    }
    // Neighbours there are five of each.
    #expect(line["overlap_neighbors"] == "5" && line["dimension_neighbors"] == "5")
    // One direction, in two lengths: no pair of cosines is left.
    let lengths = Matrix<Float>((0..<6).map { [Float($0 + 1), 0, Float($0 % 2) / 100, 0] })
    let copies = try HandmadeRun(["clean": lengths], classes: (0..<6).map { "c\($0 % 2)" })
    try write(copies)
    line = try #require(try copies.lines("geometry.csv").first)
    #expect(line["cosine_mean"] == "" && line["cosine_deviation"] == "")
    #expect(line["cosine_duplicates"] == "15")
  }

  @Test func `JSON holds what CSV holds`() throws {
    let run = try HandmadeRun(
      ["clean": HandmadeRun.clusters(4), "gaussian-1-s3": HandmadeRun.clusters(4, seed: 3)],
      classes: HandmadeRun.classes(4))
    try write(run)
    let object = try run.object("geometry.json")
    let objects = try #require(
      try JSONTables(path: run.run.file("geometry.json")).conditions)
    let lines = try run.lines("geometry.csv")
    #expect(objects.count == 2 && lines.count == 2)
    for (line, object) in zip(lines, objects) {
      #expect(Set(line.keys) == Set(object.keys))
      for (column, text) in line {
        #expect(object[column]?.isEqual(toField: text) == true, "\(column): \(text)")
      }
    }
    let settings = object["settings"] as? [String: String]
    #expect(settings?["geometry.overlap-neighbors"] == "10")
  }

  @Test func `bad embeddings are named`() throws {
    var zero = HandmadeRun.clusters(2)
    for j in 0..<4 { zero.values[8 + j] = 0 }
    let run = try HandmadeRun(["clean": zero], classes: HandmadeRun.classes(2))
    let message = problem { try write(run) }
    #expect(message.contains("embeddings/clean.npy: row 2 (counted from 0) is all zeros"))
    let equal = Matrix<Float>(rows: 6, columns: 2, values: [Float](repeating: 1, count: 12))
    let flat = try HandmadeRun(["clean": equal], classes: HandmadeRun.classes(2))
    #expect(problem { try write(flat) }.contains("embeddings/clean.npy: all 6 rows are equal"))
    #expect(!FileManager.default.fileExists(atPath: flat.run.file("geometry.csv")))
    let four = run.samples.selecting([0, 1, 2, 3])
    #expect(
      problem { try GeometryAnalysis(GeometrySettings()).require(four) }.contains(
        "needs 5 images or more"))
  }

  @Test func `numbers that were kept are written to the same bytes`() throws {
    let run = try HandmadeRun(
      ["clean": HandmadeRun.clusters(4), "gaussian-1-s0": HandmadeRun.clusters(4, seed: 3)],
      classes: HandmadeRun.classes(4))
    let folder = try TemporaryFolder()
    func written(_ store: UnitStore, _ settings: [String] = []) throws -> [Data] {
      try run.context(settings, store: store).perform(GeometryAnalysis.self)
      return try GeometryAnalysis.files.map {
        try FileContents.read(run.run.file($0.pattern.text))
      }
    }
    let computed = try written(UnitStore(folder: nil))
    #expect(try written(UnitStore(folder: folder.path)) == computed)
    let later = UnitStore(folder: folder.path)
    #expect(try run.context(store: later).unfinished(GeometryAnalysis.self).isEmpty)
    #expect(try written(later) == computed)
    #expect(try written(later, ["geometry.overlap-neighbors=2"]) != computed)
  }
}
