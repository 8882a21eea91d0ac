extension NearestNeighbors {
  /// The class that most of every point's nearest neighbours have; of equally many the first.
  ///
  /// As scikit-learn's `KNeighborsClassifier` with uniform weights.
  ///
  /// - Parameters:
  ///   - count: How many neighbours vote, from 1 to as many as there are.
  ///   - labels: The class of each point that neighbours are among, from 0.
  ///   - classCount: The number of classes.
  /// - Returns: A class a point.
  /// - Complexity: O(n · count + classes).
  public func vote(of count: Int, labels: [Int], classCount: Int) -> [Int] {
    precondition((1...neighborCount).contains(count) && classCount > 0)
    var votes = [Int](repeating: 0, count: classCount)
    return (0..<rowCount).map { row in
      let start = row * neighborCount
      let classes = indices[start..<start + count].map { labels[Int($0)] }
      for label in classes { votes[label] += 1 }
      let best = classes.reduce(classes[0]) { best, label in
        (-votes[label], label) < (-votes[best], best) ? label : best
      }
      // Of the classes that have votes alone: there may be thousands that have none.
      for label in classes { votes[label] = 0 }
      return best
    }
  }

  /// One neighbour fewer a point: without the one of the point's own number, its twin, or else without the farthest.
  ///
  /// For queries that are, in the same order, other pictures of the points that neighbours are among.
  public func withoutTwins() -> NearestNeighbors {
    precondition(neighborCount > 1)
    let kept = (0..<rowCount).flatMap { row -> ArraySlice<Int> in
      let places = Array(row * neighborCount..<(row + 1) * neighborCount)
      return places.filter { indices[$0] != Int32(row) }.prefix(neighborCount - 1)
    }
    return NearestNeighbors(
      neighborCount: neighborCount - 1, indices: kept.map { indices[$0] },
      distances: kept.map { distances[$0] }, recall: recall)
  }
}
