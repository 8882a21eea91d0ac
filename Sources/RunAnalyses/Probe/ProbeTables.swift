import Analyses
import Foundation
import Runs

/// What the probes of a run say: `probes.csv`, `probe-fits.csv` and `probe-folds.csv`.
struct ProbeTables {
  private let probes: Probes
  private let fits: [LinearProbe]
  private let rows: [(condition: Condition, accuracies: [Probes.Accuracy])]

  /// Takes the finished units' results.
  init(_ probes: Probes) throws {
    let store = probes.context.store
    self.probes = probes
    fits = try probes.fits().map { try store.value($0) }
    rows = try probes.context.conditions.map { condition in
      try Interruption.check()
      return (condition, try store.value(probes.accuracies(condition)))
    }
  }

  /// A probe as a row has it.
  private struct Kind {
    let neighbors: Int?
    let c: Double?
    let training: Int
    let told: [Int]
  }

  /// Those of every condition: the numbers of neighbours, and the linear one.
  private var kinds: [Kind] {
    let all = Array(probes.context.samples.labels.indices)
    let votes = probes.neighborCounts.map {
      Kind(neighbors: $0, c: nil, training: all.count - 1, told: all)
    }
    guard let fewest = fits.map(\.trainingCount).min() else { return votes }
    let chosen = fits.map(\.c).sorted()
    return votes + [
      Kind(
        neighbors: nil, c: chosen[(chosen.count - 1) / 2], training: fewest,
        told: probes.design.evaluated)
    ]
  }

  /// The share of the most frequent class.
  private func chance(_ told: [Int]) -> Double {
    let labels = probes.context.samples.labels
    let counts = told.reduce(into: [Int: Int]()) { $0[labels[$1], default: 0] += 1 }
    return Double(counts.values.max() ?? 0) / Double(told.count)
  }

  /// `probes.csv`.
  var accuracies: Table {
    typealias Columns = ProbeColumns
    var table = Table(Columns.file)
    for row in rows {
      for (kind, numbers) in zip(kinds, row.accuracies) {
        table.append(
          row.condition.cells + [
            Columns.probe(kind.neighbors == nil ? "linear" : "knn"),
            Columns.neighbors(kind.neighbors), Columns.c(kind.c), Columns.training(kind.training),
            Columns.count(kind.told.count), Columns.chance(chance(kind.told)),
            Columns.accuracy.estimate(numbers.accuracy.value),
            Columns.loss.estimate(numbers.loss?.value),
          ] + Columns.accuracy.intervals(numbers.accuracy) + Columns.loss.intervals(numbers.loss))
      }
    }
    return table
  }

  /// `probe-fits.csv`; nil without linear probes.
  var fitted: Table? {
    guard !fits.isEmpty else { return nil }
    typealias Columns = ProbeFitColumns
    let splits = probes.context.samples.splits
    var table = Table(Columns.file)
    for (part, fit) in zip(probes.design.parts, fits) {
      let evaluated = part.fold == nil ? part.evaluated.map { splits[$0] }.uniqued : ["folds"]
      let isValidated = fit.validationCount > 0
      table.append([
        Columns.fold(part.fold), Columns.evaluated(evaluated.joined(separator: " ")),
        Columns.c(fit.c), Columns.validation(fit.validationCount),
        Columns.validationAccuracy(
          isValidated ? Double(fit.validationRight) / Double(fit.validationCount) : nil),
        Columns.training(fit.trainingCount), Columns.classes(fit.classes.count),
        Columns.objective(fit.fit.objective), Columns.gradientNorm(fit.fit.gradientNorm),
        Columns.iterations(fit.fit.iterations),
      ])
    }
    return table
  }

  /// `probe-folds.csv`; nil where splits decide, and without linear probes.
  var folds: Table? {
    guard let folds = probes.design.folds, !fits.isEmpty else { return nil }
    var table = Table(ProbeFoldColumns.file)
    for (path, fold) in zip(probes.context.samples.paths, folds) {
      table.append([ProbeFoldColumns.path(path), ProbeFoldColumns.fold(fold)])
    }
    return table
  }

  /// The accuracies for a person, a row a condition.
  var markdown: String {
    let titles = kinds.map { $0.neighbors.map { "\($0)-NN" } ?? "linear probe" }
    let lines = rows.map { row in
      let numbers = row.accuracies.map { String(format: "%.4f", $0.accuracy.value) }
      return "| \((row.condition.tableFields + numbers).joined(separator: " | ")) |\n"
    }
    return "| \((["noise", "level", "seed"] + titles).joined(separator: " | ")) |\n|---|---:|---:|"
      + titles.map { _ in "---:|" }.joined() + "\n" + lines.joined()
  }
}
