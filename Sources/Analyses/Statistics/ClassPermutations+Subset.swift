extension ClassPermutations {
  /// The orders that some of the classes have, so that numbers of fewer classes are permuted with those of all.
  ///
  /// A class that lacks a number is passed over: its place is taken by the class that it is given itself, and so on to
  /// one of the classes that are asked for (the first return of the permutation to them). Of all orders, or of random
  /// ones, each order of the subset comes equally often.
  ///
  /// - Parameter classes: The classes, of those that are permuted, ascending and each once.
  /// - Returns: For each order one of the places in `classes`.
  /// - Complexity: O(all classes) an order.
  func orders(of classes: [Int]) -> [[Int]] {
    guard let count = orders.first?.count, classes.count < count else {
      precondition(classes.elementsEqual(0..<(orders.first?.count ?? 0)))
      return orders
    }
    precondition(zip(classes, classes.dropFirst()).allSatisfy { $0 < $1 })
    var places = [Int](repeating: -1, count: count)
    for (place, label) in classes.enumerated() { places[label] = place }
    return orders.map { order in
      classes.map { label in
        var next = order[label]
        while places[next] < 0 { next = order[next] }
        return places[next]
      }
    }
  }
}
