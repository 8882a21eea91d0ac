import Files
import Fixtures
import Foundation
import LinearAlgebra
import ModelFixtures
import Runs
import Testing

@testable import SignWriting

struct SignFiguresJobTests {
  private let folder: TemporaryFolder
  private let fonts: HandmadeSignFonts
  private let models: [TinyModel]

  init() throws {
    folder = try TemporaryFolder()
    fonts = try HandmadeSignFonts()
    models = try [TinyModel(seed: 0), TinyModel(seed: 1)]
  }

  private func path(_ name: String) -> String { folder.path + "/" + name }

  /// Signs of one symbol and of two, in places of their own; one twice, one too large, one without a text.
  private func table() throws -> String {
    var lines = ["texts,sign_writing"]
    for place in 0..<9 {
      lines.append(
        "\"sign \(place)\",M5\(30 + 2 * place)x5\(30 + 3 * place)S10000480x480S10000\(490 + 3 * place)x\(490 + place)"
      )
    }
    lines.append(lines[1].replacing("sign 0", with: "again"))
    lines.append("large,M749x749S10000250x250")
    lines.append(",M530x530S10000480x480")
    return try folder.write(lines.joined(separator: "\n") + "\n", "signs.csv")
  }

  private func run(_ change: (inout SignFiguresSettings) -> Void = { _ in }) throws {
    var drawing = RenderingSettings()
    drawing.canvas = 224
    var settings = SignFiguresSettings(
      table: try table(), models: models.map(\.folder.path), fonts: fonts.path,
      rendering: drawing, output: path("out"))
    settings.queries = ["M530x530S10000480x480S10000490x490", "M510x510S10000490x490"]
    settings.neighborCount = 4
    change(&settings)
    #expect(try SignFiguresJob(settings, isQuiet: true).run() == "")
  }

  @Test func `everything is written, distinct signs alone, the same for any order of drawing`()
    throws
  {
    try run()
    let signs = try Table(CSV(path: path("out/signs.csv")), as: SignColumns.file)
    #expect(try signs[SignColumns.text] == (0..<9).map { "sign \($0)" })
    for file in try signs[SignColumns.image] {
      #expect(FileManager.default.fileExists(atPath: path("out/" + file)))
    }
    let queries = try Table(CSV(path: path("out/queries.csv")), as: SignColumns.queries)
    #expect(try queries[SignColumns.text] == ["sign 0", ""])
    let names = models.map { $0.folder.lastPathComponent }
    for name in names {
      #expect(try MatrixFile.readFloats(path("out/embeddings/\(name).npy")).rows == 9)
      #expect(try MatrixFile.readFloats(path("out/queries/\(name).npy")).rows == 2)
    }
    let summary = try Table(
      CSV(path: path("out/similarity-summary.csv")), as: SimilaritySummaryColumns.file)
    #expect(try summary[SimilaritySummaryColumns.input] == names)
    #expect(try summary[SimilaritySummaryColumns.pairs] == [36, 36])
    let near = try Table(CSV(path: path("out/neighbors.csv")), as: SignNeighborColumns.file)
    #expect(near.count == 2 * 2 * 4)
    // The first sign asked for is one of the sample, and no neighbour of itself.
    let same = zip(try near[SignNeighborColumns.query], try near[SignNeighborColumns.sign])
    #expect(same.allSatisfy { $0 != $1 })
    let cosines = try near[SignNeighborColumns.cosine]
    #expect(cosines[0] >= cosines[1] && cosines[1] >= cosines[2])
    let page = try FileContents.readText(path("out/neighbors.html"))
    #expect(page.contains("<h2>Sign 1: sign 0</h2>") && page.contains("<h2>Sign 2</h2>"))
    #expect(page.contains("background-image:url(data:image/png;base64,"))
    let first = try FileContents.read(path("out/neighbors.csv"))
    try run()
    #expect(try FileContents.read(path("out/neighbors.csv")) == first)
  }

  @Test func `a sample is drawn by the seed, and others take the places of what cannot be drawn`()
    throws
  {
    var samples: Set<[String]> = []
    for seed in 0..<6 {
      try run {
        $0.sample = 4
        $0.seed = UInt64(seed)
      }
      let signs = try Table(CSV(path: path("out/signs.csv")), as: SignColumns.file)
      let texts = try signs[SignColumns.text]
      #expect(texts.count == 4 && texts == texts.sorted() && !texts.contains("large"))
      samples.insert(texts)
    }
    #expect(samples.count > 1)
  }

  @Test func `a sign that is asked for and cannot be drawn is named`() throws {
    let text = problem { try run { $0.queries = ["M749x749S10000250x250"] } }
    #expect(text.contains("--signs: M749x749S10000250x250 cannot be drawn: "))
  }

  @Test func `a table without a column names those it has`() throws {
    let text = problem { try run { $0.signColumn = "fsw" } }
    #expect(text.contains("has no column \"fsw\"") && text.contains("sign_writing"))
  }
}
