extension String {
  /// The name that was probably meant.
  ///
  /// - Parameters:
  ///   - names: Those that there are.
  ///   - limit: The largest edit distance that counts as a slip.
  /// - Returns: The nearest, of equals the first; nil if none is within the limit.
  package func nearest(of names: [String], within limit: Int = .max) -> String? {
    let distances = names.map { (name: $0, distance: $0.editDistance(to: self)) }
    return distances.filter { $0.distance <= limit }.min { $0.distance < $1.distance }?.name
  }

  /// The least number of characters inserted, deleted or substituted that turns one into the other.
  ///
  /// Levenshtein's distance (1966) by its recurrence, row by row. Time O(product of the lengths).
  package func editDistance(to other: String) -> Int {
    let target = Array(other)
    var previous = Array(0...target.count)
    for (i, character) in enumerated() {
      var current = [i + 1]
      for (j, candidate) in target.enumerated() {
        let substitution = previous[j] + (character == candidate ? 0 : 1)
        current.append(Swift.min(substitution, previous[j + 1] + 1, current[j] + 1))
      }
      previous = current
    }
    return previous[target.count]
  }
}
