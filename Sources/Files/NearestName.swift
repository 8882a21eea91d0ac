extension String {
  /// The name that was probably meant.
  ///
  /// - Parameters:
  ///   - names: Those that there are.
  ///   - limit: The largest edit distance that counts as a slip; nil for a third of the letters, of short words one or
  ///     two of them: a word that has little in common with what was written is no help.
  /// - Returns: The nearest, of equals the first; nil if none is within the limit, or all are as far as a
  ///   word that has no letter in common.
  package func nearest(of names: [String], within limit: Int? = nil) -> String? {
    let limit = limit ?? (count < 4 ? 1 : max(2, count / 3))
    let distances = names.map { (name: $0, distance: $0.editDistance(to: self)) }
    return distances.filter { $0.distance <= limit && $0.distance < max(count, $0.name.count) }
      .min { $0.distance < $1.distance }?.name
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
