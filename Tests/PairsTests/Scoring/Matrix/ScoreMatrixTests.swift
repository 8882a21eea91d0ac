import Files
import Fixtures
import Foundation
import LinearAlgebra
import Runs
import Testing

@testable import Pairs

struct ScoreMatrixTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private let embeddings = PairEmbeddingsInMemory(
    images: Matrix([[1, 0], [0, 1]]), texts: Matrix([[0, 1], [1, 0], [0.5, 0.5]]))

  @Test func `files by their endings`() throws {
    let both = try MatrixFiles("x/a.csv, b.NPY")
    #expect(both.csv == "x/a.csv" && both.npy == "b.NPY")
    #expect(both.lists?.images == "b-images.csv" && both.lists?.captions == "b-captions.csv")
    #expect(both.paths == ["x/a.csv", "b.NPY", "b-images.csv", "b-captions.csv"])
    for text in ["", "a.txt", "a.csv,b.csv", "a.npy,", "a.csv,b.npy,c.csv"] {
      #expect(throws: OptionError.self) { try MatrixFiles(text) }
    }
  }

  @Test func `too many pairs are refused with their size`() throws {
    let files = try MatrixFiles("a.csv")
    try files.require(images: 10_000, captions: 10_000)
    let error = #expect(throws: OptionError.self) {
      try files.require(images: 10_001, captions: 10_000)
    }
    #expect(error?.description.contains("100010000 pairs, some 1100110000 bytes") == true)
    #expect(throws: OptionError.self) { try files.require(images: .max, captions: 2) }
    #expect(throws: OptionError.self) { try files.require(images: .max / 2, captions: 2) }
  }

  @Test func `two images and three captions by hand`() throws {
    let files = try MatrixFiles("\(folder.path)/a.csv,\(folder.path)/a.npy")
    let table = try ScoreMatrix(embeddings).write(
      files, images: ["x, y.png", "z.png"], captions: ["A \"b\"", "c\nd", "é"])
    let csv = try String(contentsOfFile: folder.path + "/a.csv", encoding: .utf8)
    #expect(
      csv == """
        image,"A ""b""\","c
        d",é
        "x, y.png",0,1,0.5
        z.png,1,0,0.5

        """)
    let npy = try NumPyFile.decodeFloats(
      Data(contentsOf: URL(filePath: folder.path + "/a.npy")), file: "a.npy")
    #expect(npy.shape == [2, 3] && npy.values == [0, 1, 0.5, 1, 0, 0.5])
    #expect(try CSV(path: folder.path + "/a-images.csv").records[0].fields == ["0", "x, y.png"])
    #expect(try CSV(path: folder.path + "/a-captions.csv").records[1].fields == ["1", "c\nd"])
    #expect(try table[ScoreMapColumns.cosine] == [0, 1, 0.5, 1, 0, 0.5])
    #expect(try table[ScoreMapColumns.text] == [0, 1, 2, 0, 1, 2])
  }

  @Test func `blocks and threads change nothing, and tiles are means`() throws {
    let world = PairsWorld(images: 1100, captions: 5, dimension: 8, noise: 1)
    let (_, embeddings) = world.draw(number: 2)
    let images = (0..<1100).map { "\($0).png" }
    let captions = (0..<5500).map { "c\($0)" }
    let workers = Parallel.workers
    defer { Parallel.workers = workers }
    var maps: [String] = []
    for count in [1, 3] {
      Parallel.workers = count
      let files = try MatrixFiles("\(folder.path)/\(count).npy")
      maps.append(try ScoreMatrix(embeddings).write(files, images: images, captions: captions).csv)
    }
    let data = try Data(contentsOf: URL(filePath: folder.path + "/1.npy"))
    #expect(try data == Data(contentsOf: URL(filePath: folder.path + "/3.npy")))
    #expect(maps[0] == maps[1])
    let values = try NumPyFile.decodeFloats(data, file: "1.npy").values
    // Tiles of 6 images and 28 captions: the last has 2 and 12.
    let map = try CSV(maps[0], file: "map").records.map(\.fields)
    #expect(map.count == 184 * 197 && map.last?[0] == "1098" && map.last?[1] == "5488")
    var sum = 0.0
    for image in 1098..<1100 {
      for text in 5488..<5500 { sum += Double(values[image * 5500 + text]) }
    }
    #expect(try abs(#require(Double(map.last?[2] ?? "")) - sum / 24) < 1e-12)
  }
}
