/// A next step of a search for an augmenting path; steps are ordered, and equal, by their keys alone.
struct SearchStep: Comparable {
  let key: Double
  let from: Int32
  /// −1 for a step that leads to no point.
  let to: Int32

  init(_ key: Double, from: Int, to: Int) {
    self.key = key
    self.from = Int32(from)
    self.to = Int32(to)
  }

  @inline(__always)
  static func < (a: SearchStep, b: SearchStep) -> Bool { a.key < b.key }

  static func == (a: SearchStep, b: SearchStep) -> Bool { a.key == b.key }
}
