import LinearAlgebra

/// Images with captions of other pairs, as many as there are pairs: what scores are worth that say nothing.
///
/// The captions are dealt out by a random permutation of the pairs, so that every image and every caption
/// occurs as often as among the pairs. Where an image meets a caption of its own, its caption is exchanged with
/// that of a pair drawn at random, if both are then shuffled; an image that has every caption, as one that is
/// alone, is left out.
struct ShuffledPairs: Sendable {
  /// The place of the pair that has the image, among the scored ones, ascending.
  private(set) var imagePairs: [Int32] = []
  /// The place of the pair that has the caption.
  private(set) var textPairs: [Int32] = []

  /// How often a pair is looked for to exchange captions with.
  private static let attempts = 32

  /// Shuffles pairs.
  ///
  /// - Parameters:
  ///   - pairs: The pairs.
  ///   - distinct: Which they are.
  ///   - seed: Of the permutation.
  /// - Complexity: O(n · log n).
  init(_ pairs: ScoredPairs, distinct: DistinctPairs, seed: UInt64) {
    var stream = RandomStream(domain: "score/shuffle", seed: seed)
    var partners = (0..<Int32(pairs.count)).map(\.self)
    partners.shuffle(using: &stream)
    func isOwn(_ pair: Int, _ partner: Int32) -> Bool {
      distinct.contains(image: pairs.images[pair], text: pairs.texts[Int(partner)])
    }
    for pair in partners.indices where isOwn(pair, partners[pair]) {
      for _ in 0..<Self.attempts {
        let other = Int.random(in: partners.indices, using: &stream)
        guard !isOwn(pair, partners[other]), !isOwn(other, partners[pair]) else { continue }
        partners.swapAt(pair, other)
        break
      }
    }
    for pair in partners.indices where !isOwn(pair, partners[pair]) {
      imagePairs.append(Int32(pair))
      textPairs.append(partners[pair])
    }
  }

  var count: Int { imagePairs.count }

  /// The cosines of the images with the captions.
  ///
  /// - Parameters:
  ///   - pairs: The pairs that were shuffled.
  ///   - embeddings: Their embeddings, read in pieces.
  ///   - control: Asked before every piece.
  /// - Returns: One a shuffled pair, the sum in float64 rounded once.
  /// - Throws: `FileError`, `CancellationError`.
  /// - Complexity: O(n · dimension) time; a piece a thread in memory.
  func cosines(
    _ pairs: ScoredPairs, _ embeddings: any PairEmbeddings,
    control: ComputationControl = ComputationControl()
  ) throws -> [Float] {
    let size = 4096
    let pieces = try Parallel.tryMap(count: (count + size - 1) / size) { piece in
      try control.check()
      let range = piece * size..<min((piece + 1) * size, count)
      let images = GatheredRows(range.map { pairs.images[Int(imagePairs[$0])] })
      let texts = GatheredRows(range.map { pairs.texts[Int(textPairs[$0])] })
      let left = try embeddings.images(images.distinct)
      let right = try embeddings.texts(texts.distinct)
      return zip(images.places, texts.places).map { image, text in
        let (a, b) = (left.row(image), right.row(text))
        return Float(zip(a, b).reduce(0.0) { $0 + Double($1.0) * Double($1.1) })
      }
    }
    return pieces.flatMap(\.self)
  }
}
