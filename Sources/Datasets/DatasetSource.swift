/// What a data set is made of: a thing of a kind.
public struct DatasetSource: Sendable, Equatable {
  /// The kind.
  public let kind: DatasetKind
  /// The path, or the kind's word.
  public let name: String
  /// The values of its own settings, as text in one order.
  public let settings: [Setting]
  /// The ways in which all its images lie there, where they were corrupted beforehand; else none, as of what is not
  /// there.
  ///
  /// - Throws: `FileError` naming a folder that is no kind or no level of corruption.
  package let variants: @Sendable () throws -> [Variant]
  /// Chooses images of it.
  let dataset: @Sendable (Dataset.Selection) throws -> Dataset

  /// A setting with its value.
  public struct Setting: Sendable, Equatable {
    /// Its name, as in `DatasetKind.settings`.
    public let key: String
    /// Its value.
    public let value: String
  }

  init(
    _ kind: DatasetKind, name: String, settings: [Setting] = [],
    variants: @escaping @Sendable () throws -> [Variant] = { [] },
    dataset: @escaping @Sendable (Dataset.Selection) throws -> Dataset
  ) {
    self.kind = kind
    self.name = name
    self.settings = settings
    self.variants = variants
    self.dataset = dataset
  }

  /// Whether two have the same name and settings: what they choose follows from those.
  public static func == (a: DatasetSource, b: DatasetSource) -> Bool {
    a.kind == b.kind && a.name == b.name && a.settings == b.settings
  }
}
