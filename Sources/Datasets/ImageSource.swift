public import Files
import Foundation
public import Images

/// Where the pixels of a data set's image come from.
public protocol ImageSource: Sendable {
  /// Whether it is there; a list can name what is not.
  ///
  /// - Throws: `FileError` of the kind `system` when that cannot be said.
  var exists: Bool { get throws }

  /// The identity of the image, which names its noise and its cells: SHA-256 over what decides the pixels,
  /// such as a file's bytes.
  ///
  /// - Throws: `FileError` when the file cannot be read.
  func digest() throws -> Digest

  /// Checks that there are pixels to be had.
  ///
  /// - Throws: `FileError` when the file cannot be read or does not decode.
  func requirePixels() throws

  /// The pixels, read or drawn, as preprocessing wants them: transparent ones on white.
  ///
  /// - Parameter digest: The identity, as `digest()` gave it earlier.
  /// - Returns: The whole image.
  /// - Throws: `FileError` when the file cannot be read, does not decode, or is not what it was.
  func pixels(of digest: Digest) throws -> RGBImage
}

/// A JPEG or PNG file.
public struct ImageFile: ImageSource, Equatable {
  /// Its path.
  public let path: String

  /// The file at a path, whether or not it is there.
  public init(_ path: String) { self.path = path }

  /// Whether the file is there.
  public var exists: Bool { get throws { try FileStatus(path) != nil } }

  /// SHA-256 of the file's bytes.
  public func digest() throws -> Digest { try Digest(ofFile: path) }

  /// Decodes the file.
  public func requirePixels() throws {
    _ = try RGBImage(decoding: FileContents.read(path), file: path)
  }

  /// Decodes the file if it is what it was.
  public func pixels(of digest: Digest) throws -> RGBImage {
    let data = try FileContents.read(path)
    guard Digest(of: data) == digest else {
      throw FileError(
        path,
        "is not what it was when it was looked at: it changed while the run was going on, or since it was planned; "
          + "restore it or run again, or plan again with --overwrite")
    }
    return try RGBImage(decoding: data, file: path, transparency: ImagePreprocessing.transparency)
  }
}
