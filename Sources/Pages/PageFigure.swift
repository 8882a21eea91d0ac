import Files
import Foundation
import Images

/// A figure inside the page.
package enum PageFigure {
  /// Above this many bytes an SVG file gives way to its PNG.
  static let largestSVG = 300_000
  /// Above this many bytes a PNG file, which then is one of photographs, gives way to a JPEG file of its pixels.
  static let largestPNG = 400_000

  /// The image as a `data:` address.
  ///
  /// - Parameters:
  ///   - svg: The SVG file's path; nil when there is none.
  ///   - png: The PNG file's path; nil when there is none.
  /// - Returns: The address; nil when neither file is there.
  /// - Throws: `FileError` when a file cannot be read.
  package static func source(svg: String?, png: String?) throws -> String? {
    func contents(_ path: String?) throws -> Data? {
      guard let path, try FileStatus(path) != nil else { return nil }
      return try FileContents.read(path)
    }
    let vector = try contents(svg)
    if let vector, vector.count < largestSVG { return address("image/svg+xml", vector) }
    if let pixels = try contents(png) {
      guard pixels.count >= largestPNG, let png else { return address("image/png", pixels) }
      let photograph = try RGBImage(decoding: pixels, file: png, transparency: .onWhite)
        .jpegData(quality: 85)
      return photograph.count < pixels.count
        ? address("image/jpeg", photograph) : address("image/png", pixels)
    }
    return vector.map { address("image/svg+xml", $0) }
  }

  private static func address(_ type: String, _ data: Data) -> String {
    "data:\(type);base64,\(data.base64EncodedString())"
  }

  /// The figure with its caption.
  ///
  /// - Parameters:
  ///   - name: Its name, of which its id is made.
  ///   - source: The image's address.
  ///   - caption: What stands below it, and for it where it is not seen.
  ///   - isWide: Whether it is as wide as the page.
  /// - Returns: Its markup.
  package static func html(name: String, source: String, caption: String, isWide: Bool) -> HTML {
    """
    <figure id="figure-\(HTML.identifier(name))"\(" class=\"wide\"", if: isWide)>\
    <div class="frame"\(" tabindex=\"0\"", if: isWide)>\
    <img src="\(source)" alt="\(caption)" decoding="async"></div>\
    <figcaption>\(caption)</figcaption></figure>

    """
  }
}
