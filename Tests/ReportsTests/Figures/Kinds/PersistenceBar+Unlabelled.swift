import Topology

extension PersistenceBar {
  /// Dimension, birth and death, as tables of bars in tests have them.
  init(_ dimension: Int, _ birth: Double, _ death: Double) {
    self.init(dimension: dimension, birth: birth, death: death)
  }
}
