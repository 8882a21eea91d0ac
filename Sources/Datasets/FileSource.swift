import Files
import Foundation
import Images

extension DatasetKind {
  /// Images with classes that lie on the disk in one of the layouts of `DatasetLayout.all`.
  public static let files = DatasetKind(
    word: nil,
    words: DatasetLayout.all.map(\.words).joined(separator: ", ") + " (the first that is there)",
    settings: ["partition", "split-file"],
    refusal: "generated textures have no lists; leave it out", defaultSplit: .all,
    defaultPerClass: nil)
}

extension DatasetSource {
  /// The files of a folder, or those that a CSV lists.
  public static func files(_ path: String) -> DatasetSource {
    DatasetSource(
      .files, name: path,
      variants: {
        let root = URL(fileURLWithPath: path)
        let location =
          try FileStatus(path)?.kind == .folder
          ? DatasetLocation(path: path, splitFile: nil, partition: 1) : nil
        guard let location,
          try DatasetLayout.all.first(where: { try $0.recognizes(location) })?.words
            == DatasetLayout.corruptedFolders.words
        else { return [] }
        return try CorruptedFolders(root).folders.map(\.variant)
      },
      dataset: { try Dataset(path: path, selection: $0) })
  }
}

extension Dataset {
  /// Lists the data set at `path` and chooses from it.
  fileprivate init(path: String, selection: Selection) throws {
    let listing = try ImageListing(
      path: path, splitFile: selection.splitFile, partition: selection.partition,
      split: selection.split)
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
    var spellings = SpellingsOnDisk()
    for entry in entries {
      // An image that lies there in several ways is one row, and must lie there in all of them.
      let paths =
        listing.variants.isEmpty
        ? [entry.path] : listing.variants.map { "\($0.folder)/\(entry.path)" }
      let images = paths.map(listing.image)
      let absent = try images.indices.filter { try !images[$0].exists }
      if absent.isEmpty {
        samples.append(
          Sample(
            path: entry.path, image: images[0], classIndex: newIndex[entry.classIndex] ?? 0,
            split: entry.split, variants: listing.variants.isEmpty ? [] : images))
      }
      for index in absent {
        if let file = (images[index] as? ImageFile)?.path,
          let problem = spellings.problem(ofMissing: file)
        {
          throw FileError(path, "the image at \(entry.place) is not there: \(problem)")
        }
        missing.append(paths[index])
      }
    }
    let classes = chosen.map { listing.classes[$0] }
    let others = Set(listing.classes).subtracting(classes)
    self.init(
      classes: classes, samples: samples, missing: missing, source: listing.source,
      unused: listing.unused.filter { image in
        !(image.className.map(others.contains) ?? false)
          && (selection.split == .all || image.split.isEmpty
            || image.split == selection.split.rawValue)
      }, variants: listing.variants.map(\.variant))
    remarks = listing.remarks
  }
}
