import Files
import Fixtures
import Foundation
import Images
import LinearAlgebra
import Runs
import Testing

@testable import SignWriting

@Suite struct RenderJobTests {
  let fonts: HandmadeSignFonts
  let folder: TemporaryFolder

  init() throws {
    fonts = try HandmadeSignFonts()
    folder = try TemporaryFolder()
  }

  private let one = "M506x506S10000500x500"
  private let two = "L504x504S10001500x500"

  private func job(
    _ source: RenderJob.Source, _ output: String,
    _ change: (inout RenderingSettings) -> Void = { _ in }
  ) throws -> RenderJob {
    var settings = RenderingSettings()
    change(&settings)
    return try RenderJob(
      source, fonts: fonts.path, output: folder.path + "/" + output, settings: settings,
      isQuiet: true)
  }

  private func names(_ output: String) throws -> [String] {
    try FolderContents.names(of: folder.path + "/" + output) ?? []
  }

  @Test func `a file gets all signs as one column, with their FSW`() throws {
    _ = try job(.texts([one, two]), "column.png").run()
    let data = try FileContents.read(folder.path + "/column.png")
    #expect(PNGChunks.texts(of: data) == ["FSW": one + " " + two])
    let image = try RGBImage(decoding: data, file: "column.png", transparency: .onWhite)
    #expect(image.width == 6 && image.height == 6 + 20 + 4)
    #expect(image.pixels[0] == 0 && image.pixels[3 * 6 * 6] == 255)
  }

  @Test func `a folder gets a file a sign, named by the MD5 of its FSW`() throws {
    _ = try job(.texts([one, "  " + two + "\t" + one]), "signs") { $0.canvas = 40 }.run()
    let texts = [one, two + " " + one]
    #expect(
      try names("signs")
        == (texts.map { MD5.hexadecimal(of: $0) + ".png" } + ["rendering.json"]).sorted())
    for text in texts {
      let data = try FileContents.read(
        folder.path + "/signs/" + MD5.hexadecimal(of: text) + ".png")
      #expect(PNGChunks.texts(of: data) == ["FSW": text])
      let image = try RGBImage(decoding: data, file: "")
      #expect(image.width == 40 && image.height == 40)
    }
  }

  @Test func `a sign in SWU is named by its FSW`() throws {
    let swu = try Sign(fsw: one).swu
    _ = try job(.texts([swu]), "swu").run()
    #expect(try names("swu").contains(MD5.hexadecimal(of: one) + ".png"))
  }

  @Test func `files that are there are kept, and empty ones drawn again`() throws {
    _ = try job(.texts([one, two]), "kept").run()
    let first = folder.path + "/kept/" + SignImageFolder.name(of: one)
    let second = folder.path + "/kept/" + SignImageFolder.name(of: two)
    try AtomicFile.write("mine", to: first)
    try AtomicFile.write("", to: second)
    _ = try job(.texts([one, two]), "kept").run()
    #expect(try FileContents.read(first) == Data("mine".utf8))
    #expect(try FileContents.read(second).count > 50)
  }

  @Test func `a folder drawn in another way is not gone on with`() throws {
    _ = try job(.texts([one]), "settings").run()
    let error = #expect(throws: FileError.self) {
      try job(.texts([two]), "settings") { $0.scale = 2 }.run()
    }
    #expect("\(try #require(error))".contains("scale 1.0, now it is 2.0"))
    #expect(try names("settings").count == 2)
  }

  @Test func `malformed lines are named and listed, and the others drawn`() throws {
    let input = try folder.write(
      "\(one)\r\n\nM5q6x506\n\(two)\nM490x490S10000500x500\nhello\n", "signs.txt")
    let error = #expect(throws: RunError.self) { try job(.file(input), "lines").run() }
    let text = "\(try #require(error))"
    #expect(text.contains("3 of 5 signs are not drawn"))
    #expect(text.contains("line 3: character 3:"))
    #expect(text.contains("line 5: the box is -10 × -10"))
    #expect(text.contains("line 6: character 1:"))
    let list = try CSV(path: folder.path + "/lines/skipped.csv")
    #expect(list.header == ["line", "sign", "reason"])
    #expect(list.records.map { $0.fields[0] } == ["3", "5", "6"])
    #expect(try names("lines").count { $0.hasSuffix(".png") } == 2)
    // Mended, there is nothing to be told.
    _ = try folder.write("\(one)\n\(two)\n", "signs.txt")
    _ = try job(.file(input), "lines").run()
    #expect(try CSV(path: folder.path + "/lines/skipped.csv").records.isEmpty)
  }

  @Test func `one malformed argument ends the run before anything is drawn`() throws {
    let error = #expect(throws: RunError.self) {
      try job(.texts([one, "M506x50S10000500x500"]), "none").run()
    }
    #expect("\(try #require(error))".hasPrefix("sign 2: character "))
    #expect(try FileStatus(folder.path + "/none") == nil)
  }

  @Test func `options that do not go together are refused`() throws {
    #expect(throws: OptionError.self) { try job(.texts([]), "x") }
    #expect(throws: OptionError.self) { try job(.texts([" "]), "x") }
    #expect(throws: OptionError.self) { try job(.texts([one]), "x") { $0.canvas = 0 } }
    let input = try folder.write(one, "out/skipped.csv")
    #expect(throws: OptionError.self) { try job(.file(input), "out") }
    #expect(throws: FileError.self) { try job(.file(input), "all.png").run() }
    let empty = try folder.write(" \n\n", "empty.txt")
    #expect(throws: FileError.self) { try job(.file(empty), "x").run() }
  }

  @Test func `the images are the same for any number of workers`() throws {
    let lines = (0..<300).map { "M5\($0 / 10 + 10)x530S10000500x50\($0 % 10)S10002503x500" }
    let input = try folder.write(lines.joined(separator: "\n"), "many.txt")
    var digests: [[Digest]] = []
    for workers in [1, 3] {
      let renderer = try fonts.renderer()
      let images = try SignImageFolder(
        folder.path + "/workers\(workers)", renderer: renderer, isQuiet: true)
      let columns = try SignLines(path: input).lines.map { try SignColumn($0.text) }
      #expect(try images.draw(columns).count == 300)
      digests.append(
        try names("workers\(workers)").map {
          try Digest(ofFile: folder.path + "/workers\(workers)/" + $0)
        })
    }
    #expect(digests[0] == digests[1] && digests[0].count == 301)
  }
}
