import CKernels
import LinearAlgebra
import Synchronization

extension SquareDistances {
  /// The least value beyond which nothing happens in a Vietoris–Rips filtration:
  /// min over i of max over j of d(i, j); from there on the complex is a cone.
  ///
  /// - Parameter workers: The threads to use.
  /// - Returns: The radius; 0 for fewer than two points.
  /// - Complexity: O(n²), or constant when the matrix was made row by row.
  public func enclosingRadius(workers: Int) -> Float {
    if let knownEnclosingRadius { return knownEnclosingRadius }
    let radius = Atomic<UInt32>(count > 0 ? Float.infinity.bitPattern : 0)
    forBands(workers: workers) { rows in
      for i in rows {
        let row = unsafe base + i * stride
        // Around the diagonal, which is infinite. Bits of floats that are not negative order as they do.
        let largest = unsafe max(
          kernel_largest_bits(i, row), kernel_largest_bits(count - i - 1, row + i + 1))
        radius.min(largest, ordering: .relaxed)
      }
    }
    return Float(bitPattern: radius.load(ordering: .relaxed))
  }

  /// The largest distance: the diameter of the points.
  ///
  /// - Returns: It; 0 for fewer than two points.
  /// - Complexity: O(n²).
  public var diameter: Float {
    let largest = (0..<count).reduce(UInt32(0)) { largest, i in
      let row = unsafe base + i * stride
      return unsafe max(largest, kernel_largest_bits(i, row))
    }
    return Float(bitPattern: largest)
  }

  /// The median of the n (n − 1) / 2 distances: the middle one, or the mean of the two middle ones.
  ///
  /// - Parameter workers: The threads to use.
  /// - Returns: The median; nil for fewer than two points.
  /// - Complexity: O(n²) time, 0.5 MB a thread.
  public func median(workers: Int) -> Double? {
    middleDistances(workers: workers).map { (Double($0.0) + Double($0.1)) / 2 }
  }

  /// The two middle distances of an even number, or the middle one twice.
  ///
  /// Two passes count the upper, then the lower halves of the floats' bits, so that nothing is
  /// copied or sorted.
  func middleDistances(workers: Int) -> (Float, Float)? {
    let pairs = count * (count - 1) / 2
    guard pairs > 0 else { return nil }
    let upper = counts(workers: workers) { $0 >> 16 }
    let middle = [(pairs - 1) / 2, pairs / 2].map { rank in
      let (high, before) = Self.bin(ofRank: rank, in: upper)
      return (high: high, rank: rank - before)
    }
    var lower: [Int: [Int]] = [:]
    for high in Set(middle.map(\.high)) {
      lower[high] = counts(workers: workers) {
        Int($0 >> 16) == high ? $0 & 0xFFFF : nil
      }
    }
    let values = middle.map { high, rank in
      let low = Self.bin(ofRank: rank, in: lower[high] ?? []).bin
      return Float(bitPattern: UInt32(high << 16 | low))
    }
    return (values[0], values[1])
  }

  /// How many distances have each 16-bit key; those with none are left out.
  @inline(__always)
  private func counts(workers: Int, _ key: @Sendable (UInt32) -> UInt32?) -> [Int] {
    let sums = Mutex([Int](repeating: 0, count: 1 << 16))
    forBands(workers: workers) { rows in
      var counts = [UInt32](repeating: 0, count: 1 << 16)
      for i in rows {
        for j in 0..<i {
          if let key = key(unsafe base[i * stride + j].bitPattern) { counts[Int(key)] += 1 }
        }
      }
      sums.withLock { sums in
        for index in sums.indices { sums[index] += Int(counts[index]) }
      }
    }
    return sums.withLock { $0 }
  }

  /// The bin that holds the element of that rank, and how many elements come before the bin.
  private static func bin(ofRank rank: Int, in counts: [Int]) -> (bin: Int, before: Int) {
    var before = 0
    for (bin, count) in counts.enumerated() {
      if before + count > rank { return (bin, before) }
      before += count
    }
    return (counts.count - 1, before)
  }

  /// The largest |d(i, j) / s − d′(i, j) / s′| over all pairs, of the float32 values.
  ///
  /// It bounds the bottleneck distance of the persistence diagrams of the two, when each is divided
  /// by its scale.
  ///
  /// - Parameters:
  ///   - other: Distances of as many points.
  ///   - scale: What these distances are divided by.
  ///   - otherScale: What the others are divided by.
  /// - Returns: The difference, exact when both scales are 1; 0 for fewer than two points.
  public func largestDifference(
    from other: SquareDistances, scale: Double = 1, otherScale: Double = 1
  ) -> Double {
    precondition(count == other.count)
    return (0..<count).reduce(0) { largest, i in
      let start = i * stride
      return unsafe max(
        largest,
        kernel_largest_difference(i, base + start, scale, other.base + start, otherScale))
    }
  }

  /// The Hausdorff distance between some points and all of them.
  ///
  /// Twice it bounds the bottleneck distance of their Vietoris–Rips diagrams, whose values are diameters,
  /// when the distances obey the triangle inequality (Chazal, de Silva and Oudot 2014,
  /// doi:10.1007/s10711-013-9937-z).
  ///
  /// - Parameter points: Indices of points, one at least.
  /// - Returns: The largest distance of a point to the nearest of those.
  /// - Complexity: O(n · points).
  public func hausdorffDistance(of points: [Int]) -> Float {
    precondition(!points.isEmpty && points.allSatisfy { $0 >= 0 && $0 < count })
    var nearest = [Float](repeating: .infinity, count: count)
    // Row after row, which vectors can do, rather than point after point.
    for point in points {
      let row = unsafe base + point * stride
      for j in 0..<count {
        let distance = unsafe row[j]
        nearest[j] = distance < nearest[j] ? distance : nearest[j]
      }
    }
    // The diagonal is infinite.
    for point in points { nearest[point] = 0 }
    return nearest.max() ?? 0
  }

  /// The most that a distance changes when every point is moved to the nearest of some of them: the
  /// largest |d(i, j) − d(i′, j′)| over all pairs.
  ///
  /// It bounds the bottleneck distance of the Vietoris–Rips diagrams of those points and of all, whose
  /// values are diameters, also where the triangle inequality fails: i and i′ correspond, and so do those
  /// points and themselves (Chazal, de Silva and Oudot 2014, doi:10.1007/s10711-013-9937-z).
  ///
  /// - Parameter points: Indices of points, one at least.
  /// - Returns: The change; 0 when those are all points.
  /// - Complexity: O(n²).
  func distortion(movingTo points: [Int]) -> Double {
    var nearest = [Float](repeating: .infinity, count: count)
    var places = [Int](repeating: 0, count: count)
    for point in points {
      let row = unsafe base + point * stride
      for j in 0..<count where unsafe row[j] < nearest[j] {
        nearest[j] = unsafe row[j]
        places[j] = point
      }
    }
    for point in points { places[point] = point }
    var largest = 0.0
    for i in 0..<count {
      for j in 0..<i {
        let before = unsafe Double(base[i * stride + j])
        largest = max(largest, (before - Double(self[places[i], places[j]])).magnitude)
      }
    }
    return largest
  }

  /// The distances of some of the points, in that order; a point may come twice.
  ///
  /// - Parameter rows: Indices of points.
  /// - Returns: Distances of as many points as there are indices.
  /// - Throws: `TopologyError.tooLarge`.
  public func restricted(to rows: [Int]) throws -> SquareDistances {
    let part = try SquareDistances(count: rows.count)
    part.adjustments = adjustments
    for (place, i) in rows.enumerated() {
      for (other, j) in rows.enumerated() where other != place {
        unsafe part.base[place * part.stride + other] = self[i, j]
      }
    }
    return part
  }

  /// Does some work on about equal shares of the pairs j < i, a share a range of i.
  private func forBands(workers: Int, _ body: @Sendable (Range<Int>) -> Void) {
    let shares = max(min(workers, count), 1)
    let ends = (0...shares).map { share in
      share == shares ? count : Int((Double(share) / Double(shares)).squareRoot() * Double(count))
    }
    Parallel.forEach(count: shares) { body(ends[$0]..<ends[$0 + 1]) }
  }
}
