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
    return of(places: Self.places(x), Self.places(y))
  }

  /// The place of each number among the different ones in ascending order, from 0.
  static func places(_ numbers: [Double]) -> [Int] {
    precondition(!numbers.contains(where: \.isNaN))
    let order = numbers.indices.sorted { numbers[$0] < numbers[$1] }
    var places = [Int](repeating: 0, count: numbers.count)
    var place = 0
    for (index, next) in zip(order, order.dropFirst()) {
      if numbers[next] > numbers[index] { place += 1 }
      places[next] = place
    }
    return places
  }

  /// The correlation of pairs of places, those of a sample or of some of its numbers as often as they are
  /// drawn: nothing is sorted by comparison again.
  func of(places x: [Int], _ y: [Int]) -> Double? {
    switch self {
    case .spearman: Self.pearson(Self.ranks(x), Self.ranks(y))
    case .kendall: Self.tau(x, y)
    }
  }

  /// How many of the places come before each.
  private static func starts(_ places: [Int]) -> [Int] {
    var starts = [Int](repeating: 0, count: (places.max() ?? 0) + 2)
    for place in places { starts[place + 1] += 1 }
    for place in starts.indices.dropFirst() { starts[place] += starts[place - 1] }
    return starts
  }

  /// The ranks from 1; equal places share the mean of theirs.
  static func ranks(_ places: [Int]) -> [Double] {
    let starts = starts(places)
    return places.map { Double(starts[$0] + 1 + starts[$0 + 1]) / 2 }
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

  /// The indices in order of their places, equal ones as they were: counting sort.
  private static func sorted(_ indices: [Int], by places: [Int], _ starts: [Int]) -> [Int] {
    var next = starts
    var order = [Int](repeating: 0, count: indices.count)
    for index in indices {
      order[next[places[index]]] = index
      next[places[index]] += 1
    }
    return order
  }

  /// Knight's algorithm (1966, doi:10.1080/01621459.1966.10480879): in order of x, and of y where x is
  /// equal, the pairs in opposite order are the inversions of y, which a merge sort counts.
  private static func tau(_ x: [Int], _ y: [Int]) -> Double? {
    func pairs(_ count: Int) -> Int { count * (count - 1) / 2 }
    func tiedPairs(_ starts: [Int]) -> Int {
      zip(starts, starts.dropFirst()).reduce(0) { $0 + pairs($1.1 - $1.0) }
    }
    let (startsX, startsY) = (starts(x), starts(y))
    let order = sorted(sorted(Array(x.indices), by: y, startsY), by: x, startsX)
    var (tiedBoth, run) = (0, 1)
    for (before, index) in zip(order, order.dropFirst()) {
      run = x[before] == x[index] && y[before] == y[index] ? run + 1 : 1
      tiedBoth += run - 1
    }
    var ordered = order.map { y[$0] }
    let inversions = sortCountingInversions(&ordered)
    let (tiedX, tiedY) = (tiedPairs(startsX), tiedPairs(startsY))
    let all = pairs(x.count)
    guard all > tiedX, all > tiedY else { return nil }
    let difference = all - tiedX - tiedY + tiedBoth - 2 * inversions
    let scale = Double(all - tiedX).squareRoot() * Double(all - tiedY).squareRoot()
    return min(max(Double(difference) / scale, -1), 1)
  }

  private static func sortCountingInversions(_ numbers: inout [Int]) -> Int {
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
