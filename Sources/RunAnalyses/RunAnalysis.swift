package import Files
package import Runs

/// An analysis of a run: one room, with its settings, its files, its work and what it says.
///
/// To add one is its folder, a line in `AnalysisRegistry`, its tests and its paragraph.
package protocol RunAnalysis: Sendable {
  /// Its section of the configuration.
  associatedtype Settings: DeclaredSettings

  /// What `--analyses` and the stages of the manifest call it; also the name of its section.
  static var name: String { get }
  /// What it does, for help.
  static var summary: String { get }
  /// What changes the bits of its units' results is counted here.
  static var version: Int { get }
  /// The files that it writes.
  static var files: [RunFile] { get }
  /// The analyses whose results its tables are made of too, where the run has them: when those change, so do these.
  static var reads: [any RunAnalysis.Type] { get }
  /// The settings of other analyses that decide its tables, by the analyses' names.
  static var readSettings: [String: [String]] { get }
  /// The fewest samples that it says anything about; with fewer it is left out unless it is asked for by name.
  static var fewestSamples: Int { get }
  /// The measures of change that it has.
  static var measures: [ChangeMeasure] { get }
  /// What it does not compute in a run without clean images, in words that follow its name; nil for one that has no
  /// need of them.
  static var withoutClean: String? { get }

  /// The analysis under some settings.
  init(_ settings: Settings)
  /// Its settings.
  var settings: Settings { get }

  /// Checks, before anything is embedded, that the samples allow it.
  ///
  /// - Throws: What is missing, and what to do.
  func require(_ samples: SampleTable) throws

  /// Its units of work, in an order in which each comes behind those that it reads.
  ///
  /// Keys are known before anything is computed: the units of a run can be listed, looked up and shared out.
  ///
  /// - Throws: `FileError` naming embeddings that are damaged.
  func units(_ context: RunContext) throws -> [any UnitOfWork]

  /// What writing its files computes, beside its units: for estimates.
  func writing(_ context: RunContext) -> Work

  /// Writes its files from the results of its units.
  ///
  /// - Returns: What a person sees of it in the end; empty for nothing.
  /// - Throws: `FileError` naming embeddings that do not allow it; `RunError.interrupted`.
  func write(_ context: RunContext) throws -> String

  /// The units that `changes` is told from, whether or not the analysis is run; none where it says nothing.
  ///
  /// - Throws: As `units`.
  func changeUnits(_ context: RunContext) throws -> [any UnitOfWork]

  /// How much every class changed under every noisy condition, by its measures.
  ///
  /// - Returns: None where the run has nothing to say it by.
  /// - Throws: As `write`.
  func changes(_ context: RunContext) throws -> [MeasuredChange]
}

extension RunAnalysis {
  package static var reads: [any RunAnalysis.Type] { [] }
  package static var readSettings: [String: [String]] { [:] }
  package static var fewestSamples: Int { 1 }
  package static var measures: [ChangeMeasure] { [] }
  package static var withoutClean: String? { nil }
  package func require(_ samples: SampleTable) throws {}
  package func writing(_ context: RunContext) -> Work { .none }
  package func changeUnits(_ context: RunContext) throws -> [any UnitOfWork] { [] }
  package func changes(_ context: RunContext) throws -> [MeasuredChange] { [] }

  /// The key of one of its units.
  ///
  /// - Parameters:
  ///   - name: The unit among those of the analysis.
  ///   - keys: The keys of the settings that it reads; nil for all.
  ///   - more: Settings of other analyses that it reads.
  ///   - reads: Digests of what else it reads.
  /// - Returns: The key.
  package func key(
    _ name: String, settings keys: [String]? = nil, more: [(key: String, value: String)] = [],
    reads: [Digest]
  ) -> UnitKey {
    UnitKey(
      analysis: Self.name, version: Self.version, name: name,
      settings: settings.canonical(Self.name, keys) + more, reads: reads)
  }
}
