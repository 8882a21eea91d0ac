/// The edges of a filtration in their order, as far as they matter.
///
/// From the enclosing radius min over i of max over j of d(i, j) on, some vertex is adjacent to all
/// others, the complex is a cone, and nothing happens any more: edges beyond are left out.
///
/// Vertices are numbered anew by descending sum of distances. A central vertex is likely to be the
/// apex of a link, so the apices are found soonest from the highest number down, and the triangles
/// with a vertex of a high number lie close together in memory. The numbers do not matter to the
/// bars: edges of equal value may enter in any order, which changes bars of length zero only.
struct EdgeOrder {
  /// The bits of the value, then the vertices i > j.
  private var keys: [UInt64] = []

  /// - Parameters:
  ///   - distances: The distances of at most 65,536 points, finite and not negative.
  ///   - threshold: The largest value of an edge that enters.
  init(_ distances: SquareDistances, threshold: Float) {
    let n = distances.count
    precondition(n <= 1 << 16)
    var sums = [Double](repeating: 0, count: n)
    var radius = Float.infinity
    for i in 0..<n {
      let row = unsafe distances.base + i * distances.stride
      var farthest: Float = 0
      for j in 0..<n where j != i {
        farthest = unsafe max(farthest, row[j])
        sums[i] += unsafe Double(row[j])
      }
      radius = min(radius, farthest)
    }
    let cut = min(radius, threshold)
    let order = (0..<n).sorted { (sums[$0], $0) > (sums[$1], $1) }
    keys.reserveCapacity(n * (n - 1) / 2)
    for i in 0..<n {
      let row = unsafe distances.base + order[i] * distances.stride
      for j in 0..<i {
        let value = unsafe row[order[j]]
        // Floats that are not negative are in the order of their bits.
        if value <= cut {
          keys.append(UInt64(value.bitPattern) << 32 | UInt64(i) << 16 | UInt64(j))
        }
      }
    }
    sort()
  }

  /// The number of edges.
  var count: Int { keys.count }

  /// The vertices i > j and the value of an edge.
  subscript(k: Int) -> (i: Int, j: Int, value: Float) {
    let key = keys[k]
    return (
      Int(key >> 16 & 0xffff), Int(key & 0xffff), Float(bitPattern: UInt32(key >> 32))
    )
  }

  /// Sorts by value: a stable radix sort by digits of 11 bits of the values' bits, from the lowest
  /// up.
  private mutating func sort() {
    let all = keys.reduce((every: UInt64.max, any: 0)) { ($0.every & $1, $0.any | $1) }
    var sorted = keys
    for shift in stride(from: 32, to: 64, by: 11) where (all.every ^ all.any) >> shift & 2047 != 0 {
      var starts = [Int](repeating: 0, count: 2049)
      for key in keys { starts[Int(key >> shift & 2047) + 1] += 1 }
      for digit in 1..<2048 { starts[digit] += starts[digit - 1] }
      for key in keys {
        let digit = Int(key >> shift & 2047)
        sorted[starts[digit]] = key
        starts[digit] += 1
      }
      swap(&keys, &sorted)
    }
  }
}
