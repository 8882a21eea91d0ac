package import Analyses
import Files
import LinearAlgebra
import Pages
import Runs

/// The nearest rows of rows, as `topoclip neighbors` lists them: a table, and a page with the rows' images.
package struct NeighborsJob: Job, Sendable {
  /// The page that was asked for.
  private struct Page {
    let file: String
    let labels: String
    let images: String
  }

  private let inputs: [String]
  private let count: Int
  private let metric: Metric
  private let rows: [Int]?
  private let index: NeighborIndex
  private let page: Page?
  private let output: String?
  private let isQuiet: Bool

  /// A job as options say it.
  ///
  /// - Parameters:
  ///   - inputs: Embeddings of the same rows.
  ///   - count: How many neighbours a row.
  ///   - metric: The name of the distance.
  ///   - index: How to look for them.
  ///   - rows: Rows separated by commas, from 0; nil for all.
  ///   - labels: A CSV with the columns `class` and `path`, for the page.
  ///   - images: The folder that those paths are in.
  ///   - html: Where the page goes; nil for none.
  ///   - output: A file in place of standard output.
  ///   - isQuiet: Whether to say nothing on standard error.
  /// - Throws: `OptionError`.
  package init(
    inputs: [String], count: Int, metric: String, index: NeighborIndex, rows: String?,
    labels: String?, images: String?, html: String?, output: String?, isQuiet: Bool
  ) throws {
    try require(!inputs.isEmpty, "give one embedding or several")
    try requireCount("-k", count, in: .neighbors)
    guard let metric = Metric.ofNeighbors(named: metric) else {
      throw OptionError("--metric \(metric): expected one of \(Metric.neighborNames)")
    }
    self.rows = try rows.map(Self.parsed)
    if let html {
      guard let images, let labels, rows != nil else {
        throw OptionError("--html needs --images DIR, --labels CSV with paths, and --rows")
      }
      page = Page(file: html, labels: labels, images: images)
    } else {
      try require(
        images == nil && labels == nil, "--images and --labels serve the page; name it with --html")
      page = nil
    }
    try requireSeparateFiles([output, html], inputs: inputs + [labels])
    self.inputs = inputs
    self.count = count
    self.metric = metric
    self.index = index
    self.output = output
    self.isQuiet = isQuiet
  }

  private static let rowNumbers = 0...1_000_000_000

  private static func parsed(_ rows: String) throws -> [Int] {
    let parts = rows.split(separator: ",", omittingEmptySubsequences: false)
    let parsed = parts.compactMap { Int(wholeNumber: String($0)) }
    try require(
      parsed.count == parts.count && parsed.allSatisfy(rowNumbers.contains),
      "--rows \(rows.prefix(200)): expected whole numbers from 0 to \(rowNumbers.upperBound), separated "
        + "by commas")
    try require(
      Set(parsed).count == parsed.count, "--rows \(rows): a row is named twice; name each once")
    return parsed
  }

  /// Finds the neighbours and writes the page.
  ///
  /// - Returns: The table as CSV; empty when it went to a file, or only a page was asked for.
  /// - Throws: `FileError` naming the file; `CancellationError`.
  package func run() throws -> String {
    let table = try NeighborTable(
      inputs: inputs, count: count, metric: metric, rows: rows, index: index, isQuiet: isQuiet)
    for line in table.messages { announce(line, isQuiet: isQuiet) }
    if let page {
      let html = try table.page(labels: page.labels, images: page.images)
      try AtomicFile.write(html.markup, to: page.file)
      if output == nil { return "" }
    }
    return try delivered(table.csv(), to: output)
  }
}
