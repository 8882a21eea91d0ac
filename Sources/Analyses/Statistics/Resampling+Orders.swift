extension Resampling {
  /// A random order of the numbers below `count`, of a replicate and for a purpose.
  package func order(_ count: Int, for purpose: String, replicate: Int) -> [Int] {
    precondition((0..<replicates).contains(replicate))
    return stream(purpose).order(count, part: replicate)
  }
}
