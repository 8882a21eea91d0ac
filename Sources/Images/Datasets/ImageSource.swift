public import Files

/// Where the pixels of a data set's image come from.
public enum ImageSource: Sendable, Equatable {
  /// A JPEG or PNG file, by its path.
  case file(String)
  /// A texture drawn on demand.
  case texture(GeneratedTexture)

  /// The identity of the image, which names its noise and its cells: the SHA-256 of the file's bytes, or
  /// of what decides the texture.
  ///
  /// - Throws: `FileError` when the file cannot be read.
  public func digest() throws -> Digest {
    switch self {
    case .file(let path): try Digest(ofFile: path)
    case .texture(let texture): texture.digest
    }
  }

  /// Checks that there are pixels to be had.
  ///
  /// - Throws: `FileError` when the file cannot be read or does not decode.
  public func requirePixels() throws {
    switch self {
    case .file(let path): _ = try RGBImage(decoding: FileContents.read(path), file: path)
    case .texture: break
    }
  }

  /// The pixels, read or drawn, as preprocessing wants them: transparent ones on white.
  ///
  /// - Parameter digest: The identity, as `digest()` gave it earlier.
  /// - Returns: The whole image.
  /// - Throws: `FileError` when the file cannot be read, does not decode, or is not what it was.
  public func pixels(of digest: Digest) throws -> RGBImage {
    switch self {
    case .file(let path):
      let data = try FileContents.read(path)
      guard Digest(of: data) == digest else {
        throw FileError(path, "changed while the run was going on; run again")
      }
      return try RGBImage(
        decoding: data, file: path, transparency: ImagePreprocessing.transparency)
    case .texture(let texture): return texture.image
    }
  }
}
