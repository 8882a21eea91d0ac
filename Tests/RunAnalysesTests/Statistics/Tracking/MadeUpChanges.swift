import LinearAlgebra
import Runs

@testable import RunAnalyses

extension ClassChanges {
  /// Ten classes under two levels; what they lose grows with their number, as does `tracking`.
  ///
  /// - Parameters:
  ///   - extra: Added to `level_alone`.
  ///   - noise: The kind of noise.
  /// - Returns: The changes.
  static func madeUp(extra: Double = 0, noise: String = "gaussian") -> ClassChanges {
    let numbers = RandomStream(domain: "test/link", seed: 3).normals(count: 20)
    let count = 10
    func measure(
      _ name: String, _ family: ChangeMeasure.Family = .topology, _ value: (Int, Int) -> Double?
    ) -> MeasuredChange {
      MeasuredChange(
        ChangeMeasure(name, name, family),
        values: (0..<count).map { label in (0..<2).map { value(label, $0) } })
    }
    let noisy = (0..<count).map { (label: Int) -> [Double] in
      (0..<2).map { (level: Int) -> Double in 0.9 - 0.03 * Double(label) - 0.4 * Double(level) }
    }
    return ClassChanges(
      conditions: ["1", "2"].compactMap { Condition(tableFields: [noise, $0, "0"]) },
      classes: (0..<count).map { "class \($0)" }, classCounts: [Int](repeating: 100, count: count),
      accuracy: (clean: [Double](repeating: 1, count: count), noisy: noisy),
      measures: [
        measure("tracking") { Double($0) + 100 * Double($1) },
        measure("level_alone") { Double(numbers[2 * $0 + $1]) + 100 * Double($1) + extra },
        measure("moved", .reference) { Double($0 * $0) + Double($1) },
        measure("partial", .geometry) { $0 < 7 ? nil : Double($1) },
      ],
      cleanSizes: (0..<count).map { 1 + Double($0 * $0) })
  }

  /// The correlations of its measures.
  func correlations(_ settings: StatisticsSettings, _ store: UnitStore) throws -> TrackingTable {
    let noises = tracking(settings)
    let found = try Tracking.correlations(noises) {
      try store.value($0.unit(StatisticsAnalysis(settings)))
    }
    return TrackingTable(
      zip(noises, found).map { (noise: $0.noise, correlations: $1) },
      groups: settings.groups.map(\.name))
  }
}
