import LinearAlgebra
import Runs
import Testing

@testable import Explorer

struct MetadataFilterTests {
  private let set = ImageSet.bare(
    4,
    columns: [
      MetadataColumn(
        key: "class", values: .categories(names: ["Cat", "dog"], codes: [0, 1, -1, 0])),
      MetadataColumn(
        key: "size",
        values: .numbers([1.5, 0, 7, -2], present: RowMask(count: 4) { $0 != 1 })),
    ])

  private func rows(_ filters: MetadataFilter...) throws -> [Int] {
    try set.rows(passing: filters).rows
  }

  @Test func `Filters by hand`() throws {
    #expect(try rows() == [0, 1, 2, 3])
    #expect(try rows(.isOne(key: "class", of: ["Cat"])) == [0, 3])
    #expect(try rows(.isOne(key: "class", of: ["Cat", "dog"])) == [0, 1, 3])
    #expect(try rows(.isOne(key: "class", of: [""])) == [2])
    #expect(try rows(.isOne(key: "class", of: ["", "dog"])) == [1, 2])
    #expect(try rows(.isOne(key: "class", of: ["cat"])) == [])
    #expect(try rows(.isOne(key: "class", of: [])) == [])
    #expect(try rows(.isOne(key: "size", of: ["7.0", "x"])) == [2])
    #expect(try rows(.isOne(key: "size", of: [""])) == [1])
    #expect(try rows(.isBetween(key: "size", lower: -2, upper: 1.5)) == [0, 3])
    #expect(try rows(.isBetween(key: "size", lower: nil, upper: 0)) == [3])
    #expect(try rows(.isBetween(key: "size", lower: 2, upper: nil)) == [2])
    #expect(try rows(.isBetween(key: "size", lower: nil, upper: nil)) == [0, 2, 3])
    #expect(try rows(.contains(key: "class", text: "CA")) == [0, 3])
    #expect(try rows(.contains(key: "class", text: "")) == [0, 1, 3])
    #expect(try rows(.contains(key: "size", text: "1.5")) == [0])
  }

  @Test func `All filters must hold`() throws {
    #expect(
      try rows(
        .isOne(key: "class", of: ["Cat"]), .isBetween(key: "size", lower: 0, upper: nil)) == [0])
  }

  @Test func `What cannot be asked is said`() {
    func problem(_ filter: MetadataFilter) -> String {
      do { return "\(try rows(filter))" } catch { return "\(error)" }
    }
    #expect(problem(.isOne(key: "clas", of: [])).contains("did you mean class?"))
    #expect(problem(.contains(key: "color", text: "")).contains("there are class, size"))
    #expect(problem(.isBetween(key: "class", lower: 0, upper: 1)).contains("no numbers"))
    #expect(problem(.isBetween(key: "size", lower: 2, upper: 1)).contains("no range"))
    #expect(problem(.isBetween(key: "size", lower: .nan, upper: 1)).contains("no range"))
    let long = String(repeating: "x", count: 2001)
    #expect(problem(.contains(key: "class", text: long)).contains("2001 characters"))
    let bare = ImageSet.bare(2)
    #expect(throws: SearchError.self) {
      try bare.rows(passing: [.isOne(key: "class", of: ["a"])])
    }
  }
}

extension ImageSet {
  /// Images without anything known of them but the metadata given; all are embedded.
  static func bare(_ count: Int, columns: [MetadataColumn] = []) -> ImageSet {
    ImageSet(
      revision: 1, condition: .clean,
      images: (0..<count).map {
        ExploredImage(number: Int64($0), id: "\($0)", path: "\($0).png", width: 1, height: 1)
      },
      columns: columns, embedded: RowMask(count: count, all: true), located: RowMask(count: count),
      positions: Matrix(rows: count, columns: 2), problems: [])
  }
}
