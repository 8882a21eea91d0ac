import Analyses

/// The variance of a sum over observations of one or two pairs each, where pairs share images and captions.
///
/// A matched score is an observation of one pair, a shuffled one of two: that of its image and that of its
/// caption. Observations depend on one another if they share a unit; with units c, that of two observations d and
/// e is counted by
///
///     V = K / (K − 2) · [Σ_c (Σ_{d∋c} e_d)² − Σ_{b<c} (Σ_{d∋b,c} e_d)²]
///
/// of their influences e_d: the first sum counts what two units share twice (Aronow, Samii and Assenova 2015,
/// doi:10.1093/pan/mpv018; Fafchamps and Gubert 2007, doi:10.1016/j.jdeveco.2006.05.005). K / (K − 2) in place
/// of K / (K − 1) for few units, as observations have two of them. Units are images and captions at once: V is
/// that of images, and of captions, less that of distinct pairs of both (Cameron, Gelbach and Miller 2011,
/// doi:10.1198/jbes.2010.07136), and no less than either alone. Where every caption has one image it is that of
/// images.
struct SharedUnitVariance: Sendable {
  /// A part of the sum.
  struct Observation: Sendable {
    /// The place of the pair that it is of, or that has its image.
    var first: Int32
    /// The place of the pair that has its caption; the first's where it is of one pair.
    var second: Int32
    /// How much it adds; of all, 0 in sum.
    var influence: Double
  }

  /// V.
  let variance: Double
  /// The degrees of freedom of V: the fewer of images and captions, less one; fewer where they have unequal
  /// parts.
  let degreesOfFreedom: Double
  /// How many units there are: the fewer of images and captions that occur.
  let unitCount: Int

  /// The variance of a sum.
  ///
  /// - Parameters:
  ///   - observations: Its parts, one at least.
  ///   - pairs: The pairs.
  ///   - distinct: Which they are.
  ///   - isAtLeastIndependent: Whether what observations share can only add to V, as it does in a mean of shuffled
  ///     scores: then it is no less than Σ e_d², below which chance may bring it where they share little.
  /// - Complexity: O(n · log n) time, O(n) memory.
  init(
    _ observations: [Observation], _ pairs: ScoredPairs, _ distinct: DistinctPairs,
    isAtLeastIndependent: Bool = false
  ) {
    let both = pairs.images.indices.map { place in
      Int32(distinct.place(image: pairs.images[place], text: pairs.texts[place]) ?? 0)
    }
    let images = Units(pairs.images, observations)
    let texts = Units(pairs.texts, observations)
    let crossed = images.variance + texts.variance - Units(both, observations).variance
    let squares =
      isAtLeastIndependent ? observations.reduce(0) { $0 + $1.influence * $1.influence } : 0
    variance = max(crossed, images.variance, texts.variance, squares)
    degreesOfFreedom = min(images.degreesOfFreedom, texts.degreesOfFreedom)
    unitCount = min(images.count, texts.count)
  }

  /// What one kind of units says.
  private struct Units {
    let variance: Double
    let degreesOfFreedom: Double
    let count: Int

    init(_ units: [Int32], _ observations: [Observation]) {
      let size = Int(units.max() ?? 0) + 1
      var sums = [Double](repeating: 0, count: size)
      var parts = [Double](repeating: 0, count: size)
      var shared: [(key: UInt64, influence: Double)] = []
      for observation in observations {
        let first = units[Int(observation.first)]
        let second = units[Int(observation.second)]
        sums[Int(first)] += observation.influence
        parts[Int(first)] += 1
        guard first != second else { continue }
        sums[Int(second)] += observation.influence
        parts[Int(second)] += 1
        shared.append(
          (
            DistinctPairs.key(image: min(first, second), text: max(first, second)),
            observation.influence
          ))
      }
      // By the influence too, so that nothing depends on the sort.
      shared.sort { ($0.key, $0.influence) < ($1.key, $1.influence) }
      var squares = sums.reduce(0) { $0 + $1 * $1 }
      var start = 0
      while start < shared.count {
        var sum = 0.0
        let key = shared[start].key
        while start < shared.count, shared[start].key == key {
          sum += shared[start].influence
          start += 1
        }
        squares -= sum * sum
      }
      let count = parts.count { $0 > 0 }
      self.count = count
      variance = count > 2 ? max(0, squares) * Double(count) / Double(count - 2) : 0
      degreesOfFreedom = ClusterJackknife.degreesOfFreedom(parts: parts)
    }
  }
}
