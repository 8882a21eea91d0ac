import Fixtures
import Foundation
import ModelFixtures
import Testing

@testable import Experiments

/// A tiny checkpoint, 18 images, and a folder for runs; removed with it.
final class SweepWorkplace {
  let model: TinyModel
  let dataset: TinyDataset
  private let folder: URL

  init() throws {
    model = try TinyModel()
    dataset = try TinyDataset()
    folder = FileManager.default.temporaryDirectory.appending(path: "sweep-\(UUID())")
  }

  deinit {
    model.remove()
    dataset.remove()
    try? FileManager.default.removeItem(at: folder)
  }

  func output(_ name: String) -> String { folder.appending(path: name).path }

  /// A sweep of three levels that writes to `output(name)`; later settings win.
  func sweep(
    _ name: String, _ settings: [String] = [], overwrites: Bool = false
  ) throws -> Sweep {
    let base = [
      "name=tiny", "model=\(model.folder.path)", "dataset.path=\(dataset.folder.path)",
      "noise.levels=0,0.5,2", "angles.rank=2", "angles.null-draws=5", "output=\(output(name))",
    ]
    return Sweep(
      try experiment(base + settings), arguments: ["test"], isQuiet: true, overwrites: overwrites)
  }

  /// The bytes of every file that tables and embeddings consist of.
  static func results(_ path: String) throws -> [String: Data] {
    var files: [String: Data] = [:]
    for case let name as String in try #require(FileManager.default.enumerator(atPath: path))
    where !name.hasPrefix("cells") && !name.hasPrefix("units") && name != "manifest.json"
      && !name.hasSuffix("objects.csv")
    {
      let url = URL(filePath: path).appending(path: name)
      if let data = try? Data(contentsOf: url) { files[name] = data }
    }
    return files
  }
}
