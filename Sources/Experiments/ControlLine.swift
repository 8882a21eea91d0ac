import Files
import Foundation
import Images
import RunAnalyses
import Runs

/// What the control's accuracy is, for standard output: what numbers look like where nothing was learnt.
enum ControlLine {
  /// One line; nothing where the control has no accuracy.
  ///
  /// - Parameter control: The control's run directory.
  /// - Returns: The line, with its end.
  /// - Throws: `FileError` naming what is damaged.
  static func text(_ control: RunDirectory) throws -> String {
    guard let table = try control.table(AccuracyColumns.file), !table.isEmpty else { return "" }
    let (conditions, accuracies) = (
      try table.conditions(), try table[AccuracyColumns.top1.estimate]
    )
    // Clean images and the highest level of each kind of noise, of the first seed.
    var shown: [Int] = []
    for (index, condition) in conditions.enumerated() {
      guard let place = shown.firstIndex(where: { conditions[$0].noise == condition.noise }) else {
        shown.append(index)
        continue
      }
      if condition.level > conditions[shown[place]].level { shown[place] = index }
    }
    let parts = shown.map { index in
      let condition = conditions[index]
      let place = condition.noise.map {
        "at " + NoiseWords(of: $0).phrase(level: condition.level.shortestText)
      }
      return String(format: "%.1f %% ", 100 * accuracies[index]) + (place ?? "on clean images")
    }
    return "control (random weights): top-1 accuracy \(parts.joined(separator: ", "))\n"
  }
}
