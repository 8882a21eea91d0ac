import Files
import Foundation
import LinearAlgebra
import Runs

/// Where embeddings made elsewhere lie: a folder of `.npy` files, an `.npz` archive, or one array.
struct ImportedSource {
  /// The path, as given, without a slash at its end.
  let path: String
  /// The folder in which tables stand beside.
  let folder: String
  private let kind: Kind

  private enum Kind {
    case folder, archive
    /// One array, as `MatrixFile` takes it.
    case array
  }

  /// The place that a path names, whether or not it is there.
  init(_ source: String) {
    var path = source
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    let (file, member) = MatrixFile.split(path)
    let format = MatrixFile.format(ofPath: file)
    let isFolder = format == .standardInput || (try? FileStatus(path))?.kind == .folder
    if member == nil, format == .npz {
      kind = .archive
    } else if member != nil || format != nil, !isFolder {
      kind = .array
    } else {
      kind = .folder
    }
    self.path = path
    folder =
      kind == .folder ? path : URL(fileURLWithPath: file).deletingLastPathComponent().path
  }

  /// Whether it is one array.
  var isOneArray: Bool { kind == .array }

  /// What one array is called, which may be a condition: its member, or its file without the ending.
  var arrayName: String {
    let (file, member) = MatrixFile.split(path)
    if let member { return bare(member) }
    let name = fileName(file)
    return name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
  }

  /// Whether a table's file is the one array.
  func isArray(_ name: String) -> Bool {
    let names = [arrayName, fileName(path)].map { Array($0.utf8) }
    return names.contains(Array(name.utf8)) || names.contains(Array(bare(name).utf8))
  }

  private func fileName(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  /// What one array is called in messages.
  var word: String { kind == .archive ? "member" : ".npy" }

  /// The names of its arrays but for those of the classes' text, without `.npy`, sorted.
  ///
  /// - Throws: `FileError` when it is no folder or no archive.
  var arrays: [String] {
    get throws { try all.filter { $0 != Self.text } }
  }

  /// What the embeddings of the classes are called.
  static let text = "text"

  /// Stops where there is nothing.
  ///
  /// - Throws: `FileError` that names what is expected.
  func require() throws {
    let file = MatrixFile.split(path).path
    if kind == .folder {
      _ = try all
    } else if try FileStatus(file) == nil {
      throw FileError(
        file, "is not there; expected a folder of .npy files, an .npz archive or one array")
    }
  }

  /// Where a file is that a table names by its path, as `MatrixFile` takes it, and that is no `.npy` in the folder;
  /// nil where there is none that is read.
  func place(ofListed file: String) throws -> String? {
    guard kind == .folder else { return nil }
    let path = file.isAbsolutePath ? file : "\(self.path)/\(file)"
    for path in [path, path + ".npy"] {
      let file = MatrixFile.split(path).path
      if let format = MatrixFile.format(ofPath: file), format != .standardInput,
        let status = try FileStatus(file), status.kind != .folder
      {
        return path
      }
    }
    return nil
  }

  /// Where the embeddings of the classes are, as `MatrixFile` takes it: in the archive, or beside; nil where there are
  /// none.
  var textPlace: String? {
    get throws {
      if kind == .archive, try FileStatus(path) != nil, try all.contains(Self.text) {
        return place(of: Self.text)
      }
      let file = folder + "/" + Self.text + ".npy"
      return try FileStatus(file) != nil ? file : nil
    }
  }

  private var all: [String] {
    get throws {
      switch kind {
      case .array: return [path]
      case .archive:
        return try NumPyArchive.names(of: path).filter { !$0.hasSuffix("/") }.map(bare).sorted()
      case .folder:
        guard let names = try FolderContents.names(of: path) else {
          guard path != StandardInput.argument else {
            throw FileError(
              path,
              "standard input is not taken for embeddings of a sweep, beside which samples.csv stands: give a "
                + "folder of .npy files, an .npz archive or one array")
          }
          throw FileError(
            path, "is not there; expected a folder of .npy files, an .npz archive or one .npy")
        }
        return names.filter { $0.hasSuffix(".npy") }.map(bare)
      }
    }
  }

  /// The tables that are read where they stand in the folder.
  private static let tables = Set(
    [SampleColumns.file, ClassColumns.file, ConditionList.file].map(\.pattern.text))

  /// What else lies in the folder and is not looked at, and why; files whose names begin with a point are hidden.
  var others: [(name: String, problem: String)] {
    get throws {
      guard kind == .folder else { return [] }
      return try (FolderContents.names(of: path) ?? []).compactMap { name in
        if name.hasPrefix(".") || name.hasSuffix(".npy") || Self.tables.contains(name) {
          return nil
        }
        return (name, try problem(ofOther: name))
      }
    }
  }

  private func problem(ofOther name: String) throws -> String {
    if try isFolder(name) {
      return "folders below are not looked at; give one itself as --embeddings"
    }
    return switch MatrixFile.format(ofPath: name) {
    case .npz: "an archive in a folder is not read; give it itself as --embeddings"
    case .npy: "only .npy in small letters is read; rename them"
    case .safetensors, .text:
      "in a folder only .npy is read; give an array of another format itself as --embeddings"
    case .standardInput, nil:
      "beside .npy only \(Self.tables.sorted().joined(separator: ", ")) are read"
    }
  }

  private func isFolder(_ name: String) throws -> Bool {
    try FileStatus(path + "/" + name)?.kind == .folder
  }

  /// What to say of where arrays may be instead.
  var hint: String {
    let others = ((try? others) ?? []).map(\.name)
    let arrays = others.filter {
      MatrixFile.format(ofPath: $0) != nil && (try? isFolder($0)) == false
    }
    if !arrays.isEmpty { return "; it holds \(arrays.listed): give one of them" }
    let below = others.filter { name in
      let names = (try? FolderContents.textNames(of: path + "/" + name)) ?? nil
      return names?.contains { $0.hasSuffix(".npy") } ?? false
    }
    return below.isEmpty
      ? "; there is no .npy at all"
      : "; there are some one folder down: give \(below.map { path + "/" + $0 }.listed)"
  }

  /// An array's name without `.npy`.
  func bare(_ name: String) -> String { name.hasSuffix(".npy") ? String(name.dropLast(4)) : name }

  /// What people call an array.
  func name(_ bare: String) -> String { kind == .folder ? bare + ".npy" : bare }

  /// Where an array is, as `MatrixFile` takes it.
  func place(of bare: String) -> String {
    switch kind {
    case .folder: "\(path)/\(bare).npy"
    case .archive: "\(path):\(bare)"
    case .array: path
    }
  }

  /// The digest that stands for an array's file: that of the file, or of a member's numbers.
  ///
  /// - Throws: `FileError` when it cannot be read.
  func digest(of place: String) throws -> Digest {
    MatrixFile.split(place).member == nil
      ? try Digest(ofFile: place) : Digest(of: NumPyFile.encode(try MatrixFile.readFloats(place)))
  }
}
