import Files
import Fixtures
import Foundation
import Images

@testable import Reports


/// A run directory written by hand: two classes of two images, and whatever tables a test gives it.
struct HandmadeRun {
  let folder: TemporaryFolder

  /// Conditions need files; nothing that reports read is inside.
  init(conditions: [String] = ["clean", "gaussian-1-s0", "gaussian-2-s0"]) throws {
    folder = try TemporaryFolder()
    _ = try folder.write(
      "row,path,class,split\n0,a/0.png,a,test\n1,a/1.png,a,test\n2,b/0.png,b,test\n3,b/1.png,b,test\n",
      "samples.csv")
    _ = try folder.write("index,class\n0,a\n1,b\n", "classes.csv")
    for condition in conditions { _ = try folder.write("", "embeddings/\(condition).npy") }
  }

  var path: String { folder.path }

  /// Writes a table; lines joined by line ends.
  func table(_ name: String, _ lines: String...) throws {
    _ = try folder.write(lines.joined(separator: "\n") + "\n", name)
  }

  func opened() throws -> ReportedRun { try ReportedRun(path) }

  /// The summary of the tables that were written.
  func summary() throws -> RunSummary {
    let run = try opened()
    return try RunSummary(run, manifest: RunManifest(run.directory.file("manifest.json")))
  }

  /// The page without figures.
  func page(_ figures: FigureReport = .init(figures: [], messages: [])) throws -> String {
    try RunPage(opened(), figures: figures).html()
  }

  /// `link.csv` with rows of measure, scope, estimate, low, high, p, corrected p, mean when shuffled.
  func link(_ rows: [String], in file: String = "link.csv") throws {
    var text =
      "group,noise,scope,level,measure,statistic,estimate,low,high,p,p_holm,permuted_mean,classes,conditions,note\n"
    for row in rows { text += row + "\n" }
    _ = try folder.write(text, file)
  }
}
