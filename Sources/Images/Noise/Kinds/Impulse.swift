import LinearAlgebra

extension NoiseKind {
  /// A share of the samples become 0 or 1, salt and pepper.
  public static let impulse = NoiseKind(
    name: "impulse", title: "impulse noise", isRandom: true,
    method: "philox4x32-10/salt-and-pepper-1", source: imageNetC,
    constants: [0.03, 0.06, 0.09, 0.17, 0.27]
  ) { image, share, stream in
    let words = stream.words(part: 0, count: image.pixels.count)
    // 31 bits say whether a sample is hit, the last one by what.
    let limit = UInt32((share * 0x1p31).rounded())
    return .bytes(
      zip(image.pixels, words).map { byte, word in
        if word >> 1 >= limit { return byte }
        return word & 1 == 1 ? 255 : 0
      })
  }
}
