import Files
import Foundation
import RunAnalyses
import Runs
import Topology

/// Where the diagrams of `topoclip persistence` go, and in which format: standard output, a file, or a folder with
/// a file an input and summaries beside them.
package struct PersistenceOutput: Sendable {
  /// The format of a diagram.
  package enum Format: String, Sendable, CaseIterable { case csv, json, npz }

  private let path: String?
  private let format: Format
  private let summaries: [DiagramSummary]?
  private let cocycles: String?

  /// An output as options say it.
  ///
  /// - Parameters:
  ///   - path: A file; with several inputs or summaries a folder; nil for standard output.
  ///   - format: The format of a diagram.
  ///   - summaries: Names of summaries separated by commas; nil for none.
  ///   - cocycles: Where the chains that carry the bars go; nil for nowhere.
  /// - Throws: `OptionError`.
  package init(path: String?, format: Format, summaries: String?, cocycles: String?) throws {
    try require(path != "", "--output: expected a path, found none")
    self.summaries = try summaries.map { text in
      let names = text.split(separator: ",", omittingEmptySubsequences: false)
      let parsed = names.compactMap { DiagramSummary(rawValue: String($0)) }
      try require(
        parsed.count == names.count,
        "--summaries \(text): expected "
          + DiagramSummary.allCases.map(\.rawValue).joined(separator: ", "))
      return parsed
    }
    try require(summaries == nil || path != nil, "--summaries needs --output DIR")
    try require(
      format != .npz || path != nil, "--format npz needs --output: it is not text")
    self.path = path
    self.format = format
    self.cocycles = cocycles
  }

  /// The folder; nil where everything goes into one file or to standard output.
  private func folder(_ inputs: [String]) -> String? {
    inputs.count > 1 || summaries != nil ? path : nil
  }

  /// The file of every input; nil where there is no folder.
  private func inputFiles(_ inputs: [String]) -> [String]? {
    folder(inputs).map { folder in
      InputNames.distinct(inputs, reserved: summaries?.map(\.rawValue) ?? [])
        .map { "\(folder)/" + FileName.shortened($0, ending: ".\(format)") }
    }
  }

  /// Every file that will be written.
  func files(_ inputs: [String]) -> [String] {
    let results =
      inputFiles(inputs).map { files in
        files + (summaries ?? []).map { "\(path ?? "")/\($0.fileName)" }
      } ?? [path].compactMap(\.self)
    return [cocycles].compactMap(\.self) + results
  }

  /// Checks, before anything is computed, that the output is not a folder in place of a file, or a file in place of
  /// a folder.
  ///
  /// - Throws: `FileError` naming it.
  func requireUsable(_ inputs: [String]) throws {
    guard let path else { return }
    guard let there = try FileStatus(path)?.kind else { return }
    let isFolder = folder(inputs) != nil
    if isFolder, there != .folder {
      throw FileError(path, "is a file; with several inputs or --summaries --output is a folder")
    }
    if !isFolder, there == .folder { throw FileError(path, "is a folder; expected a file") }
  }

  /// What was asked for, which the formats say.
  struct Request: Sendable {
    let inputs: [String]
    let rips: VietorisRips
    let metricName: String
  }

  /// Writes the file of one input, where there is a folder.
  func write(_ diagram: InputDiagram, of index: Int, _ request: Request) throws {
    guard let files = inputFiles(request.inputs) else { return }
    try write(diagram, request, to: files[index])
  }

  /// Writes all else once every input is done.
  ///
  /// - Returns: What goes to standard output.
  func finish(_ results: [InputDiagram], _ request: Request) throws -> String {
    var text = ""
    if let folder = folder(request.inputs) {
      for summary in summaries ?? [] {
        try summary.write(
          zip(request.inputs, results.map(\.persistence.diagram)).map { ($0, $1) },
          maximumDimension: request.rips.maximumDimension, folder: folder)
      }
    } else if let path {
      try write(results[0], request, to: path)
    } else {
      text = self.text(results, request)
    }
    if let cocycles {
      let objects = zip(request.inputs, results).map {
        DiagramTable.json(representativesOf: $1.persistence, input: $0)
      }
      try AtomicFile.write(
        "[\n" + objects.filter { !$0.isEmpty }.joined(separator: ",\n") + "\n]\n", to: cocycles)
    }
    return text
  }

  private func write(
    _ diagram: InputDiagram, _ request: Request, to path: String
  ) throws {
    let bars = diagram.persistence.diagram
    switch format {
    case .csv: try AtomicFile.write(DiagramTable.csv(bars), to: path)
    case .json: try AtomicFile.write(json(diagram, request, input: nil) + "\n", to: path)
    case .npz:
      try AtomicFile.write(
        DiagramTable.npz(bars, maximumDimension: request.rips.maximumDimension), to: path)
    }
  }

  private func json(
    _ diagram: InputDiagram, _ request: Request, input: String?
  ) -> String {
    DiagramTable.json(
      diagram.persistence, input: input, maximumDimension: request.rips.maximumDimension,
      prime: request.rips.prime, metric: request.metricName, landmarks: diagram.landmarks)
  }

  private func text(_ results: [InputDiagram], _ request: Request) -> String {
    switch format {
    case .json where results.count == 1: return json(results[0], request, input: nil) + "\n"
    case .json, .npz:
      return "["
        + zip(request.inputs, results).map { json($1, request, input: $0) }
        .joined(separator: ",\n") + "]\n"
    case .csv where results.count == 1: return DiagramTable.csv(results[0].persistence.diagram)
    case .csv:
      return CSV.line(["input"] + DiagramTable.header)
        + zip(request.inputs, results).map {
          DiagramTable.lines($1.persistence.diagram, prefix: [$0])
        }.joined()
    }
  }
}
