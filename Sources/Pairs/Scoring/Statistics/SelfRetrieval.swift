import LinearAlgebra

/// How often images find a caption of theirs among the captions of a sample of pairs, and captions an image.
///
/// A query has a hit at k if fewer than k of the others, those that are no pair of it, have a cosine as large as the
/// best of its own: ties count against it, so that embeddings that are all alike find nothing. Which
/// captions an image has of its own is what all scored pairs say, also where not all of them are in the sample.
struct SelfRetrieval: Sendable {
  /// The most pairs that are sampled.
  static let mostPairs = 10_000
  /// The numbers of nearest that are looked at.
  static let depths = [1, 5, 10]

  /// The queries of one direction.
  struct Direction: Sendable {
    /// For every query a place among the pairs that has it.
    fileprivate(set) var pairs: [Int32] = []
    /// How many of the others are as near to every query as the best of its own, or nearer.
    fileprivate(set) var before: [Int] = []
    /// How many of its own every query has.
    fileprivate(set) var own: [Int] = []
    /// How many candidates there are.
    fileprivate(set) var candidates = 0

    /// The share of queries with a hit.
    func recall(at depth: Int) -> Double {
      Double(before.count { $0 < depth }) / Double(before.count)
    }

    /// The share expected of an order at random: of N candidates, g its own, 1 − C(N − g, k) / C(N, k) in the mean.
    func chance(at depth: Int) -> Double {
      let sum = own.reduce(0.0) { sum, own in
        var miss = 1.0
        for place in 0..<min(depth, candidates) {
          miss *= max(0, Double(candidates - own - place)) / Double(candidates - place)
        }
        return sum + 1 - miss
      }
      return sum / Double(own.count)
    }

    /// The recall with an interval that takes the other candidates as they are.
    func estimate(at depth: Int, _ all: ScoredPairs, _ distinct: DistinctPairs) -> ScoreEstimate {
      let recall = recall(at: depth)
      let count = Double(before.count)
      let observations = zip(pairs, before).map { pair, before in
        SharedUnitVariance.Observation(
          first: pair, second: pair, influence: ((before < depth ? 1 : 0) - recall) / count)
      }
      return ScoreEstimate(
        share: recall, queries: before.count,
        SharedUnitVariance(observations, all, distinct))
    }
  }

  private(set) var imageToText = Direction()
  private(set) var textToImage = Direction()

  /// Lets a sample of pairs find one another.
  ///
  /// - Parameters:
  ///   - pairs: The pairs, one at least.
  ///   - distinct: Which they are.
  ///   - embeddings: Their embeddings.
  ///   - seed: Of the sample.
  ///   - mostPairs: How many pairs are sampled where there are more.
  ///   - control: Asked before every tile of products.
  /// - Throws: `FileError`, `CancellationError`.
  /// - Complexity: O(sample² · dimension) time; O(sample · dimension) memory and what the pairs take.
  init(
    _ pairs: ScoredPairs, _ distinct: DistinctPairs, _ embeddings: any PairEmbeddings,
    seed: UInt64, mostPairs: Int = Self.mostPairs,
    control: ComputationControl = ComputationControl()
  ) throws {
    var sample = Array(0..<Int32(pairs.count))
    if sample.count > mostPairs {
      var stream = RandomStream(domain: "score/retrieval", seed: seed)
      sample = sample.shuffled(using: &stream).prefix(mostPairs).sorted()
    }
    let images = Self.firsts(sample, pairs.images, count: embeddings.imageCount)
    let texts = Self.firsts(sample, pairs.texts, count: embeddings.textCount)
    imageToText.pairs = images.pairs
    textToImage.pairs = texts.pairs
    (imageToText.candidates, textToImage.candidates) = (texts.pairs.count, images.pairs.count)
    var own = [[Int32]](repeating: [], count: images.pairs.count)
    var ownCounts = [Int](repeating: 0, count: texts.pairs.count)
    for key in distinct.keys {
      let (image, text) = DistinctPairs.pair(key)
      let (row, column) = (images.places[Int(image)], texts.places[Int(text)])
      guard row >= 0, column >= 0 else { continue }
      own[Int(row)].append(column)
      ownCounts[Int(column)] += 1
    }
    imageToText.own = own.map(\.count)
    textToImage.own = ownCounts
    let products = RetrievalProducts(
      images: try embeddings.images(images.pairs.map { Int(pairs.images[Int($0)]) }),
      texts: try embeddings.texts(texts.pairs.map { Int(pairs.texts[Int($0)]) }), own: own)
    (imageToText.before, textToImage.before) = try products.before(control: control)
  }

  /// For every distinct value the first pair of a sample that has it, and for every value its place among these; −1
  /// for none.
  private static func firsts(
    _ sample: [Int32], _ values: [Int32], count: Int
  ) -> (pairs: [Int32], places: [Int32]) {
    var places = [Int32](repeating: -1, count: count)
    var pairs: [Int32] = []
    for pair in sample where places[Int(values[Int(pair)])] < 0 {
      places[Int(values[Int(pair)])] = Int32(pairs.count)
      pairs.append(pair)
    }
    return (pairs, places)
  }
}
