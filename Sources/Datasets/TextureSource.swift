import Files
import Images
import Textures

extension DatasetKind {
  /// Procedural textures, drawn on demand.
  public static let textures = DatasetKind(
    word: GeneratedTexture.word, words: "the generated textures",
    settings: ["texture-size", "texture-seed"],
    refusal: "belongs to generated textures, the data set textures; leave it out",
    // What a run of them is for is the images that no model was trained on.
    defaultSplit: .test, defaultPerClass: Dataset.texturesPerClass)
}

extension DatasetSource {
  /// Procedural textures of a side in pixels and a seed.
  public static func textures(size: Int, seed: UInt64) -> DatasetSource {
    DatasetSource(
      .textures, name: GeneratedTexture.word,
      settings: [
        Setting(key: "texture-size", value: "\(size)"),
        Setting(key: "texture-seed", value: "\(seed)"),
      ]
    ) { try Dataset(texturesOfSize: size, seed: seed, selection: $0) }
  }
}

extension Dataset {
  /// Images of a class that are drawn when nothing else is said: the supply has no end.
  fileprivate static let texturesPerClass = 20

  /// More than this a class is a slip.
  private static let mostPerClass = 1_000_000

  /// The first procedural textures of every chosen class.
  ///
  /// - Parameters:
  ///   - size: The side in pixels.
  ///   - seed: The seed of all patterns.
  ///   - selection: The classes, how many of each, and the split: `all` is a supply of its own.
  /// - Throws: `FileError` for a class that does not exist, for what only lists have, or when so many
  ///   images cannot be meant.
  fileprivate init(texturesOfSize size: Int, seed: UInt64, selection: Selection) throws {
    let name = GeneratedTexture.word
    guard selection.splitFile == nil, selection.partition == 1 else {
      throw FileError(
        name, "are generated: there are no lists, so that partition and split file say nothing")
    }
    let perClass = selection.perClass ?? Self.texturesPerClass
    guard perClass <= Self.mostPerClass else {
      throw FileError(name, "perClass is \(perClass); expected at most \(Self.mostPerClass)")
    }
    let chosen = try Self.textureClasses(selection.classes, source: name)
    let stream = TextureStream(split: selection.split, seed: seed)
    // No class has more images than there are in all.
    let count = min(perClass, selection.limit ?? perClass)
    let samples = chosen.enumerated().flatMap { classIndex, texture in
      (0..<count).map { index in
        let image = GeneratedTexture(
          stream: stream, request: .init(texture, index: index), size: size)
        return Sample(
          path: image.path, image: image, classIndex: classIndex,
          split: selection.split == .all ? "" : selection.split.rawValue)
      }
    }
    self.init(
      classes: chosen.map(\.name),
      samples: Self.kept(samples.map(\.classIndex), perClass: count, limit: selection.limit)
        .map { samples[$0] },
      missing: [],
      source:
        "generated, version \(TextureStream.version), split \(selection.split), seed \(seed), "
        + "\(size) × \(size) pixels")
  }

  /// The classes chosen: by name any that can be drawn, or the `further` ones; by number, and all, those of
  /// the Describable Textures Dataset.
  private static func textureClasses(
    _ selection: ClassSelection, source: String
  ) throws -> [Texture] {
    let known: [Texture]
    switch selection {
    case .named(["further"]): return Texture.further
    case .named: known = Texture.all
    case .all, .sample: known = Texture.describable
    }
    return try selection.indices(of: known.map(\.name), source: source).map { known[$0] }
  }
}
