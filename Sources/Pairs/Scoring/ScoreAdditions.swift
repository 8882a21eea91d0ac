import Embedding
import Files
import Foundation
import LinearAlgebra
import Pages
import RunAnalyses
import Runs

/// What a scoring does beside scores: candidates, the choice of pairs, what scores say together, the matrix.
struct ScoreAdditions {
  private let settings: ScoreSettings
  private let control: ComputationControl
  private let list: CandidateList?
  private var candidates: CandidateScores?
  private(set) var curation: Curation?
  /// The digests of the tables that are too large for memory and lie in the work folder once computed, by name.
  private(set) var digests: [String: String] = [:]
  /// What is to be known, a sentence each.
  private(set) var messages: [String] = []

  /// Reads the candidates.
  ///
  /// - Throws: `FileError` for candidates that are none.
  init(_ settings: ScoreSettings, isQuiet: Bool) throws {
    self.settings = settings
    control = .interruptible(isQuiet: isQuiet)
    list = try settings.candidates.map { try CandidateList($0) }
    messages = list?.messages ?? []
  }

  /// What has to be counted before the work: images and captions of their own, where a matrix is asked for.
  var counts: DistinctCount? { settings.matrix == nil ? nil : DistinctCount() }

  /// Refuses what would be too large, before anything is embedded.
  ///
  /// - Parameters:
  ///   - records: The rows of the input.
  ///   - distinct: Their images and captions.
  /// - Throws: `OptionError` with the size.
  func require(records: Int, _ distinct: DistinctCount?) throws {
    try list?.require(pairs: records)
    if let matrix = settings.matrix, let distinct {
      try matrix.require(images: distinct.images, captions: distinct.captions)
    }
  }

  /// Compares pairs with candidates, and chooses those that are kept.
  ///
  /// - Parameters:
  ///   - pairs: The scored pairs.
  ///   - store: Their embeddings.
  ///   - towers: The model.
  ///   - logitScale: Its factor of cosines.
  ///   - negCLIPLoss: Of every pair; nil without.
  /// - Returns: The columns that the results get of it.
  /// - Throws: `FileError`, `CancellationError`, `RunError.interrupted`.
  mutating func compute(
    _ pairs: ScoredPairs, _ store: any PairEmbeddings, _ towers: PairTowers,
    logitScale: () throws -> Double, negCLIPLoss: [Double]?
  ) throws -> [ScoreResults.Supplement] {
    if let rule = settings.curation {
      let curation = Curation(rule, cosines: pairs.cosines, negCLIPLoss: negCLIPLoss)
      messages += curation.messages
      self.curation = curation
    }
    guard let list else { return [] }
    let (rows, remarks) = try list.embeddings(towers)
    messages += remarks
    let scale = try logitScale()
    let path = settings.workFolder + "/" + PairStore.candidates
    var scores: CandidateScores?
    try AtomicFile.write(to: path) { file in
      scores = try CandidateScores(
        list, candidates: rows, pairs: pairs, embeddings: store, logitScale: scale,
        control: control
      ) { try file.write(contentsOf: Data($0.utf8)) }
    }
    guard let scores else { return [] }
    digests[PairStore.candidates] = "\(try Digest(ofFile: path))"
    candidates = scores
    return [
      ScoreResults.Supplement(columns: ScoreColumns.ofCandidates) { scored in
        [scores.name(scored), scores.probability[scored].shortestText]
      }
    ]
  }

  /// Writes the tables that lie in the work folder.
  ///
  /// - Parameter folder: The report's folder, which may be on another disk.
  /// - Throws: `FileError`.
  func write(to folder: String) throws {
    for name in digests.keys {
      // Mapped, and not in memory.
      let table = try FileContents.read(settings.workFolder + "/" + name)
      try AtomicFile.write(table, to: folder + "/" + name)
    }
  }

  /// The names that the tables need, to be gathered while the results are written.
  func names(
    _ pairs: ScoredPairs, of source: any PairSource, _ store: any PairEmbeddings,
    negCLIPLoss: [Double]?
  ) -> ScoreNames {
    ScoreNames(
      pairs, of: source, choice: ExampleChoice(pairs, negCLIPLoss: negCLIPLoss),
      sheetChoice: settings.sheet.map { _ in
        ExampleChoice(pairs, negCLIPLoss: negCLIPLoss, count: ScoreSheet.groupCount)
      },
      allOf: settings.matrix == nil ? nil : store)
  }

  /// Writes the kept rows, the contact sheet and the matrix, and computes what scores say together.
  ///
  /// - Parameters:
  ///   - pairs: The scored pairs.
  ///   - store: Their embeddings.
  ///   - negCLIPLoss: Of every pair; nil without.
  ///   - names: What was gathered.
  /// - Returns: The tables of the report.
  /// - Throws: `FileError`, `OptionError` for a matrix that is too large, `CancellationError`,
  ///   `RunError.interrupted`.
  func tables(
    _ pairs: ScoredPairs, _ store: any PairEmbeddings, negCLIPLoss: [Double]?, _ names: ScoreNames
  ) throws -> [Table] {
    if let curation {
      try KeptRows(curation, pairs).write(from: settings.output, to: settings.keptFile)
    }
    if let file = settings.sheet {
      let sheet = ScoreSheet(
        names.sheet, of: pairs.count, input: settings.inputs.joined(separator: ", "),
        model: settings.model)
      try AtomicFile.write(sheet.html().markup, to: file)
    }
    var tables = try ScoreStatistics(
      pairs: pairs, embeddings: store, negCLIPLoss: negCLIPLoss, kept: curation?.kept,
      seed: settings.seed
    ).tables(control: control)
    tables.append(names.examples)
    if let candidates { tables.append(candidates.summary) }
    if let matrix = settings.matrix {
      tables.append(
        try ScoreMatrix(store).write(
          matrix, images: names.images, captions: names.captions, control: control))
    }
    return tables
  }
}
