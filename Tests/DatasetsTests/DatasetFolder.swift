import Files
import Fixtures
import Foundation
import Images
import Testing

@testable import Datasets

/// Tests that read a data set in a folder of their own.
protocol DatasetFolder {
  var folder: TemporaryFolder { get }
}

extension DatasetFolder {
  /// A tiny PNG whose only pixel tells its path from others.
  func addImage(_ path: String) throws {
    let color = UInt8(truncatingIfNeeded: path.utf8.reduce(0) { $0 &* 31 &+ Int($1) })
    _ = try folder.write(RGBImage(width: 1, height: 1, pixels: [color, 0, 0]).pngData(), path)
  }

  /// DTD's layout: two partitions of six images in the classes a, b and a-b.
  func makeTextures() throws {
    for name in ["a/1.png", "a/2.png", "b/1.png", "b/2.png", "a-b/1.png", "a-b/2.png"] {
      try addImage("images/" + name)
    }
    _ = try folder.write("b/1.png\na/2.png\n", "labels/train1.txt")
    _ = try folder.write("a/1.png\r\n\r\na-b/2.png\r\n", "labels/val1.txt")
    _ = try folder.write("\u{FEFF}b/2.png \n\na-b/1.png", "labels/test1.txt")
    _ = try folder.write("a/1.png\n", "labels/train2.txt")
    _ = try folder.write("b/1.png\n", "labels/val2.txt")
    _ = try folder.write("b/2.png\n", "labels/test2.txt")
  }

  /// The data set at a path, by default the folder's, with a selection that may be changed.
  func dataset(
    _ path: String? = nil, _ change: (inout Dataset.Selection) -> Void = { _ in }
  ) throws -> Dataset {
    var selection = Dataset.Selection()
    change(&selection)
    return try Dataset(.files(path ?? folder.path), selection: selection)
  }

  /// What is said when there is none.
  func error(
    _ path: String? = nil, _ change: (inout Dataset.Selection) -> Void = { _ in }
  ) -> String {
    (#expect(throws: FileError.self) { try dataset(path, change) })?.description ?? ""
  }
}
