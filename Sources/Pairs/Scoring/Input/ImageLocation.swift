import Files
import Foundation

/// Where the images of a table lie.
struct ImageLocation: Sendable {
  /// Where relative paths start.
  let folder: String
  /// The folder in which images lie by the last components of their paths or addresses; nil for paths as they are.
  let imageFolder: String?

  /// The file of an image.
  ///
  /// In an image folder it is the one with the most of the last components: `https://h/u/0/x.jpg?w=3` is `u/0/x.jpg`,
  /// else `0/x.jpg`, else `x.jpg`. Nothing outside of the folder is named so.
  ///
  /// - Parameter image: A path, or an address (RFC 3986) whose query and fragment are passed over and whose escapes
  ///   stand for their bytes.
  /// - Returns: Its path, of a file that need not be there where there is no image folder.
  /// - Throws: `FileError` of the kind `missing` or `content` that says why there is none.
  func file(of image: String) throws -> String {
    guard !image.utf8.contains(0) else { throw FileError(image, "has a NUL byte in its name") }
    let address = Address(image)
    guard let imageFolder else {
      guard let address else { return image.isAbsolutePath ? image : folder + "/" + image }
      guard address.scheme == "file" else {
        throw FileError(
          image, "is an address; download it and give the folder as --images-dir")
      }
      return "/" + (address.path.removingPercentEncoding ?? address.path)
    }
    let paths = address.map { [$0.path.removingPercentEncoding ?? $0.path, $0.path] } ?? [image]
    for path in paths.uniquedPaths {
      let parts = path.pathParts.filter { $0 != "." }
      guard !parts.contains("..") else {
        throw FileError(image, "leads out of --images-dir by its \"..\"")
      }
      for start in parts.indices {
        let file = imageFolder + "/" + parts[start...].joined(separator: "/")
        if try FileStatus(file)?.kind == .file { return file }
      }
    }
    throw FileError(
      image, "no such file in \(imageFolder) by any of its last components", kind: .missing)
  }

  /// The parts of an address that name a file.
  private struct Address {
    let scheme: String
    /// Behind the host, without query and fragment.
    let path: String

    /// Nil for what is a path.
    init?(_ text: String) {
      guard let mark = text.firstRange(of: "://") else { return nil }
      let scheme = text[..<mark.lowerBound]
      guard let first = scheme.utf8.first, (97...122).contains(first | 0x20),
        scheme.utf8.allSatisfy({ Self.isOfScheme($0) })
      else { return nil }
      self.scheme = scheme.lowercased()
      let rest = text[mark.upperBound...].utf8.prefix {
        $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#")
      }
      let path = rest.drop { $0 != UInt8(ascii: "/") }.dropFirst()
      self.path = String(decoding: Array(path), as: UTF8.self)
    }

    private static func isOfScheme(_ byte: UInt8) -> Bool {
      (97...122).contains(byte | 0x20) || (48...57).contains(byte)
        || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
    }
  }
}

extension [String] {
  /// Without those that have the bytes of an earlier one.
  fileprivate var uniquedPaths: [String] {
    reduce(into: []) { kept, path in
      if !kept.contains(where: { $0.utf8.elementsEqual(path.utf8) }) { kept.append(path) }
    }
  }
}
