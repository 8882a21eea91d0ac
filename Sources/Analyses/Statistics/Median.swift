extension Collection where Element == Double {
  /// The median: of an even number of values the mean of the two in the middle, of none nil.
  ///
  /// Takes the time of sorting.
  public var median: Double? {
    let sorted = sorted()
    return sorted.isEmpty
      ? nil : (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }
}
