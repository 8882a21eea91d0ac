import Files
import LinearAlgebra
import RunAnalyses
import Runs
package import Topology

/// Distances between files of diagrams, as `topoclip distance` computes them: of two, or of every pair of a list.
package struct DistanceJob: Job, Sendable {
  private let diagrams: [String]
  private let pairs: String?
  private let comparison: DiagramComparison
  private let matching: String?
  private let output: String?
  private let isQuiet: Bool

  /// A job as options say it.
  ///
  /// - Parameters:
  ///   - diagrams: Two files; none with `pairs`.
  ///   - pairs: A CSV with the columns `a,b`, a diagram each (CSV, JSON or NPZ); nil for two diagrams.
  ///   - metric: Which distance.
  ///   - order: Wasserstein's, 1 or 2; nil for 1, and for the bottleneck distance.
  ///   - ground: The metric between points of diagrams.
  ///   - dimension: The only dimension to compare; nil for all.
  ///   - tolerance: 0 for the exact value, or the relative error allowed, less than 1.
  ///   - matching: Where the matching of two diagrams goes; nil for nowhere.
  ///   - output: A file in place of standard output.
  ///   - isQuiet: Whether to say nothing on standard error.
  /// - Throws: `OptionError`.
  package init(
    diagrams: [String], pairs: String?, metric: DiagramMetric.Name, order: Int?,
    ground: GroundMetric, dimension: Int?, tolerance: Double, matching: String?, output: String?,
    isQuiet: Bool
  ) throws {
    try require(
      diagrams.count == (pairs == nil ? 2 : 0),
      "give two diagrams, or --pairs LIST.csv; found \(diagrams.count)")
    guard let metric = DiagramMetric(metric, order: order) else {
      throw OptionError("--order: expected 1 or 2, with --metric wasserstein")
    }
    try require(
      (0..<1).contains(tolerance),
      "--tolerance \(tolerance): expected 0 or more and less than 1")
    try requireCount("--dimension", dimension, in: 0...1000)
    try require(
      matching == nil || pairs == nil, "--matching goes with two diagrams, not with --pairs")
    try requireSeparateFiles([output, matching], inputs: diagrams + [pairs])
    self.diagrams = diagrams
    self.pairs = pairs
    comparison = DiagramComparison(
      metric: metric, ground: ground, tolerance: tolerance, dimension: dimension)
    self.matching = matching
    self.output = output
    self.isQuiet = isQuiet
  }

  /// Compares; the conventions of the distance go to standard error.
  ///
  /// - Returns: CSV `dimension,distance`, or `a,b,dimension,distance` of a list; empty when it went to a file.
  /// - Throws: `FileError` naming the file and the line; `OptionError` for a list whose diagrams would be
  ///   overwritten; `CancellationError`.
  package func run() throws -> String {
    let text = try pairs.map { try table(list: $0) } ?? table()
    announce(comparison.description, isQuiet: isQuiet)
    return try delivered(text, to: output)
  }

  private func table() throws -> String {
    let distances = try comparison.compare(
      DiagramFile.read(diagrams[0]), DiagramFile.read(diagrams[1]))
    if let matching {
      let lines = distances.flatMap { distance in
        distance.pairs.map { CSV.line(["\(distance.dimension)", "\($0.a)", "\($0.b)"]) }
      }
      try AtomicFile.write(
        CSV.line(["dimension", "a", "b"]) + lines.joined(), to: matching)
    }
    return CSV.line(["dimension", "distance"])
      + distances.map { CSV.line(["\($0.dimension)", $0.distance.shortestText]) }.joined()
  }

  private func table(list path: String) throws -> String {
    let list = try CSV(path: path)
    let columns = (try list.column("a"), try list.column("b"))
    try requireSeparateFiles(
      [output], inputs: list.records.flatMap { [$0.fields[columns.0], $0.fields[columns.1]] })
    let rows = try Parallel.tryMap(count: list.records.count) { index in
      let fields = list.records[index].fields
      let pair = [fields[columns.0], fields[columns.1]]
      let distances: [DiagramComparison.Distance]
      do {
        distances = try comparison.compare(
          DiagramFile.read(pair[0]), DiagramFile.read(pair[1]))
      } catch let error as FileError {
        throw FileError(list.file, "line \(list.records[index].line): \(error)")
      }
      return distances.map {
        CSV.line(pair + ["\($0.dimension)", $0.distance.shortestText])
      }.joined()
    }
    return CSV.line(["a", "b", "dimension", "distance"]) + rows.joined()
  }
}
