import Files

@testable import Images

extension NoiseKind {
  func corrupted(
    _ image: RGBImage, severity: Int, seed: UInt64 = 0, name: String = "a"
  ) throws -> CorruptedSamples {
    guard case .corruption(let corrupt) = operation else {
      preconditionFailure("\(self) is no corruption")
    }
    return try corrupt(image, severity, stream(digest: Digest(of: name), seed: seed))
  }

  /// In [0, 1], shape [height, width, 3].
  func samples(
    of image: RGBImage, severity: Int, seed: UInt64 = 0, name: String = "a"
  ) throws -> [Double] {
    switch try corrupted(image, severity: severity, seed: seed, name: name) {
    case .bytes(let bytes): bytes.map { Double($0) / 255 }
    case .unit(let values): values.map { Double($0) }
    }
  }
}

extension RGBImage {
  /// An image for tests of corruptions.
  ///
  /// The expected numbers of blur, contrast and jpeg are from this script (NumPy 2.4, scikit-image 0.26,
  /// Pillow 13.0), with the formulas and constants of `make_imagenet_c.py` in
  /// github.com/hendrycks/robustness:
  ///
  ///     import io, hashlib, numpy as np
  ///     from PIL import Image
  ///     from skimage.filters import gaussian
  ///     def image(h, w):
  ///         i = np.arange(h * w * 3)
  ///         return ((37 * i + i * i // 7) % 256).astype(np.uint8).reshape(h, w, 3)
  ///     def blur(x, s):
  ///         return np.clip(gaussian(x / 255, sigma=[1, 2, 3, 4, 6][s - 1], channel_axis=-1), 0, 1)
  ///     def contrast(x, s):
  ///         x = x / 255
  ///         m = x.mean(axis=(0, 1), keepdims=True)
  ///         return np.clip((x - m) * [.4, .3, .2, .1, .05][s - 1] + m, 0, 1)
  ///     def jpeg(x, s):
  ///         b = io.BytesIO()
  ///         Image.fromarray(x).save(b, "JPEG", quality=[25, 18, 15, 10, 7][s - 1])
  ///         return np.asarray(Image.open(b))
  ///     y = image(45, 61)
  ///     w = np.arange(y.size) % 101 / 101
  ///     for s in range(1, 6):
  ///         print((blur(y, s).ravel() * w).sum(), blur(y, s).ravel()[1234])
  ///         print((contrast(y, s).ravel() * w).sum(), contrast(y, s).ravel()[1234])
  ///         print(hashlib.sha256(jpeg(y, s).tobytes()).hexdigest())
  ///     print(blur(image(5, 4), 3).ravel()[:12])
  static func patterned(_ height: Int, _ width: Int) -> RGBImage {
    let pixels = (0..<height * width * 3).map { (index: Int) -> UInt8 in
      UInt8((37 * index + index * index / 7) % 256)
    }
    return RGBImage(width: width, height: height, pixels: pixels)
  }

  static func gray(_ value: UInt8, side: Int = 200) -> RGBImage {
    RGBImage(
      width: side, height: side, pixels: [UInt8](repeating: value, count: side * side * 3))
  }
}
