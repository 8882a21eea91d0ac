public import Images
import LinearAlgebra

/// An endless supply of images of every class, all found by number.
///
/// An image is a function of (split, seed, class, index) alone: its random numbers come from a
/// `RandomStream` of that name, so that neither thread nor order nor size changes them, and splits share
/// none. A size changes the resolution and not the pattern. The arithmetic is float32 without libm, so
/// that the bytes are the same on every machine.
public struct TextureStream: Sendable, Equatable {
  /// What changes a pixel of any image is counted here, and is part of the images' identity.
  public static let version = 1
  /// What the images are for; those of one are never those of another.
  public let split: Split
  /// The user's seed.
  public let seed: UInt64

  /// The images of a split: `train`, `val` or `test`; `all` is a supply of its own.
  public init(split: Split, seed: UInt64) {
    self.split = split
    self.seed = seed
  }

  /// Which image.
  public struct Request: Sendable, Equatable {
    /// The class.
    public let texture: Texture
    /// Its number in the class, from 0.
    public let index: Int

    /// Image number `index` of a class.
    public init(_ texture: Texture, index: Int) {
      self.texture = texture
      self.index = index
    }
  }

  /// Draws one image.
  ///
  /// - Parameters:
  ///   - request: The class and the number, at least 0.
  ///   - size: The side in pixels, at least 1.
  /// - Returns: The image with what is known of it.
  /// - Complexity: O(size²), about 1 ms at 96 pixels.
  public func sample(_ request: Request, size: Int) -> TextureSample {
    precondition(request.index >= 0 && size > 0)
    let identity = Array("\(request.texture.name)/\(request.index)".utf8)
    let stream = RandomStream(domain: "textures/\(split.rawValue)", seed: seed, identity: identity)
    var context = TextureContext(size: size, random: TextureRandom(stream))
    var painting = request.texture.draw(&context)
    painting.expose(in: &context)
    let image = painting.image()
    return TextureSample(
      image: image, texture: request.texture, colors: ColorName.dominant(in: image),
      scale: TextureScale(spacing: context.spacing))
  }

  /// Draws many images on all workers.
  ///
  /// - Returns: Samples in the order of the requests.
  /// - Complexity: O(requests · size²), divided among the workers.
  public func samples(_ requests: [Request], size: Int) -> [TextureSample] {
    Parallel.map(count: requests.count) { sample(requests[$0], size: size) }
  }
}

/// An image with what a caption can truthfully say of it.
public struct TextureSample: Sendable, Equatable {
  /// The image.
  public let image: RGBImage
  /// What it shows.
  public let texture: Texture
  /// The colours that cover most of it, the commonest first: one or two.
  public let colors: [ColorName]
  /// How large the pattern's elements are.
  public let scale: TextureScale
}

/// How large a pattern's elements are against the image.
public enum TextureScale: String, Sendable, CaseIterable {
  /// More than about sixteen elements across.
  case fine
  /// In between.
  case medium = "medium-sized"
  /// Fewer than about seven elements across.
  case coarse

  /// The scale of elements so far apart, in units of the image's side.
  init(spacing: Float) {
    self = spacing < 0.06 ? .fine : spacing > 0.15 ? .coarse : .medium
  }
}

extension Painting {
  /// Makes a photograph of the picture: exposure, contrast, and a light that is not quite even.
  mutating func expose(in context: inout TextureContext) {
    let exposure = context.random.number(0.85...1.12)
    let contrast = context.random.number(0.85...1.1)
    let falloff = context.random.number(0...0.35)
    let (azimuth, vignette) = (context.random.angle(), context.random.number(0...0.4))
    let (across, down) = (falloff * cosine(azimuth), falloff * sine(azimuth))
    let middle = Color(repeating: 0.5)
    shade(
      by: context.frame().field { x, y in
        exposure * (1 + x * across + y * down - vignette * (x * x + y * y))
      })
    for index in colors.indices { colors[index] = middle + (colors[index] - middle) * contrast }
  }
}
