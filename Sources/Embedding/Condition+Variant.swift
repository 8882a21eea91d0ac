package import Datasets
import Images
package import Runs

extension Condition {
  /// The condition that images corrupted beforehand are.
  ///
  /// - Parameters:
  ///   - variant: How they are.
  ///   - dataset: The data set, for messages.
  /// - Throws: `RunError` for the name of a kind that no condition can have, or that the program itself makes in
  ///   another way.
  package init(_ variant: Variant, of dataset: String) throws {
    guard let kind = variant.kind else {
      self = .clean
      return
    }
    guard let condition = Condition(kind: kind, level: variant.level, seed: nil) else {
      let problem =
        NoiseKind(named: kind) != nil
        ? "\(kind) is a kind of noise that the program itself adds, with other levels or with seeds; "
          + "rename the folder, for example to own-\(kind)"
        : (Condition.problem(noise: kind, level: variant.level, seed: nil)
          ?? "\"\(kind)\" is no name of a kind of corruption: expected ASCII letters, digits, _ and -, a "
          + "letter first") + "; rename the folder"
      throw RunError.failure("\(dataset)/\(variant.name): \(problem)")
    }
    self = condition
  }
}
