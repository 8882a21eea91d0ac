import Files
package import Foundation
package import LinearAlgebra

/// The folder that a sweep writes and every analysis reads: plain files that pandas and NumPy open.
package struct RunDirectory: Sendable {
  /// The folder's path.
  package let path: String
  /// Shared by all copies of this value.
  let writtenFiles = WrittenFiles()

  /// The run directory at `path`, which need not exist yet.
  package init(_ path: String) { self.path = path }

  /// The path of a file in it.
  package func file(_ name: String) -> String { path + "/" + name }

  /// The file with the embeddings of a condition.
  package func embeddingsFile(_ condition: Condition) -> String {
    file("embeddings/\(condition.name).npy")
  }

  // MARK: Writing

  /// Writes a file of the run, and keeps the digest of its bytes: the one way to write into a run.
  ///
  /// - Parameters:
  ///   - data: The bytes.
  ///   - declared: What the file is declared as.
  ///   - path: Its path in the run directory; nil for a file of one name.
  /// - Throws: `FileError` when the disk refuses.
  package func write(_ data: Data, _ declared: RunFile, at path: String? = nil) throws {
    precondition(path != nil || declared.pattern.isOneFile)
    let path = path ?? declared.pattern.text
    try AtomicFile.writeInPlace(data, to: file(path))
    if declared.isDigested { writtenFiles.record(path, Digest(of: data)) }
  }

  /// Writes a table, which is an input or a result; see `write(_:_:at:)`.
  package func write(_ table: Table, at path: String? = nil) throws {
    let data = Data(table.csv.utf8)
    let path = path ?? table.file
    try AtomicFile.writeInPlace(data, to: file(path))
    writtenFiles.record(path, Digest(of: data))
  }

  /// Writes a text as UTF-8, as `write(_:_:at:)` does.
  package func write(_ text: String, _ declared: RunFile, at path: String? = nil) throws {
    try write(Data(text.utf8), declared, at: path)
  }

  /// The SHA-256 of the inputs and results that this value has written, by their paths in the run directory.
  package var written: [String: String] { writtenFiles.digests }

  /// Writes the rows that every other file follows, and the classes.
  package func writeSamples(_ samples: SampleTable) throws {
    let (rows, classes) = Self.tables(of: samples)
    try write(rows)
    try write(classes)
  }

  /// The digests that `samples.csv` and `classes.csv` of some samples have, by their names.
  package static func digests(of samples: SampleTable) -> [String: String] {
    let (rows, classes) = tables(of: samples)
    return [
      SampleColumns.file.pattern.text: "\(Digest(of: rows.csv))",
      ClassColumns.file.pattern.text: "\(Digest(of: classes.csv))",
    ]
  }

  private static func tables(of samples: SampleTable) -> (rows: Table, classes: Table) {
    var rows = Table(SampleColumns.file)
    for row in samples.labels.indices {
      rows.append([
        SampleColumns.row(row), SampleColumns.path(samples.paths[row]),
        SampleColumns.className(samples.classes[samples.labels[row]]),
        SampleColumns.split(samples.splits[row]),
      ])
    }
    var classes = Table(ClassColumns.file)
    for (index, name) in samples.classes.enumerated() {
      classes.append([ClassColumns.index(index), ClassColumns.className(name)])
    }
    return (rows, classes)
  }

  /// Writes the list of conditions.
  package func writeConditions(_ conditions: [Condition]) throws {
    var list = Table(ConditionList.file)
    for condition in conditions {
      list.append([ConditionList.name(condition.name)] + condition.cells)
    }
    try write(list)
  }

  package func writeEmbeddings(_ embeddings: Matrix<Float>, _ condition: Condition) throws {
    try write(
      NumPyFile.encode(embeddings), Self.embeddings, at: Self.embeddings.pattern.path(condition))
  }

  package func writeClassEmbeddings(_ embeddings: Matrix<Float>) throws {
    try write(NumPyFile.encode(embeddings), Self.classEmbeddings)
  }

  /// The folder of the run with random weights.
  package static let controlFolder = "control"

  /// The names in a folder of the run directory; none when it is not there.
  ///
  /// - Throws: `FileError` when it cannot be listed.
  package func contents(_ folder: String) throws -> [String] {
    try FolderContents.textNames(of: file(folder)) ?? []
  }

  // MARK: Reading

  /// The rows of the tables: paths, classes, labels and splits.
  ///
  /// - Throws: `FileError` naming the line at fault.
  package func readSamples() throws -> SampleTable {
    let samples = try CSV(path: file("samples.csv"))
    return try SampleTable(samples, classes: Self.readClasses(file("classes.csv")))
  }

  /// The class names of a `classes.csv`, whose `index` must count 0, 1, 2, …: rows of `text.npy`
  /// and columns of tables follow it.
  package static func readClasses(_ path: String) throws -> [String] {
    let table = try CSV(path: path)
    let indexColumn = try table.column("index")
    let nameColumn = try table.classColumn()
    for (index, record) in table.records.enumerated()
    where Int(wholeNumber: record.fields[indexColumn]) != index {
      throw FileError(
        path,
        "line \(record.line): index is \"\(record.fields[indexColumn])\"; expected \(index), "
          + "classes stand in order from 0")
    }
    let names = table.records.map { $0.fields[nameColumn] }
    try requireOneSpelling(names, in: path, what: "the class") {
      "line \(table.records[$0].line)"
    }
    var lines: [String: Int] = [:]
    for (record, name) in zip(table.records, names) {
      guard !name.isEmpty else { throw FileError(path, "line \(record.line): the class is empty") }
      if let other = lines.updateValue(record.line, forKey: name) {
        throw FileError(
          path,
          "line \(record.line): the class \"\(name)\" stands on line \(other) too; each has one line, in the "
            + "order of the rows of its embeddings: rename one, or remove it with its row")
      }
    }
    return names
  }

  /// The conditions, clean first, then by noise, level and seed: those of `conditions.csv` or, in a run of an
  /// earlier version, those that the names of embeddings stand for.
  ///
  /// - Throws: `FileError` when there is neither.
  package func conditions() throws -> [Condition] {
    if let list = try table(ConditionList.file) { return try list.distinctConditions().sorted() }
    let folder = file("embeddings")
    guard let names = try FolderContents.names(of: folder) else {
      throw FileError(folder, "is not there; expected a run directory with its embeddings")
    }
    // Two spellings of a level are one condition.
    return Set(
      names.filter { $0.hasSuffix(".npy") }.compactMap {
        Condition(name: String($0.dropLast(4)))
      }
    )
    .sorted()
  }

  /// The embeddings of a condition: [samples, dimension].
  package func readEmbeddings(_ condition: Condition, rowCount: Int) throws -> Matrix<Float> {
    try Self.readFloats(embeddingsFile(condition), rowCount: rowCount)
  }

  /// The embeddings of the classes with unit rows: [classes, dimension].
  package func readClassEmbeddings(classCount: Int) throws -> Matrix<Float> {
    let path = file("embeddings/text.npy")
    return try Self.unitRows(
      Self.readFloats(path, rowCount: classCount, of: ClassColumns.file), file: path,
      ofClasses: true)
  }

  /// The matrix with unit rows.
  ///
  /// - Parameters:
  ///   - matrix: A row an image, or a class.
  ///   - file: Where it is from, for messages.
  ///   - ofClasses: Whether its rows are classes.
  /// - Returns: The same directions.
  /// - Throws: `FileError` naming a row without a direction.
  package static func unitRows(
    _ matrix: Matrix<Float>, file: String, ofClasses: Bool = false
  ) throws -> Matrix<Float> {
    if let unit = matrix.withUnitRows() { return unit }
    let row = (0..<matrix.rows).first { matrix.row($0).allSatisfy { $0 == 0 } } ?? 0
    throw FileError(
      file,
      "row \(row) (counted from 0) is all zeros and has no direction; "
        + (ofClasses
          ? "embed that class, or leave it out of classes.csv and samples.csv too"
          : "leave that image out"))
  }

  /// A float matrix with the number of rows that its table has.
  package static func readFloats(
    _ path: String, rowCount: Int, of table: RunFile = SampleColumns.file
  ) throws -> Matrix<Float> {
    let matrix = try MatrixFile.readFloats(path)
    guard matrix.rows == rowCount else {
      throw FileError(path, "has \(matrix.rows) rows; \(table.pattern.text) lists \(rowCount)")
    }
    return matrix
  }
}
