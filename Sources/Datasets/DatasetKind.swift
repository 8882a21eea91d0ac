public import Images

/// A kind of thing that a data set can be made of: files, or a supply that the program draws.
///
/// Each is declared with its `DatasetSource`.
public struct DatasetKind: Sendable, Equatable {
  /// The word that stands for it where a path could; nil for what a path names.
  public let word: String?
  /// What it is, for help and warnings: "the generated textures".
  public let words: String
  /// The settings that say something of this kind alone.
  public let settings: [String]
  /// Why such a setting is refused where the data set is of another kind.
  public let refusal: String
  /// The split when none is named.
  public let defaultSplit: Split
  /// Images a class when no number is given; nil for all there are.
  public let defaultPerClass: Int?

  /// The registry.
  public static let all: [DatasetKind] = [.files, .textures]

  /// The kind that a path, or a word in its place, names: files unless it is another's word.
  public static func named(_ path: String?) -> DatasetKind {
    all.first { $0.word == path } ?? .files
  }

  /// What a path can name, in words.
  public static var help: String {
    all.map { kind in
      kind.word.map { "\($0): \(kind.words) (a folder of that name is ./\($0))" } ?? kind.words
    }.joined(separator: "; or ")
  }
}
