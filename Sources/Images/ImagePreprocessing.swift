/// How an image becomes the input of a model: resize, centre crop, scale, normalise.
///
/// This is `preprocessor_config.json` as Hugging Face's CLIP image processor applies it, with
/// Pillow's bicubic filter.
public struct ImagePreprocessing: Sendable, Equatable {
  /// The size an image is brought to before the crop.
  public enum Resize: Sendable, Equatable {
    /// The size stays.
    case none
    /// The shorter side gets this many pixels, the longer one keeps the proportion, rounded down.
    case shortestEdge(Int)
    /// Both sides are given, in pixels; the proportion is not kept.
    case exact(width: Int, height: Int)
  }

  /// How images are resized.
  public let resize: Resize
  /// The width of every result, in pixels.
  public let width: Int
  /// The height of every result, in pixels.
  public let height: Int
  /// What a byte is multiplied by before normalisation; 1 where there is no rescaling.
  public let rescaleFactor: Double
  /// What is subtracted from red, green and blue after rescaling.
  public let mean: [Double]
  /// What red, green and blue are then divided by.
  public let std: [Double]

  /// What becomes of transparent pixels: the reference image processor puts them on white.
  public static let transparency = RGBImage.Transparency.onWhite

  /// The longest side that a configuration may ask for, in pixels.
  public static let maximumSide = 4096

  /// A preprocessing of the given parts; `mean` and `std` have three values, those of `std` positive.
  public init(
    resize: Resize, width: Int, height: Int, rescaleFactor: Double, mean: [Double], std: [Double]
  ) {
    precondition((1...Self.maximumSide).contains(width))
    precondition((1...Self.maximumSide).contains(height))
    precondition(mean.count == 3 && std.count == 3 && std.allSatisfy { $0 > 0 })
    self.resize = resize
    self.width = width
    self.height = height
    self.rescaleFactor = rescaleFactor
    self.mean = mean
    self.std = std
  }

  /// The preprocessing of the CLIP models that OpenAI published.
  ///
  /// Constants of the reference implementation, github.com/openai/CLIP.
  ///
  /// - Parameter size: The side of the square input in pixels, 224 for most models.
  /// - Returns: The shorter edge resized to `size`, the centre cropped, normalised per channel.
  public static func clip(size: Int = 224) -> ImagePreprocessing {
    ImagePreprocessing(
      resize: .shortestEdge(size), width: size, height: size, rescaleFactor: 1 / 255,
      mean: [0.48145466, 0.4578275, 0.40821073], std: [0.26862954, 0.26130258, 0.27577711])
  }

  /// The bytes that the model sees of an image, before they are scaled and normalised.
  ///
  /// - Parameter image: An image of any size.
  /// - Returns: An image of exactly `width` × `height`; what an image too small for the crop leaves
  ///   free is zero.
  /// - Complexity: O(w · h), w and h the larger of the result's sides and of those of what it shows of
  ///   the image.
  public func pixels(of image: RGBImage) -> RGBImage {
    let size = resizedSize(width: image.width, height: image.height)
    return image.resizedAndCropped(
      width: size.width, height: size.height, cropWidth: width, cropHeight: height)
  }

  /// The size to which an image is resized, before the crop.
  func resizedSize(width: Int, height: Int) -> (width: Int, height: Int) {
    switch resize {
    case .none: return (width, height)
    case .exact(let newWidth, let newHeight): return (newWidth, newHeight)
    case .shortestEdge(let short):
      // In floating point, as in the Python: the quotient is the correctly rounded one.
      let long = Int(Double(short * max(width, height)) / Double(min(width, height)))
      return width <= height ? (short, long) : (long, short)
    }
  }

  /// The normalised value of every byte in each channel: `(byte · rescaleFactor − mean) / std`.
  ///
  /// - Returns: Three tables of 256 values, computed in double precision and rounded once.
  public func normalizationTable() -> [[Float]] {
    (0..<3).map { channel in
      (0..<256).map { Float((Double($0) * rescaleFactor - mean[channel]) / std[channel]) }
    }
  }

  /// Whether every byte has a normalised value above that of the byte below it, in single precision.
  var tellsBytesApart: Bool {
    normalizationTable().allSatisfy { table in
      zip(table, table.dropFirst()).allSatisfy { $0 < $1 && $1.isFinite }
    }
  }

  /// Everything that decides the result, in one line; equal exactly for equal preprocessings.
  public var canonicalDescription: String {
    let size =
      switch resize {
      case .none: "none"
      case .shortestEdge(let short): "shortest \(short)"
      case .exact(let width, let height): "\(width)x\(height)"
      }
    func list(_ values: [Double]) -> String { values.map(\.description).joined(separator: ",") }
    return
      "transparency \(Self.transparency); resize \(size) bicubic; crop \(width)x\(height); scale \(rescaleFactor); "
      + "mean \(list(mean)); std \(list(std))"
  }
}
