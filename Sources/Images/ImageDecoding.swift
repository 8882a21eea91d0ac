import CImageCodecs
import Files
public import Foundation

extension RGBImage {
  /// What becomes of the transparency in a PNG file.
  public enum Transparency: Sendable {
    /// Every pixel keeps its colour, as by Pillow's `convert("RGB")`.
    case dropped
    /// Pixels are composited onto white, as by the image processors of transformers 5.
    case onWhite
  }

  /// Decodes a JPEG or PNG file to the pixels of Pillow's `Image.open(file).convert("RGB")`.
  ///
  /// Method: libjpeg with the accurate integer transform and smooth chroma upsampling; libpng
  /// without gamma. Grey is replicated, 16-bit colour keeps its high byte, 16-bit grey without alpha
  /// is clipped to 255 as Pillow clips it, CMYK is taken as inverted, and an EXIF orientation is not
  /// applied. Unlike Pillow, damaged JPEG data and a PNG file cut after its last pixel are errors.
  ///
  /// - Parameters:
  ///   - data: The bytes of the file; they alone tell the format.
  ///   - file: The file's name, for messages only.
  ///   - transparency: Whether transparent pixels keep their colour or are put on white.
  ///   - limit: The most pixels that the image may have.
  /// - Throws: `FileError` when the file is empty, of another format, damaged, cut short, of more than
  ///   `limit` pixels or `maximumWidth` columns, or a JPEG file of more than 100 scans.
  /// - Complexity: O(bytes + scans · width · height) time; only a JPEG file can have several scans. Three
  ///   bytes a pixel and a few rows, and two bytes a sample more for a JPEG of several scans.
  public init(
    decoding data: Data, file: String, transparency: Transparency = .dropped,
    limit: Int = RGBImage.pixelLimit
  ) throws {
    let format = try ImageFormat(of: data, file: file)
    self = try unsafe data.withUnsafeBytes { raw in
      let bytes = unsafe raw.bindMemory(to: UInt8.self)
      return try unsafe Self.decoded(
        bytes, as: format, file: file, transparency: transparency, limit: limit)
    }
  }

  private static func decoded(
    _ bytes: UnsafeBufferPointer<UInt8>, as format: ImageFormat, file: String,
    transparency: Transparency, limit: Int
  ) throws -> RGBImage {
    guard let start = bytes.baseAddress else { preconditionFailure("a signature was there") }
    func attempt(_ step: (UnsafeMutablePointer<CChar>) -> Bool) throws {
      guard let message = unsafe codecMessage(unless: step) else { return }
      throw FileError(
        file,
        "the \(format.rawValue) decoder refuses it: \(message); "
          + "replace the file or leave it out")
    }

    var width = 0
    var height = 0
    try unsafe attempt { message in
      switch format {
      case .jpeg: unsafe image_codec_jpeg_size(start, bytes.count, &width, &height, message)
      case .png: unsafe image_codec_png_size(start, bytes.count, &width, &height, message)
      }
    }
    guard width > 0, height > 0 else {
      throw FileError(
        file, "the header says \(width) × \(height) pixels; the file is damaged")
    }
    // Compared by division: no product can overflow.
    guard width <= limit / height else {
      throw FileError(
        file,
        "\(width) × \(height) pixels are more than the limit of \(limit); scale the image down, leave it "
          + "out, or raise the limit by --max-pixels (a thread takes three bytes a pixel and more)")
    }
    guard width <= maximumWidth else {
      throw FileError(
        file,
        "\(width) × \(height) pixels: at most \(maximumWidth) columns are decoded; turn the image by a "
          + "right angle, scale it down, or leave it out")
    }

    let count = width * height * 3
    let pixels = try unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      guard let pixels = buffer.baseAddress else { return }
      try unsafe attempt { message in
        switch format {
        case .jpeg:
          unsafe image_codec_jpeg_decode(start, bytes.count, width, height, pixels, message)
        case .png:
          unsafe image_codec_png_decode(
            start, bytes.count, width, height, transparency == .onWhite, pixels, message)
        }
      }
      initialized = count
    }
    return RGBImage(width: width, height: height, pixels: pixels)
  }
}

/// What a codec said when `step` failed; nil when it succeeded.
func codecMessage(unless step: (UnsafeMutablePointer<CChar>) -> Bool) -> String? {
  var message = [CChar](repeating: 0, count: Int(image_codec_message_capacity))
  if unsafe step(&message) { return nil }
  return String(
    decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
