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

  /// `link.csv` with those of its columns that reports read: measure, scope, estimate, low, high, p, corrected p, mean when shuffled.
  func tracking(_ rows: [String], in file: String = "link.csv") throws {
    let header =
      "group,noise,scope,level,measure,statistic,estimate,low,high,p,p_adjusted,permuted_mean,classes,conditions,note"
    _ = try folder.write(([header] + rows).joined(separator: "\n") + "\n", file)
  }

  /// `link.csv` as it is with families: rows of noise, scope, level, measure, family, estimate, low, high, p,
  /// p corrected for the family, smallest size that is found.
  func families(_ rows: String..., to file: String = "link.csv") throws {
    let header =
      "group,noise,scope,level,measure,statistic,family,estimate,low,high,p,p_adjusted,p_holm,p_joint,permuted_mean,"
      + "permutations,detectable,size_correlation,classes,conditions,note"
    let lines = rows.map { row in
      let fields: [String] = row.split(separator: ",", omittingEmptySubsequences: false)
        .map(String.init)
      var line: [String] = [""]
      line += fields[0...3]
      line.append("spearman")
      line += fields[4...9]
      line += ["", "", "0", "4999", fields[10], "", "47", "3", ""]
      return line.joined(separator: ",")
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
