/// A kind of texture, drawn by a generator of its own.
///
/// Each is declared beside its generator, in the files of `Generators/`, and listed in the registry, in
/// `Texture+Registry.swift`.
public struct Texture: Sendable {
  /// What an image of it is, as an adjective: `striped`; its name in paths, seeds and options.
  public let name: String
  /// What an image of it shows: `stripes`.
  public let noun: String
  /// Draws an image.
  let draw: @Sendable (inout TextureContext) -> Painting

  init(
    _ name: String, noun: String, draw: @escaping @Sendable (inout TextureContext) -> Painting
  ) {
    self.name = name
    self.noun = noun
    self.draw = draw
  }
}

/// Textures are the same when their names are.
extension Texture: Hashable {
  /// Whether two are one.
  public static func == (a: Texture, b: Texture) -> Bool { a.name == b.name }

  /// Hashes the name.
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

extension Texture: CustomStringConvertible {
  /// The name.
  public var description: String { name }
}
