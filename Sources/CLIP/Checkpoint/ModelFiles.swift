import CBuiltInModel
import Files
import Foundation

/// The files of a model in Hugging Face layout: in a folder, or in memory.
enum ModelFiles: Sendable {
  /// The folder's path, as the user gave it.
  case folder(String)
  /// The contents by name; `title` stands for the folder in messages.
  case memory(title: String, [String: Data])

  /// What to call the model in messages.
  var title: String {
    switch self {
    case .folder(let path): path
    case .memory(let title, _): title
    }
  }

  /// A file's path, for messages.
  func path(_ name: String) -> String {
    switch self {
    case .folder(let folder): URL(fileURLWithPath: folder).appendingPathComponent(name).path
    case .memory: "\(title)/\(name)"
    }
  }

  /// Whether there is such a file.
  ///
  /// - Throws: `FileError` when that cannot be said.
  func contains(_ name: String) throws -> Bool {
    switch self {
    case .folder: try FileStatus(path(name)) != nil
    case .memory(_, let files): files[name] != nil
    }
  }

  /// A file's contents, mapped where they can be, not copied.
  ///
  /// - Throws: `FileError` when there is no such file or it cannot be read.
  func read(_ name: String) throws -> Data {
    switch self {
    case .folder: return try FileContents.read(path(name))
    case .memory(_, let files):
      guard let data = files[name] else {
        throw FileError(path(name), "no such file", kind: .missing)
      }
      return data
    }
  }

  /// SHA-256 of a file.
  ///
  /// - Throws: `FileError` when it cannot be read.
  func digest(_ name: String) throws -> Digest {
    switch self {
    case .folder: try Digest(ofFile: path(name))
    case .memory: try Digest(of: read(name))
    }
  }

  /// The model that the program carries.
  static let builtIn: ModelFiles = {
    var files: [String: Data] = [:]
    for index in 0..<built_in_model_file_count() {
      let file = unsafe built_in_model_file_at(index)
      // `Data` wants a mutable pointer; what is read here is never changed.
      let bytes = unsafe UnsafeMutableRawPointer(mutating: file.bytes)
      unsafe files[String(cString: file.name)] = Data(
        bytesNoCopy: bytes, count: file.count, deallocator: .none)
    }
    return .memory(title: CLIPModel.builtInName, files)
  }()
}
