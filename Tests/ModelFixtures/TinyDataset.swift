public import Foundation
public import Images

/// A small labelled data set of real image files in DTD's layout, in a temporary folder.
public struct TinyDataset {
  /// The data set's folder.
  public let folder: URL
  /// The classes, in order.
  public static let classes = ["banded", "dotted", "grid"]
  /// Images a class.
  public static let perClass = 6

  /// Writes the images and `labels/`: of a class 3 train, 1 val, 2 test; JPEG and PNG by turns.
  public init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "tiny-dataset-\(UUID())")
    let manager = FileManager.default
    let labels = folder.appending(path: "labels")
    try manager.createDirectory(at: labels, withIntermediateDirectories: true)
    var lists: [String: String] = [:]
    for (classIndex, name) in Self.classes.enumerated() {
      let images = folder.appending(path: "images/\(name)")
      try manager.createDirectory(at: images, withIntermediateDirectories: true)
      for index in 0..<Self.perClass {
        let isJPEG = index.isMultiple(of: 2)
        let file = "\(name)_\(index).\(isJPEG ? "jpg" : "png")"
        let image = Self.image(classIndex: classIndex, index: index)
        let data = try isJPEG ? image.jpegData(quality: 90) : image.pngData()
        try data.write(to: images.appending(path: file))
        let split = ["train", "train", "train", "val", "test", "test"][index]
        lists[split, default: ""] += "\(name)/\(file)\n"
      }
    }
    for (split, text) in lists {
      try Data(text.utf8).write(to: labels.appending(path: "\(split)1.txt"))
    }
  }

  /// Removes the folder.
  public func remove() { try? FileManager.default.removeItem(at: folder) }

  /// Stripes, dots or a grid; every image its own period and shade.
  public static func image(classIndex: Int, index: Int) -> RGBImage {
    let width = 40 + 3 * index
    let height = 36 + classIndex
    let period = 4 + index
    var pixels: [UInt8] = []
    for y in 0..<height {
      for x in 0..<width {
        let isLit =
          switch classIndex {
          case 0: y / period % 2 == 0
          case 1: x % period < 2 && y % period < 2
          default: x % period == 0 || y % period == 0
          }
        let shade = UInt8(40 + 20 * index)
        pixels += isLit ? [255 - shade, 200, shade] : [shade, 30, 90]
      }
    }
    return RGBImage(width: width, height: height, pixels: pixels)
  }
}
