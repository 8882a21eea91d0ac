import Files
import Fixtures
import RunFixtures
import Testing

@testable import Reports

/// Whether topology tracks accuracy, as the summary of a page and its part on it say it.
struct TrackingSentencesTests {
  private let run: HandmadeRun

  init() throws { run = try HandmadeRun() }

  /// The answer's sentences, before what noise does to accuracy.
  private func answer(_ rows: String...) throws -> [String] {
    try run.tracking(rows)
    return try run.summary().answer.dropLast().map(\.text)
  }

  private func details(_ rows: String...) throws -> [String] {
    try run.tracking(rows)
    return try run.sentences(.link)
  }

  private let found =
    ",gaussian,within,,bottleneck_h1,spearman,0.42,0.12,0.65,0.001,0.012,0.01,47,3,primary"
  private let open = ",gaussian,within,,entropy_h0,spearman,0.1,-0.2,0.4,0.4,1,0.01,47,3,primary"

  @Test func `a correlation that stands is the answer`() throws {
    #expect(
      try answer(found, open) == [
        "Topology tracks accuracy here: within levels, classes whose diagrams moved more lose more accuracy.",
        "Of 2 topological measures, 1 is correlated with the drop: bottleneck distance in H1 "
          + "(Spearman's ρ = 0.42, 95 % 0.12 to 0.65, corrected p = 0.012).",
      ])
    #expect(
      try run.summary().answer[1].anchors
        == [.figure("correlations"), .figure("link"), .table("link.csv")])
  }

  @Test func `a negative correlation runs against`() throws {
    let answer = try answer(
      ",gaussian,within,,wasserstein1_h0_scaled,spearman,-0.5,-0.7,-0.2,0.001,0.012,0.01,47,3,primary"
    )
    #expect(answer[0].hasPrefix("Topology runs against accuracy here"))
    #expect(answer[1].contains("1-Wasserstein distance in H0 (scale removed)"))
  }

  @Test func `a relation that the relative drop does not share is doubtful`() throws {
    func told(_ relative: String) throws -> [String] {
      try answer(
        found,
        ",gaussian,relative,,bottleneck_h1,spearman,\(relative),,0.01,40,3,sensitivity: relative drop"
      )
    }
    let doubtful = try told("0.05,-0.3,0.4,0.6")
    #expect(
      doubtful[0] == "Topology and accuracy are related here, but the relation is doubtful.")
    #expect(
      doubtful[1].contains(
        "no evidence that it holds for the drop as a share of the clean accuracy of the 40 classes that begin above"
      ))
    // Of the other sign it does not hold either, however sure.
    #expect(try told("-0.5,-0.7,-0.3,0.001")[0].contains("doubtful"))
    let sound = try told("0.5,0.3,0.7,0.001")
    #expect(sound[0].hasPrefix("Topology tracks accuracy here"))
    #expect(sound[1].contains("It holds for the drop as a share of the clean accuracy too"))
  }

  @Test func `what goes with the scale is said`() throws {
    let raw =
      ",gaussian,within,,wasserstein2_h0,spearman,-0.77,-0.88,-0.66,0.001,0.019,0,47,3,primary"
    let told = try answer(
      raw, ",gaussian,within,,wasserstein2_h0_scaled,spearman,0.23,-0.37,0.62,0.4,1,0,47,3,primary")
    #expect(
      told[1].hasSuffix(
        " With the scale of the distances removed there is no evidence of it: 2-Wasserstein distance in H0 (scale "
          + "removed) (Spearman's ρ = 0.23, 95 % −0.37 to 0.62, corrected p = 1). How far apart a class's embeddings "
          + "lie may be all that goes with the drop."), "\(told)")
    let both = try answer(
      raw,
      ",gaussian,within,,wasserstein2_h0_scaled,spearman,-0.7,-0.8,-0.6,0.001,0.019,0,47,3,primary")
    #expect(!both[1].contains("scale of the distances"))
  }

  @Test func `both signs are no answer in one direction`() throws {
    let told = try answer(
      found,
      ",gaussian,within,,total_persistence_h0,spearman,-0.5,-0.7,-0.2,0.001,0.012,0.01,47,3,primary"
    )
    #expect(told[0].contains("but not in one direction"))
    #expect(
      told[1].contains("lose more by bottleneck distance in H1")
        && told[1].contains("and less by change of total"))
  }

  @Test func `nothing found is not nothing there`() throws {
    let wide = try answer(open)
    #expect(wide[0] == "There is no evidence here that topology tracks accuracy.")
    #expect(
      wide[1].contains("reach from −0.20 to 0.40: a considerable relation is not ruled out"))
    let narrow = try answer(
      ",gaussian,within,,entropy_h0,spearman,0.01,-0.1,0.12,0.8,1,0.01,47,3,primary")
    #expect(narrow[0].contains("it is smaller than 0.3"))
  }

  @Test func `what would have been found is said`() throws {
    try run.families("gaussian,within,,entropy_h0,primary,0.1,-0.2,0.4,0.4,1,0.437")
    let answer = try run.summary().answer.map(\.text)
    #expect(
      answer[1].hasSuffix(
        "A correlation of size 0.44 or more would have been found with a probability of 80 %; a smaller one may be "
          + "there unseen."), "\(answer)")
  }

  @Test func `measures that were not named beforehand are no answer`() throws {
    try run.families(
      "gaussian,within,,entropy_h0,primary,0.1,-0.2,0.4,0.4,1,0.4",
      "gaussian,within,,bottleneck_h1,further,0.6,0.4,0.8,0.001,0.01,0.4")
    #expect(try run.summary().answer[0].text.hasPrefix("There is no evidence"))
    #expect(
      try run.sentences(.link).contains {
        $0.hasPrefix(
          "Of the topological measures that were not named beforehand, bottleneck distance in H1")
      })
  }

  @Test func `what fails the correction is a hint`() throws {
    let told = try answer(
      ",gaussian,within,,bottleneck_h1,spearman,0.3,0.02,0.5,0.03,0.3,0.01,47,3,primary", open)
    #expect(
      told[1].contains("One interval leaves out 0, but no p survives the correction: a hint"))
  }

  @Test func `a small p with zero in the interval is no finding`() throws {
    let told = try answer(
      ",gaussian,within,,bottleneck_h1,spearman,0.3,-0.02,0.5,0.001,0.01,0.01,47,3,primary")
    #expect(told[0].hasPrefix("There is no evidence"))
  }

  @Test func `correlations at single levels are no answer`() throws {
    let told = try answer(",gaussian,level,1,bottleneck_h1,kendall,0.3,,,0.1,,0,47,3,")
    #expect(told[0].contains("could not be told"))
  }

  @Test func `without Spearman's correlation, Kendall's is cited`() throws {
    let told = try answer(",gaussian,within,,bottleneck_h1,kendall,0.3,,,0.1,1,0,47,3,primary")
    #expect(told[1].contains("Kendall's τ = 0.30"))
  }

  @Test(arguments: [
    ("within,,bottleneck_h9,spearman,0.3,,,0.1,1,0", "measure \"bottleneck_h9\""),
    ("within,,bottleneck_h1,pearson,0.3,,,0.1,1,0", "statistic \"pearson\""),
    ("between,,bottleneck_h1,spearman,0.3,,,0.1,1,0", "scope \"between\""),
    ("within,,bottleneck_h1,spearman,0.3,,,,1,0", "p is \"\""),
  ])
  func `what a row may not say is named with its line`(numbers: String, words: String) throws {
    let error = #expect(throws: FileError.self) {
      _ = try answer(open, ",gaussian,\(numbers),47,3,")
    }
    #expect(
      error?.description.contains("link.csv: line 3: \(words)") == true, "\(error.debugDescription)"
    )
  }

  @Test func `without a table, the question is open`() throws {
    let summary = try run.summary()
    #expect(summary.answer[0].text.contains("was not tested in this run"))
    #expect(summary.limits.contains("The link between topology and accuracy was not tested."))
  }

  @Test func `several kinds of noise have one answer`() throws {
    let told = try answer(
      found, open.replacing("gaussian", with: "blur"), open.replacing("gaussian", with: "shot"))
    #expect(
      told[0]
        == "Topology tracks accuracy under Gaussian noise; there is no evidence that topology tracks accuracy under "
        + "Gaussian blur and shot noise.", "\(told)")
    #expect(told[1].hasPrefix("The strongest correlation within levels is that of bottleneck"))
    #expect(told.count == 2)
    #expect(try run.sentences(.link, "blur")[0].hasPrefix("Within levels, the strongest of 1"))
  }

  @Test func `the pooled correlation is called confounded where it looks like a finding`() throws {
    #expect(
      try details(
        found,
        ",gaussian,pooled,,bottleneck_h1,spearman,0.85,0.8,0.9,0.0001,,0.83,47,3,confounded by level"
      ) == [
        "Pooled over levels the same correlation is 0.85, which is no evidence: change and drop both grow "
          + "with the noise, and with classes shuffled within levels it is 0.83 on average."
      ])
    #expect(
      try details(
        found,
        ",gaussian,pooled,,bottleneck_h1,spearman,-0.16,-0.3,0,0.1,,0.004,47,3,confounded by level"
      ).isEmpty)
  }

  @Test(arguments: [
    ("0.05,-0.2,0.3,0.6,1", "no evidence of the relation where nothing was learnt"),
    ("0.5,0.3,0.7,0.001,0.01", "not special to what the model learnt"),
    ("-0.5,-0.7,-0.3,0.001,0.01", "the other sign"),
  ])
  func `the control is compared`(numbers: String, words: String) throws {
    try run.tracking(
      [",gaussian,within,,bottleneck_h1,spearman,\(numbers),0,47,3,primary"], in: "control/link.csv"
    )
    let sentences = try details(found)
    #expect(sentences.contains { $0.contains(words) }, "\(sentences)")
    #expect(try !run.summary().limits.contains { $0.hasPrefix("There is no control") })
  }

  @Test func `a control that guesses says little`() throws {
    try run.tracking(
      [",gaussian,within,,bottleneck_h1,spearman,0.05,-0.2,0.3,0.6,1,0,47,3,primary"],
      in: "control/link.csv")
    let header =
      "noise,level,seeds,count,top1,top1_low,top1_high,ece,ece_low,ece_high,ece_scaled,drop,drop_low,drop_high"
    func sentences(_ scores: String) throws -> [String] {
      try run.table("control/levels.csv", header, "none,0,1,4,\(scores),,,,,,,")
      return try details(found)
    }
    #expect(
      try sentences("0.45,0.3,0.6").contains {
        $0.contains("no better than guessing on clean images (45.0 %)")
      })
    #expect(try !sentences("0.8,0.7,0.9").contains { $0.contains("guessing") })
  }

  @Test func `a control is not asked of embeddings that were made elsewhere`() throws {
    try run.tracking([found])
    func asks() throws -> Bool {
      try run.summary().limits.contains { $0.hasPrefix("There is no control") }
    }
    #expect(try asks())
    _ = try run.folder.write("{\"outputs\": {\"a\": \"b\"}}", "manifest.json")
    #expect(try !asks())
  }

  @Test func `groups that were tested are reported for the cited measure`() throws {
    let sentences = try details(
      found, "small,gaussian,within,,bottleneck_h1,spearman,0.4,0.1,0.6,0.001,0.01,0,5,3,",
      "large,gaussian,within,,bottleneck_h1,spearman,0.1,-0.4,0.6,0.7,1,0,5,3,",
      // The smallest p of three classes is 1 / 6: that nothing was tested is said by the table.
      "tiny,gaussian,within,,bottleneck_h1,spearman,0.9,0.8,1,0.17,,0,3,3,too few classes to test")
    #expect(sentences.count == 2)
    #expect(
      sentences[0].hasPrefix("Within the group small, for bottleneck distance in H1, it holds"))
    #expect(sentences[1].contains("there is no evidence"))
  }

  @Test func `too few classes are not tested`() throws {
    // The smallest p of five classes does not survive: no p is corrected, and none is an answer.
    let told = try answer(
      ",gaussian,within,,bottleneck_h1,spearman,0.9,,,0.025,,0,5,3,too few classes to test",
      ",gaussian,within,,paired_distance,spearman,0.9,,,0.025,,0,5,3,reference")
    #expect(told[0] == "Whether topology tracks accuracy could not be tested here.")
    #expect(told[1].hasPrefix("With 5 classes no p can survive"))
    #expect(told[1].contains("Spearman's ρ = 0.90, could not be tested"), "\(told)")
    #expect(!told.joined().contains("no evidence"))
    #expect(
      try run.sentences(.link).contains {
        $0.contains("distance of the embeddings (ρ = 0.90, p =")
      })
  }

  @Test func `what passes at one level is said with the floor`() throws {
    func sentence(_ start: String) throws -> String? {
      try details(
        open, ",gaussian,level,2,bottleneck_h1,spearman,-0.51,-0.71,-0.21,0.001,0.023,0,47,1,",
        ",gaussian,level,1,bottleneck_h1,spearman,-0.1,-0.3,0.1,0.5,1,0,47,1,",
        ",gaussian,level,2,accuracy_clean,spearman,\(start),0.7,0.95,0.0002,,0,47,1,reference"
      ).first { $0.hasPrefix("At σ = 2 alone") }
    }
    let numbers = "ρ = −0.51, corrected p = 0.023"
    let passes =
      "At σ = 2 alone, bottleneck distance in H1 (\(numbers)) is correlated with the drop"
    #expect(try sentence("0.3") == passes + ".")
    let floor = try sentence("0.86")
    #expect(floor?.hasPrefix(passes + ", but the drop there is little else") == true)
    #expect(floor?.contains("ρ of 0.86 (0.70 to 0.95)") == true)
  }

  @Test func `other measures are not counted as topology`() throws {
    let cka = ",gaussian,within,,cka_loss,spearman,0.6,0.4,0.8,0.001,0.01,0,47,3,primary"
    #expect(try answer(open, cka)[1].hasPrefix("Within levels, the strongest of 1 topological"))
    #expect(try details(open, cka)[0].contains("which is no topology, is correlated with the drop"))
  }

  @Test func `references are what a measure has to beat`() throws {
    #expect(
      try details(
        found, ",gaussian,within,,paired_distance,spearman,0.69,0.57,0.8,0.001,,0,47,3,reference")
        == [
          "Plain numbers that a topological measure has to beat: distance of the embeddings (ρ = 0.69, "
            + "p = 0.0010)."
        ])
  }
}
