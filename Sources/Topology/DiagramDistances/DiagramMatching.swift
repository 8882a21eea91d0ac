/// A cheapest, or nearly cheapest, way to turn one diagram into another.
public struct DiagramMatching: Sendable, Hashable {
  /// A row of each diagram, counted from 0; −1 stands for the diagonal.
  public struct Pair: Sendable, Hashable {
    /// The row of the first diagram.
    public var a: Int
    /// The row of the second diagram.
    public var b: Int

    /// A pair of rows.
    public init(a: Int, b: Int) {
      self.a = a
      self.b = b
    }
  }

  /// The distance; infinite if the numbers of essential classes differ.
  public let distance: Double
  /// Every row of both diagrams once; empty if the distance is infinite.
  ///
  /// First the rows of the first diagram, ascending, each with its partner; then the rows of the
  /// second that go to the diagonal.
  public let pairs: [Pair]

  /// A matching of the given distance.
  public init(distance: Double, pairs: [Pair]) {
    self.distance = distance
    self.pairs = pairs
  }
}
