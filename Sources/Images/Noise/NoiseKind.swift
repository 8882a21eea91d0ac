import Files
import LinearAlgebra

/// A way to make images worse.
///
/// A kind is a value in a file of its own, in `Kinds`; `all` has every one. Two are the same if their
/// names are.
public struct NoiseKind: Sendable, Hashable, CustomStringConvertible {
  /// Every kind, in the order of all tables; a new one comes last.
  public static let all: [NoiseKind] = [
    gaussian, shot, impulse, speckle, blur, jpeg, contrast, pixelate,
  ]

  /// The severities that all kinds but added noise have.
  public static let severities = 1...5

  /// The name in settings, tables and the names of files: letters, digits, `_` and `-`.
  public let name: String
  /// What reports call it.
  public let words: NoiseWords
  /// Whether the result depends on a seed.
  public let isRandom: Bool
  /// The publication that it is from, with its DOI or arXiv number.
  public let source: String
  /// Names the method in the keys of cells; what changes a result's bits is counted in it.
  let method: String
  let operation: Operation

  /// What a kind does to an image.
  enum Operation: Sendable {
    /// x + σ · ε: the level is σ in the space of the specification, and this gives ε, so many numbers
    /// of the image's stream.
    case addition(@Sendable (RandomStream, Int) -> [Float])
    /// What an image becomes at a severity; random kinds draw from the image's stream.
    case corruption(@Sendable (RGBImage, Int, RandomStream) throws -> CorruptedSamples)
  }

  /// A kind of added noise.
  ///
  /// - Parameters:
  ///   - name: Its name.
  ///   - title: What titles call it.
  ///   - method: Names the method in the keys of cells.
  ///   - source: The publication.
  ///   - draw: So many numbers ε of a stream.
  init(
    name: String, title: String, method: String, source: String,
    draw: @escaping @Sendable (RandomStream, Int) -> [Float]
  ) {
    self.init(
      name: name, words: NoiseWords(title: title, measure: .deviation), isRandom: true,
      method: method, source: source, operation: .addition(draw))
  }

  /// A corruption with five severities.
  ///
  /// - Parameters:
  ///   - name: Its name.
  ///   - title: What titles call it.
  ///   - phrase: What sentences call it; nil for the title.
  ///   - subject: What sentences call it before a severity; nil for the title.
  ///   - isRandom: Whether it draws. It then draws the same numbers at every severity: more of the
  ///     samples that were hit, and no others in their place.
  ///   - method: Names the method in the keys of cells.
  ///   - source: The publication.
  ///   - constants: What the publication has for each severity.
  ///   - corrupt: What an image becomes with the constants of a severity.
  init<Constants: Sendable>(
    name: String, title: String, phrase: String? = nil, subject: String? = nil, isRandom: Bool,
    method: String, source: String, constants: [Constants],
    corrupt: @escaping @Sendable (RGBImage, Constants, RandomStream) throws -> CorruptedSamples
  ) {
    precondition(constants.count == Self.severities.count)
    self.init(
      name: name,
      words: NoiseWords(title: title, phrase: phrase, subject: subject, measure: .severity),
      isRandom: isRandom, method: method, source: source,
      operation: .corruption { image, severity, stream in
        try corrupt(image, constants[severity - 1], stream)
      })
  }

  private init(
    name: String, words: NoiseWords, isRandom: Bool, method: String, source: String,
    operation: Operation
  ) {
    self.name = name
    self.words = words
    self.isRandom = isRandom
    self.method = method
    self.source = source
    self.operation = operation
  }

  /// The kind of a name; nil when none of `all` has it.
  public init?(named name: String) {
    guard let kind = Self.all.first(where: { $0.name == name }) else { return nil }
    self = kind
  }

  /// Whether the levels are severities.
  public var hasSeverities: Bool {
    switch operation {
    case .addition: false
    case .corruption: true
    }
  }

  /// Whether a number above 0 is a level: any finite σ, or a severity.
  public func isLevel(_ level: Double) -> Bool {
    guard hasSeverities else { return level > 0 && level.isFinite }
    return Self.severities.contains { Double($0) == level }
  }

  /// The random numbers of an image, the same at every level.
  ///
  /// - Parameters:
  ///   - digest: SHA-256 of the image file.
  ///   - seed: The user's seed.
  /// - Returns: The stream that they and the name stand for.
  func stream(digest: Digest, seed: UInt64) -> RandomStream {
    RandomStream(domain: "noise/\(name)", seed: seed, identity: digest.bytes)
  }

  /// The name.
  public var description: String { name }

  /// Whether the names are the same.
  public static func == (a: NoiseKind, b: NoiseKind) -> Bool { a.name == b.name }

  /// Hashes the name.
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

extension NoiseKind {
  /// The source of the corruptions of ImageNet-C.
  ///
  /// The constants are those published for images of 224 pixels (github.com/hendrycks/robustness,
  /// `make_imagenet_c.py`). They work on pixels in [0, 1] and clip there; the JPEG files of quality 85
  /// that ImageNet-C keeps its images in are no part of them.
  static let imageNetC =
    "Hendrycks and Dietterich 2019, Benchmarking neural network robustness to common corruptions "
    + "and perturbations, arXiv:1903.12261"
}
