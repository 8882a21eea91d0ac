import Files
import Foundation
package import Runs

/// Top-1 errors by noise and level, the mean over seeds.
package struct LevelErrors: Sendable, Equatable {
  private struct Key: Hashable {
    let noise: String?
    let level: Double
  }

  private struct Sum: Equatable {
    var errors = 0.0
    var count = 0
  }

  private var sums: [Key: Sum] = [:]

  package init(_ accuracies: [(condition: Condition, top1: Double)]) {
    for (condition, top1) in accuracies {
      var sum = sums[Key(noise: condition.noise, level: condition.level)] ?? Sum()
      sum.errors = sum.errors + 1 - top1
      sum.count += 1
      sums[Key(noise: condition.noise, level: condition.level)] = sum
    }
  }

  /// Reads `accuracy.csv` of a run directory.
  ///
  /// - Throws: `FileError` when there is none, when it is not as the run's manifest has recorded it, or naming the
  ///   line that is damaged.
  package init(run path: String) throws {
    try Verification(run: RunDirectory(path), kinds: [AccuracyColumns.file])
      .requireUnchanged(path, remedy: "topoclip sweep with its own settings makes it again")
    guard let table = try RunDirectory(path).table(AccuracyColumns.file) else {
      throw FileError(
        path,
        "has no accuracy.csv; a baseline is a run directory with zero-shot accuracy, of the same "
          + "noises and levels")
    }
    let accuracies = try table[AccuracyColumns.top1.estimate]
    for (row, accuracy) in accuracies.enumerated() where !(0...1).contains(accuracy) {
      throw FileError(
        table.file,
        "line \(table.line(row)): top1 is \(accuracy.shortestText); expected an accuracy from 0 to 1"
      )
    }
    self.init(zip(try table.conditions(), accuracies).map { (condition: $0, top1: $1) })
  }

  /// The error at a level; nil when it was not measured.
  package func error(_ noise: String?, _ level: Double) -> Double? {
    sums[Key(noise: noise, level: level)].map { $0.errors / Double($0.count) }
  }
}
