package import Files
import Foundation
package import Images
import LinearAlgebra

/// Small pictures of a page: each is in it once, as a style, and shown wherever it is wanted.
package struct Thumbnails: Sendable {
  /// The side of a picture, which is square, in pixels of the page.
  package let side: Int
  /// The pictures as `data:` addresses, by their numbers.
  private var addresses: [Int: String] = [:]
  /// What is wrong with the images that have no picture, by their numbers.
  package private(set) var problems: [Int: FileError] = [:]

  /// The centres of image files, as a model sees them.
  ///
  /// - Parameters:
  ///   - files: Numbers, each once, with the images' files.
  ///   - side: The side of a picture in pixels of the page.
  ///   - pixels: Its side in pixels of its own; nil for as many.
  ///   - check: Called before each image, on any thread; what it throws ends the reading.
  /// - Throws: What `check` does; a file that cannot be read is among `problems`.
  /// - Complexity: The time of decoding the files; memory of the pictures alone.
  package init(
    files: [(number: Int, file: String)], side: Int, pixels: Int? = nil,
    check: @Sendable () throws -> Void
  ) throws {
    self.side = side
    let shape = ImagePreprocessing.clip(size: pixels ?? side)
    let read = try Parallel.tryMap(count: files.count) { index -> Result<String, FileError> in
      try check()
      let file = files[index].file
      do {
        let image = try RGBImage(
          decoding: FileContents.read(file), file: file, transparency: .onWhite)
        let data = try shape.pixels(of: image).jpegData(quality: 80)
        return .success("data:image/jpeg;base64,\(data.base64EncodedString())")
      } catch let error as FileError {
        return .failure(error)
      }
    }
    for (entry, result) in zip(files, read) {
      switch result {
      case .success(let address): addresses[entry.number] = address
      case .failure(let error): problems[entry.number] = error
      }
    }
  }

  /// Drawings, which keep every pixel.
  ///
  /// - Parameters:
  ///   - images: The pictures, numbered in order from 0.
  ///   - side: The side of a picture in pixels of the page.
  /// - Throws: What the encoder does.
  package init(_ images: [RGBImage], side: Int) throws {
    self.side = side
    let encoded = try Parallel.tryMap(count: images.count) { index in
      "data:image/png;base64,\(try images[index].pngData().base64EncodedString())"
    }
    for (number, address) in encoded.enumerated() { addresses[number] = address }
  }

  /// The rules that the page's style sheet needs.
  package var styles: HTML {
    let pictures = addresses.sorted { $0.key < $1.key }.map { number, address -> HTML in
      ".i\(number){background-image:url(\(address))}\n"
    }
    return """
      .thumb{display:block;width:\(side)px;height:\(side)px;background:#fff center/cover no-repeat;
      outline:1px solid var(--line);outline-offset:-1px;print-color-adjust:exact;
      -webkit-print-color-adjust:exact}
      .thumb.gone{background:var(--raised);color:var(--muted);font:italic .8rem/1.3 sans-serif;
      display:grid;place-items:center;text-align:center}
      \(pictures.joined())
      """
  }

  /// A picture, or the words that there is none.
  ///
  /// - Parameters:
  ///   - number: Its number.
  ///   - name: What it is, for those who do not see it and for the pointer.
  /// - Returns: An element as large as `side`.
  package func html(_ number: Int, name: String) -> HTML {
    guard addresses[number] != nil else {
      return "<i class=\"thumb gone\" title=\"\(name)\">no picture</i>"
    }
    return
      "<i class=\"thumb i\(number)\" role=\"img\" aria-label=\"\(name)\" title=\"\(name)\"></i>"
  }
}
