import CLIP
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

  /// Makes the folder, so that an output that cannot be is told before any work.
  func create() throws {
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true)
    } catch {
      throw FileError(path, "the run directory cannot be made: \(error.localizedDescription)")
    }
  }

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

  /// The folder of the run with random weights.
  static let controlFolder = "control"

  /// Removes what an earlier run of another configuration left.
  ///
  /// That is its tables, and the files of conditions that are not among `conditions`. Cells stay;
  /// their names say what they are.
  func removeStaleResults(keeping conditions: [Condition]) {
    let manager = FileManager.default
    for name in [
      "manifest.json", "embeddings/text.npy", "accuracy.csv", "accuracy.md", "accuracy.tex",
      "predictions.csv", "geometry.csv", "geometry.json", "cosines.csv", "examples.csv",
      "report.html",
    ] + TopologyTables.files + StatisticsTables.files {
      try? manager.removeItem(atPath: file(name))
    }
    // The control of another configuration: what it computed stays, as cells do.
    let control = RunDirectory(file(Self.controlFolder))
    if manager.fileExists(atPath: control.file("manifest.json")) {
      control.removeStaleResults(keeping: [])
      try? manager.removeItem(atPath: control.file("samples.csv"))
    }
    for name in contents("diagrams") where Scope.isDiagramFile(name) {
      try? manager.removeItem(atPath: file("diagrams/" + name))
    }
    for name in contents("layouts") where LayoutTables.isLayoutFile(name) {
      try? manager.removeItem(atPath: file("layouts/" + name))
    }
    for name in contents("thumbnails") where Thumbnails.isThumbnailFile(name) {
      try? manager.removeItem(atPath: file("thumbnails/" + name))
    }
    for name in contents("examples") where ExampleImages.isExampleFile(name) {
      try? manager.removeItem(atPath: file("examples/" + name))
    }
    let kept = Set(conditions.map(\.name))
    for folder in ["embeddings", "confusion", "angles"] {
      for name in contents(folder) {
        var stem = (name as NSString).deletingPathExtension
        if folder == "angles" { stem.trimPrefix("heatmap-") }
        // Only what a run writes: files of the user's own stay.
        if Condition(name: stem) != nil, folder != "embeddings" || !kept.contains(stem) {
          try? manager.removeItem(atPath: file(folder + "/" + name))
        }
      }
    }
  }

  /// The names in a folder of the run directory; none when it is not there.
  func contents(_ folder: String) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: file(folder))) ?? []
  }

  /// The SHA-256 of every file that a run with these conditions and analyses writes, by its path in
  /// the run directory.
  func outputDigests(
    conditions: [Condition], analyses: [Analysis], samples: SampleTable, layouts: LayoutSettings
  ) throws -> [String: String] {
    var names = ["samples.csv", "classes.csv"] + conditions.map { "embeddings/\($0.name).npy" }
    if analyses.contains(.angles) { names += conditions.flatMap(AngleTables.files) }
    if analyses.contains(.geometry) { names += ["geometry.csv", "geometry.json", "cosines.csv"] }
    if analyses.contains(.layouts) {
      names += try LayoutTables.files(samples, conditions: conditions, settings: layouts)
    }
    if analyses.contains(.topology) {
      names += Scope.all(of: samples).flatMap { scope in conditions.map(scope.diagramFile) }
      names += existing(TopologyTables.files)
    }
    if analyses.contains(.statistics) { names += existing(StatisticsTables.files) }
    // The pictures themselves show what went in; the list is what says which.
    if !RunImages.analyses.isDisjoint(with: analyses) { names += existing(["examples.csv"]) }
    let tables = analyses.contains(.zeroshot) ? try tableDigests(conditions: conditions) : [:]
    return try digests(names).merging(tables) { $1 }
  }

  /// Those of the files that are there.
  private func existing(_ names: [String]) -> [String] {
    names.filter { FileManager.default.fileExists(atPath: file($0)) }
  }

  /// The SHA-256 of every file that zero-shot classification writes.
  func tableDigests(conditions: [Condition]) throws -> [String: String] {
    try digests(
      ["embeddings/text.npy", "accuracy.csv", "accuracy.md", "accuracy.tex", "predictions.csv"]
        + conditions.map { "confusion/\($0.name).csv" })
  }

  private func digests(_ names: [String]) throws -> [String: String] {
    try Dictionary(
      uniqueKeysWithValues: names.map { ($0, "\(try Digest(ofFile: file($0)))") })
  }

  // MARK: Reading

  /// The rows of the tables: paths, classes, labels and splits.
  ///
  /// - Throws: `FileError` naming the line at fault.
  func readSamples() throws -> SampleTable {
    let samples = try CSV(path: file("samples.csv"))
    return try SampleTable(samples, classes: Self.readClasses(file("classes.csv")))
  }

  /// The class names of a `classes.csv`, whose `index` must count 0, 1, 2, …: rows of `text.npy`
  /// and columns of tables follow it.
  static func readClasses(_ path: String) throws -> [String] {
    let table = try CSV(path: path)
    let indexColumn = try table.column("index")
    let nameColumn = try table.column("class")
    for (index, record) in table.records.enumerated()
    where Int(record.fields[indexColumn]) != index {
      throw FileError(
        path,
        "line \(record.line): index is \"\(record.fields[indexColumn])\"; expected \(index), "
          + "classes stand in order from 0")
    }
    return table.records.map { $0.fields[nameColumn] }
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
    .sorted()
  }

  /// The embeddings of a condition: [samples, dimension].
  func readEmbeddings(_ condition: Condition, rowCount: Int) throws -> Matrix<Float> {
    try Self.readFloats(embeddingsFile(condition), rowCount: rowCount)
  }

  /// The embeddings of the classes with unit rows: [classes, dimension].
  func readClassEmbeddings(classCount: Int) throws -> Matrix<Float> {
    let path = file("embeddings/text.npy")
    return try Self.unitRows(Self.readFloats(path, rowCount: classCount), file: path)
  }

  /// The embeddings of a condition with unit rows, as cosines need them; imported rows may have any
  /// length but zero.
  func readUnitEmbeddings(_ condition: Condition, rowCount: Int) throws -> Matrix<Float> {
    try Self.unitRows(
      readEmbeddings(condition, rowCount: rowCount), file: embeddingsFile(condition))
  }

  /// The matrix with unit rows.
  static func unitRows(_ matrix: Matrix<Float>, file: String) throws -> Matrix<Float> {
    if let unit = matrix.withUnitRows() { return unit }
    let row = (0..<matrix.rows).first { matrix.row($0).allSatisfy { $0 == 0 } } ?? 0
    throw FileError(
      file, "row \(row) (counted from 0) is all zeros and has no direction; leave that image out")
  }

  /// Whether two paths are one folder, by whatever links and spellings.
  static func isSame(_ a: String, _ b: String) -> Bool { resolved(a) == resolved(b) }

  /// Whether the path lies in the folder, or is it.
  static func isInside(_ path: String, folder: String) -> Bool {
    (resolved(path) + "/").hasPrefix(resolved(folder) + "/")
  }

  private static func resolved(_ path: String) -> String {
    URL(fileURLWithPath: path).standardizedFileURL.resolvingSymlinksInPath().path
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
        throw FileError(table.file, "its list of classes has one twice")
      }
      for (record, name) in zip(table.records, labels.classes) where !classes.contains(name) {
        throw FileError(
          table.file,
          "line \(record.line): class \"\(name)\" is not among the classes \(classes.joined(separator: ", "))"
        )
      }
    }
    guard !labels.classes.isEmpty else { throw FileError(table.file, "lists no sample") }
    self.init(
      paths: labels.paths ?? labels.classes.indices.map { "\($0)" }, classNames: labels.classes,
      splits: table.records.map { record in splitColumn.map { record.fields[$0] } ?? "" },
      classes: classes)
  }

  /// How many samples each class has.
  var classCounts: [Int] {
    labels.reduce(into: [Int](repeating: 0, count: classes.count)) { $0[$1] += 1 }
  }

  /// The rows with the given indices.
  func selecting(_ rows: [Int]) -> SampleTable {
    SampleTable(
      paths: rows.map { paths[$0] }, classNames: rows.map { classes[labels[$0]] },
      splits: rows.map { splits[$0] }, classes: classes)
  }
}
