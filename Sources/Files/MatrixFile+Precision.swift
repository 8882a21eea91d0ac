import Foundation
public import LinearAlgebra

extension MatrixFile {
  /// In which precision a file stores the numbers of a matrix that `read(_:)` gives.
  ///
  /// - Parameter specification: `PATH` or `PATH:MEMBER`.
  /// - Returns: The type of its elements; float64 for text, whose numbers are read as such.
  /// - Throws: `FileError` as `read(_:)`.
  /// - Complexity: O(bytes of the header).
  public static func precision(of specification: String) throws -> ElementPrecision {
    let (path, member) = split(specification)
    switch URL(fileURLWithPath: path).pathExtension.lowercased() {
    case "npy":
      return try NumPyFile.RowReader(path: path).precision
    case "npz":
      let name = try member ?? only(NumPyArchive.names(of: path), path: path)
      return try NumPyArchive.header(name, of: path).encoding.precision
    case "safetensors":
      let tensors = try Safetensors(path: path)
      let name = try member ?? only(tensors.entries.keys.sorted(), path: path)
      let type = tensors.entries[name].flatMap { NumberEncoding(safetensors: $0.type) }
      return type?.precision ?? .float64
    default: return .float64
    }
  }
}

extension NumPyArchive {
  /// The header of an array of an archive.
  fileprivate static func header(_ name: String, of path: String) throws -> NumPyFile.Header {
    let member = try ZipMember(name.hasSuffix(".npy") ? name : name + ".npy", of: path)
    return try NumPyFile.Header(
      member.read(min(member.size, NumPyFile.Header.sizeLimit)), size: member.size,
      file: "\(path):\(name)")
  }
}

extension NumberEncoding {
  /// How finely its numbers are rounded; whole numbers are not, and are read as float64.
  var precision: ElementPrecision {
    switch self {
    case .float16: .float16
    case .bfloat16: .bfloat16
    case .float32: .float32
    case .float64, .integer, .boolean: .float64
    }
  }
}
