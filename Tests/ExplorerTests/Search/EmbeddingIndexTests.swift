import CKernels
import Files
import Fixtures
import Foundation
import Synchronization
import Testing

@testable import Explorer

struct EmbeddingIndexTests {
  @Test func `Three rows by hand`() throws {
    let set = try IndexedRows([[1, 0], [0, 1], nil, [0.6, 0.8]])
    #expect(set.index.rowCount == 4 && set.index.dimension == 2)
    #expect(set.index.key == IndexedRows.key && set.index.present.rows == [0, 1, 3])
    let hits = try set.nearest([0, 1], 2)
    #expect(hits.map(\.row) == [1, 3])
    #expect(hits[0].cosine == 1 && hits[1].cosine == Double(Float(0.8)))
    #expect(try set.nearest([0, 1], 100).map(\.row) == [1, 3, 0])
    #expect(try set.nearest([0, 1], 1, among: RowMask(count: 4) { $0 != 1 }).map(\.row) == [3])
    #expect(try set.nearest([0, 1], 1, among: RowMask(count: 4)).isEmpty)
    let found = try set.index.nearest(to: [0, 1], count: 1, among: set.all, rows: set.float32)
    #expect(found.scores[2] == -.infinity && found.scores[1] == 1)
  }

  @Test func `No rows are no index's fault`() throws {
    let set = try IndexedRows([])
    #expect(set.index.rowCount == 0)
    #expect(try set.nearest([1], 5).isEmpty)
  }

  @Test(arguments: [(1, 3), (7, 31), (130, 32), (3000, 33), (9001, 64), (20_000, 16)])
  func `The nearest are those of float64 for any shape, number, choice and threads`(
    _ count: Int, _ dimension: Int
  ) throws {
    let set = try IndexedRows(IndexedRows.random(count, dimension))
    let thirds = RowMask(count: count) { $0 % 3 == 1 || $0 / 1000 == 2 }
    for query in IndexedRows.random(3, dimension, seed: 1) {
      for wanted in [set.all, thirds] {
        let expected = set.sorted(by: query, among: wanted)
        for number in [1, 10, 1000] {
          let hits = try set.nearest(query, number, among: wanted)
          #expect(hits.map(\.row) == expected.prefix(number).map(\.row))
          #expect(zip(hits, expected).allSatisfy { abs($0.cosine - $1.cosine) < 1e-13 })
          for workers in [1, 2, 5] {
            #expect(try set.nearest(query, number, among: wanted, workers: workers) == hits)
          }
        }
      }
    }
  }

  /// Rows that round to the same halves, or nearly, while their float32 numbers differ.
  private static func nearlyEqual(_ count: Int, _ dimension: Int) -> [[Float]] {
    let center = IndexedRows.random(1, dimension)[0]
    return IndexedRows.random(count, dimension, seed: 2).map { direction in
      IndexedRows.unit(zip(center, direction).map { $0 + $1 * 1e-5 })
    }
  }

  @Test func `Rows that half precision cannot tell apart are in float32's order`() throws {
    let rows = Self.nearlyEqual(4000, 48)
    let set = try IndexedRows(rows)
    for query in [rows[17], IndexedRows.random(1, 48, seed: 3)[0]] {
      let expected = set.sorted(by: query, among: set.all).prefix(50)
      #expect(try set.nearest(query, 50).map(\.row) == expected.map(\.row))
    }
  }

  @Test func `Of thousands of equal images the first come, and float32 rows are read in batches`()
    throws
  {
    let row = IndexedRows.random(1, 24)[0]
    let set = try IndexedRows([[Float]](repeating: row, count: 5000))
    let largest = Atomic<Int>(0)
    let read = Atomic<Int>(0)
    let hits = try set.index.nearest(to: row, count: 7, among: set.all) { wanted in
      largest.max(wanted.count, ordering: .relaxed)
      read.add(wanted.count, ordering: .relaxed)
      return try set.float32(wanted)
    }.hits
    #expect(hits.map(\.row) == Array(0..<7))
    #expect(largest.load(ordering: .relaxed) <= 512)
    #expect(read.load(ordering: .relaxed) == 5000)
  }

  @Test func `Few rows are ranked again where products lie apart`() throws {
    let set = try IndexedRows(IndexedRows.random(4000, 512))
    let read = Atomic<Int>(0)
    _ = try set.index.nearest(
      to: IndexedRows.random(1, 512, seed: 9)[0], count: 100, among: set.all
    ) { wanted in
      read.add(wanted.count, ordering: .relaxed)
      return try set.float32(wanted)
    }
    #expect(read.load(ordering: .relaxed) < 200)
  }

  @Test func `Rounding is measured, and every score keeps to its bound`() throws {
    let rows = IndexedRows.random(300, 100)
    let set = try IndexedRows(rows)
    let errors = rows.map { row in
      row.reduce(0.0) { sum, value in
        let difference = Double(value) - Double(Float16(value))
        return sum + difference * difference
      }.squareRoot()
    }
    #expect(set.index.rounding == errors.max())
    let query = IndexedRows.random(1, 100, seed: 4)[0]
    let found = try set.index.nearest(to: query, count: 1, among: set.all, rows: set.float32)
    for hit in set.sorted(by: query, among: set.all) {
      #expect(abs(Double(found.scores[hit.row]) - hit.cosine) <= set.index.rounding + 1e-5)
    }
  }

  @Test func `Halves are rounded to nearest, ties to even, subnormal ones too`() {
    var numbers = (0..<20_000).map { Float(bitPattern: UInt32($0) &* 214_013 & 0x477F_FFFF) }
    numbers += [0, -0.0, 1, -1, 0x1p-14, 0x1.FFCp-15, 0x1.FFEp-15, 0x1p-24, 0x1p-25, 0x1.8p-25]
    numbers += [0x1.002p0, 0x1.006p0, 0x1.FFEp0, -0x1.FFFp-3, 0x1p-26, 65_504, 65_519]
    numbers += numbers.map { -$0 }
    var halves = [UInt16](repeating: 0, count: numbers.count)
    unsafe kernel_narrow_float16(numbers.count, numbers, &halves)
    for (number, half) in zip(numbers, halves) {
      #expect(half == Float16(number).bitPattern, "\(number)")
    }
  }

  @Test(arguments: [[Float.nan, 0], [.infinity, 0], [0, 0], [1, 1], [0.5, 0.5], [1]])
  func `What is no unit vector is refused, and the old file stays`(_ row: [Float]) throws {
    let set = try IndexedRows([[1, 0]])
    #expect(throws: FileError.self) {
      try EmbeddingIndex.write(
        to: set.index.path, rows: 2, dimension: 2, key: IndexedRows.key
      ) { $0 == 0 ? [0, 1] : row }
    }
    #expect(try EmbeddingIndex(set.index.path).rowCount == 1)
  }

  @Test func `More than an index can hold is refused before anything is written`() throws {
    let folder = try TemporaryFolder()
    for (rows, dimension) in [(Int.max, 1), (-1, 1), (1, 0), (1, Int.max)] {
      #expect(throws: FileError.self) {
        try EmbeddingIndex.write(
          to: folder.path + "/x", rows: rows, dimension: dimension, key: IndexedRows.key
        ) { _ in nil }
      }
    }
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/x"))
  }

  @Test func `Embeddings of other images than the index's are noticed`() throws {
    let set = try IndexedRows(IndexedRows.random(20, 40))
    let others = IndexedRows.random(20, 40, seed: 5)
    let query = IndexedRows.random(1, 40, seed: 6)[0]
    func nearest(_ rows: @escaping EmbeddingIndex.Rows) throws {
      _ = try set.index.nearest(to: query, count: 3, among: set.all, rows: rows)
    }
    #expect(throws: FileError.self) { try nearest { $0.map { others[$0] } } }
    #expect(throws: FileError.self) { try nearest { _ in [] } }
    #expect(throws: FileError.self) { try nearest { $0.map { _ in [1] } } }
    #expect(throws: FileError.self) {
      try nearest { $0.map { _ in [Float](repeating: .nan, count: 40) } }
    }
  }

  @Test func `An open index stays what it was when another is written over it`() throws {
    let rows = IndexedRows.random(2000, 32)
    let set = try IndexedRows(rows)
    let before = try set.nearest(rows[5], 10)
    try EmbeddingIndex.write(to: set.index.path, rows: 1, dimension: 2, key: IndexedRows.key) {
      _ in [0, 1]
    }
    #expect(try set.nearest(rows[5], 10) == before)
    #expect(try EmbeddingIndex(set.index.path).rowCount == 1)
  }

  @Test func `A damaged file is refused whatever is damaged`() throws {
    let set = try IndexedRows(IndexedRows.random(30, 20) + [nil])
    let data = try Data(contentsOf: URL(filePath: set.index.path))
    var mutator = Mutator(seed: 22)
    for _ in 0..<600 {
      let damaged = mutator.mutated(data)
      if damaged == data { continue }
      let path = try set.folder.write(damaged, "damaged.index")
      #expect(throws: FileError.self) { try EmbeddingIndex(path) }
    }
    for length in [0, 1, 63, 64, 65, data.count - 1] {
      let path = try set.folder.write(data.prefix(length), "short.index")
      #expect(throws: FileError.self) { try EmbeddingIndex(path) }
    }
    #expect(throws: FileError.self) { try EmbeddingIndex(set.folder.path) }
    #expect(throws: FileError.self) { try EmbeddingIndex(set.folder.path + "/absent") }
  }
}
