import Foundation

/// How far two placed symbols are from each other, by what they look like and where they stand.
///
/// The Euclidean length of the weighted differences of base, fill, rotation and of whether the hand is
/// parallel to the floor, a tenth of the distance of their places, and 100 for every class of symbols that
/// lies between theirs (Moryossef et al. 2024, "signwriting-evaluation", arXiv:2410.13668; the constants of
/// PyPI signwriting-evaluation 0.1.0).
package enum SymbolDistance {
  private static let shapeWeight = 5.0
  private static let facingWeight = 5.0 / 3
  private static let angleWeight = 5.0 / 24
  private static let parallelWeight = 5.0
  private static let placeWeight = 1.0 / 10
  private static let classPenalty = 100.0
  /// What the distance is raised to when it is normalised: most pairs are near beside the farthest one.
  private static let exponent = 1 / 2.5

  /// The first bases of hands, contacts, movements, heads, faces and the rest, and where the last ends.
  private static let classBounds = [0x100, 0x205, 0x221, 0x2ff, 0x30a, 0x36a, 0x38c]

  /// The distance of the first base in the first corner and the last one in the last: 1 once normalised.
  package static let greatest: Double = {
    guard let first = SignSymbol(base: 0x100, fill: 0, rotation: 0),
      let last = SignSymbol(base: 0x38b, fill: 0, rotation: 7)
    else { return .infinity }
    let corners = (Sign.Point(x: 250, y: 250), Sign.Point(x: 750, y: 750))
    return shapes(first, last) + places(corners.0, corners.1) + classes(0, 5)
  }()

  /// The distance of two symbols; the greatest where one has a base that no class has.
  package static func between(_ a: Sign.Placed, _ b: Sign.Placed) -> Double {
    guard let first = classIndex(a.symbol.base), let second = classIndex(b.symbol.base) else {
      return greatest
    }
    return shapes(a.symbol, b.symbol) + places(a.place, b.place) + classes(first, second)
  }

  /// The distance as a share of the greatest, to the power 0.4; a little above 1 for fills and rotations
  /// that the greatest does not reckon with.
  package static func normalized(_ a: Sign.Placed, _ b: Sign.Placed) -> Double {
    pow(between(a, b) / greatest, exponent)
  }

  private static func classIndex(_ base: Int) -> Int? {
    guard let above = classBounds.firstIndex(where: { base < $0 }), above > 0 else { return nil }
    return above - 1
  }

  private static func shapes(_ a: SignSymbol, _ b: SignSymbol) -> Double {
    let shape = Double(a.base - b.base) * shapeWeight
    let facing = Double(a.fill - b.fill) * facingWeight
    let angle = Double(a.rotation - b.rotation) * angleWeight
    // The fills of hands: three facings upright, then the same three parallel to the floor.
    let parallel = (a.fill > 2) != (b.fill > 2) ? parallelWeight : 0
    return (shape * shape + facing * facing + angle * angle + parallel * parallel).squareRoot()
  }

  private static func places(_ a: Sign.Point, _ b: Sign.Point) -> Double {
    let (x, y) = (Double(a.x) - Double(b.x), Double(a.y) - Double(b.y))
    return placeWeight * (x * x + y * y).squareRoot()
  }

  private static func classes(_ a: Int, _ b: Int) -> Double { Double(abs(a - b)) * classPenalty }
}
