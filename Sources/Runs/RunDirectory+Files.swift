import Files
import Foundation

/// The rows of a run: `samples.csv`.
public enum SampleColumns {
  public static let row = Column<Int>("row", "The row of all embeddings, from 0.")
  public static let path = Column<String>("path", "The image as the data set lists it.")
  public static let className = Column<String>("class", "Its class.")
  public static let split = Column<String>(
    "split", "train, val or test; empty where the data set knows no splits.")

  /// The file.
  public static let file = RunFile(
    "samples.csv", "The images, in the order of the rows of every array and table.",
    columns: [row, path, className, split])
}

/// The classes of a run: `classes.csv`.
public enum ClassColumns {
  public static let index = Column<Int>("index", "The row of text.npy, from 0.")
  public static let className = Column<String>("class", "The class.")

  /// The file.
  public static let file = RunFile(
    "classes.csv", "The classes, in the order of text.npy and of the columns of tables.",
    columns: [index, className])
}

/// The conditions of a run: `conditions.csv`.
public enum ConditionList {
  public static let name = Column<String>("name", "What the condition's files are called.")

  /// The file.
  public static let file = RunFile(
    "conditions.csv", "The conditions, clean first, in the order of all tables.",
    columns: [name] + ConditionColumns.all)
}

extension RunDirectory {
  /// The embeddings of a condition.
  public static let embeddings = RunFile(
    "embeddings/CONDITION.npy", "The images' embeddings: float32, [samples, dimension], unit rows.")

  /// The files that a run has whatever its analyses are.
  public static let files = [
    SampleColumns.file, ClassColumns.file, ConditionList.file, embeddings,
    RunFile(
      "manifest.json",
      "What the run was made of and with: settings, seeds, digests, versions, machine, times.",
      isResult: false),
    RunFile("cells/KEY.npy", "Finished embeddings of some images, by their keys.", isResult: false),
    RunFile("units/KEY.json", "Finished parts of analyses, by their keys.", isResult: false),
  ]

  /// A table of the run.
  ///
  /// - Parameters:
  ///   - file: What it is declared as.
  ///   - path: Its path in the run directory; nil for a file of one name.
  /// - Returns: The table; nil when the run has none.
  /// - Throws: `FileError` naming the line of what is damaged.
  public func table(_ file: RunFile, at path: String? = nil) throws -> Table? {
    precondition(path != nil || file.pattern.isOneFile)
    let path = self.file(path ?? file.pattern.text)
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    return Table(try CSV(path: path), as: file)
  }

  /// Writes a table.
  package func write(_ table: Table, at path: String? = nil) throws {
    try AtomicFile.write(table.csv, to: file(path ?? table.file))
  }
}
