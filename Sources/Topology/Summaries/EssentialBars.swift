/// What a summary of finite bars does with bars that never die.
public enum EssentialBars: Sendable, Hashable {
  /// They are left out, and counted.
  case excluded
  /// They die at the given finite value; those born at or after it are left out, and counted.
  case clipped(at: Double)
}

extension PersistenceDiagram {
  /// The finite bars of positive length of one dimension, and how many bars without a finite end
  /// were left out; a bar born at −∞ always is.
  ///
  /// - Throws: `TopologyError.invalid` if bars are clipped at an infinite value or NaN, or a length
  ///   is beyond the range of numbers.
  func finiteBars(dimension: Int, essential: EssentialBars) throws -> (
    bars: [PersistenceBar], excludedCount: Int
  ) {
    var excluded = 0
    var finite: [PersistenceBar] = []
    if case .clipped(let end) = essential, !end.isFinite {
      throw TopologyError.invalid("bars clipped at \(end): expected a finite value")
    }
    for var bar in bars(dimension: dimension) where bar.persistence > 0 {
      if bar.death == .infinity, case .clipped(let end) = essential { bar.death = end }
      if bar.isFinite, bar.birth < bar.death {
        guard bar.persistence.isFinite else {
          throw TopologyError.invalid(
            "the length of the bar from \(bar.birth) to \(bar.death) is beyond the range of "
              + "numbers; divide all values by a constant")
        }
        finite.append(bar)
      } else {
        excluded += 1
      }
    }
    return (finite, excluded)
  }
}

/// A number that summarises the finite bars of a diagram.
public struct DiagramStatistic: Sendable, Hashable {
  /// The number.
  public let value: Double
  /// How many bars without a finite end were left out.
  public let excludedCount: Int
}
