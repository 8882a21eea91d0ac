import Files
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
    DatasetSource(.files, name: path) { try Dataset(path: path, selection: $0) }
  }
}

extension Dataset {
  /// Lists the data set at `path` and chooses from it.
  fileprivate init(path: String, selection: Selection) throws {
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
    var spellings = SpellingsOnDisk()
    for entry in entries {
      let image = listing.image(entry.path)
      if try image.exists {
        samples.append(
          Sample(
            path: entry.path, image: image, classIndex: newIndex[entry.classIndex] ?? 0,
            split: entry.split))
      } else {
        if let file = (image as? ImageFile)?.path, let problem = spellings.problem(ofMissing: file)
        {
          throw FileError(path, "the image at \(entry.place) is not there: \(problem)")
        }
        missing.append(entry.path)
      }
    }
    self.init(
      classes: chosen.map { listing.classes[$0] }, samples: samples, missing: missing,
      source: listing.source)
    remarks = listing.remarks
  }
}
