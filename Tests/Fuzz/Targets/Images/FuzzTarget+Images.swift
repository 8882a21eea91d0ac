import Files
import Foundation
import Images

extension FuzzTarget {
  /// PNG files of every kind of pixels.
  static let png = FuzzTarget(
    "png", shortRuns: 200,
    seeds: {
      try [
        picture.pngData(), RGBImage(width: 1, height: 1, gray: 7).pngData(),
        // 3 × 2: a palette with transparency; 16 bits of grey and alpha, interlaced; 1 bit of grey.
        Data(
          base64Encoded:
            "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAMAAACqqpYoAAAABlBMVEX/AAAAAP9sof2OAAAAAXRSTlOAFIE5oQAAAA"
            + "xJREFUeNpjYGRkAAAACAADFoPsWgAAAABJRU5ErkJggg==") ?? Data(),
      ] + extraPNG.compactMap { Data(base64Encoded: $0) }
    },
    run: { try requireImage($0) })

  /// JPEG files, baseline and progressive, grey and in colours.
  static let jpeg = FuzzTarget(
    "jpeg", shortRuns: 200,
    seeds: {
      try [
        picture.jpegData(quality: 90),
        RGBImage(width: 17, height: 9, gray: 99).jpegData(quality: 20),
      ]
        + extraJPEG.compactMap { Data(base64Encoded: $0) }
    },
    run: { try requireImage($0) })

  private static let picture = RGBImage(
    width: 9, height: 7, pixels: (0..<9 * 7 * 3).map { UInt8(truncatingIfNeeded: $0 * $0) })

  /// So many pixels an input may have: more would be slow, and no other path.
  private static let mostPixels = 1 << 16

  private static func requireImage(_ data: Data) throws {
    let dropped = try RGBImage(decoding: data, file: "x", limit: mostPixels)
    promise(dropped.width > 0 && dropped.height > 0, "an image without pixels")
    promise(dropped.width * dropped.height <= mostPixels, "more pixels than the limit")
    promise(dropped.pixels.count == dropped.width * dropped.height * 3, "pixels are missing")
    let white = try RGBImage(decoding: data, file: "x", transparency: .onWhite, limit: mostPixels)
    promise(white.width == dropped.width && white.height == dropped.height, "sizes differ")
    let again = try RGBImage(decoding: dropped.pngData(), file: "again", limit: mostPixels)
    promise(again.pixels == dropped.pixels, "written and read again it is another image")
  }
}
