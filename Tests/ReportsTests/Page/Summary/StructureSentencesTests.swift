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
      "scope,dimension,noise,level,seed,metric,order,scale,distance,ratio,between_halves_high",
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
    let sentences: [String] = try run.summary().parts.flatMap(\.sentences)
    let text = sentences.joined(separator: " ")
    #expect(
      text.contains(
        "the H1 diagram by 0.300 (more than the 0.050 that end the 95 % interval of halves of the clean "
          + "images)"
      ))
    #expect(text.contains("the largest share of its bound is 0.40"))
    #expect(
      text.contains(
        "take bars up to 0.2 long for sampling noise; outside of them stand 1 to 9 loops a condition"
      ))
    #expect(
      text.contains(
        "at σ = 2 are a and b by 0.60 median distances of means; 25.0 % of their images"))
    #expect(text.contains("from 0.300 on clean images to 0.100 at σ = 2 (a and b)"))
    #expect(text.contains("an unbiased linear CKA of 0.27 with the clean ones, and 8.4 %"))
  }

  @Test func `without accuracy, the highest level is that of the conditions`() throws {
    try run.table(
      "geometry.csv", "noise,level,seed,cka_unbiased,neighbor_overlap",
      "gaussian,1,0,0.9,0.5", "gaussian,2,0,0.27,0.084")
    try run.tracking([])
    let summary = try run.summary()
    let sentences: [String] = summary.parts.flatMap(\.sentences)
    #expect(sentences.contains { $0.hasPrefix("At σ = 2 the embeddings") }, "\(sentences)")
    #expect(summary.answer.last?.contains("was not tested in this run") == true)
    #expect(!summary.limits.contains { $0.contains("control") || $0.hasPrefix("A correlation") })
  }

  @Test func `diagrams with other numbers of bars that stay are infinitely far`() throws {
    try run.levels("none,0,1,4,0.9,0.8,1,0,0,0", "gaussian,2,1,4,0.5,0.4,0.6,0.4,0.3,0.5")
    try run.table(
      "distances.csv",
      "scope,dimension,noise,level,seed,metric,order,scale,distance,ratio,between_halves_high",
      "all,0,gaussian,2,0,bottleneck,inf,none,inf,,inf")
    let sentences: [String] = try run.summary().parts.flatMap(\.sentences)
    #expect(
      sentences.contains { $0.contains("the H0 diagram by ∞ (another number of its bars") },
      "\(sentences)")
  }

  @Test func `a band that no bar can pass tells nothing`() throws {
    try run.levels("none,0,1,4,0.9,0.8,1,0,0,0", "gaussian,2,1,4,0.5,0.4,0.6,0.4,0.3,0.5")
    try run.table(
      "bands.csv", "scope,noise,level,seed,half_width,significant_h1,diameter",
      "all,none,0,,4.66,0,2", "all,gaussian,2,0,4.65,0,1.9")
    let sentences: [String] = try run.summary().parts.flatMap(\.sentences)
    #expect(
      sentences == [
        "The confidence bands of the diagrams of all images take bars up to 9.3 long for sampling noise, and "
          + "none that dies can be longer than 2.0: they tell nothing here; bands are asymptotic and for all "
          + "points at once, so a bar within one is not shown to be noise."
      ])
  }

  @Test func `tests of diagrams are named`() throws {
    try run.levels("none,0,1,4,0.9,0.8,1,0,0,0", "gaussian,2,1,4,0.5,0.4,0.6,0.4,0.3,0.5")
    func sentence(_ rows: String...) throws -> String? {
      let header = "noise,level,seed,dimension,scale,p_adjusted,note"
      _ = try run.folder.write(
        ([header] + rows).joined(separator: "\n") + "\n", "diagram_tests.csv")
      return try run.summary().parts.first?.sentences.first
    }
    let pair =
      "the classes' diagrams at σ = 2 from those of clean images (Robinson–Turner, paired by class, "
      + "adjusted for all tests of the noise)"
    #expect(
      try sentence("gaussian,2,0,0,none,0.01,", "gaussian,2,0,0,median,0.2,")
        == "1 of 2 tests tells \(pair): H0; none with the scale of the distances removed.")
    #expect(
      try sentence("gaussian,2,0,0,none,0.01,", "gaussian,2,0,1,median,0.02,")
        == "2 of 2 tests tell \(pair): H0 and H1 with the scale removed.")
    #expect(
      try sentence("gaussian,2,0,0,none,0.1,")
        == "None of 1 test tells \(pair): no evidence of a difference.")
    let note = "could not be tested: 5 classes allow no p below 0.0625"
    #expect(
      try sentence("gaussian,2,0,0,none,,\(note)", "gaussian,2,0,0,median,,\(note)")
        == "The classes' diagrams at σ = 2 and those of clean images \(note).")
  }

  @Test func `a broken bound is not called kept`() throws {
    try run.levels("none,0,1,4,0.9,0.8,1,0,0,0", "gaussian,2,1,4,0.5,0.4,0.6,0.4,0.3,0.5")
    try run.table(
      "distances.csv",
      "scope,dimension,noise,level,seed,metric,order,scale,distance,ratio,between_halves_high",
      "all,1,gaussian,2,0,bottleneck,inf,none,0.3,1.2,")
    let sentences: [String] = try run.summary().parts.flatMap(\.sentences)
    #expect(sentences.contains { $0.hasPrefix("A diagram moved farther") && $0.contains("1.20") })
  }
}
