import Files
import Foundation
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
    let (text, remarks) = try compared()
    for remark in remarks { announce(remark, isQuiet: isQuiet) }
    announce(comparison.description, isQuiet: isQuiet)
    return try delivered(text, to: output)
  }

  /// The table, and what is to be said of the files.
  func compared() throws -> (text: String, remarks: [String]) {
    try pairs.map { try table(list: $0) } ?? table()
  }

  /// The files of a comparison, and what is to be said of them.
  private struct Pair {
    var distances: [DiagramComparison.Distance]
    /// Of how files were read.
    let remarks: [String]
    /// The files that have no diagram of a dimension, by dimension.
    let absent: [Int: [String]]

    init(_ paths: [String], _ comparison: DiagramComparison) throws {
      let files = try paths.map { try DiagramFile($0) }
      distances = try comparison.compare(files[0].bars, files[1].bars)
      remarks = files.compactMap(\.remark)
      absent = Dictionary(
        distances.map { distance in
          (
            distance.dimension,
            zip(paths, files).filter { !$1.dimensions.contains(distance.dimension) }.map(\.0)
          )
        }
      ) { first, _ in first }
    }
  }

  /// What is to be said of comparisons, each sentence once.
  private func remarks(_ pairs: [Pair]) -> [String] {
    func unique(_ texts: [String]) -> [String] {
      var known: Set<String> = []
      return texts.filter { known.insert($0).inserted }
    }
    let dimensions = Set(pairs.flatMap(\.absent.keys)).sorted()
    let absences = dimensions.compactMap { dimension -> String? in
      let files = unique(pairs.flatMap { $0.absent[dimension] ?? [] })
      guard !files.isEmpty else { return nil }
      return
        "\(files.listed): no bar of dimension \(dimension); compared as a diagram without bars, which is wrong where "
        + "it was not computed"
    }
    return unique(pairs.flatMap(\.remarks)) + absences
  }

  private func table() throws -> (text: String, remarks: [String]) {
    let pair = try Pair(diagrams, comparison)
    let distances = pair.distances
    if let matching {
      let lines = distances.flatMap { distance in
        distance.pairs.map { CSV.line(["\(distance.dimension)", "\($0.a)", "\($0.b)"]) }
      }
      try AtomicFile.write(
        CSV.line(["dimension", "a", "b"]) + lines.joined(), to: matching)
    }
    let lines = distances.map { CSV.line(["\($0.dimension)", $0.distance.shortestText]) }
    return (CSV.line(["dimension", "distance"]) + lines.joined(), remarks([pair]))
  }

  private func table(list path: String) throws -> (text: String, remarks: [String]) {
    let list = try CSV(path: path)
    let columns = (try list.column("a"), try list.column("b"))
    try requireSeparateFiles(
      [output], inputs: list.records.flatMap { [$0.fields[columns.0], $0.fields[columns.1]] })
    for record in list.records {
      for (name, column) in [("a", columns.0), ("b", columns.1)]
      where record.fields[column].isEmpty || record.fields[column].isWordForMissing {
        throw FileError(
          list.file,
          "line \(record.line): \(name) is \(record.fields[column].wordsForMissingName); expected a file"
        )
      }
    }
    let pairs = try Parallel.tryMap(count: list.records.count) { index in
      let fields = list.records[index].fields
      do {
        var pair = try Pair([fields[columns.0], fields[columns.1]], comparison)
        // Matchings of a long list would be many.
        pair.distances = pair.distances.map {
          DiagramComparison.Distance(dimension: $0.dimension, distance: $0.distance, pairs: [])
        }
        return pair
      } catch let error as FileError {
        let place = error.kind == .missing ? Self.placeOfSearch(error.file, list: list.file) : ""
        throw FileError(list.file, "line \(list.records[index].line): \(error)\(place)")
      }
    }
    let rows = zip(list.records, pairs).flatMap { record, pair in
      pair.distances.map {
        CSV.line(
          [record.fields[columns.0], record.fields[columns.1], "\($0.dimension)"]
            + [$0.distance.shortestText])
      }
    }
    return (CSV.line(["a", "b", "dimension", "distance"]) + rows.joined(), remarks(pairs))
  }

  /// Where a file of a list was looked for.
  private static func placeOfSearch(_ path: String, list: String) -> String {
    guard !path.isAbsolutePath else { return "" }
    let beside = URL(fileURLWithPath: list).deletingLastPathComponent().path + "/" + path
    let isBeside = (try? FileStatus(beside)) != nil
    return
      " in the current folder, \(FileManager.default.currentDirectoryPath), where paths of a list start"
      + (isBeside ? "; beside the list there is \(beside)" : "")
  }
}
