import Foundation

/// A choice among the images of a set: a bit a row.
package struct RowMask: Sendable, Equatable {
  /// The number of rows.
  package let count: Int
  /// Row r is bit r mod 8, the lowest first, of byte r / 8; the bits past the last row are 0.
  package private(set) var bytes: [UInt8]

  /// All of a number of rows, or none.
  package init(count: Int, all: Bool = false) {
    precondition(count >= 0)
    self.count = count
    bytes = [UInt8](repeating: all ? 0xFF : 0, count: (count + 7) / 8)
    clearPadding()
  }

  /// The mask that has these bytes; nil when they are not as many as the rows need, or bits past the last row are set.
  package init?(count: Int, bytes: some Collection<UInt8>) {
    guard count >= 0, bytes.count == (count + 7) / 8 else { return nil }
    self.count = count
    self.bytes = Array(bytes)
    let given = self.bytes
    clearPadding()
    guard given == self.bytes else { return nil }
  }

  /// The rows for which something holds.
  package init(count: Int, where isIn: (Int) throws -> Bool) rethrows {
    self.init(count: count)
    for row in 0..<count where try isIn(row) { insert(row) }
  }

  private mutating func clearPadding() {
    guard count % 8 > 0, let last = bytes.indices.last else { return }
    bytes[last] &= (1 << UInt8(count % 8)) - 1
  }

  /// Whether a row is chosen.
  package func contains(_ row: Int) -> Bool {
    precondition(row >= 0 && row < count)
    return bytes[row >> 3] & (1 << UInt8(row & 7)) != 0
  }

  /// Chooses a row.
  package mutating func insert(_ row: Int) {
    precondition(row >= 0 && row < count)
    bytes[row >> 3] |= 1 << UInt8(row & 7)
  }

  /// The number of rows chosen.
  package var population: Int { bytes.reduce(0) { $0 + $1.nonzeroBitCount } }

  /// The rows chosen, ascending.
  package var rows: [Int] {
    var rows: [Int] = []
    rows.reserveCapacity(population)
    for (place, byte) in bytes.enumerated() where byte != 0 {
      for bit in 0..<8 where byte & (1 << UInt8(bit)) != 0 { rows.append(8 * place + bit) }
    }
    return rows
  }

  /// The rows that both choose; the counts must agree.
  package func intersection(_ other: RowMask) -> RowMask {
    precondition(count == other.count)
    var result = self
    for place in result.bytes.indices { result.bytes[place] &= other.bytes[place] }
    return result
  }
}
