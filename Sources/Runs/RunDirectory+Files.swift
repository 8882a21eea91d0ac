import Files
import Foundation

/// The rows of a run: `samples.csv`.
package enum SampleColumns {
  package static let row = Column<Int>("row", "The row of all embeddings, from 0.")
  package static let path = Column<String>("path", "The image as the data set lists it.")
  package static let className = Column<String>("class", "Its class.")
  package static let split = Column<String>(
    "split", "train, val or test; empty where the data set knows no splits.")

  /// The file.
  package static let file = RunFile(
    "samples.csv", "The images, in the order of the rows of every array and table.",
    columns: [row, path, className, split], role: .input)
}

/// The classes of a run: `classes.csv`.
package enum ClassColumns {
  package static let index = Column<Int>("index", "The row of text.npy, from 0.")
  package static let className = Column<String>("class", "The class.")

  /// The file.
  package static let file = RunFile(
    "classes.csv", "The classes, in the order of text.npy and of the columns of tables.",
    columns: [index, className], role: .input)
}

/// The conditions of a run: `conditions.csv`.
package enum ConditionList {
  package static let name = Column<String>("name", "What the condition's files are called.")

  /// The file.
  package static let file = RunFile(
    "conditions.csv", "The conditions, clean first, in the order of all tables.",
    columns: [name] + ConditionColumns.all, role: .input)
}

extension RunDirectory {
  /// The embeddings of a condition.
  package static let embeddings = RunFile(
    "embeddings/CONDITION.npy", "The images' embeddings: float32, [samples, dimension], unit rows.",
    role: .input)

  /// The files that a run has whatever its analyses are.
  package static let files = [
    SampleColumns.file, ClassColumns.file, ConditionList.file, embeddings,
    RunFile(
      "manifest.json",
      "What the run was made of and with: settings, seeds, digests, versions, machine, times.",
      role: .record),
    RunFile("report.html", "The run's page.", role: .view),
    RunFile("figures/FIGURE.svg", "A figure of the page.", role: .view),
    RunFile("figures/FIGURE.png", "The same figure in pixels.", role: .view),
    RunFile("cells/KEY.npy", "Finished embeddings of some images, by their keys.", role: .work),
    RunFile("units/KEY.json", "Finished parts of analyses, by their keys.", role: .work),
  ]

  /// A table of the run.
  ///
  /// - Parameters:
  ///   - file: What it is declared as.
  ///   - path: Its path in the run directory; nil for a file of one name.
  /// - Returns: The table; nil when the run has none.
  /// - Throws: `FileError` naming the line of what is damaged.
  package func table(_ file: RunFile, at path: String? = nil) throws -> Table? {
    precondition(path != nil || file.pattern.isOneFile)
    let path = self.file(path ?? file.pattern.text)
    guard try FileStatus(path) != nil else { return nil }
    return Table(try CSV(path: path), as: file)
  }

  /// Writes a table.
  package func write(_ table: Table, at path: String? = nil) throws {
    try AtomicFile.write(table.csv, to: file(path ?? table.file))
  }

  // MARK: Files that are there

  /// The paths of those files that are there.
  ///
  /// - Parameters:
  ///   - files: What they are declared as.
  ///   - conditions: Those whose files are wanted; nil for any.
  /// - Returns: Paths in the run directory, by file.
  package func existing(_ files: [RunFile], of conditions: [Condition]? = nil) -> [String] {
    files.flatMap { file -> [String] in
      if file.pattern.isOneFile {
        let path = file.pattern.text
        return FileManager.default.fileExists(atPath: self.file(path)) ? [path] : []
      }
      let folder = file.pattern.folder
      return contents(folder).sorted().map { folder + "/" + $0 }.filter { path in
        file.pattern.matches(path, of: conditions)
      }
    }
  }

  /// The SHA-256 of those files that are there, by their paths in the run directory.
  package func digests(
    _ files: [RunFile], of conditions: [Condition]
  ) throws -> [String: String] {
    let paths = existing(files.filter(\.isDigested), of: conditions)
    return try Dictionary(
      paths.map { ($0, "\(try Digest(ofFile: file($0)))") }, uniquingKeysWith: { first, _ in first }
    )
  }

  /// Removes what an earlier run of another configuration left: results, views and records, and embeddings of
  /// conditions that are not kept.
  ///
  /// Finished work stays, and so do files of the user's own.
  ///
  /// - Parameters:
  ///   - files: All kinds of files of a run.
  ///   - conditions: Those whose embeddings stay.
  package func removeStale(_ files: [RunFile], keeping conditions: [Condition]) {
    let manager = FileManager.default
    var stale = existing(files.filter { $0.role != .work && $0.role != .input })
    let kept = Set(existing([Self.embeddings], of: conditions))
    stale += existing([Self.embeddings]).filter { !kept.contains($0) }
    // Those of the page go when there is no page for them any more.
    for path in stale where !path.hasPrefix("figures/") {
      try? manager.removeItem(atPath: file(path))
    }
    // The control of another configuration: what it computed stays, as cells do.
    let control = RunDirectory(file(Self.controlFolder))
    if manager.fileExists(atPath: control.file("manifest.json")) {
      control.removeStale(files, keeping: [])
      try? manager.removeItem(atPath: control.file(SampleColumns.file.pattern.text))
    }
  }
}
