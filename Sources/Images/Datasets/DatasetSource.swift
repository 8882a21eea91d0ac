/// What a data set is made of.
public enum DatasetSource: Sendable, Equatable {
  /// Image files in one of the layouts that `ImageListing` knows: a folder, or a CSV.
  case files(String)
  /// Procedural textures of a side in pixels and a seed, drawn on demand.
  case textures(size: Int, seed: UInt64)

  /// The word that stands for procedural textures where a path could; `./textures` is the folder.
  public static let texturesWord = "textures"

  /// The path, or the word.
  public var name: String {
    switch self {
    case .files(let path): path
    case .textures: Self.texturesWord
    }
  }
}
