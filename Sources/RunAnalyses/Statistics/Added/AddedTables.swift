import Analyses
import LinearAlgebra
import Runs

/// Whether topology says anything of what classes lose that the references do not: `partial.csv` and
/// `added.csv`.
struct AddedTables: Sendable {
  let tracking: Tracking

  /// What is made of the changes.
  struct Results: Codable, Sendable {
    let partial: [PartialCorrelation]
    let added: [AddedPrediction]
  }

  /// The most permutations of the models: p-values to ±.005 where they are .05.
  static let mostPermutations = 1_999

  /// The results; nil without accuracy.
  ///
  /// The key is known before the changes are: it reads the keys of what they are told from.
  func unit() throws -> CachedUnit<Results>? {
    guard tracking.levels != nil else { return nil }
    let context = tracking.context
    let reads = try context.analyses.all.flatMap { try $0.changeUnits(context).map(\.key.digest) }
    let key = tracking.analysis.key(
      "added by topology", settings: ["permutations", "seed"],
      more: [("conditions", context.conditions.map(\.name).joined(separator: ","))],
      reads: try context.digests(context.conditions) + reads)
    return CachedUnit(key, work: work) { [self] in
      try Self.results(
        tracking.changes(), tracking.analysis.settings, control: .interruptible(isQuiet: true))
    }
  }

  /// The results of some changes.
  static func results(
    _ changes: ClassChanges, _ settings: StatisticsSettings, control: ComputationControl
  ) throws -> Results {
    let noises = changes.conditions.compactMap(\.noise).uniqued
    let partial = settings.permutation("partial")
    let added = Resampling(
      "added", replicates: min(partial.replicates, mostPermutations), seed: settings.seed)
    func prediction(_ name: String, _ noises: [String]) throws -> AddedPrediction {
      try AddedPrediction(name, changes, noises: noises, resampling: added, control: control)
    }
    let each = try noises.map { try prediction($0, [$0]) }
    return Results(
      partial: try noises.flatMap {
        try PartialCorrelation.all(changes, noise: $0, resampling: partial, control: control)
      },
      added: each + (noises.count > 1 ? [try prediction(AddedColumns.all, noises)] : []))
  }

  /// How much that is: the models' permutations outweigh all else.
  private var work: Work {
    let context = tracking.context
    let permutations = Double(
      min(tracking.analysis.settings.permutation("added").replicates, Self.mostPermutations))
    // Fifty training sets, each of eight penalties, of some twenty columns; twice, by noise and jointly.
    return Work(
      steps: permutations
        * (2e6 + 600 * context.classCount * Double(context.noisy.count)))
  }

  /// Writes both tables.
  ///
  /// - Returns: What topology adds, in sentences.
  func write() throws -> String {
    let results = try unit().map { try tracking.context.store.value($0) }
    var (partial, added) = (Table(PartialColumns.file), Table(AddedColumns.file))
    for line in results?.partial ?? [] { partial.append(line.cells) }
    for line in results?.added ?? [] { added.append(line.cells) }
    try tracking.context.run.write(partial)
    try tracking.context.run.write(added)
    let sentences = (results?.added ?? []).map(\.sentence).joined()
    return sentences.isEmpty ? "" : "\n" + sentences
  }
}
