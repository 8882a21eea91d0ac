import Fixtures
import RunFixtures
import Testing

@testable import Reports

struct StructureSentencesTests {
  private let run: HandmadeRun

  init() throws { run = try HandmadeRun() }

  @Test func `diagrams, merges and geometry are read at the highest level`() throws {
    try run.levels("none,0,1,4,0.9,0.8,1,0,0,0", "gaussian,2,1,4,0.5,0.4,0.6,0.4,0.3,0.5")
    try run.table(
      "distances.csv",
      "scope,dimension,noise,level,seed,metric,order,scale,distance,ratio,between_halves",
      "all,1,gaussian,2,0,bottleneck,inf,none,0.3,0.2,0.05",
      "all,1,gaussian,1,0,bottleneck,inf,none,0.1,0.4,0.05")
    try run.table(
      "bands.csv", "scope,noise,level,seed,half_width,significant_h1,diameter",
      "all,none,0,,0.1,9,2", "all,gaussian,2,0,0.1,1,2")
    try run.table(
      "class_means.csv", "noise,level,seed,smallest_distance,class_a,class_b", "none,0,,0.3,a,b",
      "gaussian,2,0,0.1,a,b")
    try run.table(
      "merging_pairs.csv",
      "noise,level,seed,rank,class_a,class_b,relative_fall,clean_confusion,confusion",
      "gaussian,2,0,1,a,b,0.6,0,0.25", "gaussian,2,0,2,a,c,0.5,0,0")
    try run.table(
      "geometry.csv", "noise,level,seed,cka_unbiased,neighbor_overlap", "gaussian,2,0,0.27,0.084")
    #expect(
      try run.sentences(.topology) == [
        "From clean images to σ = 2, the diagram of all images moves by bottleneck distance: that in H1 by 0.300."
      ])
    #expect(
      try run.sentences(.topology, nil) == [
        "Outside the confidence band of the diagram of all images stand 9 loops on clean images and 1 loop at σ = 2."
      ])
    #expect(
      try run.sentences(.merging) == [
        "The smallest distance between class means goes from 0.300 on clean images to 0.100 at σ = 2, between a and b.",
        "Beyond the shrinking of all, a and b came together most at σ = 2: they merge earlier by 0.60 of the median "
          + "distance between class means, and 25.0 % of their images are taken for the other class.",
      ])
    #expect(
      try run.sentences(.geometry)[0].contains(
        "an unbiased linear CKA of 0.27 with the clean ones, and 8.4 %"))
  }

  @Test func `what sampling makes has an interval, or is not compared`() throws {
    func told(_ distance: String) throws -> String {
      try run.table(
        "distances.csv",
        "scope,dimension,noise,level,seed,metric,order,scale,distance,ratio,between_halves,between_halves_low,between_halves_high",
        "all,1,gaussian,2,0,bottleneck,inf,none,\(distance),0.2,0.05,0.03,0.08")
      return try run.sentences(.topology).joined()
    }
    #expect(
      try told("0.3").hasSuffix("0.300 (halves of the clean images differ by no more than 0.080)."))
    #expect(
      try told("0.07").hasSuffix(
        "0.070 (no more than halves of the clean images may differ by: 0.080)."))
  }

  @Test func `without accuracy, the highest level is that of the conditions`() throws {
    try run.table(
      "geometry.csv", "noise,level,seed,cka_unbiased,neighbor_overlap",
      "gaussian,1,0,0.9,0.5", "gaussian,2,0,0.27,0.084")
    try run.tracking([])
    let summary = try run.summary()
    #expect(try run.sentences(.geometry)[0].hasPrefix("At σ = 2 the embeddings"))
    #expect(summary.answer[0].text.contains("was not tested in this run"))
    #expect(!summary.limits.contains { $0.contains("control") || $0.hasPrefix("A correlation") })
  }

  @Test func `diagrams with other numbers of bars that stay are infinitely far`() throws {
    try run.levels("none,0,1,4,0.9,0.8,1,0,0,0", "gaussian,2,1,4,0.5,0.4,0.6,0.4,0.3,0.5")
    try run.table(
      "distances.csv",
      "scope,dimension,noise,level,seed,metric,order,scale,distance,ratio,between_halves",
      "all,0,gaussian,2,0,bottleneck,inf,none,inf,,inf")
    let sentences = try run.sentences(.topology)
    #expect(
      sentences.contains { $0.contains("that in H0 by ∞ (another number of its bars") },
      "\(sentences)")
  }

  @Test func `a band that no bar can pass tells nothing`() throws {
    try run.levels("none,0,1,4,0.9,0.8,1,0,0,0", "gaussian,2,1,4,0.5,0.4,0.6,0.4,0.3,0.5")
    try run.table(
      "bands.csv", "scope,noise,level,seed,half_width,significant_h1,diameter",
      "all,none,0,,4.66,0,2", "all,gaussian,2,0,4.65,0,1.9")
    #expect(
      try run.sentences(.topology, nil) == [
        "The confidence bands of the diagrams of all images are wider than any bar that dies can be, so they tell nothing."
      ])
    #expect(try run.sentences(.topology).isEmpty)
  }

  @Test func `tests of diagrams are named`() throws {
    try run.levels("none,0,1,4,0.9,0.8,1,0,0,0", "gaussian,2,1,4,0.5,0.4,0.6,0.4,0.3,0.5")
    func sentence(_ rows: String...) throws -> String? {
      let header = "noise,level,seed,dimension,scale,p_holm"
      _ = try run.folder.write(
        ([header] + rows).joined(separator: "\n") + "\n", "diagram_tests.csv")
      return try run.sentences(.topology).first
    }
    let pair = "The classes' diagrams at σ = 2 are told from those of clean images in"
    #expect(
      try sentence("gaussian,2,0,0,none,0.01", "gaussian,2,0,0,median,0.2")
        == "\(pair) H0, though not with the scale of the distances removed (2 tests, corrected).")
    #expect(
      try sentence("gaussian,2,0,0,none,0.01", "gaussian,2,0,1,median,0.02")
        == "\(pair) H0 and H1 with the scale removed (2 tests, corrected).")
    // That nothing is found is said by the table; that nothing could be is not the same.
    #expect(try sentence("gaussian,2,0,0,none,0.1") == nil)
    #expect(try sentence("gaussian,2,0,0,none,")?.contains("could not be tested") == true)
  }

  @Test func `a broken bound is not called kept`() throws {
    try run.levels("none,0,1,4,0.9,0.8,1,0,0,0", "gaussian,2,1,4,0.5,0.4,0.6,0.4,0.3,0.5")
    try run.table(
      "distances.csv",
      "scope,dimension,noise,level,seed,metric,order,scale,distance,ratio,between_halves",
      "all,1,gaussian,2,0,bottleneck,inf,none,0.3,1.2,")
    let sentences = try run.sentences(.topology, nil)
    #expect(sentences.contains { $0.hasPrefix("A diagram moved farther") && $0.contains("1.20") })
  }
}
