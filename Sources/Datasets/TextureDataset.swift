import Files
import Foundation
import Images
public import LinearAlgebra
public import Textures

/// A labelled set of procedural textures, written in the layout of the Describable Textures Dataset.
public struct TextureDataset: Sendable {
  /// The classes.
  public let classes: [Texture]
  /// Images a class.
  public let perClass: Int
  /// An image's side in pixels.
  public let size: Int
  /// The seed of all that is random.
  public let seed: UInt64

  /// Describes a set of `classes.count · perClass` images.
  public init(classes: [Texture], perClass: Int, size: Int, seed: UInt64) {
    precondition(!classes.isEmpty && perClass > 0 && size > 0)
    self.classes = classes
    self.perClass = perClass
    self.size = size
    self.seed = seed
  }

  /// One image of the set.
  struct Entry: Equatable {
    let texture: Texture
    let split: Split
    /// The number in the split's stream.
    let index: Int
    /// The path below `images/`.
    let path: String
  }

  /// The images, by class and number: each class's are train, val and test by turns, so that a larger set
  /// holds the smaller one, image for image.
  var entries: [Entry] {
    let digits = max(4, String(perClass).count)
    let splits: [Split] = [.train, .val, .test]
    return classes.flatMap { texture in
      (0..<perClass).map { number in
        let name = texture.name
        let text = String(number + 1)
        let padded = String(repeating: "0", count: digits - text.count) + text
        return Entry(
          texture: texture, split: splits[number % 3], index: number / 3,
          path: "\(name)/\(name)_\(padded).png")
      }
    }
  }

  /// Writes `images/CLASS/CLASS_0001.png`, `labels/{train,val,test}1.txt` and `captions.csv`.
  ///
  /// Everything is written beside `folder` under a temporary name, synced, and renamed into place: there is
  /// all of it or none.
  ///
  /// - Parameters:
  ///   - folder: A folder that is not there yet, or holds nothing.
  ///   - control: Asked and told between images.
  /// - Throws: `FileError` when the folder holds anything already or the disk refuses;
  ///   `CancellationError`. Nothing is left behind then.
  /// - Complexity: O(n · size²) for n images, divided among the workers; each holds one.
  public func write(to folder: String, control: ComputationControl = ComputationControl()) throws {
    let manager = FileManager.default
    let target = URL(fileURLWithPath: folder).standardizedFileURL
    try Self.requireUnused(target.path, named: folder)
    let parent = target.deletingLastPathComponent()
    AtomicFile.removeLeftovers(in: parent.path, isOurs: false)
    let name = TemporaryName.next()
    defer { name.release() }
    let temporary = parent.appendingPathComponent(name.text)
    do {
      try manager.createDirectory(at: parent, withIntermediateDirectories: true)
      // Nothing may stand there, be it a link to a folder of somebody else's choice.
      try manager.createDirectory(at: temporary, withIntermediateDirectories: false)
    } catch {
      throw FileError(folder, "cannot be written", error)
    }
    do {
      try writeFiles(to: temporary, control: control)
      sync()
      try Self.requireUnused(target.path, named: folder)
      if manager.fileExists(atPath: target.path) { try manager.removeItem(at: target) }
      try manager.moveItem(at: temporary, to: target)
    } catch {
      try? manager.removeItem(at: temporary)
      if error is CancellationError { throw error }
      throw FileError(folder, "cannot be written", error)
    }
  }

  private static func requireUnused(_ path: String, named name: String) throws {
    guard let status = try FileStatus(path) else { return }
    guard status.kind == .folder else { throw FileError(name, "is a file; expected a new folder") }
    guard try FolderContents.isEmpty(path) else {
      throw FileError(
        name, "holds files already, and none is overwritten; name a new folder or remove this one")
    }
  }

  private func writeFiles(to root: URL, control: ComputationControl) throws {
    let manager = FileManager.default
    let images = root.appendingPathComponent("images")
    for texture in classes {
      try manager.createDirectory(
        at: images.appendingPathComponent(texture.name), withIntermediateDirectories: true)
    }
    let entries = entries
    var captions = [CSV.line(["image_path", "caption", "label", "split"])]
    // Enough for every worker to have several, few enough to stop soon.
    let chunk = 8 * Parallel.workers
    for start in stride(from: 0, to: entries.count, by: chunk) {
      if control.isCancelled() { throw CancellationError() }
      let part = entries[start..<min(start + chunk, entries.count)]
      captions += try Parallel.tryMap(count: part.count) { offset in
        let entry = part[part.startIndex + offset]
        let sample = TextureStream(split: entry.split, seed: seed).sample(
          .init(entry.texture, index: entry.index), size: size)
        try sample.image.pngData().write(to: images.appendingPathComponent(entry.path))
        var random = RandomStream(
          domain: "textures/captions", seed: seed, identity: Array(entry.path.utf8))
        return CSV.line([
          "images/\(entry.path)", TextureCaption(of: sample, using: &random).text,
          entry.texture.name, entry.split.rawValue,
        ])
      }
      control.report("images", part.endIndex, entries.count)
    }
    let labels = root.appendingPathComponent("labels")
    try manager.createDirectory(at: labels, withIntermediateDirectories: true)
    for split in [Split.train, .val, .test] {
      let lines = entries.filter { $0.split == split }.map { $0.path + "\n" }
      try Data(lines.joined().utf8).write(
        to: labels.appendingPathComponent("\(split.rawValue)1.txt"))
    }
    try Data(captions.joined().utf8).write(to: root.appendingPathComponent("captions.csv"))
  }
}
