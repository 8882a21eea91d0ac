/// The p-values of a family of tests, adjusted so that the probability of even one false discovery at a
/// level is at most that level, whatever the dependence.
///
/// Method: Holm 1979 (Scandinavian Journal of Statistics 6, 65–70): the k-th smallest of m is multiplied
/// by m − k + 1, made at least the one before and at most 1.
///
/// - Parameter pValues: From 0 to 1, in any order.
/// - Returns: The adjusted ones, in the same order.
/// - Complexity: O(m log m).
public func holmAdjusted(_ pValues: [Double]) -> [Double] {
  precondition(pValues.allSatisfy { (0...1).contains($0) })
  var adjusted = pValues
  var least = 0.0
  let order = pValues.indices.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
  for (rank, index) in order.enumerated() {
    least = max(least, min(1, pValues[index] * Double(pValues.count - rank)))
    adjusted[index] = least
  }
  return adjusted
}
