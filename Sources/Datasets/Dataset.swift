public import Files
public import Images

/// One labelled image.
public struct Sample: Sendable {
  /// The path as the data set lists it; of a texture, its name.
  public let path: String
  /// Where its pixels come from.
  public let image: any ImageSource
  /// The index of its class in `Dataset.classes`.
  public let classIndex: Int
  /// `train`, `val`, `test`, or empty when the data set knows no splits.
  public let split: String
  /// The same image as each of the data set's variants; none where it has no variants.
  public let variants: [any ImageSource]

  /// An image with its class.
  public init(
    path: String, image: any ImageSource, classIndex: Int, split: String,
    variants: [any ImageSource] = []
  ) {
    self.path = path
    self.image = image
    self.classIndex = classIndex
    self.split = split
    self.variants = variants
  }

  /// The image as a variant; the image itself where there is none.
  package func image(_ variant: Int?) -> any ImageSource { variant.map { variants[$0] } ?? image }
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
  /// Images of the chosen classes and split that are there and are not used.
  public let unused: [UnusedImage]
  /// The ways in which every image lies there, where images were corrupted beforehand; else none.
  public let variants: [Variant]
  /// What is to be said of how its lists were read, a sentence each.
  public internal(set) var remarks: [String] = []

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
  /// - Complexity: O(n · log n) for the n images of its lists; no image is read.
  public init(_ source: DatasetSource, selection: Selection = Selection()) throws {
    for (name, count) in [("perClass", selection.perClass), ("limit", selection.limit)] {
      if let count, count < 1 {
        throw FileError(source.name, "\(name) is \(count); expected at least 1 image")
      }
    }
    self = try source.dataset(selection)
  }

  /// Which images stay, given each one's class: the first of each class, and of those the first in turn
  /// over classes, in the order they had.
  package static func kept(_ classIndices: [Int], perClass: Int?, limit: Int?) -> [Int] {
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
  ///
  /// - Complexity: O(n).
  public func removing(_ indices: Set<Int>) -> Dataset {
    var rest = Dataset(
      classes: classes,
      samples: samples.indices.filter { !indices.contains($0) }.map { samples[$0] },
      missing: missing, source: source, unused: unused, variants: variants)
    rest.remarks = remarks
    return rest
  }

  /// A data set from its parts.
  public init(
    classes: [String], samples: [Sample], missing: [String], source: String,
    unused: [UnusedImage] = [], variants: [Variant] = []
  ) {
    self.classes = classes
    self.samples = samples
    self.missing = missing
    self.source = source
    self.unused = unused
    self.variants = variants
  }
}
