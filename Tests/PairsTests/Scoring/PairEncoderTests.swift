import CLIP
import Files
import Fixtures
import Foundation
import Images
import LinearAlgebra
import ModelFixtures
import Testing

@testable import Pairs

/// Rows with duplicates of names, of bytes and of captions, damaged and missing images, pieces of five.
final class PairEncoderTests {
  private let folder: TemporaryFolder
  private let model: TinyModel
  private static let piece = 5

  init() throws {
    folder = try TemporaryFolder()
    model = try TinyModel()
    for index in 0..<6 {
      let data = try TinyDataset.image(classIndex: index % 3, index: index).pngData()
      _ = try folder.write(data, "i\(index).png")
      if index < 2 { _ = try folder.write(data, "copy\(index).png") }
    }
    _ = try folder.write("no image", "broken.png")
    var csv = "image,caption\n"
    let images = [
      "i0.png", "copy0.png", "i1.png", "broken.png", "none.png", "i0.png", "", "i2.png",
      "https://h/i2.png", "copy1.png", "i3.png", "i4.png", "none.png", "i5.png", "./i5.png",
    ]
    for row in 0..<32 {
      let long = String(repeating: "word ", count: 40)
      csv +=
        "\(images[row % images.count]),\(row % 7 == 3 ? "" : row == 9 ? long : "a text \(row % 11)")\n"
    }
    _ = try folder.write(csv, "pairs.csv")
  }

  deinit { model.remove() }

  private func source() throws -> PairTable {
    try PairTable(
      path: folder.path + "/pairs.csv", imageColumn: nil, textColumn: nil, imageFolder: nil)
  }

  private func towers() throws -> PairTowers {
    try PairTowers(CLIPModel(directory: model.folder.path))
  }

  private func store(_ name: String, _ towers: PairTowers) throws -> PairStore {
    let path = folder.path + "/" + name
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    return try PairStore(folder: path, dimension: towers.dimension)
  }

  /// Embeds up to so many more pieces, committed each, behind what a store has.
  @discardableResult
  private func go(
    _ store: PairStore, _ towers: PairTowers, pieces: Int
  ) throws -> (records: [PairRecord], decoded: Int) {
    #expect(try store.restore(store.checkpoint() ?? PairCheckpoint(key: "k")))
    let source = try source()
    var rows = try source.rows()
    var encoder = try PairEncoder(towers, source: source, store: store, rows: &rows)
    var records: [PairRecord] = []
    for _ in 0..<pieces {
      var piece: [PairRow] = []
      while piece.count < Self.piece, let row = try rows.next() { piece.append(row) }
      if piece.isEmpty { break }
      records += try encoder.append(piece)
      _ = try store.commit(key: "k", stamps: .init())
    }
    return (records, encoder.decodedImages)
  }

  private func contents(_ name: String) throws -> [String: Digest] {
    let path = folder.path + "/" + name
    return try Dictionary(
      uniqueKeysWithValues: (FolderContents.textNames(of: path) ?? []).map {
        ($0, try Digest(ofFile: path + "/" + $0))
      })
  }

  @Test func `what occurs again is decoded and embedded once`() throws {
    let towers = try towers()
    let store = try store("whole", towers)
    let (records, decoded) = try go(store, towers, pieces: 99)
    #expect(records.count == 32)
    // Six contents; copies in a piece are decoded, those of an earlier piece known by their bytes.
    #expect(store.imageCount == 6 && decoded <= 8)
    #expect(records[0].image == records[1].image && records[0].image == records[5].image)
    #expect(records[2].image == records[9].image)
    let texts = Set(records.filter(\.isScored).map(\.text))
    #expect(store.textCount == texts.count && texts.count <= 12)
    // Rows without a score keep their tokens: bytes of TinyModel's vocabulary, and start and end.
    let messages = try store.messages()
    #expect(records[6].error >= 0 && messages[Int(records[6].error)] == "names no image")
    #expect(messages[Int(records[4].error)] == "no such file")
    #expect(records[4].error == records[12].error && records[4].tokens == records[4 + 11].tokens)
    #expect(messages[Int(records[8].error)].hasPrefix("is an address; download it"))
    #expect(records[3].tokens == 2 && records[3].truncated == 0)
    #expect(records[9].tokens == 162 && records[9].truncated == 162 - 77)
    #expect(records.allSatisfy { $0.cosine.isFinite && abs($0.cosine) <= 1 })
  }

  @Test func `a cosine is that of the towers alone`() throws {
    let towers = try towers()
    let store = try store("alone", towers)
    let records = try go(store, towers, pieces: 99).records
    let file = folder.path + "/i4.png"
    let data = try FileContents.read(file)
    let image = try #require(
      try towers.embed([towers.prepare(data, digest: Digest(of: data), file: file)])[0])
    let text = try #require(try towers.embed([towers.prepare("a text 0")])[0])
    let cosine = zip(image, text).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
    #expect(abs(Double(records[11].cosine) - cosine) < 1e-5)
  }

  /// Every place at which a process can be ended: after a checkpoint, with what came behind it written in part.
  @Test func `a store that is left anywhere and taken up holds the same bytes`() throws {
    let towers = try towers()
    let whole = try store("whole", towers)
    let records = try go(whole, towers, pieces: 99).records
    let expected = try contents("whole")
    for pieces in 0...7 {
      for isDirty in [false, true] {
        let name = "cut\(pieces)\(isDirty)"
        try go(store(name, towers), towers, pieces: pieces)
        if isDirty {
          // The next piece without its checkpoint, and half of one more.
          let path = folder.path + "/" + name
          for file in try FolderContents.textNames(of: path) ?? [] where !file.hasSuffix("json") {
            try AppendedFile(path: path + "/" + file).append([UInt8](repeating: 7, count: 1001))
          }
        }
        let reopened = try store(name, towers)
        try go(reopened, towers, pieces: 99)
        #expect(try contents(name) == expected, "\(name)")
        #expect(try reopened.records(0..<32) == records)
      }
    }
  }

  @Test func `the number of threads changes no byte`() throws {
    let towers = try towers()
    try go(store("many", towers), towers, pieces: 99)
    let workers = Parallel.workers
    defer { Parallel.workers = workers }
    Parallel.workers = 1
    try go(store("one", towers), towers, pieces: 99)
    #expect(try contents("one") == contents("many"))
  }

  @Test func `an image that the model makes nothing of keeps its row with an error`() throws {
    let spoilt = try TinyModel { tensors in
      for name in tensors.keys where name.hasPrefix("visual_projection") {
        guard let tensor = tensors[name] else { continue }
        tensors[name] = (tensor.shape, tensor.values.map { _ in 0 })
      }
    }
    defer { spoilt.remove() }
    let towers = try PairTowers(CLIPModel(directory: spoilt.folder.path))
    let store = try store("zero", towers)
    let records = try go(store, towers, pieces: 99).records
    #expect(records.allSatisfy { !$0.isScored } && store.imageCount == 0 && store.textCount == 0)
    #expect(try store.messages().contains(PairTowers.noDirection))
  }
}
