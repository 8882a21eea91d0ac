import Files
import Fixtures
import Foundation
import LinearAlgebra
import Testing

@testable import Embedding

struct CellInventoryTests {
  @Test func `finished cells, missing ones and damaged ones are told apart`() throws {
    let place = try CellWorkplace()
    let recipe = try CellWorkplace.recipe()
    let cells = [
      try place.finished(0..<4, recipe), try place.finished(4..<8, recipe),
      Cell(CellWorkplace.chunk(8..<12), recipe),
    ]
    var bytes = try place.bytes(cells[1])
    bytes[200] ^= 1
    try bytes.write(to: place.file(cells[1]))
    let inventory = try place.inventory(cells)
    #expect(inventory.unfinished.map(\.cell.key) == [cells[1].key, cells[2].key])
    #expect(inventory.unfinished.allSatisfy { $0.missing == [0, 1, 2, 3] })
    #expect(inventory.damaged.map(\.path) == [place.file(cells[1]).path])
    #expect(inventory.damaged[0].problem.contains("checksum"))
    #expect(inventory.ofEarlierVersion == 0 && inventory.ofOtherKernels.isEmpty)
  }

  @Test func `cells under each other's names are both damaged`() throws {
    let place = try CellWorkplace()
    let cells = try ["clean", "gaussian-2-s0"].map {
      try place.finished(0..<4, CellWorkplace.recipe($0))
    }
    let files = try cells.map { try place.bytes($0) }
    try files[0].write(to: place.file(cells[1]))
    try files[1].write(to: place.file(cells[0]))
    let inventory = try place.inventory(cells)
    #expect(inventory.damaged.count == 2 && inventory.unfinished.count == 2)
    #expect(inventory.damaged.allSatisfy { $0.problem.contains("another cell") })
  }

  @Test func `a cell of an earlier version is counted and not used`() throws {
    let place = try CellWorkplace()
    let cell = Cell(CellWorkplace.chunk(0..<2), try CellWorkplace.recipe())
    // Version 2: these lines, and nothing behind the array.
    let text = """
      topoclip cell 2
      model \(Digest(of: "model"))
      preprocessing none
      precision float32 panels
      condition clean
      image \(Digest(of: "image 0"))
      image \(Digest(of: "image 1"))

      """
    _ = try place.folder.write(
      NumPyFile.encode(CellWorkplace.embeddings(cell)), "\(Digest(of: text)).npy")
    let inventory = try place.inventory([cell])
    #expect(inventory.ofEarlierVersion == 1 && inventory.damaged.isEmpty)
    #expect(inventory.unfinished.map(\.missing) == [[0, 1]])
    // Computed again, it is not spoken of any more.
    try place.store.save(CellWorkplace.embeddings(cell), as: cell)
    #expect(try place.inventory([cell]).ofEarlierVersion == 0)
  }

  @Test func `cells of other kernels are counted by these, and not used`() throws {
    let place = try CellWorkplace()
    let other = try CellWorkplace.recipe(kernels: "panels, AVX-512")
    try place.finished(0..<4, other)
    try place.finished(4..<8, other)
    try place.finished(90..<94, other)  // other images
    try place.finished(0..<4, CellWorkplace.recipe("gaussian-2-s0"))  // another condition
    let recipe = try CellWorkplace.recipe()
    let inventory = try place.inventory([Cell(CellWorkplace.chunk(0..<8), recipe)])
    #expect(inventory.ofOtherKernels == ["panels, AVX-512": 2])
    #expect(inventory.unfinished.map(\.missing) == [Array(0..<8)])
  }

  @Test func `rows are found by image in cells of other selections`() throws {
    let place = try CellWorkplace()
    let recipes = try ["clean", "gaussian-2-s0"].map { try CellWorkplace.recipe($0) }
    for recipe in recipes {
      try place.finished(0..<5, recipe)
      try place.finished(5..<9, recipe)
    }
    try place.finished(20..<24, recipes[0])
    let cells = recipes.map { Cell(CellWorkplace.chunk([7, 3, 21, 0, 3]), $0) }
    let inventory = try place.inventory(cells)
    #expect(inventory.damaged.isEmpty)
    #expect(inventory.unfinished.map(\.missing) == [[], [2]])
    let gathered = try place.store.assemble(inventory.unfinished[0])
    #expect(gathered == CellWorkplace.embeddings(cells[0]))
    let expected = CellWorkplace.embeddings(cells[1])
    let computed = expected.selectingRows([2])
    #expect(try place.store.assemble(inventory.unfinished[1], computed: computed) == expected)
    // A cell that was made of others is as good as they are.
    try place.store.save(gathered, as: cells[0])
    #expect(try place.inventory([cells[0]]).unfinished.isEmpty)
  }

  @Test func `a damaged cell gives no rows; a whole one with the same images does`() throws {
    let place = try CellWorkplace()
    let recipe = try CellWorkplace.recipe()
    let source = try place.finished(0..<5, recipe)
    try place.finished(3..<5, recipe)
    var bytes = try place.bytes(source)
    bytes[140] ^= 0x80
    try bytes.write(to: place.file(source))
    let inventory = try place.inventory([Cell(CellWorkplace.chunk([4, 1]), recipe)])
    #expect(inventory.unfinished.map(\.missing) == [[1]])
    #expect(inventory.damaged.map(\.path) == [place.file(source).path])
  }

  @Test func `rows whose bits depend on the images beside them are not taken`() throws {
    let place = try CellWorkplace()
    let recipe = try CellWorkplace.recipe()
    try place.finished(0..<5, recipe)
    let cell = Cell(CellWorkplace.chunk([4, 1]), recipe)
    let inventory = try place.inventory([cell], isFreeOfBatches: false)
    #expect(inventory.unfinished.map(\.missing) == [[0, 1]])
    #expect(inventory.boundToTheirBatch == 2)
    // Nothing found, nothing to ask.
    let other = Cell(CellWorkplace.chunk([8]), recipe)
    _ = try CellInventory([other], in: place.store) {
      Issue.record("asked")
      return true
    }
  }

  @Test func `files that are no cells are passed over`() throws {
    let place = try CellWorkplace()
    let recipe = try CellWorkplace.recipe()
    let cell = Cell(CellWorkplace.chunk([1]), recipe)
    let name = "\(Digest(of: "x")).npy"
    for data in [
      Data(), Data("text".utf8), NumPyFile.encode(CellWorkplace.embeddings(cell)),
      NumPyFile.encode(CellWorkplace.embeddings(cell)) + Data("topoclip cell 3\nimage 12\n".utf8),
    ] {
      _ = try place.folder.write(data, name)
      #expect(try place.inventory([cell]).unfinished.map(\.missing) == [[0]])
    }
  }
}
