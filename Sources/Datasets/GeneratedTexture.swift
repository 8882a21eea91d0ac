public import Files
public import Images
public import Textures

/// A texture image that is stored nowhere: it is drawn whenever its pixels are wanted.
public struct GeneratedTexture: ImageSource, Equatable {
  /// The supply that it is of.
  public let stream: TextureStream
  /// Which image of the supply.
  public let request: TextureStream.Request
  /// The side in pixels.
  public let size: Int

  /// The word that stands for procedural textures where a path could; `./textures` is the folder.
  public static let word = "textures"

  /// The sides that programs ask for, in pixels.
  public static let sizes = 16...2048

  /// Image `request` of a supply at a size of at least one pixel.
  public init(stream: TextureStream, request: TextureStream.Request, size: Int) {
    precondition(size > 0)
    self.stream = stream
    self.request = request
    self.size = size
  }

  /// A name to read, such as `textures/test/banded/0007`: the split, the class, and the number in it.
  public var path: String {
    let number = "\(request.index)"
    let padding = String(repeating: "0", count: max(0, 4 - number.count))
    return "\(Self.word)/\(stream.split)/\(request.texture.name)/\(padding)\(number)"
  }

  /// The identity: SHA-256 over everything that decides the pixels.
  public func digest() -> Digest {
    Digest(
      of: """
        topoclip texture \(TextureStream.version)
        split \(stream.split)
        seed \(stream.seed)
        class \(request.texture.name)
        index \(request.index)
        size \(size)

        """)
  }

  /// The pixels, drawn anew; see `TextureStream.sample(_:size:)`.
  ///
  /// - Complexity: O(size²).
  public var image: RGBImage { stream.sample(request, size: size).image }

  /// Always: it is drawn.
  public var exists: Bool { true }

  /// Nothing can be wrong with them.
  public func requirePixels() {}

  /// The pixels, drawn anew.
  public func pixels(of digest: Digest) -> RGBImage { image }
}
