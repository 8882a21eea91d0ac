/// Two numbers of every class under the same conditions, each put into one order, and how they go together
/// when classes are permuted or drawn again as wholes.
///
/// Numbers are kept by their places in the order: nothing is sorted again. All sums are of whole numbers, so
/// that they are exact in whatever order they are made.
struct RankedClasses: Sendable {
  /// Numbers in their order: [classes · conditions].
  private struct Order: Sendable {
    /// The place of each among the different ones in ascending order, from 0.
    let places: [Int]
    /// How many different ones there are.
    let distinct: Int

    init(_ numbers: [Double]) {
      places = RankCorrelation.places(numbers)
      distinct = (places.max() ?? -1) + 1
    }
  }

  /// What a correlation needs to know of one of the two orders in a sample.
  fileprivate struct Spread: Sendable {
    /// Spearman: twice the distance of the rank of each place from the mean rank.
    var deviations: [Int] = []
    /// Spearman: the sum of squares of those of all numbers; Kendall: the pairs that differ.
    var total = 0
  }

  /// A number of a sample, in order of x.
  fileprivate struct Number {
    let x: Int
    let y: Int
    /// How often it is there.
    let times: Int
  }

  /// Memory that is used again from one sample to the next.
  struct Scratch {
    fileprivate var x = Spread()
    fileprivate var y = Spread()
    /// How many numbers there are of each place.
    fileprivate var counts: [Int] = []
    fileprivate var sums: [Int] = []
    fileprivate var sample: [Number] = []

    init() {}
  }

  private let correlation: RankCorrelation
  private let classCount: Int
  private let conditionCount: Int
  private let x: Order
  private let y: Order
  /// Which number is where in order of x: for Kendall's.
  private let ascending: [(x: Int, label: Int, condition: Int)]
  /// Of every number once.
  private let wholeX: Spread
  private let wholeY: Spread

  /// The numbers of every class under some of the conditions.
  init(_ x: [[Double]], _ y: [[Double]], conditions: [Int], correlation: RankCorrelation) {
    self.correlation = correlation
    classCount = x.count
    conditionCount = conditions.count
    self.x = Order(x.flatMap { row in conditions.map { row[$0] } })
    self.y = Order(y.flatMap { row in conditions.map { row[$0] } })
    let places = self.x.places
    ascending = places.indices.sorted { (places[$0], $0) < (places[$1], $1) }.map {
      (places[$0], $0 / conditions.count, $0 % conditions.count)
    }
    let once = [Int32](repeating: 1, count: x.count)
    var counts: [Int] = []
    var (spreadX, spreadY) = (Spread(), Spread())
    Self.spread(self.x, once, conditions.count, correlation, into: &spreadX, &counts)
    Self.spread(self.y, once, conditions.count, correlation, into: &spreadY, &counts)
    (wholeX, wholeY) = (spreadX, spreadY)
  }

  /// The correlation when every class is there so many times; nil when it is not defined.
  func drawn(_ counts: [Int32], _ scratch: inout Scratch) -> Double? {
    Self.spread(x, counts, conditionCount, correlation, into: &scratch.x, &scratch.counts)
    Self.spread(y, counts, conditionCount, correlation, into: &scratch.y, &scratch.counts)
    guard scratch.x.total > 0, scratch.y.total > 0 else { return nil }
    switch correlation {
    case .spearman:
      var sum = 0
      for label in 0..<classCount where counts[label] > 0 {
        var products = 0
        for number in label * conditionCount..<(label + 1) * conditionCount {
          products +=
            scratch.x.deviations[x.places[number]] * scratch.y.deviations[y.places[number]]
        }
        sum += Int(counts[label]) * products
      }
      return Self.correlation(sum, scratch.x, scratch.y)
    case .kendall:
      scratch.sample.removeAll(keepingCapacity: true)
      for number in ascending where counts[number.label] > 0 {
        scratch.sample.append(
          Number(
            x: number.x, y: y.places[number.label * conditionCount + number.condition],
            times: Int(counts[number.label])))
      }
      let difference = Self.concordance(scratch.sample, y.distinct, &scratch.counts, &scratch.sums)
      return Self.correlation(difference, scratch.x, scratch.y)
    }
  }

  /// The correlation when the y of class `order[c]` is given to class c; nil when it is not defined.
  func permuted(_ order: [Int], _ scratch: inout Scratch) -> Double? {
    guard wholeX.total > 0, wholeY.total > 0 else { return nil }
    switch correlation {
    case .spearman:
      var sum = 0
      for label in 0..<classCount {
        let (own, other) = (label * conditionCount, order[label] * conditionCount)
        for condition in 0..<conditionCount {
          sum +=
            wholeX.deviations[x.places[own + condition]]
            * wholeY.deviations[y.places[other + condition]]
        }
      }
      return Self.correlation(sum, wholeX, wholeY)
    case .kendall:
      scratch.sample.removeAll(keepingCapacity: true)
      for number in ascending {
        let other = order[number.label] * conditionCount + number.condition
        scratch.sample.append(Number(x: number.x, y: y.places[other], times: 1))
      }
      let difference = Self.concordance(scratch.sample, y.distinct, &scratch.counts, &scratch.sums)
      return Self.correlation(difference, wholeX, wholeY)
    }
  }

  /// Whether there is a correlation: neither number is everywhere the same.
  var isDefined: Bool { wholeX.total > 0 && wholeY.total > 0 }

  /// Spearman: adds what every pair of classes adds to the correlation of an order, [classes, classes]: row k, column j
  /// for the y of class j given to class k.
  func addPairs(weight: Double, to matrix: inout [Double]) {
    precondition(correlation == .spearman && isDefined)
    let scale = weight / (Double(wholeX.total).squareRoot() * Double(wholeY.total).squareRoot())
    for label in 0..<classCount {
      for other in 0..<classCount {
        var sum = 0
        for condition in 0..<conditionCount {
          sum +=
            wholeX.deviations[x.places[label * conditionCount + condition]]
            * wholeY.deviations[y.places[other * conditionCount + condition]]
        }
        matrix[label * classCount + other] += Double(sum) * scale
      }
    }
  }

  /// A sum of products over the geometric mean of two others.
  private static func correlation(_ sum: Int, _ x: Spread, _ y: Spread) -> Double? {
    let scale = Double(x.total).squareRoot() * Double(y.total).squareRoot()
    return min(max(Double(sum) / scale, -1), 1)
  }

  /// The spread of numbers whose classes are there so many times.
  private static func spread(
    _ order: Order, _ classes: [Int32], _ conditionCount: Int, _ correlation: RankCorrelation,
    into spread: inout Spread, _ counts: inout [Int]
  ) {
    counts.removeAll(keepingCapacity: true)
    counts.append(contentsOf: repeatElement(0, count: order.distinct))
    var count = 0
    for (label, times) in classes.enumerated() where times > 0 {
      for number in label * conditionCount..<(label + 1) * conditionCount {
        counts[order.places[number]] += Int(times)
      }
      count += Int(times) * conditionCount
    }
    switch correlation {
    case .spearman:
      spread.deviations.removeAll(keepingCapacity: true)
      spread.total = 0
      var before = 0
      for times in counts {
        // Equal numbers share the mean of their ranks, the numbers before them and half of their own.
        let deviation = 2 * before + times - count
        spread.deviations.append(deviation)
        spread.total += times * deviation * deviation
        before += times
      }
    case .kendall:
      spread.total = counts.reduce(count * (count - 1) / 2) { $0 - $1 * ($1 - 1) / 2 }
    }
  }

  /// The pairs in the same order less those in opposite order.
  ///
  /// In order of x, the numbers before each that have less of y are counted in a tree of sums (Fenwick 1994,
  /// doi:10.1002/spe.4380240306); those of equal x are counted before any of them is in it.
  private static func concordance(
    _ sample: [Number], _ distinct: Int, _ equal: inout [Int], _ sums: inout [Int]
  ) -> Int {
    equal.removeAll(keepingCapacity: true)
    equal.append(contentsOf: repeatElement(0, count: distinct))
    sums.removeAll(keepingCapacity: true)
    sums.append(contentsOf: repeatElement(0, count: distinct + 1))
    var (difference, seen, start) = (0, 0, 0)
    while start < sample.count {
      var end = start
      while end < sample.count, sample[end].x == sample[start].x {
        let number = sample[end]
        var (below, node) = (0, number.y)
        while node > 0 {
          below += sums[node]
          node &= node - 1
        }
        difference += number.times * (2 * below + equal[number.y] - seen)
        end += 1
      }
      for index in start..<end {
        let number = sample[index]
        equal[number.y] += number.times
        seen += number.times
        var node = number.y + 1
        while node <= distinct {
          sums[node] += number.times
          node += node & -node
        }
      }
      start = end
    }
    return difference
  }
}
