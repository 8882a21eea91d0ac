import Fixtures
import RunFixtures
import Testing

@testable import Reports

struct AccuracySentencesTests {
  private let run: HandmadeRun

  init() throws { run = try HandmadeRun() }

  private static let accuracyColumns =
    "noise,level,seed,count,top1,top5,mean_per_class,top1_low,top1_high,ece,ece_low,ece_high,ece_scaled"

  @Test func `a fall is stated with its intervals`() throws {
    try run.levels(
      "none,0,2,4,0.918,0.9,0.935,0,0,0", "gaussian,1,2,4,0.8,0.7,0.9,0.118,0.05,0.2",
      "gaussian,2,2,4,0.48,0.4,0.56,0.438,0.4,0.48")
    let summary = try run.summary()
    #expect(
      summary.answer[0]
        == "Top-1 accuracy falls from 91.8 % (95 % interval 90.0–93.5 %) on clean images to 48.0 % "
        + "(95 % interval 40.0–56.0 %) at σ = 2, which is not told apart from guessing (50.0 %).")
    #expect(summary.parts[0].sentences == ["In between it is 80.0 % (70.0–90.0 %) at σ = 1."])
    #expect(!summary.limits.contains { $0.contains("noise seed") })
  }

  @Test func `a drop whose interval includes zero is no evidence`() throws {
    try run.levels("none,0,1,4,0.9,0.8,1,0,0,0", "gaussian,2,1,4,0.88,0.8,0.95,0.02,-0.01,0.05")
    let summary = try run.summary()
    #expect(summary.answer[0].hasPrefix("There is no evidence that σ = 2 changes top-1 accuracy"))
    #expect(summary.answer[0].contains("the drop, −1.0 to 5.0 %, includes 0"))
    #expect(summary.limits.contains { $0.hasPrefix("One noise seed") })
  }

  @Test func `a rise is called a rise`() throws {
    try run.levels("none,0,1,4,0.6,0.55,0.65,0,0,0", "gaussian,2,1,4,0.8,0.7,0.9,-0.2,-0.3,-0.1")
    #expect(try run.summary().answer[0].hasPrefix("Top-1 accuracy rises from 60.0 %"))
  }

  @Test func `without intervals, chance is not ruled out`() throws {
    try run.table(
      "accuracy.csv", Self.accuracyColumns, "none,0,,4,0.75,1,0.75,,,,,,",
      "gaussian,2,0,4,0.5,1,0.5,,,,,,")
    let summary = try run.summary()
    #expect(
      summary.answer[0].contains(
        "falls from 75.0 % on clean images to 50.0 % at σ = 2 (no intervals"))
    #expect(summary.limits.contains { $0.hasPrefix("No intervals were computed") })
  }

  @Test func `a run without accuracy or clean images says so`() throws {
    #expect(try run.summary().answer[0].contains("no zero-shot accuracy"))
    try run.levels("gaussian,2,1,4,0.88,0.8,0.95,,,")
    #expect(try run.summary().answer[0].contains("no clean images"))
    try run.levels("none,0,1,4,0.88,0.8,0.95,,,")
    #expect(try run.summary().answer[0].contains("no noise was applied"))
  }

  @Test func `classes are counted over seeds`() throws {
    try run.levels("none,0,2,4,0.9,0.8,1,0,0,0", "gaussian,2,2,4,0.5,0.4,0.6,0.4,0.3,0.5")
    try run.table(
      "changes.csv", "class,group,noise,level,seed,count,accuracy_clean,accuracy,drop",
      "a,,gaussian,2,0,2,1,0.5,0.5", "a,,gaussian,2,1,2,1,0.75,0.25",
      "b,,gaussian,2,0,2,0.5,1,-0.5",
      "b,,gaussian,2,1,2,0.5,0.5,0", "a,,gaussian,1,0,2,1,1,0")
    #expect(
      try run.summary().parts[0].sentences.contains(
        "1 of 2 classes loses accuracy at σ = 2, 1 gains; most is lost by a (38 points)."))
  }

  @Test func `levels that are not told apart are named`() throws {
    try run.levels("none,0,2,4,0.9,0.8,1,0,0,0", "gaussian,2,2,4,0.5,0.4,0.6,0.4,0.3,0.5")
    let header = "noise_a,level_a,noise_b,level_b,count,difference,p,p_holm"
    try run.table(
      "level_tests.csv", header, "none,0,gaussian,1,4,0.01,0.5,0.6",
      "none,0,gaussian,2,4,0.4,0.001,0.002")
    #expect(
      try run.summary().parts[0].sentences.last
        == "1 of 2 differences between levels is significant on the same images (paired permutation tests, Holm-corrected); "
        + "there is no evidence of a difference between clean images and σ = 1 (p = 0.600).")
    try run.table("level_tests.csv", header, "none,0,gaussian,2,4,0.4,0.001,0.002")
    #expect(
      try run.summary().parts[0].sentences.last
        == "Clean images and σ = 2 differ on the same images (paired permutation tests, Holm-corrected): p = 0.0020."
    )
  }

  @Test func `classes that lose alike are counted`() throws {
    try run.levels("none,0,1,4,0.9,0.8,1,0,0,0", "gaussian,2,1,4,0.5,0.4,0.6,0.4,0.3,0.5")
    try run.table(
      "changes.csv", "class,group,noise,level,seed,count,accuracy_clean,accuracy,drop",
      "b,,gaussian,2,0,2,1,0,1", "a,,gaussian,2,0,2,1,0,1")
    #expect(
      try run.summary().parts[0].sentences == [
        "2 of 2 classes lose accuracy at σ = 2; most is lost by a and 1 more (100 points)."
      ])
  }

  @Test func `the class that images are taken for is named`() throws {
    try run.levels("none,0,1,4,0.9,0.8,1,0,0,0", "gaussian,2,1,4,0.5,0.4,0.6,0.4,0.3,0.5")
    // Of two classes none can have thrice its share; of four one can.
    _ = try run.folder.write(
      "row,path,class,split\n0,a.png,a,test\n1,b.png,b,test\n2,c.png,c,test\n3,d.png,d,test\n",
      "samples.csv")
    _ = try run.folder.write("index,class\n0,a\n1,b\n2,c\n3,d\n", "classes.csv")
    let header = "class,a,b,c,d"
    try run.table(
      "confusion/gaussian-2-s0.csv", header, "a,0,0,1,0", "b,0,0,1,0", "c,0,0,1,0", "d,0,0,1,0")
    #expect(
      try run.summary().parts[0].sentences == [
        "At σ = 2 the model takes 100.0 % of the images for c (25.0 % are)."
      ])
    try run.table(
      "confusion/gaussian-2-s0.csv", header, "a,0,0,1,0", "b,0,0,1,0", "c,0,0,0,1", "d,0,1,0,0")
    #expect(try run.summary().parts.isEmpty)
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
      try run.summary().parts[0].sentences == [
        "At σ = 2 the model takes 100.0 % of the images for c (25.0 % are)."
      ])
  }

  @Test func `without clean images, nothing is in between`() throws {
    try run.levels("gaussian,1,1,4,0.9,0.8,1,,,", "gaussian,2,1,4,0.5,0.4,0.6,,,")
    try run.table(
      "level_tests.csv", "noise_a,level_a,noise_b,level_b,count,difference,p,p_holm",
      "gaussian,1,gaussian,2,4,0.4,0.001,0.002")
    // σ stays small at the beginning of a sentence: its capital is another sign.
    #expect(
      try run.summary().parts[0].sentences == [
        "σ = 1 and σ = 2 differ on the same images (paired permutation tests, Holm-corrected): p = 0.0020."
      ])
  }

  @Test func `noise without chance has no seeds`() throws {
    let run = try HandmadeRun(conditions: ["clean", "blur-2"])
    try run.table(
      "accuracy.csv", Self.accuracyColumns, "none,0,,4,0.75,1,0.75,,,,,,",
      "blur,2,,4,0.5,1,0.5,,,,,,")
    #expect(try !run.summary().limits.contains { $0.contains("noise seed") })
  }
}
