import Runs
import Files
import Foundation
public import Images
import LinearAlgebra

/// A labelled set of procedural textures, written in the layout of the Describable Textures Dataset.
public struct TextureDataset: Sendable {
  /// The classes.
  public let classes: [TextureClass]
  /// Images a class.
  public let perClass: Int
  /// An image's side in pixels.
  public let size: Int
  /// The seed of all that is random.
  public let seed: UInt64

  /// Describes a set of `classes.count · perClass` images.
  public init(classes: [TextureClass], perClass: Int, size: Int, seed: UInt64) {
    precondition(!classes.isEmpty && perClass > 0 && size > 0)
    self.classes = classes
    self.perClass = perClass
    self.size = size
    self.seed = seed
  }

  /// One image of the set.
  package struct Entry: Equatable {
    package let texture: TextureClass
    package let split: Split
    /// The number in the split's stream.
    package let index: Int
    /// The path below `images/`.
    package let path: String
  }

  /// The images, by class and number: each class's are train, val and test by turns, so that a larger set
  /// holds the smaller one, image for image.
  package var entries: [Entry] {
    let digits = max(4, String(perClass).count)
    let splits: [Split] = [.train, .val, .test]
    return classes.flatMap { texture in
      (0..<perClass).map { number in
        let name = texture.rawValue
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
  /// - Throws: `FileError` when the folder holds anything already or the disk refuses;
  ///   `RunError.interrupted`. Nothing is left behind then.
  public func write(to folder: String, isQuiet: Bool) throws {
    let manager = FileManager.default
    let target = URL(fileURLWithPath: folder).standardizedFileURL
    try Self.requireUnused(target.path, named: folder)
    let parent = target.deletingLastPathComponent()
    let temporary = parent.appendingPathComponent(".\(UUID().uuidString).tmp")
    do {
      try writeFiles(to: temporary, isQuiet: isQuiet)
      sync()
      try Self.requireUnused(target.path, named: folder)
      if manager.fileExists(atPath: target.path) { try manager.removeItem(at: target) }
      try manager.moveItem(at: temporary, to: target)
    } catch {
      try? manager.removeItem(at: temporary)
      if error is FileError || error is RunError { throw error }
      throw FileError(folder, "cannot be written: \(error.localizedDescription)")
    }
  }

  private static func requireUnused(_ path: String, named name: String) throws {
    var isFolder: ObjCBool = false
    guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      return
    }
    guard isFolder.boolValue else { throw FileError(name, "is a file; expected a new folder") }
    let contents = try? FileManager.default.contentsOfDirectory(atPath: path)
    guard let contents, contents.isEmpty else {
      throw FileError(
        name, "holds files already, and none is overwritten; name a new folder or remove this one")
    }
  }

  private func writeFiles(to root: URL, isQuiet: Bool) throws {
    let manager = FileManager.default
    let images = root.appendingPathComponent("images")
    for texture in classes {
      try manager.createDirectory(
        at: images.appendingPathComponent(texture.rawValue), withIntermediateDirectories: true)
    }
    let entries = entries
    var progress = ProgressBar("images", total: entries.count, isQuiet: isQuiet)
    var captions = [CSV.line(["image_path", "caption", "label", "split"])]
    // Enough for every worker to have several, few enough to stop soon.
    let chunk = 8 * Parallel.workers
    for start in stride(from: 0, to: entries.count, by: chunk) {
      try Interruption.check()
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
          entry.texture.rawValue, entry.split.rawValue,
        ])
      }
      progress.advance(by: part.count)
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

  /// The classes that an option names: `all` 47 of DTD, the `further` ones, names separated by commas, or
  /// how many of the 47 to draw.
  ///
  /// - Parameters:
  ///   - text: The option's value.
  ///   - seed: The seed that draws classes.
  ///   - place: Where the user wrote it, when that is not `--classes`.
  /// - Returns: Classes in the order of the alphabet, those of DTD first.
  /// - Throws: `RunError.setting` for a name that does not exist, with the nearest that does.
  public static func classes(
    named text: String, seed: UInt64, place: String? = nil
  ) throws -> [TextureClass] {
    let all = TextureClass.describable
    func refused(_ problem: String) -> RunError {
      .setting(place: place ?? "--classes \(text)", problem: problem)
    }
    if text == "all" { return all }
    if text == "further" { return TextureClass.further }
    if let count = Int(text) {
      guard (1...all.count).contains(count) else {
        throw refused("there are \(all.count) classes; expected 1 to \(all.count)")
      }
      let names = all.map(\.rawValue)
      return try ClassSelection.sample(count: count, seed: seed).indices(
        of: names, source: "--classes"
      ).map { all[$0] }
    }
    let names = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    let chosen = try names.map { name in
      guard let texture = TextureClass(rawValue: name) else {
        let known = TextureClass.allCases.map(\.rawValue)
        let suggestion = name.nearest(of: known).map { "; did you mean \($0)?" } ?? ""
        throw refused(
          "there is no class \"\(name)\"\(suggestion) The \(all.count) are "
            + all.map(\.rawValue).joined(separator: ", ") + "; further ones are "
            + TextureClass.further.map(\.rawValue).joined(separator: ", "))
      }
      return texture
    }
    guard Set(chosen).count == chosen.count else {
      throw refused("a class is named twice; name each once")
    }
    return TextureClass.allCases.filter(chosen.contains)
  }
}
