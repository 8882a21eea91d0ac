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

  /// Whether an SVG file has colours of its own for dark ground.
  ///
  /// - Parameter svg: The file's path; nil when there is none.
  /// - Returns: Whether it asks for the scheme of colours, and is what the page shows.
  /// - Throws: `FileError` when the file cannot be read.
  package static func suitsDark(svg: String?) throws -> Bool {
    guard let svg, try FileStatus(svg) != nil else { return false }
    let contents = try FileContents.read(svg)
    return contents.count < largestSVG
      && contents.firstRange(of: Data("prefers-color-scheme".utf8)) != nil
  }

  /// The figure with its caption.
  ///
  /// - Parameters:
  ///   - name: Its name, of which its id is made.
  ///   - source: The image's address.
  ///   - caption: What stands below it, and for it where it is not seen.
  ///   - isWide: Whether it is as wide as the page.
  ///   - suitsDark: Whether it has colours of its own for dark ground.
  ///   - files: Paths of its files beside the page, by the words of the links to them.
  /// - Returns: Its markup.
  package static func html(
    name: String, source: String, caption: String, isWide: Bool, suitsDark: Bool = false,
    files: [(words: String, path: String)] = []
  ) -> HTML {
    let links = files.map { file -> HTML in
      let name = file.path.split(separator: "/").last.map(String.init) ?? file.path
      return " <a href=\"\(file.path)\" download=\"\(name)\">\(file.words)</a>"
    }.joined()
    let classes = [isWide ? "wide" : nil, suitsDark ? "suits" : nil].compactMap(\.self)
      .joined(separator: " ")
    return """
      <figure id="figure-\(HTML.identifier(name))"\(" class=\"\(classes)\"", if: !classes.isEmpty)>\
      <div class="frame"\(" tabindex=\"0\"", if: isWide)>\
      <img src="\(source)" alt="\(caption)" decoding="async"></div>\
      <figcaption>\(HTML.unbroken(caption))\(links)</figcaption></figure>

      """
  }
}
