public import LinearAlgebra
import Synchronization

/// The baseline of record linkage: texts whose sets of word n-grams overlap enough are linked.
public struct JaccardLinkage: Sendable {
  /// The words of an n-gram.
  public let gramLength: Int
  /// Pairs with a Jaccard index |A ∩ B| / |A ∪ B| of so much, or more, are linked.
  public let threshold: Double
  /// The linked pairs themselves against the labels.
  public let pairs: PairCounts
  /// The texts that chains of links connect.
  public let partition: Partition

  /// Links texts at several thresholds in one pass.
  ///
  /// Method: lists of the texts with each n-gram, so that only texts with an n-gram in common meet; every
  /// worker counts one text's overlaps with those before it, and keeps components and counts, never
  /// pairs. A text without n-grams is linked to none.
  ///
  /// - Parameters:
  ///   - texts: The texts.
  ///   - labels: The label of each; nil for one that is linked and counts nowhere.
  ///   - gramLength: The words of an n-gram, n.
  ///   - thresholds: Jaccard indices above 0.
  ///   - control: How to watch and stop the computation.
  /// - Returns: One result a threshold.
  /// - Throws: `AnalysisError` for a length below 1 or a threshold not in (0, 1]; `CancellationError`.
  /// - Complexity: Time O(Σ f²) over the n-grams, f the texts that have one; memory O(words + n ·
  ///   thresholds) a worker.
  public static func results(
    texts: [String], labels: [Int?], gramLength: Int, thresholds: [Double],
    control: ComputationControl = ComputationControl()
  ) throws -> [JaccardLinkage] {
    precondition(texts.count == labels.count)
    guard gramLength > 0 else {
      throw AnalysisError.invalid("n-grams of \(gramLength) words; expected 1 or more")
    }
    if let bad = thresholds.first(where: { !($0 > 0 && $0 <= 1) }) {
      throw AnalysisError.invalid("a Jaccard threshold of \(bad); expected above 0, at most 1")
    }
    let grams = WordNGrams(of: WordNGrams.words(of: texts), length: gramLength)
    let blockSize = 256
    let blocks = (texts.count + blockSize - 1) / blockSize
    let workers = max(1, min(Parallel.workers, blocks))
    let overlaps = (0..<workers).map { _ in
      WorkerOverlaps(Overlaps(textCount: texts.count, thresholds: thresholds))
    }
    let done = Atomic<Int>(0)
    Parallel.forEach(count: blocks, workers: workers) { block, worker in
      if control.isCancelled() { return }
      overlaps[worker].found.withLock { overlaps in
        // From the last block, whose texts have most before them.
        let start = (blocks - 1 - block) * blockSize
        for text in start..<min(start + blockSize, texts.count) {
          overlaps.add(text, grams, labels: labels)
        }
      }
      control.report("\(gramLength)-grams", done.add(1, ordering: .relaxed).newValue, blocks)
    }
    try control.check()

    let alone = PairCounts(Partition(texts.indices), labels: labels)
    return thresholds.indices.map { index in
      var components = ConnectedComponents(vertexCount: texts.count)
      var (linked, right) = (0, 0)
      for part in overlaps {
        part.found.withLock { part in
          linked += part.linked[index]
          right += part.right[index]
          for text in texts.indices {
            _ = components.join(text, part.components[index].root(of: text))
          }
        }
      }
      return JaccardLinkage(
        gramLength: gramLength, threshold: thresholds[index],
        pairs: PairCounts(
          both: right, clustered: linked, labelled: alone.labelled, all: alone.all),
        partition: Partition(components, rowCount: texts.count))
    }
  }
}

/// What one worker has found; a worker holds the lock for a block of texts.
private final class WorkerOverlaps: Sendable {
  let found: Mutex<Overlaps>

  init(_ overlaps: Overlaps) { found = Mutex(overlaps) }
}

/// Links of texts with those before them.
private struct Overlaps: Sendable {
  private let thresholds: [Double]
  /// The n-grams that each text has in common with the one at hand.
  private var counts: [Int32]
  /// The texts that have any.
  private var met: [Int32] = []
  /// At each threshold the components, the linked pairs of labelled texts, and those of one label.
  var components: [ConnectedComponents]
  var linked: [Int]
  var right: [Int]

  init(textCount: Int, thresholds: [Double]) {
    self.thresholds = thresholds
    counts = [Int32](repeating: 0, count: textCount)
    components = thresholds.map { _ in ConnectedComponents(vertexCount: textCount) }
    linked = thresholds.map { _ in 0 }
    right = linked
  }

  /// Links a text with those before it.
  mutating func add(_ text: Int, _ grams: WordNGrams, labels: [Int?]) {
    let size = grams.sets[text].count
    for gram in grams.sets[text] {
      for other in grams.texts[Int(gram)] {
        if other >= text { break }
        if counts[Int(other)] == 0 { met.append(other) }
        counts[Int(other)] += 1
      }
    }
    for other in met {
      let other = Int(other)
      let common = Int(counts[other])
      counts[other] = 0
      let index = Double(common) / Double(size + grams.sets[other].count - common)
      for place in thresholds.indices where index >= thresholds[place] {
        _ = components[place].join(text, other)
        guard let label = labels[text], let otherLabel = labels[other] else { continue }
        linked[place] += 1
        if label == otherLabel { right[place] += 1 }
      }
    }
    met.removeAll(keepingCapacity: true)
  }
}
