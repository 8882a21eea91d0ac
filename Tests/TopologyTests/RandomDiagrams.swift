import Topology

/// Reproducible diagrams for tests.
struct RandomDiagrams: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// SplitMix64.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// Bars with ends in [0, 2), of all lengths.
  mutating func bars(_ count: Int) -> [PersistenceBar] {
    (0..<count).map { _ in
      let birth = Double.random(in: 0..<1, using: &self)
      let length = Double.random(in: 0..<1, using: &self)
      return PersistenceBar(dimension: 1, birth: birth, death: birth + length * length * length)
    }
  }

  /// Bars with small integer ends: ties, repetitions and bars of length zero.
  mutating func integerBars(_ count: Int) -> [PersistenceBar] {
    (0..<count).map { _ in
      let birth = Int.random(in: 0...5, using: &self)
      return PersistenceBar(
        dimension: 1, birth: Double(birth),
        death: Double(birth + Int.random(in: 0...4, using: &self)))
    }
  }
}
