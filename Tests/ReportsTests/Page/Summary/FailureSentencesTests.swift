import Fixtures
import RunFixtures
import Testing

@testable import Reports

struct FailureSentencesTests {
  private let run: HandmadeRun

  init() throws { run = try HandmadeRun() }

  private func sentences(_ rows: String...) throws -> [String] {
    let header =
      "noise,level,event,signal,needs_clean,images,events,auroc,auroc_low,auroc_high,aurc,aurc_low,aurc_high,difference,"
      + "difference_low,difference_high,p,p_adjusted,note"
    _ = try run.folder.write(
      ([header] + rows).joined(separator: "\n") + "\n", "failure_scores.csv")
    return try run.sentences(.failures)
  }

  private func row(
    _ signal: String, _ auroc: String, p: String = "", needs: String = "no", event: String = "wrong"
  ) -> String {
    "gaussian,,\(event),\(signal),\(needs),100,30,\(auroc),,,0.2,,,,,,\(p),\(p),"
  }

  @Test func `plain confidence may be the best there is`() throws {
    #expect(try run.sentences(.failures).isEmpty)
    #expect(
      try sentences(row("confidence", "0.7"), row("margin", "0.65", p: "0.2")) == [
        "Without the clean image, whether an answer is wrong is told best by plain confidence (AUROC 0.700)."
      ])
  }

  @Test func `another signal is better only where that is shown`() throws {
    let open = try sentences(row("confidence", "0.7"), row("margin", "0.75", p: "0.2"))
    #expect(
      open[0].hasSuffix(
        "is told best by the margin between the first two classes (AUROC 0.750); plain confidence has AUROC 0.700, and "
          + "the two are not shown to differ."), "\(open)")
    let apart = try sentences(row("confidence", "0.7"), row("margin", "0.75", p: "0.01"))
    #expect(apart[0].hasSuffix("which is less (corrected p = 0.010)."), "\(apart)")
  }

  @Test func `what needs the clean image is no answer without it`() throws {
    let told = try sentences(
      row("confidence", "0.7"), row("displacement", "0.9", p: "0.001", needs: "yes"))
    #expect(
      told[0].hasSuffix(
        "plain confidence (AUROC 0.700). With it, how far the image moved does better (AUROC 0.900)."
      ), "\(told)")
  }

  @Test func `single levels are not the mean, and flips are events too`() throws {
    #expect(try sentences("gaussian,1,wrong,confidence,no,9,3,0.9,,,,,,,,,,,").isEmpty)
    let flips = try sentences(row("confidence", "0.6", event: "flip"))
    #expect(flips[0].hasPrefix("Without the clean image, whether it is another than on the clean"))
  }
}
