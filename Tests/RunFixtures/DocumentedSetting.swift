import Fixtures
import Foundation
import Runs

/// A setting as a table of experiments/README.md has it.
package struct DocumentedSetting {
  /// Its keys, with dots between them.
  package let path: String
  /// Its value, those of a list with commas between them; empty where the text beside it says what stands for it.
  package let value: String

  /// The settings of a table.
  ///
  /// - Parameter heading: The heading that the table is under.
  /// - Returns: The settings, by their paths; none without such a heading.
  /// - Throws: `FileError` with the line that is no YAML.
  package static func all(under heading: String) throws -> [DocumentedSetting] {
    let page = "experiments/README.md"
    let text = try String(contentsOf: Checkout.folder.appending(path: page), encoding: .utf8)
    guard let section = text.components(separatedBy: "\n## \(heading)\n").dropFirst().first,
      let block = section.firstMatch(of: /(?s)```yaml\n(.*?)```/)
    else { return [] }
    return all(try ConfigurationTree(yaml: String(block.1), file: page), path: "")
  }

  private static func all(_ tree: ConfigurationTree, path: String) -> [DocumentedSetting] {
    switch tree {
    case .scalar(let value, _): return [DocumentedSetting(path: path, value: value)]
    case .list(let items, _):
      let values = items.flatMap { all($0, path: path) }.map(\.value)
      return [DocumentedSetting(path: path, value: values.joined(separator: ","))]
    case .mapping(let fields, _, _):
      return fields.sorted { $0.key < $1.key }.flatMap {
        all($0.value, path: path.isEmpty ? $0.key : "\(path).\($0.key)")
      }
    }
  }
}
