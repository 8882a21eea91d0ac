import Files
import Foundation
import LinearAlgebra

/// Which part of a data set's lists an experiment uses.
public enum Split: String, Sendable, CaseIterable {
  /// Every image that the lists name.
  case all
  /// The training images.
  case train
  /// The validation images.
  case val
  /// The test images.
  case test

  /// The splits that lists can name.
  static let known = [train, val, test].map(\.rawValue)
}

/// Which classes an experiment uses.
public enum ClassSelection: Sendable, Equatable {
  /// All of them.
  case all
  /// Those named, in the data set's order.
  case named([String])
  /// So many, drawn with a seed.
  case sample(count: Int, seed: UInt64)

  /// The indices of the selected classes, ascending.
  ///
  /// - Parameters:
  ///   - classes: The names of all classes.
  ///   - source: The file or folder that has them, for errors.
  /// - Returns: Indices into `classes`.
  /// - Throws: `FileError` for a name that is not there, listing those that are, and for more
  ///   classes than there are.
  public func indices(of classes: [String], source: String) throws -> [Int] {
    switch self {
    case .all: return Array(classes.indices)
    case .named(let names):
      for name in names where !classes.contains(name) {
        let suggestion =
          name.nearest(of: classes, within: 2).map { "did you mean \($0)? " } ?? ""
        throw FileError(
          source,
          "has no class \"\(name)\"; \(suggestion)its classes are "
            + classes.joined(separator: ", "))
      }
      return classes.indices.filter { names.contains(classes[$0]) }
    case .sample(let count, let seed):
      guard (1...classes.count).contains(count) else {
        throw FileError(source, "has \(classes.count) classes; \(count) cannot be drawn")
      }
      var stream = RandomStream(domain: "dataset/classes", seed: seed)
      return classes.indices.shuffled(using: &stream).prefix(count).sorted()
    }
  }
}

/// One labelled image.
public struct Sample: Sendable, Equatable {
  /// The path relative to the image folder, as the data set lists it; of a texture, its name.
  public let path: String
  /// Where its pixels come from.
  public let image: ImageSource
  /// The index of its class in `Dataset.classes`.
  public let classIndex: Int
  /// `train`, `val`, `test`, or empty when the data set knows no splits.
  public let split: String
}

/// Labelled images: the rows of every table, in order.
public struct Dataset: Sendable {
  /// Class names; labels are indices into them.
  public let classes: [String]
  /// The chosen images that are there, in the data set's order.
  public let samples: [Sample]
  /// Chosen images whose file is absent, by listed path.
  public let missing: [String]
  /// What listed the images, for the manifest.
  public let source: String

  /// What to choose from the data set's lists.
  public struct Selection: Sendable, Equatable {
    /// The split.
    public var split = Split.all
    /// DTD's partition, from 1 to 10.
    public var partition = 1
    /// CoOp's split JSON in place of the data set's own lists.
    public var splitFile: String?
    /// The classes.
    public var classes = ClassSelection.all
    /// At most so many images of each class, the first in order.
    public var perClass: Int?
    /// At most so many images in all, taken from the classes in turn.
    public var limit: Int?

    /// Everything.
    public init() {}
  }

  /// Chooses images of a source.
  ///
  /// - Throws: `FileError` when a list is damaged, a named class does not exist, or nothing is left.
  public init(_ source: DatasetSource, selection: Selection = Selection()) throws {
    for (name, count) in [("perClass", selection.perClass), ("limit", selection.limit)] {
      if let count, count < 1 {
        throw FileError(source.name, "\(name) is \(count); expected at least 1 image")
      }
    }
    switch source {
    case .files(let path): try self.init(path: path, selection: selection)
    case .textures(let size, let seed):
      try self.init(texturesOfSize: size, seed: seed, selection: selection)
    }
  }

  /// Lists the data set at `path` (see `ImageListing` for the layouts) and chooses from it.
  private init(path: String, selection: Selection) throws {
    let listing = try ImageListing(
      path: path, splitFile: selection.splitFile, partition: selection.partition)
    var entries = listing.entries
    if selection.split != .all {
      entries = entries.filter { $0.split == selection.split.rawValue }
      guard !entries.isEmpty else {
        throw FileError(
          path,
          "its lists (\(listing.source)) name no image of the split \(selection.split); "
            + "use --split all")
      }
    }
    let chosen = try selection.classes.indices(of: listing.classes, source: path)
    let newIndex = Dictionary(uniqueKeysWithValues: zip(chosen, chosen.indices))
    entries = entries.filter { newIndex[$0.classIndex] != nil }
    guard !entries.isEmpty else {
      throw FileError(
        path,
        "its lists (\(listing.source)) name no image of the chosen classes in the split "
          + "\(selection.split)")
    }
    entries = Self.kept(
      entries.map(\.classIndex), perClass: selection.perClass, limit: selection.limit
    ).map { entries[$0] }

    var samples: [Sample] = []
    var missing: [String] = []
    for entry in entries {
      let file = listing.imageFolder.appendingPathComponent(entry.path).path
      if FileManager.default.fileExists(atPath: file) {
        samples.append(
          Sample(
            path: entry.path, image: .file(file), classIndex: newIndex[entry.classIndex] ?? 0,
            split: entry.split))
      } else {
        missing.append(entry.path)
      }
    }
    classes = chosen.map { listing.classes[$0] }
    self.samples = samples
    self.missing = missing
    source = listing.source
  }

  /// Which images stay, given each one's class: the first of each class, and of those the first in turn
  /// over classes, in the order they had.
  static func kept(_ classIndices: [Int], perClass: Int?, limit: Int?) -> [Int] {
    var seen: [Int: Int] = [:]  // images of a class so far
    let turns = classIndices.map { classIndex in
      let turn = seen[classIndex, default: 0]
      seen[classIndex] = turn + 1
      return turn
    }
    var kept = classIndices.indices.filter { turns[$0] < perClass ?? .max }
    if let limit, kept.count > limit {
      kept = kept.sorted {
        (turns[$0], classIndices[$0]) < (turns[$1], classIndices[$1])
      }
      .prefix(limit).sorted()
    }
    return kept
  }

  /// The data set without the samples whose indices are given.
  public func removing(_ indices: Set<Int>) -> Dataset {
    Dataset(
      classes: classes,
      samples: samples.indices.filter { !indices.contains($0) }.map { samples[$0] },
      missing: missing, source: source)
  }

  /// A data set from its parts.
  public init(classes: [String], samples: [Sample], missing: [String], source: String) {
    self.classes = classes
    self.samples = samples
    self.missing = missing
    self.source = source
  }
}
