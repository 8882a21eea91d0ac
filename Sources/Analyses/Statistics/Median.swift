extension Collection where Element == Double {
  /// The median: of an even number of values the mean of the two in the middle, of none nil.
  ///
  /// Method: Hoare's selection (1961, doi:10.1145/366622.366647), the pivot the median of the first, middle and last of what
  /// is left.
  ///
  /// - Complexity: O(n) for values in any order that is met, O(n²) at worst.
  public var median: Double? {
    // A generic sort that other modules call is not specialised, and takes 20 times as long as these loops.
    var values = Array(self)
    guard !values.isEmpty else { return nil }
    let upper = selectedValue(at: values.count / 2, of: &values)
    guard values.count.isMultiple(of: 2) else { return upper }
    // The selection has left everything smaller before it.
    let lower = values[..<(values.count / 2)].reduce(-Double.infinity) { Swift.max($0, $1) }
    return (lower + upper) / 2
  }
}

/// The value that stands at a place once they are sorted; those before it are then no larger, those behind no smaller.
private func selectedValue(at place: Int, of values: inout [Double]) -> Double {
  var (low, high) = (0, values.count - 1)
  while low < high {
    let (first, middle, last) = (values[low], values[low + (high - low) / 2], values[high])
    let pivot = max(min(first, middle), min(max(first, middle), last))
    var (left, right) = (low, high)
    while left <= right {
      while values[left] < pivot { left += 1 }
      while values[right] > pivot { right -= 1 }
      if left <= right {
        values.swapAt(left, right)
        left += 1
        right -= 1
      }
    }
    if place <= right {
      high = right
    } else if place >= left {
      low = left
    } else {
      break
    }
  }
  return values[place]
}
