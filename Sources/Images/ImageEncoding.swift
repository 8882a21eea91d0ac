import CImageCodecs
import Files
public import Foundation

extension RGBImage {
  /// The image as a PNG file, without loss.
  ///
  /// - Returns: The bytes of the file.
  /// - Throws: `FileError` when libpng refuses, which takes a lack of memory.
  /// - Complexity: O(width · height).
  public func pngData() throws -> Data {
    try unsafe encoded(as: .png, capacity: image_codec_png_capacity(width, height)) {
      unsafe image_codec_png_encode($0, width, height, $1, $2, $3)
    }
  }

  /// The image as a baseline JPEG file with chroma at half the resolution.
  ///
  /// - Parameter quality: From 1 to 100, as libjpeg counts.
  /// - Returns: The bytes of the file.
  /// - Throws: `FileError` when a side is longer than the 65500 pixels that libjpeg writes.
  /// - Complexity: O(width · height).
  public func jpegData(quality: Int) throws -> Data {
    precondition((1...100).contains(quality))
    return try unsafe encoded(as: .jpeg, capacity: image_codec_jpeg_capacity(width, height)) {
      unsafe image_codec_jpeg_encode($0, width, height, Int32(quality), $1, $2, $3)
    }
  }

  private func encoded(
    as format: ImageFormat, capacity: Int,
    _ encode: (
      UnsafePointer<UInt8>, UnsafeMutablePointer<UInt8>, Int, UnsafeMutablePointer<CChar>
    ) -> Int
  ) throws -> Data {
    var failure: String?
    let bytes = unsafe pixels.withUnsafeBufferPointer { pixels in
      unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, initialized in
        guard let input = pixels.baseAddress, let output = buffer.baseAddress else { return }
        var count = 0
        failure = unsafe codecMessage { message in
          count = unsafe encode(input, output, capacity, message)
          return count > 0
        }
        initialized = count
      }
    }
    if let failure {
      throw FileError(
        "image of \(width) × \(height) pixels",
        "the \(format.rawValue) encoder refuses it: \(failure)")
    }
    return Data(bytes)
  }
}
