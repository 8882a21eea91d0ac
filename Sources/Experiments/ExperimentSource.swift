import Files
package import Runs

/// What an experiment is read from: a file, and assignments over it.
///
/// It is kept in a plan, so that other machines read the same experiment whatever becomes of the file.
package struct ExperimentSource: Codable, Sendable {
  /// The YAML file as the user named it; nil for none.
  package let file: String?
  /// What the file holds.
  package let text: String?
  /// Values over it, the last of equals wins.
  package private(set) var assignments: [Assignment]
  /// Whether the built-in experiment stands in for the file when there is none and no assignment names a model, a data
  /// set or embeddings.
  package let orBuiltIn: Bool

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - file: A YAML file; nil for the defaults.
  ///   - assignments: Values over it.
  ///   - orBuiltIn: Whether the built-in experiment stands in for nothing.
  /// - Throws: `FileError` for a file that cannot be read or is no text.
  package init(file: String?, assignments: [Assignment], orBuiltIn: Bool = false) throws {
    self.file = file
    text = try file.map { try FileContents.readText($0) }
    self.assignments = assignments
    self.orBuiltIn = orBuiltIn
  }

  /// The same without assignments to a setting.
  package func removing(_ keys: [String]) -> ExperimentSource {
    var source = self
    source.assignments.removeAll { $0.keys == keys }
    return source
  }

  /// The same with one assignment more.
  package func assigning(_ assignment: Assignment) -> ExperimentSource {
    var source = self
    source.assignments.append(assignment)
    return source
  }
}
