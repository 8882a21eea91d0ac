import LinearAlgebra

extension SpanningForest {
  /// The bars of H0: a component lasts from 0 to the length of the edge that ends it.
  ///
  /// Bars of positive length carry their component's vertices as a cocycle, if the forest has these.
  ///
  /// - Parameters:
  ///   - keepsZeroLength: Whether bars of length zero are wanted.
  ///   - length: The length of the edge at a place of the order.
  ///   - names: What the input calls the vertices of a component.
  /// - Returns: The bars that end, in the order of their edges, then those that do not.
  func bars(
    keepsZeroLength: Bool, length: (Int) -> Float, names: ([Int]) -> [Int] = { $0 }
  ) -> [FiltrationBar] {
    func bar(_ death: Float, _ vertices: [Int]) -> FiltrationBar {
      var bar = FiltrationBar(dimension: 0, birth: 0, death: death)
      if death > 0 && !vertices.isEmpty {
        let cocycle = Chain(
          simplices: names(vertices).map { [$0] },
          coefficients: [Int](repeating: 1, count: vertices.count))
        bar.representative = Representative(cocycle: cocycle, cycle: nil)
      }
      return bar
    }
    return merges.map { bar(length($0.edge), $0.vertices) }.filter {
      keepsZeroLength || $0.death > 0
    }
      + components.map { bar(.infinity, $0) }
  }
}
