import Files
import Foundation
package import LinearAlgebra
package import Runs

/// Embeddings made by any encoder, to be analysed as if a sweep had made them.
///
/// A folder holds `CONDITION.npy` files, or one `.npy` of a name that is no condition, which is then `clean`; a path
/// to one `.npy`, or another array that `MatrixFile` reads, is the same. An `.npz` holds a member a condition, and the
/// classes' as `text`. `conditions.csv` gives files of any name any kind, level and seed. `samples.csv` stands beside, or one folder up as in a run directory;
/// so may `text.npy` and `classes.csv`, for zero-shot accuracy. Rows are used as given.
package struct ImportedEmbeddings {
  package let conditions: [Condition]
  package let samples: SampleTable
  /// The class embeddings, when they came along.
  package let text: Matrix<Float>?
  private let files: [Condition: String]
  private let source: ImportedSource
  /// What lies there and is not used, and why.
  package let unused: [RunError.UnusableImage]
  /// What is to be said of how files were read, a sentence each.
  package let remarks: [String]

  package init(_ path: String) throws {
    source = ImportedSource(path)
    let folder = source.folder
    let found = try ImportedConditions(
      source, list: Self.beside(folder, ConditionList.file.pattern.text))
    files = found.places
    unused = found.unused
    conditions = files.keys.sorted()
    guard let sampleFile = try Self.beside(folder, "samples.csv") else {
      throw FileError(
        folder + "/samples.csv",
        "is not there; expected a line a row with the columns row, path "
          + "and class")
    }
    var classes: [String]?
    let classFile = try Self.beside(folder, "classes.csv")
    if let classFile { classes = try RunDirectory.readClasses(classFile) }
    samples = try SampleTable(
      CSV(path: sampleFile), classes: classes, listedIn: classFile ?? "classes.csv")
    remarks = found.remarks + samples.remarks
    if let file = try source.textPlace, let classes {
      text = try RunDirectory.readFloats(
        file, rowCount: classes.count, of: ClassColumns.file)
    } else {
      text = nil
    }
  }

  /// Whether class embeddings and the order of classes stand beside.
  ///
  /// - Throws: `FileError` when that cannot be said.
  package static func hasText(_ source: String) throws -> Bool {
    let source = ImportedSource(source)
    try source.require()
    return try source.textPlace != nil && beside(source.folder, "classes.csv") != nil
  }

  /// What messages call the embeddings of the classes: their file, or their member of the archive.
  ///
  /// - Throws: `FileError` when the system fails.
  package static func textName(_ source: String) throws -> String {
    let member = try ImportedSource(source).textPlace.flatMap { MatrixFile.split($0).member }
    return member.map { "the member \($0)" } ?? "text.npy"
  }

  /// The embeddings of a condition: [samples, dimension].
  package func embeddings(_ condition: Condition) throws -> Matrix<Float> {
    guard let file = files[condition] else { preconditionFailure("a condition that is not there") }
    return try RunDirectory.readFloats(file, rowCount: samples.labels.count)
  }

  /// The embeddings of the classes with unit rows.
  package func unitText() throws -> Matrix<Float> {
    guard let text else { preconditionFailure("no embeddings of the classes came along") }
    return try RunDirectory.unitRows(text, file: textFile, ofClasses: true)
  }

  /// Checks everything before anything is written.
  ///
  /// - Parameters:
  ///   - run: Where they are to go.
  ///   - needsDirections: Whether rows of images without a direction are refused.
  ///   - needsTextDirections: Whether rows of classes without one are.
  /// - Throws: `FileError` naming the file whose rows do not fit `samples.csv` or are not finite, or have no direction,
  ///   or whose columns differ from another's, or when the run directory holds the source.
  package func check(
    against run: RunDirectory, needsDirections: Bool = false, needsTextDirections: Bool = false
  ) throws {
    let output = ResolvedPath(run.path)
    for path in [source.path] + files.values.sorted()
    where ResolvedPath(MatrixFile.split(path).path).isInside(output) {
      throw FileError(path, "lies in the run directory \(run.path); give another --output")
    }
    var first: (file: String, columns: Int)?
    func requireColumns(_ columns: Int, _ file: String) throws {
      if let first, columns != first.columns {
        throw FileError(
          file,
          "has \(columns) columns; \(first.file) has \(first.columns): all must come from one model"
        )
      }
      first = first ?? (file, columns)
    }
    for condition in conditions {
      guard let file = files[condition] else { continue }
      let matrix = try RunDirectory.readFloats(file, rowCount: samples.labels.count)
      try requireColumns(matrix.columns, file)
      if needsDirections { _ = try RunDirectory.unitRows(matrix, file: file) }
    }
    if let text {
      try requireColumns(text.columns, textFile)
      if needsTextDirections { _ = try unitText() }
    }
  }

  /// What a manifest says of them.
  ///
  /// - Parameter earlier: What it says of those that are in the run already; they are counted in.
  /// - Returns: The record.
  /// - Throws: `FileError` naming a file that cannot be read any more.
  package func record(after earlier: Manifest.DataRecord?) throws -> Manifest.DataRecord {
    var digests: [Condition: String] = [:]
    for (name, digest) in earlier?.embeddings ?? [:] {
      let own = conditions.first { $0.name == name }
      if let condition = own ?? Condition(name: name) { digests[condition] = digest }
    }
    for (condition, file) in files { digests[condition] = "\(try source.digest(of: file))" }
    let lines = digests.sorted { $0.key < $1.key }.map { "\($0.key.name) \($0.value)\n" }
    var record = Manifest.DataRecord(
      source: "", images: samples.labels.count, classes: samples.classes.count,
      digest: "\(Digest(of: lines.joined()))", leftOut: [],
      embeddings: Dictionary(digests.map { ($0.key.name, $0.value) }) { first, _ in first })
    record.setSource(source.path, unused: unused, after: earlier)
    return record
  }

  private var textFile: String { ((try? source.textPlace) ?? nil) ?? source.folder + "/text.npy" }

  /// The file in the folder, or one folder up, where run directories keep theirs.
  private static func beside(_ folder: String, _ name: String) throws -> String? {
    try [folder + "/" + name, folder + "/../" + name].first {
      try FileStatus($0) != nil
    }
  }
}
