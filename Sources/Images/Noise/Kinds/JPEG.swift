extension NoiseKind {
  /// What JPEG compression leaves, at a quality of libjpeg's.
  public static let jpeg = NoiseKind(
    name: "jpeg", title: "JPEG compression", isRandom: false, method: "libjpeg-1",
    source: imageNetC, constants: [25, 18, 15, 10, 7]
  ) { image, quality, _ in
    let data = try image.jpegData(quality: quality)
    return .bytes(try RGBImage(decoding: data, file: "an image compressed for jpeg noise").pixels)
  }
}
