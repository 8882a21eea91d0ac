import CImageCodecs
import Files
public import Foundation

extension RGBAImage {
  /// A drawing as a PNG file with its opacity, without loss, in little time.
  ///
  /// - Parameter text: What the file carries beside the pixels.
  /// - Returns: The bytes of the file.
  /// - Throws: `FileError` when libpng refuses, which takes a lack of memory.
  /// - Complexity: O(width · height).
  public func flatPNGData(text: PNGText? = nil) throws -> Data {
    try flatPNG(pixels, width: width, height: height, hasAlpha: true, text: text)
  }
}

extension RGBImage {
  /// A drawing as a PNG file, without loss, in little time: larger than `pngData()` where it is no drawing.
  ///
  /// - Parameter text: What the file carries beside the pixels.
  /// - Returns: The bytes of the file.
  /// - Throws: `FileError` when libpng refuses, which takes a lack of memory.
  /// - Complexity: O(width · height).
  public func flatPNGData(text: PNGText? = nil) throws -> Data {
    try flatPNG(pixels, width: width, height: height, hasAlpha: false, text: text)
  }
}

private func flatPNG(
  _ pixels: [UInt8], width: Int, height: Int, hasAlpha: Bool, text: PNGText?
) throws -> Data {
  let words = text?.textBytes ?? [0]
  let keyword = text?.keywordBytes ?? [0]
  let capacity = image_codec_png_flat_capacity(width, height, hasAlpha, words.count)
  var failure: String?
  let bytes = unsafe pixels.withUnsafeBufferPointer { pixels in
    unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, initialized in
      guard let input = pixels.baseAddress, let output = buffer.baseAddress else { return }
      var count = 0
      failure = unsafe codecMessage { message in
        unsafe keyword.withUnsafeBufferPointer { keyword in
          unsafe words.withUnsafeBufferPointer { words in
            count = unsafe image_codec_png_encode_flat(
              input, width, height, hasAlpha, text == nil ? nil : keyword.baseAddress,
              words.baseAddress, output, capacity, message)
          }
        }
        return count > 0
      }
      initialized = count
    }
  }
  if let failure {
    throw FileError(
      "image of \(width) × \(height) pixels", "the PNG encoder refuses it: \(failure)")
  }
  return Data(bytes)
}
