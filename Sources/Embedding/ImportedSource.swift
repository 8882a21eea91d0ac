import Files
import Foundation
import LinearAlgebra

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
    let ending = URL(fileURLWithPath: file).pathExtension.lowercased()
    if member == nil, ending == "npz" {
      kind = .archive
    } else if member != nil || ["npy", "csv", "safetensors"].contains(ending),
      (try? FileStatus(path))?.kind != .folder
    {
      kind = .array
    } else {
      kind = .folder
    }
    self.path = path
    folder =
      kind == .folder ? path : URL(fileURLWithPath: file).deletingLastPathComponent().path
  }

  /// Whether it is one array, which is then that of the clean images.
  var isOneArray: Bool { kind == .array }

  /// What one array is called in messages.
  var word: String { kind == .archive ? "member" : ".npy" }

  /// The names of its arrays but for those of the classes' text, without `.npy`, sorted.
  ///
  /// - Throws: `FileError` when it is no folder or no archive.
  var arrays: [String] {
    get throws { try all.filter { $0 != Self.text } }
  }

  /// What the embeddings of the classes are called.
  private static let text = "text"

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
          throw FileError(
            path, "is not there; expected a folder of .npy files, an .npz archive or one .npy")
        }
        return names.filter { $0.hasSuffix(".npy") }.map(bare)
      }
    }
  }

  /// Files in the folder that hold arrays under names that are not looked at, and why.
  var others: [(name: String, problem: String)] {
    get throws {
      guard kind == .folder else { return [] }
      return try (FolderContents.names(of: path) ?? []).compactMap { name in
        let ending = (name as NSString).pathExtension
        if ending == "npz" {
          return (name, "an archive in a folder is not read; give it itself as --embeddings")
        }
        guard ending.lowercased() == "npy", ending != "npy" else { return nil }
        return (name, "only .npy in small letters is read; rename them")
      }
    }
  }

  /// What to say of where arrays may be instead.
  var hint: String {
    let others = ((try? others) ?? []).map(\.name)
    return others.isEmpty
      ? "; there is no .npy at all" : "; it holds \(others.listed): give one of them"
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
