import Files
import Foundation
import LinearAlgebra
import Testing

@testable import Embedding

struct CellStoreTests {
  @Test func `what is saved is found again, bit for bit`() throws {
    let place = try CellWorkplace()
    let cell = Cell(CellWorkplace.chunk(0..<17), try CellWorkplace.recipe())
    #expect(try !place.store.contains(cell))
    try place.store.save(CellWorkplace.embeddings(cell), as: cell)
    #expect(try place.store.contains(cell))
    let loaded = try place.store.load(cell)
    #expect(
      loaded.values.map(\.bitPattern) == CellWorkplace.embeddings(cell).values.map(\.bitPattern))
  }

  @Test func `a cell starts with its array, and says in words what it is`() throws {
    let place = try CellWorkplace()
    let cell = try place.finished(0..<2, CellWorkplace.recipe("gaussian-2-s0"))
    let data = try place.bytes(cell)
    let array = NumPyFile.encode(CellWorkplace.embeddings(cell))
    #expect(data.prefix(array.count) == array)
    let lines = String(decoding: data.dropFirst(array.count), as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    #expect(
      lines == [
        "topoclip cell 3", "model \(Digest(of: "model"))", "preprocessing none",
        "precision float32 panels", "kernels panels, AVX2", lines[5],
        "image \(Digest(of: "image 0"))", "image \(Digest(of: "image 1"))",
        "sha256 \(Digest(of: data.dropLast(72)))", "",
      ])
    #expect(lines[5].hasPrefix("condition gaussian-2-s0 space=normalized"))
    // The words are what the name is the digest of.
    #expect(
      cell.key == Digest(of: lines.dropLast(2).map { "\($0)\n" }.joined()))
  }

  @Test func `a file says by itself whether it is the cell of its name`() throws {
    let place = try CellWorkplace()
    let cell = try place.finished(0..<3, CellWorkplace.recipe("shot-3-s0"))
    #expect(CellFile.isWhole(try place.bytes(cell), cell.key))
    #expect(!CellFile.isWhole(try place.bytes(cell), Digest(of: "another")))
  }

  @Test func `each bit that flips is seen, in header, array, words and checksum`() throws {
    let place = try CellWorkplace()
    let cell = try place.finished(0..<2, CellWorkplace.recipe())
    let whole = try place.bytes(cell)
    for bit in 0..<whole.count * 8 {
      var bytes = [UInt8](whole)
      bytes[bit / 8] ^= 1 << UInt8(bit % 8)
      #expect(
        CellFile.problem(
          Data(bytes), key: cell.key, shape: (rows: 2, columns: CellWorkplace.dimension)) != nil
          && !CellFile.isWhole(Data(bytes), cell.key), "bit \(bit)")
      if bit % 97 == 0 {
        try Data(bytes).write(to: place.file(cell))
        #expect(try !place.store.contains(cell), "bit \(bit)")
        let error = #expect(throws: FileError.self) { try place.store.load(cell) }
        #expect(error?.file == place.file(cell).path)
        #expect(error?.problem.contains("checksum") == true)
      }
    }
  }

  @Test func `a file of another length is no cell`() throws {
    let place = try CellWorkplace()
    let cell = try place.finished(0..<3, CellWorkplace.recipe())
    let whole = try place.bytes(cell)
    let array = NumPyFile.encodedSize(rows: 3, columns: CellWorkplace.dimension)
    for count in 0..<whole.count {
      // All of the array and nothing else is what an earlier version wrote.
      #expect(CellFile.isWhole(whole.prefix(count), cell.key) == (count == array), "\(count)")
      try whole.prefix(count).write(to: place.file(cell))
      #expect(try !place.store.contains(cell), "\(count) bytes")
    }
    for more in [Data([0]), Data("\n".utf8), whole] {
      try (whole + more).write(to: place.file(cell))
      #expect(try !place.store.contains(cell), "\(more.count) bytes more")
    }
  }

  @Test func `rows at each other's places, even with a right checksum, and other cells' files`()
    throws
  {
    let place = try CellWorkplace()
    let recipe = try CellWorkplace.recipe()
    let cells = [
      try place.finished(0..<3, recipe), try place.finished(3..<6, recipe),
      try place.finished(0..<3, CellWorkplace.recipe("gaussian-2-s0")),
      try place.finished([1, 0, 2], recipe), try place.finished(0..<5, recipe),
    ]
    let files = try cells.map { try place.bytes($0) }
    // Two rows of the array.
    let header = files[0].count - 3 * 32 - cells[0].text.utf8.count - 72
    var swapped = files[0]
    swapped.replaceSubrange(header..<header + 32, with: files[0][(header + 32)..<(header + 64)])
    swapped.replaceSubrange(header + 32..<header + 64, with: files[0][header..<(header + 32)])
    try swapped.write(to: place.file(cells[0]))
    #expect(try place.store.problem(cells[0])?.contains("checksum") == true)
    for other in files.dropFirst() {
      try other.write(to: place.file(cells[0]))
      #expect(
        try place.store.problem(cells[0]) == "it holds another cell than its name says")
    }
  }

  @Test func `other kernels, models, conditions and images have other keys`() throws {
    let recipes = [
      try CellWorkplace.recipe(), try CellWorkplace.recipe(kernels: "panels, AVX-512"),
      try CellWorkplace.recipe("gaussian-2-s0"), try CellWorkplace.recipe("gaussian-2-s1"),
    ]
    let keys =
      recipes.map { Cell(CellWorkplace.chunk(0..<3), $0).key } + [
        Cell(CellWorkplace.chunk(0..<2), recipes[0]).key,
        Cell(CellWorkplace.chunk([1, 0, 2]), recipes[0]).key,
      ]
    #expect(Set(keys).count == keys.count)
  }
}
