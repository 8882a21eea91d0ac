/// A bar as an engine finds it, in the float32 values of the filtration.
struct FiltrationBar: Sendable, Equatable {
  var dimension: Int
  var birth: Float
  /// Infinity for an essential class.
  var death: Float
  /// Chains that carry the class, when they were asked for.
  var representative: Representative?
}

/// A sum of simplices with coefficients in Z/p.
public struct Chain: Sendable, Equatable {
  /// The vertices of each simplex, descending.
  public var simplices: [[Int]]
  /// The coefficient of each simplex, from 1 to p − 1.
  public var coefficients: [Int]

  /// A chain of the given simplices.
  public init(simplices: [[Int]], coefficients: [Int]) {
    precondition(simplices.count == coefficients.count)
    self.simplices = simplices
    self.coefficients = coefficients
  }
}

/// Chains that carry the class of a bar.
public struct Representative: Sendable, Equatable {
  /// A cochain that is a cocycle, and no coboundary, at every value of the bar.
  public var cocycle: Chain
  /// For H1: a cycle that is born with the bar and becomes a boundary at its death.
  public var cycle: Chain?

  /// A pair of chains.
  public init(cocycle: Chain, cycle: Chain?) {
    self.cocycle = cocycle
    self.cycle = cycle
  }
}
