internal import CKernels
internal import Files
internal import LinearAlgebra

/// The rows nearest to a query.
package struct NearestRows: Sendable, Equatable {
  /// The rows, the nearest first, of equals the first.
  package var hits: [SearchResult.Hit]
  /// The products in half precision, a row each; −∞ for rows that were not wanted.
  ///
  /// With them whoever needs to know what rows at large have needs no second scan.
  package var scores: [Float]
}

extension EmbeddingIndex {
  /// How far the square of a unit vector's length may be from 1.
  static let unitTolerance = 1e-3

  /// The rows of largest product with a query: exactly those of the float32 embeddings, in their order.
  ///
  /// Method: all rows are scanned in half precision, and those that can belong are ranked again by their float32
  /// embeddings, the products in float64. A row x stands in the index as h, its numbers rounded to half precision,
  /// and e is the largest ‖x − h‖, measured when the index was written. The score s of a row, a sum of w products
  /// in float32, w the index's width, in whatever order, differs from t = ⟨x, q⟩ by at most
  ///
  ///     E = e ‖q‖ + γ (‖x‖ + e) ‖q‖,   γ = w u / (1 − w u),   u = 2⁻²⁴
  ///
  /// (Cauchy and Schwarz; Higham 2002, Accuracy and Stability of Numerical Algorithms, §3.1, doi:10.1137/1.9780898718027).
  /// Let T be the k-th largest score. At least k rows have t ≥ T − E, so none of the k nearest has less, and their
  /// scores are at least T − 2 E: all such rows are ranked, however many they are, in batches, so that memory does not
  /// grow with their embeddings. Neither the number of threads nor the CPU changes a bit of the hits.
  ///
  /// - Parameters:
  ///   - query: A unit vector of the index's dimension.
  ///   - count: How many rows, from 1; fewer are found when fewer are wanted.
  ///   - wanted: The rows among which to look; those that are not there are left out.
  ///   - workers: The most threads; nil for those of every parallel loop.
  ///   - rows: The float32 embeddings.
  /// - Returns: The rows with their products, and the scores of all.
  /// - Throws: What `rows` throws; `FileError` when it gives other embeddings than those that the index was made of.
  /// - Complexity: O(rows · dimension), limited by the memory's speed; memory 4 bytes a row.
  package func nearest(
    to query: [Float], count: Int, among wanted: RowMask, workers: Int? = nil,
    rows: Rows
  ) throws -> NearestRows {
    precondition(query.count == dimension && query.allSatisfy(\.isFinite) && count > 0)
    let wanted = wanted.intersection(present)
    let (scores, threshold) = scores(
      of: query, among: wanted, count: count, workers: workers ?? Parallel.workers)
    let error = errorBound(query)
    // Below the least finite number nothing is but what is not wanted.
    let limit = max(Double(threshold) - 2 * error, -Double(Float.greatestFiniteMagnitude))
    var ranking = Ranking(count: count)
    var batch: [Int] = []
    func rank() throws {
      let embeddings = try rows(batch)
      guard embeddings.count == batch.count else { throw mismatch(batch[0]) }
      for (row, embedding) in zip(batch, embeddings) {
        guard embedding.count == dimension else { throw mismatch(row) }
        let product = unsafe kernel_exact_product(dimension, embedding, query)
        guard abs(product - Double(scores[row])) <= error else { throw mismatch(row) }
        ranking.offer(SearchResult.Hit(row: row, cosine: product))
      }
      ranking.settle()
      batch.removeAll(keepingCapacity: true)
    }
    for row in 0..<rowCount where Double(scores[row]) >= limit {
      // By then one that cannot reach the last of those found.
      if Double(scores[row]) + error < ranking.least { continue }
      batch.append(row)
      if batch.count == Self.batchSize { try rank() }
    }
    if !batch.isEmpty { try rank() }
    return NearestRows(hits: ranking.hits, scores: scores)
  }

  private static let batchSize = 512

  /// E, with what float64 leaves of a sum, and what vanishes below float32's least numbers.
  private func errorBound(_ query: [Float]) -> Double {
    let length = query.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
    let terms = Double(header.width) * 0x1p-24
    let longest = 1 + Self.unitTolerance + rounding
    let summation = (terms / (1 - terms) + Double(header.width) * 0x1p-52) * longest
    return (rounding + summation) * length * (1 + 0x1p-40) + Double(header.width) * 0x1p-148
  }

  private func mismatch(_ row: Int) -> FileError {
    FileError(
      path,
      "row \(row) (counted from 0) is not of the embeddings that are there; remove the file, and it is made again"
    )
  }

  /// The scores of all rows, and one that `count` of those wanted reach; the least number when they are fewer.
  private func scores(
    of query: [Float], among wanted: RowMask, count: Int, workers: Int
  ) -> (scores: [Float], threshold: Float) {
    let query = query + [Float](repeating: 0, count: header.width - dimension)
    let chunks = (rowCount + Self.chunkSize - 1) / Self.chunkSize
    // What one thread does in half a millisecond is not worth waking another.
    let workers = max(1, min(workers, chunks / 8))
    let kept = min(count, max(rowCount, 1))
    let capacity = 2 * kept + 64
    var keys = [UInt64](repeating: 0, count: workers * capacity)
    var candidates = [kernel_candidates](
      repeating: kernel_candidates(held: 0, worst: .infinity), count: workers)
    let scores = unsafe [Float](unsafeUninitializedCapacity: rowCount) { buffer, initialized in
      initialized = rowCount
      guard let start = buffer.baseAddress else { return }
      unsafe keys.withUnsafeMutableBufferPointer { keys in
        unsafe candidates.withUnsafeMutableBufferPointer { candidates in
          // A chunk is one worker's, and so are its keys and candidates.
          nonisolated(unsafe) let (start, keys, candidates) = unsafe (start, keys, candidates)
          Parallel.forEach(count: chunks, workers: workers) { chunk, worker in
            let first = chunk * Self.chunkSize
            let rows = first..<min(rowCount, first + Self.chunkSize)
            guard let keys = unsafe keys.baseAddress, let candidates = unsafe candidates.baseAddress
            else { return }
            unsafe scan(rows, query: query, mask: wanted.bytes, scores: start)
            unsafe kernel_offer(
              rows.count, start + first, Self.minusOnes, Self.zeros, UInt32(first), kept, capacity,
              keys + worker * capacity, candidates + worker)
          }
        }
      }
    }
    var held: [UInt64] = []
    for worker in 0..<workers {
      held += keys[worker * capacity..<worker * capacity + Int(candidates[worker].held)]
    }
    guard held.count >= count else { return (scores, -.greatestFiniteMagnitude) }
    held.sort()
    return (scores, scores[Int(UInt32(truncatingIfNeeded: held[count - 1]))])
  }

  private static let chunkSize = 1024
  private static let minusOnes = [Float](repeating: -1, count: chunkSize)
  private static let zeros = [Float](repeating: 0, count: chunkSize)
}

/// The best of the hits that are offered.
private struct Ranking {
  private let count: Int
  private(set) var hits: [SearchResult.Hit] = []

  init(count: Int) { self.count = count }

  /// The least product among the hits once they are as many as wanted; −∞ before.
  var least: Double { hits.count < count ? -.infinity : hits[count - 1].cosine }

  mutating func offer(_ hit: SearchResult.Hit) { hits.append(hit) }

  /// Orders the hits and drops those that are too many.
  mutating func settle() {
    hits.sort { ($1.cosine, $0.row) < ($0.cosine, $1.row) }
    if hits.count > count { hits.removeLast(hits.count - count) }
  }
}
