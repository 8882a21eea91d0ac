import Foundation

/// The folder of reference data that lies beside a checkout; most of it is too large to commit.
enum SharedData {
  static let folder: URL = {
    if let path = ProcessInfo.processInfo.environment["TOPOCLIP_SHARED"] {
      return URL(filePath: path).appending(path: "data")
    }
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return root.appending(path: "../shared/data").standardized
  }()

  static let images = folder.appending(path: "clip-parity/images")
  static let hasImages = FileManager.default.fileExists(
    atPath: images.appending(path: "expected.json").path)

  /// 600 images of ten classes of the Describable Textures Dataset, in its layout.
  static let textures = folder.appending(path: "dtd10")
  static let hasTextures = FileManager.default.fileExists(
    atPath: textures.appending(path: "imdb/imdb.mat").path)
}

/// The tensors of bytes in a safetensors file.
struct ByteTensors {
  private struct Entry: Decodable {
    var dtype: String
    var shape: [Int]
    var dataOffsets: [Int]

    enum CodingKeys: String, CodingKey {
      case dtype
      case shape
      case dataOffsets = "data_offsets"
    }
  }

  private let entries: [String: Entry]
  private let payload: Data

  init(contentsOf url: URL) throws {
    let file = try Data(contentsOf: url)
    let headerCount = file.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    entries = try JSONDecoder().decode(
      [String: Entry].self, from: file.dropFirst(8).prefix(headerCount))
    payload = Data(file.dropFirst(8 + headerCount))
  }

  var names: [String] { entries.keys.sorted() }

  subscript(name: String) -> (shape: [Int], values: [UInt8])? {
    guard let entry = entries[name], entry.dtype == "U8" else { return nil }
    return (entry.shape, Array(payload[entry.dataOffsets[0]..<entry.dataOffsets[1]]))
  }
}
