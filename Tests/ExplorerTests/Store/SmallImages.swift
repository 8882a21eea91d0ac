import Fixtures
import Foundation
import Images
import Testing

@testable import Explorer

/// A folder of small images, each told by a number, with a store in it.
struct SmallImages {
  let folder: TemporaryFolder
  var path: String { folder.path }
  var storePath: String { folder.path + "/.topoclip/explorer.sqlite" }

  init(_ count: Int = 0) throws {
    folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: folder.path + "/.topoclip", withIntermediateDirectories: true)
    for number in 0..<count { try write(number, "\(number).png") }
  }

  /// The image of a number: other pixels for every number.
  static func image(_ number: Int) -> RGBImage {
    let (width, height) = (20 + number % 7, 18 + number % 5)
    let pixels = (0..<3 * width * height).map { place in
      UInt8(truncatingIfNeeded: (place * (number + 3)) ^ (number >> 3) &+ place / 17)
    }
    return RGBImage(width: width, height: height, pixels: pixels)
  }

  /// Writes the image of a number; its time is so long ago that it is trusted.
  func write(_ number: Int, _ name: String) throws { try write(Self.image(number).pngData(), name) }

  func write(_ data: Data, _ name: String) throws {
    let file = try folder.write(data, name)
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 1_700_000_000 + Double(data.count))],
      ofItemAtPath: file)
  }

  func move(_ name: String, to other: String) throws {
    try FileManager.default.moveItem(atPath: path + "/" + name, toPath: path + "/" + other)
  }

  func remove(_ name: String) throws {
    try FileManager.default.removeItem(atPath: path + "/" + name)
  }

  func store() throws -> ExplorerStore { try ExplorerStore(storePath) }

  /// Brings a store to what the folder has.
  func update(
    _ store: ExplorerStore, reads: (Int) -> Void = { _ in }
  ) throws -> (images: StoredImages, problems: [ExplorationProblem]) {
    let listing = try ImageFolder(path)
    let metadata = try ImageMetadata(nil, of: listing.images, in: path)
    return try StoreUpdate(store, listing: listing.images, metadata: metadata).run { _, total in
      reads(total)
    }
  }
}
