import Files
import Foundation
package import Runs

/// What `topoclip score` is to do.
package struct ScoreSettings: Sendable {
  /// Where pairs come from.
  package enum Input: Sendable, Equatable {
    /// A CSV; the columns are guessed where they are nil, and images lie by paths or in a folder.
    case table(path: String, imageColumn: String?, textColumn: String?, imageFolder: String?)
    /// A folder of images and one of texts.
    case folders(images: String, texts: String)
  }

  /// What becomes of a row without a usable image.
  package enum Missing: String, Sendable, CaseIterable {
    /// It stays, with an error.
    case keep
    /// It ends the scoring.
    case fail
  }

  package var input: Input
  /// A folder, `builtin`, or `random:` and an architecture.
  package var model = "builtin"
  /// The table of results.
  package var output = "results.csv"
  package var missing = Missing.keep
  /// Draws of batches for negCLIPLoss; 0 leaves it out.
  package var batches = 4
  package var batchSize = 32_768
  package var seed: UInt64 = 0
  /// The folder of tables; nil for one beside the results.
  package var report: String?
  /// Which pairs are kept; nil for no such table.
  package var curation: CurationRule?
  /// The table of kept rows; nil for one beside the results.
  package var kept: String?
  /// The file or folder of candidates; nil for none.
  package var candidates: String?
  /// The files of all cosines; nil for none.
  package var matrix: MatrixFiles?
  /// What every step took; nil for `stats.log` beside the results.
  package var statistics: String?

  private static let batchesRange = 0...1000
  private static let batchSizeRange = 2...262_144

  package init(input: Input) { self.input = input }

  /// Checks numbers and paths.
  ///
  /// - Throws: `OptionError`.
  package func check() throws {
    try require(
      Self.batchesRange.contains(batches),
      "--batches \(batches): expected 0 (no negCLIPLoss) to \(Self.batchesRange.upperBound)")
    try require(
      Self.batchSizeRange.contains(batchSize),
      "--batch-size \(batchSize): expected \(Self.batchSizeRange.lowerBound) to "
        + "\(Self.batchSizeRange.upperBound)")
    try require(
      kept == nil || curation != nil,
      "--kept is the table of what --keep-top or --minimum-score keep; give one of them")
    try require(
      curation?.measure != .negCLIPLoss || batches > 0,
      "--keep-by negcliploss needs draws of batches; --batches 0 leaves them out")
    try requireSeparateFiles(
      [
        output, statisticsFile, reportFolder, reportFolder + "/" + ScoreManifest.fileName,
        reportFolder + "/" + ScoreRankColumns.file.pattern.text, workFolder,
        curation == nil ? nil : keptFile,
      ] + (matrix?.paths ?? []), inputs: inputs + [candidates].compactMap(\.self))
    if curation != nil, case .other? = try FileStatus(output)?.kind {
      throw OptionError(
        "--output \(output) is a pipe or a device, from which no rows can be kept; give the name of a file"
      )
    }
  }

  /// The files and folders that are read.
  package var inputs: [String] {
    switch input {
    case .table(let path, _, _, _): [path]
    case .folders(let images, let texts): [images, texts]
    }
  }

  /// The folder of unfinished work.
  package var workFolder: String { output + ".work" }

  package var reportFolder: String {
    report ?? (output as NSString).deletingPathExtension + "-report"
  }

  /// The table of kept rows.
  package var keptFile: String {
    kept ?? (output as NSString).deletingPathExtension + "-kept.csv"
  }

  package var statisticsFile: String {
    if let statistics { return statistics }
    let folder = (output as NSString).deletingLastPathComponent
    return (folder.isEmpty ? "" : folder + "/") + "stats.log"
  }

  /// The settings that decide the results, for the manifest.
  var configuration: [String: String] {
    var settings = [
      "batches": "\(batches)", "batch-size": "\(batchSize)", "seed": "\(seed)",
      "on-missing": missing.rawValue, "temperature": NegCLIPLoss.temperature.shortestText,
    ]
    if let curation {
      settings["keep-top"] = curation.top?.text
      settings["keep-by"] = curation.top == nil ? nil : curation.measure.rawValue
      settings["minimum-score"] = curation.minimumScore?.shortestText
      settings["kept"] = keptFile
    }
    settings["candidates"] = candidates
    settings["matrix"] = matrix.map { ListText.text([$0.csv, $0.npy].compactMap(\.self)) }
    switch input {
    case .table(_, let image, let text, let folder):
      settings["image-column"] = image
      settings["text-column"] = text
      settings["images-dir"] = folder
    case .folders: break
    }
    return settings
  }

  /// Opens the input.
  ///
  /// - Throws: `FileError` for a damaged or unfit table, a folder that cannot be listed, and for columns of the
  ///   results' names.
  func source() throws -> any PairSource {
    let source: any PairSource
    switch input {
    case .table(let path, let image, let text, let folder):
      source = try PairTable(
        path: path, imageColumn: image, textColumn: text, imageFolder: folder)
      if let folder, try FileStatus(folder)?.kind != .folder {
        throw FileError(folder, "is no folder; expected the folder of images (--images-dir)")
      }
    case .folders(let images, let texts):
      source = try PairFolders(images: images, texts: texts)
    }
    let own = Set(resultColumns.map(\.name))
    if let taken = source.header.first(where: own.contains) {
      throw FileError(
        source.name,
        "has a column \"\(taken)\", as the results will: rename it, or leave it out, and run again")
    }
    return source
  }

  /// The columns that the results add to the input's.
  package var resultColumns: [any ColumnDeclaration] {
    ScoreColumns.all + (candidates == nil ? [] : ScoreColumns.ofCandidates)
  }
}
