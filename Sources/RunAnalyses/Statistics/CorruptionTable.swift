import Analyses
import Files
import Foundation
import Images
package import Runs

/// The corruption errors of every noise, relative to a declared baseline's.
package struct CorruptionTable {
  /// Top-1 errors by noise and level, the mean over seeds.
  package struct Errors: Sendable, Equatable {
    private var sums: [Key: (sum: Double, count: Int)] = [:]

    private struct Key: Hashable {
      let noise: String?
      let level: Double
    }

    package init(_ accuracies: [(condition: Condition, top1: Double)]) {
      for (condition, top1) in accuracies {
        let key = Key(noise: condition.noise, level: condition.level)
        let (sum, count) = sums[key] ?? (0, 0)
        sums[key] = (sum + 1 - top1, count + 1)
      }
    }

    /// Reads `accuracy.csv` of a run directory.
    ///
    /// - Throws: `FileError` when there is none, or naming the line that is damaged.
    package init(run path: String) throws {
      let file = RunDirectory(path).file("accuracy.csv")
      guard FileManager.default.fileExists(atPath: file) else {
        throw FileError(
          path,
          "has no accuracy.csv; a baseline is a run directory with zero-shot accuracy, of the same "
            + "noises and levels")
      }
      let table = try CSV(path: file)
      let columns = try (Condition.tableColumns + ["top1"]).map { try table.column($0) }
      self.init(
        try table.records.map { record in
          let fields = columns.map { record.fields[$0] }
          guard let condition = Condition(tableFields: Array(fields.prefix(3))),
            let top1 = Double(fields[3]), (0...1).contains(top1)
          else {
            throw FileError(
              file, "line \(record.line): is no condition with an accuracy from 0 to 1")
          }
          return (condition, top1)
        })
    }

    /// The error at a level; nil when it was not measured.
    package func error(_ noise: String?, _ level: Double) -> Double? {
      sums[Key(noise: noise, level: level)].map { $0.sum / Double($0.count) }
    }

    package static func == (a: Errors, b: Errors) -> Bool {
      a.sums.mapValues { [$0.sum, Double($0.count)] }
        == b.sums.mapValues { [$0.sum, Double($0.count)] }
    }
  }

  /// What errors are relative to.
  package struct Baseline: Sendable {
    /// What to call it.
    package let name: String
    package let errors: Errors
    /// Whether it has accuracy to lose.
    ///
    /// An encoder of random weights guesses: its errors rise and fall by
    /// chance, and what is divided by that is nothing.
    package let isLearnt: Bool

    package init(name: String, errors: Errors, isLearnt: Bool) {
      self.name = name
      self.errors = errors
      self.isLearnt = isLearnt
    }
  }

  package let errors: Errors
  package let levels: [NoiseLevel]
  package let baseline: CorruptionBaseline?

  /// `noise,levels,baseline,mean_error,corruption_error,relative_corruption_error`, a row a noise.
  ///
  /// Those beside a baseline's are empty without one, and where it lacks one of the levels; the relative
  /// one where the baseline has learnt nothing.
  package func table() -> ResultTable {
    var table = ResultTable(columns: [
      "noise", "levels", "baseline", "mean_error", "corruption_error", "relative_corruption_error",
    ])
    for kind in levels.compactMap(\.noise).uniqued {
      let measured = levels.filter { $0.noise == kind }.map(\.level)
      if measured.isEmpty { continue }
      let own = measured.compactMap { errors.error(kind, $0) }
      var relative: CorruptionError?
      if let baseline, let clean = errors.error(nil, 0),
        let baselineClean = baseline.errors.error(nil, 0)
      {
        let others = measured.compactMap { baseline.errors.error(kind, $0) }
        if others.count == own.count {
          relative = CorruptionError(
            errors: own, clean: clean, baselineErrors: others, baselineClean: baselineClean)
        }
      }
      table.append([
        .text(kind), .text(measured.map(\.shortestText).joined(separator: " ")),
        baseline.map { .text($0.name) } ?? .missing,
        .number(own.reduce(0, +) / Double(own.count)), .init(relative?.corruption),
        .init(baseline?.isLearnt == true ? relative?.relative : nil),
      ])
    }
    return table
  }
}
