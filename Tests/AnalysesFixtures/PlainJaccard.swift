/// The pairs of sets whose Jaccard index, |A ∩ B| / |A ∪ B|, is at least a threshold; two empty sets have none.
///
/// - Parameters:
///   - sets: The sets.
///   - threshold: The least index.
/// - Returns: The pairs, the higher number first, in order.
/// - Complexity: O(sets² · their sizes).
package func plainJaccardPairs(
  _ sets: [Set<[Substring]>], atLeast threshold: Double
) -> [(Int, Int)] {
  sets.indices.flatMap { i in
    (0..<i).filter { j in
      let common = sets[i].intersection(sets[j]).count
      let all = sets[i].count + sets[j].count - common
      return all > 0 && Double(common) / Double(all) >= threshold
    }.map { (i, $0) }
  }
}
