import Analyses
import Foundation
import LinearAlgebra
import Testing

@testable import RunAnalyses

/// What tracking is misled by in made-up worlds, and what it says of it.
///
/// A factor in TOPOCLIP_SIMULATIONS makes so many times as many worlds.
struct TrackingSimulationTests {
  private static let factor =
    ProcessInfo.processInfo.environment["TOPOCLIP_SIMULATIONS"].flatMap { Int($0) } ?? 1

  private func stream(_ name: String, _ replicate: Int) -> RandomStream {
    RandomStream(domain: "test/\(name)", seed: UInt64(replicate))
  }

  @Test func `the drop shares the error of the clean accuracy, that of other images does not`()
    throws
  {
    let (worlds, classes, images) = (60 * Self.factor, 20, 20)
    let found = try Parallel.tryMap(count: worlds) { replicate -> (Double, Double, Bool) in
      var random = stream("regression to the mean", replicate)
      var (clean, noisy): ([[Bool]], [[Bool]]) = ([], [])
      for _ in 0..<classes {
        // The drop has nothing to do with the clean accuracy.
        let (accuracy, drop) = (0.4 + 0.5 * random.uniform(), 0.3 * random.uniform())
        clean.append((0..<images).map { _ in random.uniform() < accuracy })
        noisy.append((0..<images).map { _ in random.uniform() < accuracy - drop })
      }
      func right(_ images: [Bool]) -> Double { Double(images.count { $0 }) }
      let plain = RankCorrelation.spearman.of(
        clean.map(right), zip(clean, noisy).map { right($0) - right($1) })
      let halves = AccuracyHalves(clean: clean, noisy: [noisy], seed: UInt64(replicate))
      let split = try LeveledCorrelation.of(
        splits: (halves?.selecting([0]) ?? []).map { half in (half.clean.map { [$0] }, half.drops)
        },
        levels: [0], scopes: [.eachLevel],
        permutations: ClassPermutations(
          count: classes,
          resampling: Resampling("split", replicates: 99, seed: UInt64(replicate)))
      )[0]?.correlation
      return (plain ?? 0, split?.estimate ?? 0, split?.pValue ?? 1 <= 0.05)
    }
    let count = Double(worlds)
    let plain = found.reduce(0) { $0 + $1.0 } / count
    let split = found.reduce(0) { $0 + $1.1 } / count
    let size = Double(found.count { $0.2 }) / count
    if Self.factor > 1 {
      print("clean accuracy and drop: plain \(plain), halves \(split), p ≤ 0.05 in \(size)")
    }
    // The standard error of a mean correlation of 20 classes is 0.23 / √60.
    let error = 0.23 / count.squareRoot()
    #expect(plain > 0.2 && abs(split) < 0.01 + 3 * error, "\(plain) \(split)")
    #expect(size < 0.06 + 3 * (0.05 * 0.95 / count).squareRoot(), "\(size)")
  }

  @Test func `a measure that grows with unequal sizes is found too often, and warned of`() throws {
    let (worlds, classes) = (200 * Self.factor, 47)
    let found = try Parallel.tryMap(count: worlds) { replicate -> (isSmall: Bool, isWarned: Bool) in
      var random = stream("class sizes", replicate)
      let normals = random.normals(count: classes)
      // Every image is lost with one probability. Of few images none is lost most often, of many hardly ever: the
      // drop is as large in the mean, and in another place of the order.
      let sizes = (0..<classes).map { _ in (5 * exp(log(40) * random.uniform())).rounded() }
      let values = (0..<classes).map { [log(sizes[$0]) + 0.3 * Double(normals[$0])] }
      let drops = sizes.map { size in
        [Double((0..<Int(size)).count { _ in random.uniform() < 0.1 }) / size]
      }
      let tested = try LeveledCorrelation.of(
        values, drops, levels: [0], scopes: [.eachLevel], correlation: .spearman,
        permutations: ClassPermutations(
          count: classes,
          resampling: Resampling("sizes", replicates: 199, seed: UInt64(replicate))))[0]
      let size = LeveledCorrelation.estimates(
        values, sizes.map { [$0] }, levels: [0], scopes: [.eachLevel], correlation: .spearman)[0]
      return (
        tested?.correlation.pValue ?? 1 <= 0.05,
        abs(size ?? 0) >= TrackedCorrelation.sizeWarning.correlation
      )
    }
    let small = Double(found.count { $0.isSmall }) / Double(worlds)
    let unwarned = Double(found.count { $0.isSmall && !$0.isWarned }) / Double(worlds)
    if Self.factor > 1 { print("unequal sizes: p ≤ 0.05 in \(small), not warned \(unwarned)") }
    #expect(small > 0.05 && unwarned == 0, "\(small) \(unwarned)")
  }
}
