import Files
import Foundation
package import LinearAlgebra
package import Runs

/// Embeddings made by any encoder, to be analysed as if a sweep had made them.
///
/// A folder holds `CONDITION.npy` files, or one `.npy` of any name, which is then `clean`; a path to
/// one `.npy` is the same. `samples.csv` stands beside, or one folder up as in a run directory;
/// so may `text.npy` and `classes.csv`, for zero-shot accuracy. Rows are used as given.
package struct ImportedEmbeddings {
  package let conditions: [Condition]
  package let samples: SampleTable
  /// The class embeddings, when they came along.
  package let text: Matrix<Float>?
  private let files: [Condition: String]
  private let source: String

  package init(_ source: String) throws {
    self.source = source
    let folder = Self.folder(source)
    if !source.hasSuffix(".npy") {
      let names = try Self.arrays(folder)
      let listed = try Self.listed(folder)
      let named = names.compactMap { name in
        (listed?[name] ?? Condition(name: String(name.dropLast(4)))).map {
          ($0, folder + "/" + name)
        }
      }
      if let other = names.first(where: { name in !named.contains { $0.1 == folder + "/" + name } }
      ),
        !named.isEmpty
      {
        throw FileError(
          folder + "/" + other,
          "its name is no condition: expected clean.npy or NOISE-LEVEL-sSEED.npy, such as "
            + "gaussian-0.5-s0.npy (without -sSEED for a noise that draws nothing); rename it, or move it"
        )
      }
      if named.isEmpty, names.count == 1 {
        files = [.clean: folder + "/" + names[0]]
      } else {
        files = try Dictionary(named) { first, second in
          throw FileError(
            first, "is the same condition as \(second); leave one of the two out")
        }
      }
      guard !files.isEmpty else {
        throw FileError(
          source,
          "holds no CONDITION.npy, such as clean.npy or gaussian-0.5-s0.npy; it holds "
            + (names.isEmpty ? "no .npy at all" : names.joined(separator: ", ")))
      }
    } else {
      files = [.clean: source]
    }
    conditions = files.keys.sorted()
    guard let sampleFile = try Self.beside(folder, "samples.csv") else {
      throw FileError(
        folder + "/samples.csv",
        "is not there; expected a line a row with the columns row, path "
          + "and class")
    }
    var classes: [String]?
    if let classFile = try Self.beside(folder, "classes.csv") {
      classes = try RunDirectory.readClasses(classFile)
    }
    samples = try SampleTable(CSV(path: sampleFile), classes: classes)
    if try Self.hasText(source), let classes {
      text = try RunDirectory.readFloats(folder + "/text.npy", rowCount: classes.count)
    } else {
      text = nil
    }
  }

  /// Whether class embeddings and the order of classes stand beside.
  ///
  /// - Throws: `FileError` when that cannot be said.
  package static func hasText(_ source: String) throws -> Bool {
    let folder = folder(source)
    return try FileStatus(folder + "/text.npy") != nil
      && beside(folder, "classes.csv") != nil
  }

  /// The embeddings of a condition: [samples, dimension].
  package func embeddings(_ condition: Condition) throws -> Matrix<Float> {
    guard let file = files[condition] else { preconditionFailure("a condition that is not there") }
    return try RunDirectory.readFloats(file, rowCount: samples.labels.count)
  }

  /// The embeddings of the classes with unit rows.
  package func unitText() throws -> Matrix<Float> {
    guard let text else { preconditionFailure("no embeddings of the classes came along") }
    return try RunDirectory.unitRows(text, file: Self.folder(source) + "/text.npy")
  }

  /// Checks everything before anything is written.
  ///
  /// - Throws: `FileError` naming the file whose rows do not fit `samples.csv` or are not finite, or
  ///   whose columns differ from another's, or when the run directory holds the source.
  package func check(against run: RunDirectory) throws {
    guard !ResolvedPath(source).isInside(ResolvedPath(run.path)) else {
      throw FileError(source, "lies in the run directory \(run.path); give another --output")
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
      try requireColumns(
        RunDirectory.readFloats(file, rowCount: samples.labels.count).columns, file)
    }
    if let text { try requireColumns(text.columns, Self.folder(source) + "/text.npy") }
  }

  /// What a manifest says of them.
  ///
  /// - Parameter earlier: What it says of those that are in the run already; they are counted in.
  /// - Returns: The record.
  /// - Throws: `FileError` naming a file that cannot be read any more.
  package func record(after earlier: Manifest.DataRecord?) throws -> Manifest.DataRecord {
    var digests: [Condition: String] = [:]
    for (name, digest) in earlier?.embeddings ?? [:] {
      if let condition = Condition(name: name) { digests[condition] = digest }
    }
    for (condition, file) in files { digests[condition] = "\(try Digest(ofFile: file))" }
    let lines = digests.sorted { $0.key < $1.key }.map { "\($0.key.name) \($0.value)\n" }
    return Manifest.DataRecord(
      source: "\(source) (embeddings made elsewhere)", images: samples.labels.count,
      classes: samples.classes.count, digest: "\(Digest(of: lines.joined()))", leftOut: [],
      embeddings: Dictionary(uniqueKeysWithValues: digests.map { ($0.key.name, $0.value) }))
  }

  private static func folder(_ source: String) -> String {
    guard source.hasSuffix(".npy") else {
      return source.hasSuffix("/") ? String(source.dropLast()) : source
    }
    return URL(fileURLWithPath: source).deletingLastPathComponent().path
  }

  /// The conditions by their files' names, where a run's list of them stands beside.
  private static func listed(_ folder: String) throws -> [String: Condition]? {
    guard let path = try beside(folder, ConditionList.file.pattern.text) else { return nil }
    let list = Table(try CSV(path: path), as: ConditionList.file)
    return Dictionary(
      try zip(list[ConditionList.name].map { $0 + ".npy" }, list.conditions()),
      uniquingKeysWith: { first, _ in first })
  }

  private static func arrays(_ folder: String) throws -> [String] {
    guard let names = try FolderContents.names(of: folder) else {
      throw FileError(folder, "is not a folder of .npy files")
    }
    return names.filter { $0.hasSuffix(".npy") && $0 != "text.npy" }
  }

  /// The file in the folder, or one folder up, where run directories keep theirs.
  private static func beside(_ folder: String, _ name: String) throws -> String? {
    try [folder + "/" + name, folder + "/../" + name].first {
      try FileStatus($0) != nil
    }
  }
}
