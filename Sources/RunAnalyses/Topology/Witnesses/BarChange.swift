import LinearAlgebra
import Topology

/// What became of a bar of the clean diagram under noise.
///
/// Bars are matched as the 2-Wasserstein distance matches them (ground metric ∞). The bottleneck distance
/// would not do: it minimises the largest displacement alone, and any matching that keeps all others
/// below it is as good, so that what it says of most bars is arbitrary. The sum of squares makes every
/// displacement count.
struct BarChange: Codable, Sendable, Equatable {
  /// The place of the clean bar among the bars of its dimension.
  let place: Int
  let bar: PersistenceBar
  /// The noisy bar it is matched to; nil when it went to the diagonal.
  let partner: PersistenceBar?

  /// How far it moved: the larger of the differences of births and deaths, or half its length to the
  /// diagonal.
  var displacement: Double {
    guard let partner else { return bar.persistence / 2 }
    return max(abs(bar.birth - partner.birth), abs(bar.death - partner.death))
  }

  /// The finite bars of one dimension that moved or vanished, in the order of the clean diagram; none
  /// when the diagrams differ in their number of essential classes.
  ///
  /// - Throws: `CancellationError`.
  static func changes(
    from clean: [PersistenceBar], to noisy: [PersistenceBar], exactLimit: Int,
    control: ComputationControl
  ) throws -> [BarChange] {
    let isExact = clean.count + noisy.count <= 2 * exactLimit
    let matching = try DiagramMetric.secondWasserstein.matching(
      clean, noisy, relativeTolerance: isExact ? 0 : TopologySettings.wassersteinTolerance,
      control: control)
    return matching.pairs.compactMap { pair in
      guard pair.a >= 0, clean[pair.a].isFinite else { return nil }
      let change = BarChange(
        place: pair.a, bar: clean[pair.a], partner: pair.b < 0 ? nil : noisy[pair.b])
      return change.displacement > 0 ? change : nil
    }
  }
}
