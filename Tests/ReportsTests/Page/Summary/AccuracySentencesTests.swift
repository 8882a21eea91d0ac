import Fixtures
import RunFixtures
import Testing

@testable import Reports

struct AccuracySentencesTests {
  private let run: HandmadeRun

  init() throws { run = try HandmadeRun() }

  private static let accuracyColumns =
    "noise,level,seed,count,top1,top5,mean_per_class,top1_low,top1_high,ece,ece_low,ece_high,ece_scaled"

  /// What the answer says of accuracy.
  private func answer() throws -> String? { try run.summary().answer.last?.text }

  @Test func `a fall is stated with its intervals`() throws {
    try run.levels(
      "none,0,2,4,0.918,0.9,0.935,0,0,0", "gaussian,1,2,4,0.8,0.7,0.9,0.118,0.05,0.2",
      "gaussian,2,2,4,0.48,0.4,0.56,0.438,0.4,0.48")
    #expect(
      try answer()
        == "Top-1 accuracy falls from 91.8 % (95 % interval 90.0–93.5 %) on clean images to 48.0 % "
        + "(95 % interval 40.0–56.0 %) at σ = 2, which is not told apart from guessing (50.0 %).")
    #expect(try run.sentences(.accuracy) == ["Top-1 accuracy is 80.0 % (70.0–90.0 %) at σ = 1."])
    #expect(try !run.summary().limits.contains { $0.contains("noise seed") })
  }

  @Test func `of several kinds of noise, each has its fall where it is told of`() throws {
    let run = try HandmadeRun(conditions: ["clean", "blur-1", "gaussian-1-s0"])
    try run.levels(
      "none,0,1,4,0.9,0.8,1,0,0,0", "blur,1,1,4,0.5,0.4,0.6,0.4,0.3,0.5",
      "gaussian,1,1,4,0.2,0.1,0.3,0.7,0.6,0.8")
    let summary = try run.summary()
    #expect(
      summary.answer.last?.text
        == "Top-1 accuracy is 90.0 % (95 % interval 80.0–100.0 %) on clean images.")
    #expect(summary.overview.map(\.noise) == ["blur", "gaussian"])
    #expect(summary.overview[0].accuracy == "from 90.0 % to 50.0 % at blur of severity 1")
    #expect(summary.overview[1].drop == "70.0 % (60.0–80.0 %)")
    #expect(summary.overview[1].verdict == "not computed")
    #expect(
      try run.sentences(.accuracy, "gaussian")[0].hasPrefix("Top-1 accuracy falls from 90.0 %"))
  }

  @Test func `a drop whose interval includes zero is no evidence`() throws {
    try run.levels("none,0,1,4,0.9,0.8,1,0,0,0", "gaussian,2,1,4,0.88,0.8,0.95,0.02,-0.01,0.05")
    let answer = try answer()
    #expect(answer?.hasPrefix("There is no evidence that σ = 2 changes top-1 accuracy") == true)
    #expect(answer?.contains("the drop, −1.0 to 5.0 %, includes 0") == true)
    #expect(try run.summary().limits.contains { $0.hasPrefix("One noise seed") })
  }

  @Test func `a rise is called a rise`() throws {
    try run.levels("none,0,1,4,0.6,0.55,0.65,0,0,0", "gaussian,2,1,4,0.8,0.7,0.9,-0.2,-0.3,-0.1")
    #expect(try answer()?.hasPrefix("Top-1 accuracy rises from 60.0 %") == true)
  }

  @Test func `without intervals, chance is not ruled out`() throws {
    try run.table(
      "accuracy.csv", Self.accuracyColumns, "none,0,,4,0.75,1,0.75,,,,,,",
      "gaussian,2,0,4,0.5,1,0.5,,,,,,")
    #expect(
      try answer()?.contains("falls from 75.0 % on clean images to 50.0 % at σ = 2 (no intervals")
        == true)
    #expect(try run.summary().limits.contains { $0.hasPrefix("No intervals were computed") })
  }

  @Test func `a run without accuracy or clean images says so`() throws {
    #expect(try answer()?.contains("no zero-shot accuracy") == true)
    try run.levels("gaussian,2,1,4,0.88,0.8,0.95,,,")
    #expect(try answer()?.contains("no clean images") == true)
    try run.levels("none,0,1,4,0.88,0.8,0.95,,,")
    #expect(try answer()?.contains("no noise was applied") == true)
  }

  @Test func `classes are counted over seeds`() throws {
    try run.levels("none,0,2,4,0.9,0.8,1,0,0,0", "gaussian,2,2,4,0.5,0.4,0.6,0.4,0.3,0.5")
    try run.table(
      "changes.csv", "class,group,noise,level,seed,count,accuracy_clean,accuracy,drop",
      "a,,gaussian,2,0,2,1,0.5,0.5", "a,,gaussian,2,1,2,1,0.75,0.25",
      "b,,gaussian,2,0,2,0.5,1,-0.5",
      "b,,gaussian,2,1,2,0.5,0.5,0", "a,,gaussian,1,0,2,1,1,0")
    #expect(
      try run.sentences(.accuracy) == [
        "1 of 2 classes loses accuracy at σ = 2, 1 gains; a loses most (37.5 %)."
      ])
  }

  @Test func `levels that are not told apart are named, and that all differ is not news`() throws {
    try run.levels("none,0,2,4,0.9,0.8,1,0,0,0", "gaussian,2,2,4,0.5,0.4,0.6,0.4,0.3,0.5")
    let header = "noise_a,level_a,noise_b,level_b,count,difference,p,p_holm"
    try run.table(
      "level_tests.csv", header, "none,0,gaussian,1,4,0.01,0.5,0.6",
      "none,0,gaussian,2,4,0.4,0.001,0.002")
    #expect(
      try run.sentences(.accuracy, nil) == [
        "On the same images there is no evidence of a difference between clean images and σ = 1 (p = 0.600) (paired "
          + "permutation tests, corrected for 2 pairs of levels)."
      ])
    try run.table("level_tests.csv", header, "none,0,gaussian,2,4,0.4,0.001,0.002")
    #expect(try run.sentences(.accuracy, nil).isEmpty)
  }

  @Test func `classes that lose alike are counted`() throws {
    try run.levels("none,0,1,4,0.9,0.8,1,0,0,0", "gaussian,2,1,4,0.5,0.4,0.6,0.4,0.3,0.5")
    try run.table(
      "changes.csv", "class,group,noise,level,seed,count,accuracy_clean,accuracy,drop",
      "b,,gaussian,2,0,2,1,0,1", "a,,gaussian,2,0,2,1,0,1")
    #expect(
      try run.sentences(.accuracy) == [
        "All 2 classes lose accuracy at σ = 2; a and 1 more lose most (100.0 %)."
      ])
  }

  @Test func `the class that images are taken for is named`() throws {
    try run.levels("none,0,1,4,0.9,0.8,1,0,0,0", "gaussian,2,1,4,0.5,0.4,0.6,0.4,0.3,0.5")
    // Of two classes none can have thrice its share; of four one can.
    _ = try run.folder.write(
      "row,path,class,split\n0,a.png,a,test\n1,b.png,b,test\n2,c.png,c,test\n3,d.png,d,test\n",
      "samples.csv")
    _ = try run.folder.write("index,class\n0,a\n1,b\n2,c\n3,d\n", "classes.csv")
    let told = [
      "Of the images at σ = 2, 100.0 % are taken for c, which 25.0 % are."
    ]
    let header = "class,a,b,c,d"
    try run.table(
      "confusion/gaussian-2-s0.csv", header, "a,0,0,1,0", "b,0,0,1,0", "c,0,0,1,0", "d,0,0,1,0")
    #expect(try run.sentences(.accuracy) == told)
    try run.table(
      "confusion/gaussian-2-s0.csv", header, "a,0,0,1,0", "b,0,0,1,0", "c,0,0,0,1", "d,0,1,0,0")
    #expect(try run.sentences(.accuracy).isEmpty)
  }

  @Test func `a table of pairs of classes names it as well`() throws {
    try run.levels("none,0,1,4,0.9,0.8,1,0,0,0", "gaussian,2,1,4,0.5,0.4,0.6,0.4,0.3,0.5")
    _ = try run.folder.write(
      "row,path,class,split\n0,a.png,a,test\n1,b.png,b,test\n2,c.png,c,test\n3,d.png,d,test\n",
      "samples.csv")
    _ = try run.folder.write("index,class\n0,a\n1,b\n2,c\n3,d\n", "classes.csv")
    try run.table(
      "confusion-pairs/gaussian-2-s0.csv", "class,predicted,count", "a,c,1", "b,c,1", "c,c,1",
      "d,c,1")
    #expect(
      try run.sentences(.accuracy) == [
        "Of the images at σ = 2, 100.0 % are taken for c, which 25.0 % are."
      ])
  }

  @Test func `noise without chance has no seeds`() throws {
    let run = try HandmadeRun(conditions: ["clean", "blur-2"])
    try run.table(
      "accuracy.csv", Self.accuracyColumns, "none,0,,4,0.75,1,0.75,,,,,,",
      "blur,2,,4,0.5,1,0.5,,,,,,")
    #expect(try !run.summary().limits.contains { $0.contains("noise seed") })
  }

  @Test func `calibration is told beyond chance where the table tells`() throws {
    let header =
      "noise,level,seeds,count,top1,top1_low,top1_high,drop,drop_low,drop_high,ece,ece_scaled,ece_debiased,ece_p"
    try run.table(
      "levels.csv", header, "none,0,1,4,0.9,0.8,1,0,0,0,0.027,,-0.004,0.6",
      "gaussian,2,1,4,0.5,0.4,0.6,0.4,0.3,0.5,0.689,0.2,0.65,0.001")
    #expect(
      try run.sentences(.accuracy) == [
        "The expected calibration error is −0.004 beyond chance (p = 0.600) on clean images and 0.650 beyond chance "
          + "(p = 0.0010) at σ = 2: confidence does not follow accuracy down; temperature scaling brings it to 0.200 there."
      ])
  }
}
