/// A sign as SignWriting spells it: symbols in two dimensions, in a lane of a column.
package struct Sign: Hashable, Sendable {
  /// Where in a column a sign stands; `box` in none.
  package enum Lane: Character, Hashable, Sendable, CaseIterable {
    case box = "B"
    case left = "L"
    case middle = "M"
    case right = "R"
  }

  /// A place; x to the right and y down, the centre of a sign near (500, 500).
  package struct Point: Hashable, Sendable {
    package var x: Int
    package var y: Int

    package init(x: Int, y: Int) {
      self.x = x
      self.y = y
    }
  }

  /// A symbol in its place.
  package struct Placed: Hashable, Sendable {
    package var symbol: SignSymbol
    /// Of its upper left.
    package var place: Point

    package init(_ symbol: SignSymbol, at place: Point) {
      self.symbol = symbol
      self.place = place
    }
  }

  /// The coordinates that the notation has.
  package static let coordinates = 250...749

  /// What the sign is sorted by; empty for none.
  package var prefix: [SignSymbol]
  package var lane: Lane
  /// The lower right of the box.
  package var corner: Point
  package var symbols: [Placed]

  package init(
    prefix: [SignSymbol] = [], lane: Lane = .middle, corner: Point = Point(x: 500, y: 500),
    symbols: [Placed]
  ) {
    self.prefix = prefix
    self.lane = lane
    self.corner = corner
    self.symbols = symbols
  }
}
