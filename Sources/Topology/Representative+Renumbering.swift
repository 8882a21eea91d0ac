extension VietorisRips.Persistence {
  /// The same diagram, the vertices of its chains under other numbers.
  ///
  /// - Parameters:
  ///   - numbers: The new number of every vertex, all different.
  ///   - prime: The characteristic of the field of the coefficients.
  /// - Returns: Chains whose simplices have their vertices in descending order again.
  /// - Complexity: O(simplices).
  package func renumbered(_ numbers: [Int], prime: Int) -> VietorisRips.Persistence {
    VietorisRips.Persistence(
      diagram: diagram,
      representatives: representatives.map { chains in
        Representative(
          cocycle: chains.cocycle.renumbered(numbers, prime: prime),
          cycle: chains.cycle?.renumbered(numbers, prime: prime))
      }, threshold: threshold)
  }
}

extension Chain {
  /// The chain whose vertices have other numbers.
  ///
  /// A simplex is oriented by the order of its vertices: where putting them in order again is an odd
  /// permutation, its coefficient changes its sign.
  fileprivate func renumbered(_ numbers: [Int], prime: Int) -> Chain {
    var chain = self
    for (place, simplex) in simplices.enumerated() {
      let vertices = simplex.map { numbers[$0] }
      chain.simplices[place] = vertices.sorted(by: >)
      let exchanges = vertices.indices.reduce(0) { count, i in
        count + vertices[..<i].count { $0 < vertices[i] }
      }
      if !exchanges.isMultiple(of: 2) { chain.coefficients[place] = prime - coefficients[place] }
    }
    return chain
  }
}
