package import Datasets
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
    let fields = [variant.kind ?? "none", "\(variant.level)", ""]
    guard let condition = Condition(tableFields: fields) else {
      let kind = variant.kind ?? ""
      throw RunError.failure(
        "\(dataset)/\(variant.name): "
          + (Condition(tableFields: ["own-" + kind] + fields.dropFirst()) == nil
            ? "\"\(kind)\" is no name of a kind of corruption: expected ASCII letters, digits, _ and -, a "
              + "letter first; rename the folder"
            : "\(kind) is a kind of noise that the program itself adds, with other levels or with seeds; "
              + "rename the folder, for example to own-\(kind)"))
    }
    self = condition
  }
}
