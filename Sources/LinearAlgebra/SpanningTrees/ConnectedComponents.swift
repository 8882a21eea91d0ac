/// Which vertices are connected: union–find with path halving and union by size.
///
/// All operations take amortised time O(α(n)) (Tarjan 1975, doi:10.1145/321879.321884).
@frozen
public struct ConnectedComponents: Sendable {
  /// The parent of a vertex, or minus the size of the component that it is the root of.
  @usableFromInline internal var parents: [Int32]

  /// Vertices that nothing connects.
  @inlinable
  public init(vertexCount: Int) {
    parents = [Int32](
      repeating: -1, count: ElementCount.checked(vertexCount, of: Int32.self))
  }

  /// The root of the component of `vertex`.
  @inlinable
  public mutating func root(of vertex: Int) -> Int {
    var vertex = vertex
    while parents[vertex] >= 0 {
      let parent = Int(parents[vertex])
      if parents[parent] < 0 { return parent }
      parents[vertex] = parents[parent]
      vertex = Int(parents[vertex])
    }
    return vertex
  }

  /// Joins two components; whether they were two.
  @inlinable
  public mutating func join(_ a: Int, _ b: Int) -> Bool { merge(a, b) != nil }

  /// Joins two components, the smaller to the larger.
  ///
  /// - Returns: The root that stays and the one that ends; nil if they were one component.
  @inlinable
  public mutating func merge(_ a: Int, _ b: Int) -> (survivor: Int, ended: Int)? {
    var (large, small) = (root(of: a), root(of: b))
    guard large != small else { return nil }
    if parents[large] > parents[small] { swap(&large, &small) }
    parents[large] += parents[small]
    parents[small] = Int32(large)
    return (large, small)
  }
}
