import Foundation

extension PersistenceDiagram {
  /// The total persistence of one dimension: Σ (d − b)^q over its finite bars.
  ///
  /// See Cohen-Steiner, Edelsbrunner, Harer and Mileyko 2010, doi:10.1007/s10208-010-9060-6.
  ///
  /// - Parameters:
  ///   - dimension: which bars are summed.
  ///   - exponent: q, above 0.
  ///   - essential: what is done with bars that never die.
  /// - Returns: the sum, 0 without bars, and how many bars were left out.
  /// - Throws: `TopologyError.invalid` for a bad exponent or a bad value to clip at.
  /// - Complexity: O(n) for n bars.
  public func totalPersistence(
    dimension: Int, exponent: Double = 1, essential: EssentialBars = .excluded
  ) throws -> DiagramStatistic {
    guard exponent > 0, exponent.isFinite else {
      throw TopologyError.invalid(
        "total persistence with exponent \(exponent): expected a number above 0")
    }
    let (bars, excluded) = try finiteBars(dimension: dimension, essential: essential)
    let sum = bars.reduce(0) { $0 + pow($1.persistence, exponent) }
    return DiagramStatistic(value: sum, excludedCount: excluded)
  }

  /// The persistent entropy of one dimension, in nats: −Σ pᵢ ln pᵢ over its finite bars, where pᵢ is
  /// the share of bar i in the sum of all lengths.
  ///
  /// From 0 for a single bar to ln n for n bars of one length (Chintakunta, Gentimis,
  /// Gonzalez-Diaz, Jimenez and Krim 2015, doi:10.1016/j.patcog.2014.06.023; stability: Atienza,
  /// González-Díaz and Soriano-Trigueros 2020, doi:10.1016/j.patcog.2020.107509).
  ///
  /// - Parameters:
  ///   - dimension: which bars count.
  ///   - essential: what is done with bars that never die.
  /// - Returns: the entropy, 0 (the empty sum) without bars, and how many bars were left out.
  /// - Throws: `TopologyError.invalid` for a bad value to clip at.
  /// - Complexity: O(n) for n bars.
  public func persistentEntropy(
    dimension: Int, essential: EssentialBars = .excluded
  ) throws -> DiagramStatistic {
    let (bars, excluded) = try finiteBars(dimension: dimension, essential: essential)
    // Lengths are taken relative to the longest, so that their sum cannot overflow.
    let longest = bars.map(\.persistence).max() ?? 1
    let total = bars.reduce(0) { $0 + $1.persistence / longest }
    let entropy = bars.reduce(0.0) { sum, bar in
      let share = bar.persistence / longest / total
      return share > 0 ? sum - share * log(share) : sum
    }
    return DiagramStatistic(value: entropy, excludedCount: excluded)
  }
}
