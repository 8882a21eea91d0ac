import Files
import Foundation
import LinearAlgebra

/// The folder that a sweep writes and every analysis reads: plain files that pandas and NumPy open.
public struct RunDirectory: Sendable {
  /// The folder's path.
  public let path: String

  /// The run directory at `path`, which need not exist yet.
  public init(_ path: String) { self.path = path }

  /// The path of a file in it.
  public func file(_ name: String) -> String { path + "/" + name }

  /// The file with the embeddings of a condition.
  func embeddingsFile(_ condition: Condition) -> String {
    file("embeddings/\(condition.name).npy")
  }

  // MARK: Writing

  /// Writes the rows that every other file follows: `row,path,class,split`.
  func writeSamples(_ rows: SampleTable) throws {
    var text = CSV.line(["row", "path", "class", "split"])
    for row in rows.labels.indices {
      text += CSV.line(
        ["\(row)", rows.paths[row], rows.classes[rows.labels[row]], rows.splits[row]])
    }
    try AtomicFile.write(text, to: file("samples.csv"))
    text = CSV.line(["index", "class"])
    for (index, name) in rows.classes.enumerated() { text += CSV.line(["\(index)", name]) }
    try AtomicFile.write(text, to: file("classes.csv"))
  }

  func writeEmbeddings(_ embeddings: Matrix<Float>, _ condition: Condition) throws {
    try AtomicFile.write(NumPyFile.encode(embeddings), to: embeddingsFile(condition))
  }

  func writeClassEmbeddings(_ embeddings: Matrix<Float>) throws {
    try AtomicFile.write(NumPyFile.encode(embeddings), to: file("embeddings/text.npy"))
  }

  /// Removes what an earlier run of another configuration left.
  ///
  /// That is its tables, and the files of conditions that are not among `conditions`. Cells stay;
  /// their names say what they are.
  func removeStaleResults(keeping conditions: [Condition]) {
    let manager = FileManager.default
    for name in ["manifest.json", "accuracy.csv", "accuracy.md", "accuracy.tex", "predictions.csv"]
    {
      try? manager.removeItem(atPath: file(name))
    }
    let kept = Set(conditions.map(\.name))
    for folder in ["embeddings", "confusion", "angles"] {
      for name in (try? manager.contentsOfDirectory(atPath: file(folder))) ?? [] {
        let stem = (name as NSString).deletingPathExtension
        // Only what a run writes: files of the user's own stay.
        if Condition(name: stem) != nil, folder != "embeddings" || !kept.contains(stem) {
          try? manager.removeItem(atPath: file(folder + "/" + name))
        }
      }
    }
  }

  /// The SHA-256 of every file that a run with these conditions and analyses writes, by its path in
  /// the run directory.
  func outputDigests(conditions: [Condition], analyses: [Analysis]) throws -> [String: String] {
    var names = ["samples.csv", "classes.csv"] + conditions.map { "embeddings/\($0.name).npy" }
    if analyses.contains(.zeroshot) {
      names += ["embeddings/text.npy", "accuracy.csv", "accuracy.md", "accuracy.tex"]
      names += ["predictions.csv"] + conditions.map { "confusion/\($0.name).csv" }
    }
    if analyses.contains(.angles) { names += conditions.map { "angles/\($0.name).csv" } }
    return try Dictionary(
      uniqueKeysWithValues: names.map { ($0, "\(try Digest(ofFile: file($0)))") })
  }

  // MARK: Reading

  /// The rows of the tables: paths, classes, labels and splits.
  ///
  /// - Throws: `FileError` naming the line at fault.
  func readSamples() throws -> SampleTable {
    let samples = try CSV(path: file("samples.csv"))
    let classTable = try CSV(path: file("classes.csv"))
    let nameColumn = try classTable.column("class")
    let classes = classTable.records.map { $0.fields[nameColumn] }
    return try SampleTable(samples, classes: classes)
  }

  /// The conditions whose embeddings are there, clean first, then by noise, level and seed.
  public func conditions() throws -> [Condition] {
    let folder = file("embeddings")
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      throw FileError(folder, "is not there; expected a run directory with its embeddings")
    }
    return names.filter { $0.hasSuffix(".npy") }.compactMap {
      Condition(name: String($0.dropLast(4)))
    }
    .sorted {
      ($0.level, $0.noise?.rawValue ?? "", $0.seed ?? 0)
        < ($1.level, $1.noise?.rawValue ?? "", $1.seed ?? 0)
    }
  }

  /// The embeddings of a condition: [samples, dimension].
  func readEmbeddings(_ condition: Condition, rowCount: Int) throws -> Matrix<Float> {
    try Self.readFloats(embeddingsFile(condition), rowCount: rowCount)
  }

  /// The embeddings of the classes: [classes, dimension].
  func readClassEmbeddings(classCount: Int) throws -> Matrix<Float> {
    try Self.readFloats(file("embeddings/text.npy"), rowCount: classCount)
  }

  /// A float matrix with the number of rows that its table has.
  static func readFloats(_ path: String, rowCount: Int) throws -> Matrix<Float> {
    let matrix = try MatrixFile.readFloats(path)
    guard matrix.rows == rowCount else {
      throw FileError(path, "has \(matrix.rows) rows; its table lists \(rowCount)")
    }
    return matrix
  }
}

/// The rows that embeddings, predictions and labels share.
struct SampleTable: Sendable, Equatable {
  let paths: [String]
  let classes: [String]
  let labels: [Int]
  let splits: [String]

  /// Classes in the order given, or, when nil, of the sorted names that occur.
  init(paths: [String], classNames: [String], splits: [String], classes: [String]? = nil) {
    let classes = classes ?? Set(classNames).sorted()
    let index = Dictionary(uniqueKeysWithValues: zip(classes, classes.indices))
    self.paths = paths
    self.classes = classes
    labels = classNames.map { index[$0] ?? 0 }
    self.splits = splits
  }

  /// Reads `samples.csv`; `row` if there must count from 0, `path` and `split` may be absent.
  ///
  /// - Throws: `FileError` naming the line.
  init(_ table: CSV, classes: [String]?) throws {
    let labels = try LabelsFile(path: table.file, rowCount: nil)
    let splitColumn = table.header.firstIndex(of: "split")
    if let classes {
      guard Set(classes).count == classes.count else {
        throw FileError(table.file, "its classes.csv lists a class twice")
      }
      for (record, name) in zip(table.records, labels.classes) where !classes.contains(name) {
        throw FileError(table.file, "line \(record.line): class \"\(name)\" is not in classes.csv")
      }
    }
    guard !labels.classes.isEmpty else { throw FileError(table.file, "lists no sample") }
    self.init(
      paths: labels.paths ?? labels.classes.indices.map { "\($0)" }, classNames: labels.classes,
      splits: table.records.map { record in splitColumn.map { record.fields[$0] } ?? "" },
      classes: classes)
  }

  /// The rows with the given indices.
  func selecting(_ rows: [Int]) -> SampleTable {
    SampleTable(
      paths: rows.map { paths[$0] }, classNames: rows.map { classes[labels[$0]] },
      splits: rows.map { splits[$0] }, classes: classes)
  }
}
