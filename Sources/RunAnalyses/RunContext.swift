import Analyses
package import Files
package import LinearAlgebra
package import Runs
import Synchronization

/// What the analyses of a run share: embeddings, unit rows and all else that is read or computed once and handed
/// on, and the results of finished units.
package final class RunContext: Sendable {
  /// Where the tables go.
  package let run: RunDirectory
  /// The rows.
  package let samples: SampleTable
  /// The conditions, clean first if it is one.
  package let conditions: [Condition]
  /// Every analysis with its settings, chosen or not.
  package let analyses: AnalysisSet
  /// The names of those that are run.
  package let chosen: Set<String>
  /// What cosines with the classes' embeddings are multiplied by; nil when the run has no such embeddings.
  package let logitScale: Double?
  /// What corruption errors are relative to; nil for nothing.
  package let baseline: CorruptionBaseline?
  /// Results of finished units.
  package let store: UnitStore
  /// Whether to show no progress.
  package let isQuiet: Bool

  /// Where embeddings come from.
  package struct Source: Sendable {
    let embeddings: @Sendable (Condition) throws -> Matrix<Float>
    let digest: (@Sendable (Condition) throws -> Digest)?
    let classes: @Sendable () throws -> Matrix<Float>
    let dimension: Int?

    /// Embeddings from anywhere.
    ///
    /// - Parameters:
    ///   - embeddings: Those of a condition, [samples, dimension].
    ///   - digest: Their digest; nil to take it of what `embeddings` gives.
    ///   - dimension: The dimension, where it is known before there are embeddings.
    ///   - classes: Those of the classes, [classes, dimension], unit rows.
    package init(
      embeddings: @escaping @Sendable (Condition) throws -> Matrix<Float>,
      digest: (@Sendable (Condition) throws -> Digest)? = nil, dimension: Int? = nil,
      classes: @escaping @Sendable () throws -> Matrix<Float>
    ) {
      self.embeddings = embeddings
      self.digest = digest
      self.dimension = dimension
      self.classes = classes
    }

    /// Those in a run directory.
    package init(_ run: RunDirectory, _ samples: SampleTable) {
      self.init {
        try run.readEmbeddings($0, rowCount: samples.labels.count)
      } classes: {
        try run.readClassEmbeddings(classCount: samples.classes.count)
      }
    }
  }

  private let source: Source
  /// Enough for thirty conditions of a thousand images; a large run reads a condition again where it is needed again.
  private let matrices = ByteCache<Matrix<Float>>(bytes: 256 << 20) { 4 * $0.values.count }
  let neighborLists = ByteCache<NearestNeighbors>(bytes: 64 << 20) { 8 * $0.indices.count }
  private let known = Mutex<[String: any Sendable]>([:])

  /// A run's context.
  ///
  /// - Parameters:
  ///   - run: Where the tables go.
  ///   - samples: The rows.
  ///   - conditions: The conditions, clean first if it is one.
  ///   - analyses: Every analysis with its settings.
  ///   - chosen: The names of those that are run.
  ///   - logitScale: What cosines are multiplied by; nil without embeddings of the classes.
  ///   - baseline: What corruption errors are relative to.
  ///   - store: Where results of units are kept.
  ///   - isQuiet: Whether to show no progress.
  ///   - source: Where embeddings come from; nil for the run directory.
  package init(
    run: RunDirectory, samples: SampleTable, conditions: [Condition], analyses: AnalysisSet,
    chosen: Set<String>, logitScale: Double? = nil, baseline: CorruptionBaseline? = nil,
    store: UnitStore = UnitStore(folder: nil), isQuiet: Bool = true,
    source: Source? = nil
  ) {
    self.run = run
    self.samples = samples
    self.conditions = conditions
    self.analyses = analyses
    self.chosen = chosen
    self.logitScale = logitScale
    self.baseline = baseline
    self.store = store
    self.isQuiet = isQuiet
    self.source = source ?? Source(run, samples)
  }

  /// Whether an analysis is run.
  package func isChosen<Analysis: RunAnalysis>(_ analysis: Analysis.Type) -> Bool {
    chosen.contains(analysis.name)
  }

  /// The noisy conditions.
  package var noisy: [Condition] { conditions.filter { $0 != .clean } }

  /// What is made once in a run and used in several places.
  ///
  /// - Parameters:
  ///   - name: What it is; nothing else may have that name.
  ///   - make: Makes it.
  /// - Returns: What was made, now or before.
  package func shared<Value: Sendable>(_ name: String, _ make: () throws -> Value) rethrows -> Value
  {
    if let value = known.withLock({ $0[name] }) as? Value { return value }
    let value = try make()
    known.withLock { $0[name] = value }
    return value
  }

  /// The embeddings of a condition: [samples, dimension].
  ///
  /// - Throws: `FileError` naming what is damaged.
  package func embeddings(_ condition: Condition) throws -> Matrix<Float> {
    try matrices.value("embeddings \(condition.name)") { try source.embeddings(condition) }
  }

  /// The dimension of the embeddings, for estimates; a usual one where it is not to be had.
  var dimension: Double {
    Double(source.dimension ?? (try? embeddings(conditions[0]).columns) ?? 512)
  }

  /// The embeddings of a condition with unit rows.
  ///
  /// - Throws: `FileError` naming a row without a direction.
  package func unitRows(_ condition: Condition) throws -> Matrix<Float> {
    try matrices.value("unit rows \(condition.name)") {
      try RunDirectory.unitRows(embeddings(condition), file: file(condition))
    }
  }

  /// The embeddings of the classes, [classes, dimension], unit rows; nil when the run has none.
  package func classEmbeddings() throws -> Matrix<Float>? {
    guard logitScale != nil else { return nil }
    return try shared("class embeddings") { try source.classes() }
  }

  /// SHA-256 over a condition's embeddings, for the keys of units.
  package func digest(_ condition: Condition) throws -> Digest {
    try shared("digest \(condition.name)") {
      try source.digest?(condition) ?? Digest(of: embeddings(condition))
    }
  }

  /// SHA-256 over the embeddings of the classes and the logit scale.
  package func classDigest() throws -> Digest? {
    guard let logitScale, let classes = try classEmbeddings() else { return nil }
    return shared("digest of classes") {
      Digest(of: "\(Digest(of: classes)) \(logitScale.shortestText)")
    }
  }

  /// SHA-256 over classes, labels and splits of the samples.
  package var sampleDigest: Digest {
    shared("digest of samples") {
      Digest(
        of: samples.labels.indices.map {
          CSV.line([samples.classes[samples.labels[$0]], samples.splits[$0]])
        }.joined() + CSV.line(samples.classes))
    }
  }

  /// The file of a condition's embeddings, for messages.
  package func file(_ condition: Condition) -> String { run.embeddingsFile(condition) }
}

extension Digest {
  /// SHA-256 over the shape and the bits of a matrix.
  package init(of matrix: Matrix<Float>) {
    self.init(of: NumPyFile.encode(matrix))
  }
}
