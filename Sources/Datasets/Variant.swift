import Files

/// A way in which all images of a data set lie there: as they are, or corrupted beforehand.
public struct Variant: Sendable, Hashable, Comparable {
  /// The kind of corruption; nil for the images as they are.
  public let kind: String?
  /// Its level; 0 for the images as they are.
  public let level: Double

  /// The images as they are.
  public static let clean = Variant(kind: nil, level: 0)

  init(kind: String?, level: Double) {
    self.kind = kind
    self.level = level
  }

  /// In words and in paths: `clean`, or kind and level as `fog/3`.
  package var name: String { kind.map { "\($0)/\(level.shortestText)" } ?? "clean" }

  /// The images as they are first, then by kind and level.
  public static func < (a: Variant, b: Variant) -> Bool {
    (a.kind ?? "", a.level) < (b.kind ?? "", b.level)
  }
}
