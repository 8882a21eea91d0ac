import Fixtures
import Pages
import RunAnalyses
import RunFixtures
import Runs

@testable import Reports

/// What reports make of the tables that a test writes.
extension HandmadeRun {
  func opened() throws -> ReportedRun { try ReportedRun(path) }

  /// The summary of the tables that were written.
  func summary() throws -> RunSummary {
    let run = try opened()
    return try RunSummary(run, manifest: Manifest.read(run.directory))
  }

  /// What a part of the page says, of a kind of noise or of all together.
  func sentences(_ section: PageSection, _ noise: String? = "gaussian") throws -> [String] {
    try section.sentences(opened(), noise).map(\.text)
  }

  /// The page without figures.
  func page(_ figures: FigureReport = .init(figures: [], messages: [])) throws -> String {
    try RunPage(opened(), figures: figures).html().markup
  }

  /// `link.csv` with rows of measure, scope, estimate, low, high, p, corrected p, mean when shuffled.
  func tracking(_ rows: [String], in file: String = "link.csv") throws {
    let header = TrackingColumns.file.columns.map(\.name).joined(separator: ",")
    _ = try folder.write(([header] + rows).joined(separator: "\n") + "\n", file)
  }

  /// `link.csv` as it is with families: rows of noise, scope, level, measure, family, estimate, low, high, p,
  /// p corrected for the family, smallest size that is found.
  func families(_ rows: String..., to file: String = "link.csv") throws {
    let header =
      "group,noise,scope,level,measure,statistic,family,estimate,low,high,p,p_adjusted,p_holm,p_joint,permuted_mean,"
      + "permutations,detectable,size_correlation,classes,conditions,note"
    let lines = rows.map { row -> String in
      let fields = row.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      let named: [String] = [""] + Array(fields[0...3]) + ["spearman"] + Array(fields[4...9])
      // p by Holm and over kinds of noise, mean when shuffled, permutations, what is found.
      let counted: [String] = ["", "", "0", "4999", fields[10], "", "47", "3", ""]
      return (named + counted).joined(separator: ",")
    }
    _ = try folder.write(([header] + lines).joined(separator: "\n") + "\n", file)
  }

  /// `levels.csv` with rows of noise, level, seeds, count, accuracy and drop with their intervals.
  func levels(_ rows: String...) throws {
    let header =
      "noise,level,seeds,count,top1,top1_low,top1_high,drop,drop_low,drop_high,ece,ece_low,ece_high,ece_scaled"
    let lines = [header] + rows.map { $0 + ",,,," }
    _ = try folder.write(lines.joined(separator: "\n") + "\n", "levels.csv")
  }
}
