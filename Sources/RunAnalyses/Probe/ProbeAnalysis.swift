package import Runs

/// Accuracy without text: of a vote of the nearest clean images, and of a linear probe of the clean embeddings.
package struct ProbeAnalysis: RunAnalysis {
  package static let name = "probe"
  package static let summary = "accuracy of nearest neighbours and of a linear probe, without text"
  package static let version = 2
  package static let withoutClean: String? =
    "all of it: it learns from the clean images"
  package static let files = [ProbeColumns.file, ProbeFoldColumns.file, ProbeFitColumns.file]
  package static let readSettings = [StatisticsAnalysis.name: ["replicates", "seed"]]
  package static let fewestSamples = 5
  package static let measures = [neighborLoss, linearLoss]

  /// Of a class: the fall of the accuracy of nearest neighbours, the mean over how many vote.
  package static let neighborLoss = ChangeMeasure(
    "knn_loss", "loss of nearest-neighbour accuracy", .geometry)
  /// Of a class: the fall of the accuracy of the linear probe.
  package static let linearLoss = ChangeMeasure(
    "linear_loss", "loss of linear-probe accuracy", .geometry)

  package let settings: ProbeSettings

  package init(_ settings: ProbeSettings) { self.settings = settings }

  package func require(_ samples: SampleTable) throws {
    guard samples.labels.count >= Self.fewestSamples, Set(samples.labels).count > 1 else {
      throw RunError.failure(
        "probes need \(Self.fewestSamples) images of two classes or more, and there are "
          + "\(samples.labels.count) of \(Set(samples.labels).count): take more, or leave probe out of --analyses"
      )
    }
  }

  package func units(_ context: RunContext) throws -> [any UnitOfWork] {
    guard let probes = Probes(self, context) else { return [] }
    return try probes.fits() + probes.answers() + context.conditions.map(probes.accuracies)
  }

  /// Writes `probes.csv`, and with linear probes `probe-fits.csv` and `probe-folds.csv`; nothing without clean images.
  ///
  /// - Returns: The accuracies for a person.
  package func write(_ context: RunContext) throws -> String {
    guard let probes = Probes(self, context) else { return "" }
    let tables = try ProbeTables(probes)
    try context.run.write(tables.accuracies)
    if let fits = tables.fitted { try context.run.write(fits) }
    if let folds = tables.folds { try context.run.write(folds) }
    return tables.markdown
  }

  package func changeUnits(_ context: RunContext) throws -> [any UnitOfWork] {
    guard let probes = try changing(context) else { return [] }
    return try probes.fits() + probes.answers()
  }

  /// How much accuracy every class lost, where the analysis is run.
  package func changes(_ context: RunContext) throws -> [MeasuredChange] {
    guard let probes = try changing(context) else { return [] }
    return try [Self.neighborLoss, Self.linearLoss].enumerated().compactMap { kind, measure in
      try probes.losses(kind).map { MeasuredChange(measure, byCondition: $0) }
    }
  }

  /// The probes of a run that has noise and runs them.
  private func changing(_ context: RunContext) throws -> Probes? {
    context.isChosen(Self.self) && !context.noisy.isEmpty ? Probes(self, context) : nil
  }
}
