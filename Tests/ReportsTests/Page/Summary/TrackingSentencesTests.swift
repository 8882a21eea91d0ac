import Files
import Fixtures
import RunFixtures
import Testing

@testable import Reports

/// Whether topology tracks accuracy, as the summary of a page says it.
struct TrackingSentencesTests {
  private let run: HandmadeRun

  init() throws { run = try HandmadeRun() }

  private func tracked(_ rows: String...) throws -> RunSummary {
    try run.tracking(rows)
    return try run.summary()
  }

  private let found =
    ",gaussian,within,,bottleneck_h1,spearman,0.42,0.12,0.65,0.001,0.012,0.01,47,3,primary"
  private let open = ",gaussian,within,,entropy_h0,spearman,0.1,-0.2,0.4,0.4,1,0.01,47,3,primary"

  @Test func `a correlation that stands is the answer`() throws {
    let summary = try tracked(found, open)
    #expect(
      summary.answer.last
        == "Topology tracks accuracy here: within levels, classes whose diagrams moved more lose more accuracy. By "
        + "bottleneck distance in H1: Spearman ρ = 0.42, 95 % 0.12 to 0.65, adjusted p = 0.012. It is the only one of 2 "
        + "topological measures for which that holds.")
  }

  @Test func `a negative correlation runs against`() throws {
    let summary = try tracked(
      ",gaussian,within,,wasserstein1_h0_scaled,spearman,-0.5,-0.7,-0.2,0.001,0.012,0.01,47,3,primary"
    )
    #expect(summary.answer.last?.hasPrefix("Topology runs against accuracy here") == true)
    #expect(summary.answer.last?.contains("1-Wasserstein distance in H0 (scale removed)") == true)
  }

  @Test func `a relation that the relative drop does not share is doubtful`() throws {
    func answer(_ relative: String) throws -> String? {
      try tracked(
        found,
        ",gaussian,relative,,bottleneck_h1,spearman,\(relative),,0.01,40,3,sensitivity: relative drop"
      ).answer.last
    }
    let doubtful = try answer("0.05,-0.3,0.4,0.6")
    #expect(
      doubtful?.hasPrefix("Topology and accuracy are related here, but the relation is doubtful")
        == true)
    #expect(
      doubtful?.contains(
        "no evidence that it holds for the drop as a share of the clean accuracy, of the 40 classes"
      )
        == true)
    // Of the other sign it does not hold either, however sure.
    #expect(try answer("-0.5,-0.7,-0.3,0.001")?.contains("doubtful") == true)
    let sound = try answer("0.5,0.3,0.7,0.001")
    #expect(sound?.hasPrefix("Topology tracks accuracy here") == true)
    #expect(sound?.contains("It holds for the drop as a share of the clean accuracy too") == true)
  }

  @Test func `what goes with the scale is said`() throws {
    let raw =
      ",gaussian,within,,wasserstein2_h0,spearman,-0.77,-0.88,-0.66,0.001,0.019,0,47,3,primary"
    let answer = try tracked(
      raw, ",gaussian,within,,wasserstein2_h0_scaled,spearman,0.23,-0.37,0.62,0.4,1,0,47,3,primary"
    ).answer.last
    #expect(
      answer?.hasSuffix(
        " With the scale of the distances removed there is no evidence of it: 2-Wasserstein distance in H0 then has "
          + "Spearman ρ = 0.23, 95 % −0.37 to 0.62, adjusted p = 1. How far apart a class's embeddings lie may be all that "
          + "goes with the drop.") == true, "\(answer ?? "")")
    let both = try tracked(
      raw,
      ",gaussian,within,,wasserstein2_h0_scaled,spearman,-0.7,-0.8,-0.6,0.001,0.019,0,47,3,primary")
    #expect(both.answer.last?.contains("scale of the distances") == false)
  }

  @Test func `both signs are no answer in one direction`() throws {
    let summary = try tracked(
      found,
      ",gaussian,within,,total_persistence_h0,spearman,-0.5,-0.7,-0.2,0.001,0.012,0.01,47,3,primary"
    )
    #expect(summary.answer.last?.contains("but not in one direction") == true)
  }

  @Test func `nothing found is not nothing there`() throws {
    let wide = try tracked(open)
    #expect(
      wide.answer.last?.hasPrefix("There is no evidence here that topology tracks accuracy") == true
    )
    #expect(
      wide.answer.last?.contains("from −0.20 to 0.40: a considerable relation is not ruled out")
        == true)
    let narrow = try tracked(
      ",gaussian,within,,entropy_h0,spearman,0.01,-0.1,0.12,0.8,1,0.01,47,3,primary")
    #expect(narrow.answer.last?.contains("a strong relation is ruled out") == true)
  }

  @Test func `what fails the correction is a hint`() throws {
    let summary = try tracked(
      ",gaussian,within,,bottleneck_h1,spearman,0.3,0.02,0.5,0.03,0.3,0.01,47,3,primary", open)
    #expect(
      summary.answer.last?.contains(
        "For one of them the interval excludes 0, but its p does not survive the correction: a hint"
      )
        == true)
  }

  @Test func `a small p with zero in the interval is no finding`() throws {
    let summary = try tracked(
      ",gaussian,within,,bottleneck_h1,spearman,0.3,-0.02,0.5,0.001,0.01,0.01,47,3,primary")
    #expect(summary.answer.last?.hasPrefix("There is no evidence") == true)
  }

  @Test func `correlations at single levels are no answer`() throws {
    let summary = try tracked(",gaussian,level,1,bottleneck_h1,kendall,0.3,,,0.1,,0,47,3,")
    #expect(summary.answer.last?.contains("could not be told") == true)
  }

  @Test func `without Spearman's correlation, Kendall's is cited`() throws {
    let summary = try tracked(",gaussian,within,,bottleneck_h1,kendall,0.3,,,0.1,1,0,47,3,primary")
    #expect(summary.answer.last?.contains("Kendall τ = 0.30") == true)
  }

  @Test(arguments: [
    ("within,,bottleneck_h9,spearman,0.3,,,0.1,1,0", "measure \"bottleneck_h9\""),
    ("within,,bottleneck_h1,pearson,0.3,,,0.1,1,0", "statistic \"pearson\""),
    ("between,,bottleneck_h1,spearman,0.3,,,0.1,1,0", "scope \"between\""),
    ("within,,bottleneck_h1,spearman,0.3,,,,1,0", "p is \"\""),
  ])
  func `what a row may not say is named with its line`(numbers: String, words: String) throws {
    let error = #expect(throws: FileError.self) {
      _ = try tracked(open, ",gaussian,\(numbers),47,3,")
    }
    #expect(
      error?.description.contains("link.csv: line 3: \(words)") == true, "\(error.debugDescription)"
    )
  }

  @Test func `without a table, the question is open`() throws {
    let summary = try run.summary()
    #expect(summary.answer.last?.contains("was not tested in this run") == true)
    #expect(summary.limits.contains("The link between topology and accuracy was not tested."))
  }

  @Test func `the pooled correlation is called confounded`() throws {
    let summary = try tracked(
      found,
      ",gaussian,pooled,,bottleneck_h1,spearman,0.85,0.8,0.9,0.0001,,0.83,47,3,confounded by level")
    let details = try #require(summary.parts.first { $0.heading == "Topology against accuracy" })
    #expect(
      details.sentences == [
        "Pooled over levels the same correlation is 0.85, but that is confounded by level: change and drop both grow "
          + "with the noise, and with classes shuffled within levels it is 0.83 on average. It is no evidence."
      ])
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
    let summary = try tracked(found)
    let sentences: [String] = summary.parts.flatMap(\.sentences)
    #expect(sentences.contains { $0.contains(words) }, "\(sentences)")
    #expect(!summary.limits.contains { $0.hasPrefix("There is no control") })
  }

  @Test func `a control that guesses says little`() throws {
    try run.tracking(
      [",gaussian,within,,bottleneck_h1,spearman,0.05,-0.2,0.3,0.6,1,0,47,3,primary"],
      in: "control/link.csv")
    let header =
      "noise,level,seeds,count,top1,top1_low,top1_high,ece,ece_low,ece_high,ece_scaled,drop,drop_low,drop_high"
    func sentences(_ scores: String) throws -> [String] {
      try run.table("control/levels.csv", header, "none,0,1,4,\(scores),,,,,,,")
      return try tracked(found).parts.flatMap(\.sentences)
    }
    #expect(
      try sentences("0.45,0.3,0.6").contains {
        $0.contains("no better than guessing on clean images (45.0 %)")
      })
    #expect(try !sentences("0.8,0.7,0.9").contains { $0.contains("guessing") })
  }

  @Test func `groups are reported for the cited measure`() throws {
    let summary = try tracked(
      found, "small,gaussian,within,,bottleneck_h1,spearman,0.4,0.1,0.6,0.001,0.01,0,5,3,",
      "large,gaussian,within,,bottleneck_h1,spearman,0.1,-0.4,0.6,0.7,1,0,5,3,")
    let groups = try #require(summary.parts.first { $0.heading == "Within groups of classes" })
    #expect(groups.sentences[0].contains("within the group small: it holds"))
    #expect(groups.sentences[1].contains("within the group large: no evidence"))
  }

  @Test func `a group of too few classes for any p says so`() throws {
    // The smallest p of three classes is 1 / 6.
    let summary = try tracked(
      found,
      "small,gaussian,within,,bottleneck_h1,spearman,0.9,0.8,1,0.17,,0,3,3,could not be tested")
    let groups = try #require(summary.parts.first { $0.heading == "Within groups of classes" })
    #expect(
      groups.sentences[0].hasSuffix(
        "within the group small: Spearman ρ = 0.90, 95 % 0.80 to 1.00, "
          + "could not be tested."))
  }

  @Test func `too few classes are not tested`() throws {
    // The smallest p of five classes does not survive: no p is corrected, and none is an answer.
    let summary = try tracked(
      ",gaussian,within,,bottleneck_h1,spearman,0.9,,,0.025,,0,5,3,could not be tested",
      ",gaussian,within,,paired_distance,spearman,0.9,,,0.025,,0,5,3,reference")
    let answer = try #require(summary.answer.last)
    #expect(
      answer.hasPrefix("Whether topology tracks accuracy could not be tested: with 5 classes"))
    #expect(answer.contains("Spearman ρ = 0.90, could not be tested"), "\(answer)")
    let sentences: [String] = summary.parts.flatMap(\.sentences)
    #expect(
      sentences.contains { $0.contains("distance of the embeddings (Spearman ρ = 0.90, p =") })
  }

  @Test func `what passes at one level is said with the floor`() throws {
    func sentence(_ start: String) throws -> String? {
      let summary = try tracked(
        open, ",gaussian,level,2,bottleneck_h1,spearman,-0.51,-0.71,-0.21,0.001,0.023,0,47,1,",
        ",gaussian,level,1,bottleneck_h1,spearman,-0.1,-0.3,0.1,0.5,1,0,47,1,",
        ",gaussian,level,2,accuracy_clean,spearman,\(start),0.7,0.95,0.0002,,0,47,1,reference")
      let sentences: [String] = summary.parts.flatMap(\.sentences)
      return sentences.first { $0.hasPrefix("At σ = 2 alone") }
    }
    let numbers = "Spearman ρ = −0.51, 95 % −0.71 to −0.21, adjusted p = 0.023"
    let passes =
      "At σ = 2 alone, bottleneck distance in H1 (\(numbers)) is correlated with the drop"
    #expect(try sentence("0.3") == passes + ".")
    let floor = try sentence("0.86")
    #expect(floor?.hasPrefix(passes + "; but the drop there is little else") == true)
    #expect(floor?.contains("ρ = 0.86") == true)
  }

  @Test func `other measures are not counted as topology`() throws {
    let summary = try tracked(
      open, ",gaussian,within,,cka_loss,spearman,0.6,0.4,0.8,0.001,0.01,0,47,3,primary")
    #expect(summary.answer.last?.contains("none of 1 topological measure") == true)
    let details = try #require(summary.parts.first { $0.heading == "Topology against accuracy" })
    #expect(details.sentences[0].hasPrefix("Of 1 measure that is not topological, 1 is correlated"))
  }

  @Test func `references are what a measure has to beat`() throws {
    let reference =
      ",gaussian,within,,paired_distance,spearman,0.69,0.57,0.8,0.001,,0,47,3,reference"
    let summary = try tracked(found, reference)
    let details = try #require(summary.parts.first { $0.heading == "Topology against accuracy" })
    #expect(
      details.sentences == [
        "Plain numbers that a topological measure has to beat: distance of the embeddings (Spearman ρ = 0.69, 95 % 0.57 "
          + "to 0.80, p = 0.0010). Bottleneck distance in H1 is not correlated more than they are, so it may say no "
          + "more than they do."
      ])
  }

  @Test(arguments: [
    ("0.2,-0.1,0.4", "has the larger correlation, but the intervals overlap"),
    ("0.02,-0.05,0.08", "is correlated more than it is."),
  ])
  func `a larger correlation is compared by intervals`(numbers: String, words: String) throws {
    let summary = try tracked(
      found, ",gaussian,within,,paired_distance,spearman,\(numbers),0.5,,0,47,3,reference")
    let sentences: [String] = summary.parts.flatMap(\.sentences)
    #expect(sentences.contains { $0.contains(words) }, "\(sentences)")
  }

  @Test func `a pooled correlation that levels do not make is no evidence either`() throws {
    let summary = try tracked(
      found,
      ",gaussian,pooled,,bottleneck_h1,spearman,-0.16,-0.3,0,0.1,,0.004,47,3,confounded by level")
    let sentences: [String] = summary.parts.flatMap(\.sentences)
    #expect(sentences.contains { $0.contains("it mixes levels with classes") }, "\(sentences)")
  }
}
