/// A correlation that depends on the order of numbers only.
public enum RankCorrelation: String, Sendable, CaseIterable {
  /// Pearson's correlation of ranks, where equal numbers share the mean of their ranks (Spearman 1904,
  /// doi:10.2307/1412159).
  case spearman
  /// Kendall's τ-b: pairs in the same order less pairs in opposite order, over the geometric mean of the
  /// pairs that differ in x and in y (Kendall 1945, doi:10.1093/biomet/33.3.239).
  case kendall

  /// The correlation of pairs of numbers.
  ///
  /// - Parameters:
  ///   - x: Numbers, none NaN; infinities are the largest.
  ///   - y: As many.
  /// - Returns: From −1 to 1; nil when all of x or all of y are equal, or there are fewer than two pairs.
  /// - Complexity: O(n log n).
  public func of(_ x: [Double], _ y: [Double]) -> Double? {
    precondition(x.count == y.count)
    switch self {
    case .spearman: return Self.pearson(Self.ranks(x), Self.ranks(y))
    case .kendall: return Self.tau(x, y)
    }
  }

  /// The ranks from 1; equal numbers share the mean of theirs.
  static func ranks(_ numbers: [Double]) -> [Double] {
    precondition(!numbers.contains(where: \.isNaN))
    let order = numbers.indices.sorted { (numbers[$0], $0) < (numbers[$1], $1) }
    var ranks = [Double](repeating: 0, count: numbers.count)
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, numbers[order[end]] == numbers[order[start]] { end += 1 }
      let rank = Double(start + 1 + end) / 2
      for place in start..<end { ranks[order[place]] = rank }
      start = end
    }
    return ranks
  }

  /// Pearson's correlation of ranks: multiples of ½ whose sums are exact.
  private static func pearson(_ x: [Double], _ y: [Double]) -> Double? {
    let mean = Double(x.count + 1) / 2
    var (xy, xx, yy) = (0.0, 0.0, 0.0)
    for i in x.indices {
      let (a, b) = (x[i] - mean, y[i] - mean)
      xy += a * b
      xx += a * a
      yy += b * b
    }
    guard xx > 0, yy > 0 else { return nil }
    return min(max(xy / (xx.squareRoot() * yy.squareRoot()), -1), 1)
  }

  /// Knight's algorithm (1966, doi:10.1080/01621459.1966.10480879): in order of x, and of y where x is
  /// equal, the pairs in opposite order are the inversions of y, which a merge sort counts.
  private static func tau(_ x: [Double], _ y: [Double]) -> Double? {
    precondition(!x.contains(where: \.isNaN) && !y.contains(where: \.isNaN))
    let order = x.indices.sorted { (x[$0], y[$0], $0) < (x[$1], y[$1], $1) }
    let (sortedX, sortedY) = (order.map { x[$0] }, order.map { y[$0] })
    func pairs(_ count: Int) -> Int { count * (count - 1) / 2 }
    func tiedPairs(_ isTied: (Int, Int) -> Bool) -> Int {
      var (tied, run) = (0, 1)
      for i in order.indices.dropFirst() {
        run = isTied(i - 1, i) ? run + 1 : 1
        tied += run - 1
      }
      return tied
    }
    let tiedX = tiedPairs { sortedX[$0] == sortedX[$1] }
    let tiedBoth = tiedPairs { sortedX[$0] == sortedX[$1] && sortedY[$0] == sortedY[$1] }
    var ascending = sortedY
    let inversions = sortCountingInversions(&ascending)
    let tiedY = tiedPairs { ascending[$0] == ascending[$1] }
    let all = pairs(x.count)
    guard all > tiedX, all > tiedY else { return nil }
    let difference = all - tiedX - tiedY + tiedBoth - 2 * inversions
    let scale = Double(all - tiedX).squareRoot() * Double(all - tiedY).squareRoot()
    return min(max(Double(difference) / scale, -1), 1)
  }

  private static func sortCountingInversions(_ numbers: inout [Double]) -> Int {
    var merged = numbers
    var inversions = 0
    var width = 1
    while width < numbers.count {
      for start in stride(from: 0, to: numbers.count, by: 2 * width) {
        let (middle, end) = (
          min(start + width, numbers.count), min(start + 2 * width, numbers.count)
        )
        var (left, right) = (start, middle)
        for place in start..<end {
          if right == end || (left < middle && numbers[left] <= numbers[right]) {
            merged[place] = numbers[left]
            left += 1
          } else {
            merged[place] = numbers[right]
            right += 1
            inversions += middle - left
          }
        }
      }
      swap(&numbers, &merged)
      width *= 2
    }
    return inversions
  }
}
