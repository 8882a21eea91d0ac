import Files
public import Textures

extension Texture {
  /// The textures that a user's words choose: `all` 47 of DTD, the `further` ones, names separated by
  /// commas, or how many of the 47 to draw.
  ///
  /// - Parameters:
  ///   - text: The words.
  ///   - seed: The seed that draws.
  /// - Returns: Textures in the order of the alphabet, those of DTD first.
  /// - Throws: `TextureChoiceError` for a name that does not exist, with the nearest that does, a name given
  ///   twice, and more than there are.
  public static func chosen(by text: String, seed: UInt64) throws -> [Texture] {
    if text == "all" { return describable }
    if text == "further" { return further }
    if let count = Int(text) {
      guard (1...describable.count).contains(count) else {
        throw TextureChoiceError(
          "there are \(describable.count) classes; expected 1 to \(describable.count)")
      }
      return try ClassSelection.sample(count: count, seed: seed).indices(
        of: describable.map(\.name), source: GeneratedTexture.word
      ).map { describable[$0] }
    }
    let names = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    let chosen = try names.map { name in
      guard let texture = named(name) else {
        let suggestion =
          name.nearest(of: all.map(\.name)).map { "; did you mean \($0)?" } ?? ""
        throw TextureChoiceError(
          "there is no class \"\(name)\"\(suggestion) The \(describable.count) are "
            + describable.map(\.name).joined(separator: ", ") + "; further ones are "
            + further.map(\.name).joined(separator: ", "))
      }
      return texture
    }
    guard Set(chosen).count == chosen.count else {
      throw TextureChoiceError("a class is named twice; name each once")
    }
    return all.filter(chosen.contains)
  }
}

/// What is wrong with words that choose textures, and what to write instead.
public struct TextureChoiceError: Error, CustomStringConvertible, Equatable {
  /// The problem, without the place of the words.
  public let description: String

  init(_ description: String) { self.description = description }
}
