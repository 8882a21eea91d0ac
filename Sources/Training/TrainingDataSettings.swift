import Datasets
import Embedding
import Images
import Runs
package import Textures

/// Where the pairs of a training come from.
package struct TrainingDataSettings: Sendable {
  /// The pairs.
  package var source: Source
  /// Whether records whose images are missing or damaged are left out and counted, rather than refused.
  package var skipsBroken: Bool

  /// Where pairs come from.
  package enum Source: Sendable, Equatable {
    /// A CSV of records, and what they are validated on.
    case records(Records)
    /// Procedural textures, new ones in every epoch.
    case textures(Textures)
  }

  /// A CSV of records.
  package struct Records: Sendable, Equatable {
    /// The CSV to train on.
    package var file: String
    /// What to validate on.
    package var validation: Validation
    /// The column of image paths.
    package var imageColumn: String
    /// The column of texts; nil for `caption` where there is one, or else `text`.
    package var textColumn: String?
    /// The column of labels; nil for `label` where there is one.
    package var labelColumn: String?
    /// The label of records that have none.
    package var unlabelled: String
    /// Where relative image paths start; nil for the CSV's folder.
    package var imageFolder: String?
  }

  /// What a training on records is validated on.
  package enum Validation: Sendable, Equatable {
    /// Nothing: the last model is kept.
    case none
    /// Another CSV with the same columns.
    case file(String)
    /// That share of the records, which training then does not see: of the labels, where the loss reads
    /// them, or else of the images.
    case share(Double)
  }

  /// A supply of procedural textures.
  package struct Textures: Sendable, Equatable {
    /// The classes.
    package var classes: [Texture]
    /// Images a class in every epoch.
    package var perClass: Int
    /// Images a class for validation.
    package var validationPerClass: Int
    /// The side in pixels.
    package var size: Int
    /// The seed of the supply.
    package var seed: UInt64
  }

  /// Reads the section `data`.
  init(_ section: ConfigurationSection) throws {
    skipsBroken = try section.value(
      "skip-broken", default: false, expected: "true or false"
    ) { Bool($0) }
    let file = try section.optional("train", expected: "the path of a CSV") { $0 }
    let textures = try section.optional(
      "textures", expected: "all, class names or how many to draw"
    ) { $0 }
    let seed = try section.value(
      "texture-seed", default: 0, expected: ConfigurationSection.wholeNumber
    ) { UInt64($0) }
    let supply = try Textures(
      classes: Self.classes(textures ?? "all", seed: seed),
      perClass: section.count("per-class", in: .imagesOfClass, default: 100),
      validationPerClass: section.count("validation-per-class", in: .imagesOfClass, default: 10),
      size: section.count("texture-size", in: 8...4096, default: 96), seed: seed)
    let records = try Self.records(section, file: file ?? "")
    switch (file, textures) {
    case (nil, nil):
      throw RunError.setting(
        place: "data",
        problem: "there is nothing to train on; give data.train, a CSV of image_path,caption, or "
          + "data.textures: all")
    case (.some, .some):
      throw section.error("textures", "stands beside data.train; leave one of the two out")
    case (.some, nil):
      for key in ["texture-seed", "per-class", "validation-per-class", "texture-size"]
      where section.has(key) {
        throw section.error(key, "belongs to data.textures, and data.train is given")
      }
      source = .records(records)
    case (nil, .some):
      for key in Self.recordKeys where section.has(key) {
        throw section.error(key, "belongs to data.train, and data.textures is given")
      }
      source = .textures(supply)
    }
    try section.finish()
  }

  private static func classes(_ text: String, seed: UInt64) throws -> [Texture] {
    do {
      return try Texture.chosen(by: text, seed: seed)
    } catch let error as TextureChoiceError {
      throw RunError.setting(
        place: "data.textures: \(text)", problem: error.description)
    }
  }

  private static let recordKeys = [
    "validation", "validation-share", "image-column", "text-column", "label-column", "unlabelled",
    "images-dir", "skip-broken",
  ]

  private static func records(_ section: ConfigurationSection, file: String) throws -> Records {
    func text(_ key: String) throws -> String? {
      try section.optional(key, expected: "text") { $0 }
    }
    let validationFile = try text("validation")
    let share = try section.optional(
      "validation-share", expected: "a number above 0 and below 1"
    ) { text in Double(text).flatMap { $0 > 0 && $0 < 1 ? $0 : nil } }
    if validationFile != nil, share != nil {
      throw section.error("validation-share", "stands beside data.validation; leave one out")
    }
    return Records(
      file: file,
      validation: validationFile.map { .file($0) } ?? share.map { .share($0) } ?? .none,
      imageColumn: try text("image-column") ?? "image_path",
      textColumn: try text("text-column"), labelColumn: try text("label-column"),
      unlabelled: try text("unlabelled") ?? "999", imageFolder: try text("images-dir"))
  }

  var canonicalSettings: [(String, String)] {
    switch source {
    case .textures(let textures):
      return [
        ("data.textures", textures.classes.map(\.name).joined(separator: ",")),
        ("data.per-class", "\(textures.perClass)"),
        ("data.validation-per-class", "\(textures.validationPerClass)"),
        ("data.texture-size", "\(textures.size)"), ("data.texture-seed", "\(textures.seed)"),
      ]
    case .records(let records):
      let validation =
        switch records.validation {
        case .none: ("data.validation", "")
        case .file(let file): ("data.validation", file)
        case .share(let share): ("data.validation-share", "\(share)")
        }
      return [
        ("data.train", records.file), validation, ("data.image-column", records.imageColumn),
        ("data.text-column", records.textColumn ?? ""),
        ("data.label-column", records.labelColumn ?? ""),
        ("data.unlabelled", records.unlabelled), ("data.images-dir", records.imageFolder ?? ""),
        ("data.skip-broken", "\(skipsBroken)"),
      ]
    }
  }
}
