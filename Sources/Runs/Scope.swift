import Files

/// A cloud that has a diagram of its own: all samples, or those of a class.
package struct Scope: Sendable {
  /// `all` or `class-CLASS`, as tables and files name it.
  package let name: String
  /// The samples' rows.
  package let rows: [Int]

  /// The name of the scope of all samples.
  package static let allName = "all"

  /// All samples first, then every class in the order of the table.
  package static func all(of samples: SampleTable) -> [Scope] {
    [Scope(name: allName, rows: Array(samples.labels.indices))]
      + zip(samples.classes, samples.rowsOfClasses).filter { !$1.isEmpty }
      .map { Scope(name: "class-\($0)", rows: $1) }
  }

  /// The file of its diagram under a condition, in the run directory.
  package func diagramFile(_ condition: Condition) -> String { Self.diagramFile(name, condition) }

  package static func diagramFile(_ name: String, _ condition: Condition) -> String {
    // A class may be called anything; a file may not.
    "diagrams/" + FileName.of(name, ending: "-\(condition.name).csv")
  }
}
