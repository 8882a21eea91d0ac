/// A class of homology that is born at one value of a filtration and dies at another.
public struct PersistenceBar: Codable, Sendable, Hashable {
  /// The dimension of the homology: 0 for components, 1 for loops.
  public var dimension: Int
  /// The value at which the class appears; −∞ where it was there from the start.
  public var birth: Double
  /// The value at which the class disappears; +∞ for an essential class.
  public var death: Double

  /// A bar of the given dimension and ends.
  public init(dimension: Int, birth: Double, death: Double) {
    self.dimension = dimension
    self.birth = birth
    self.death = death
  }

  /// How long the class lives; 0 for a bar on the diagonal, also for one at (∞, ∞).
  public var persistence: Double { birth == death ? 0 : death - birth }

  /// Whether both ends are finite.
  public var isFinite: Bool { birth.isFinite && death.isFinite }

  /// Throws unless birth ≤ death and neither is NaN.
  ///
  /// - Parameter place: where the bar stands, for the message: `row 3`.
  /// - Throws: `TopologyError.invalid`.
  func validate(at place: String) throws {
    guard dimension >= 0 else {
      throw TopologyError.invalid("\(place): dimension \(dimension) is negative")
    }
    guard birth <= death else {
      let problem =
        birth.isNaN || death.isNaN ? "a value is not a number" : "the bar dies before it is born"
      throw TopologyError.invalid(
        "\(place): birth \(birth), death \(death): \(problem); expected birth ≤ death "
          + "(±inf allowed): correct or remove the row")
    }
  }
}

/// The bars of a filtered space, sorted by dimension, birth and death.
public struct PersistenceDiagram: Sendable, Hashable {
  /// All bars, sorted by dimension, then birth, then death.
  public let bars: [PersistenceBar]

  /// Checks and sorts the bars.
  ///
  /// - Parameter bars: the bars in any order, repetitions and bars of length zero included.
  /// - Throws: `TopologyError.invalid` for NaN, a death before the birth, or a negative dimension,
  ///   naming the row, counted from 0, and its values.
  /// - Complexity: O(n log n) for n bars.
  public init(_ bars: [PersistenceBar]) throws {
    for (row, bar) in bars.enumerated() { try bar.validate(at: "row \(row)") }
    self.bars = bars.sorted {
      ($0.dimension, $0.birth, $0.death) < ($1.dimension, $1.birth, $1.death)
    }
  }

  /// The highest dimension that has a bar; nil without bars.
  public var maximumDimension: Int? { bars.last?.dimension }

  /// The bars of one dimension, sorted by birth, then death.
  ///
  /// - Complexity: O(n) for the n bars of all dimensions.
  public func bars(dimension: Int) -> [PersistenceBar] {
    bars.filter { $0.dimension == dimension }
  }
}

extension PersistenceDiagram: Codable {
  /// Reads the list of bars, and checks it as `init(_:)` does.
  public init(from decoder: any Decoder) throws { try self.init([PersistenceBar](from: decoder)) }

  /// Writes the list of bars.
  public func encode(to encoder: any Encoder) throws { try bars.encode(to: encoder) }
}
