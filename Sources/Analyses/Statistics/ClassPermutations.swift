import LinearAlgebra

/// The orders in which the numbers of classes are given to each other: all that there are where those are few, else
/// random ones.
public struct ClassPermutations: Sendable {
  /// The orders: in each, class c is given the numbers of class `order[c]`.
  public let orders: [[Int]]
  /// Whether they are all, the identity, which comes first, among them.
  public let isExact: Bool

  /// The orders of some classes.
  ///
  /// - Parameters:
  ///   - count: How many classes there are.
  ///   - resampling: How many random orders, and the seed. All orders are taken where they are no more than those and
  ///     the one that was observed.
  public init(count: Int, resampling: Resampling) {
    let limit = resampling.replicates + 1
    if let all = Self.number(count), all <= limit {
      isExact = true
      orders = Self.all(count)
      return
    }
    isExact = false
    let stream = resampling.stream("permuted classes")
    orders = (0..<resampling.replicates).map { stream.order(count, part: $0) }
  }

  /// The probability that follows from how many of the orders are as extreme as what was observed: b / m of all, which
  /// has the observed one among them, (b + 1) / (m + 1) of random ones (Phipson and Smyth 2010,
  /// doi:10.2202/1544-6115.1585).
  public func pValue(extreme: Int) -> Double {
    isExact
      ? Double(extreme) / Double(orders.count) : Double(extreme + 1) / Double(orders.count + 1)
  }

  /// The least p-value that they allow to one order alone.
  public var least: Double { isExact ? 1 / Double(orders.count) : 1 / Double(orders.count + 1) }

  /// n!, nil where it is no number of the type.
  private static func number(_ count: Int) -> Int? {
    var product = 1
    for factor in 1...max(count, 1) {
      let (next, isTooLarge) = product.multipliedReportingOverflow(by: factor)
      if isTooLarge { return nil }
      product = next
    }
    return product
  }

  /// All orders, in lexicographic order.
  private static func all(_ count: Int) -> [[Int]] {
    var order = Array(0..<count)
    var orders = [order]
    // The next: the last place that can grow gets the next larger number behind it, and what follows ascends.
    while let place = order.indices.dropLast().last(where: { order[$0] < order[$0 + 1] }),
      let larger = order.indices.last(where: { order[$0] > order[place] })
    {
      order.swapAt(place, larger)
      order[(place + 1)...].reverse()
      orders.append(order)
    }
    return orders
  }
}
