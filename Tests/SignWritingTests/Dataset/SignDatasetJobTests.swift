import Files
import Fixtures
import Foundation
import Runs
import Testing

@testable import SignWriting

@Suite struct SignDatasetJobTests {
  let fonts: HandmadeSignFonts
  let folder: TemporaryFolder

  init() throws {
    fonts = try HandmadeSignFonts()
    folder = try TemporaryFolder()
  }

  private let one = "M506x506S10000500x500"
  private let two = "M504x504S10001500x500"

  private func make(
    _ table: String, canvas: Int = 64, sign: String = "source", caption: String = "target"
  ) throws {
    var settings = RenderingSettings()
    settings.canvas = canvas
    _ = try SignDatasetJob(
      table, signColumn: sign, captionColumn: caption, fonts: fonts.path,
      output: folder.path + "/set", settings: settings, isQuiet: true
    ).run()
  }

  private func rows(_ name: String) throws -> [[String]] {
    try CSV(path: folder.path + "/set/" + name).records.map(\.fields)
  }

  @Test func `rows become pairs, and what is no pair is listed with its reason`() throws {
    let table = try folder.write(
      """
      source,target,more
      $ase \(one),$en hello $us  there,x
      \(one),"Two
      lines",x
      \(two),NULL,x
      NA,word,x
      ,word,x
      \(two),$en,x
      \(two),too few
      M5,word,x
      M590x590S10000500x500,large,x
      M490x490S10000500x500,empty,x
      \(one) \(two),a column,x
      \(two),"na, or none",x

      """, "signs.csv")
    try make(table)
    #expect(
      try rows("pairs.csv") == [
        [SignImageFolder.name(of: one), "hello there"],
        [SignImageFolder.name(of: one), "Two\nlines"],
        [SignImageFolder.name(of: one + " " + two), "a column"],
        [SignImageFolder.name(of: two), "na, or none"],
      ])
    let skipped = try rows("skipped.csv")
    #expect(skipped.map { $0[0] } == ["5", "6", "7", "8", "9", "10", "11", "12"])
    #expect(
      skipped.map { $0[3] }.prefix(5) == [
        "no caption", "no sign", "no sign", "no caption", "2 fields, the header has 3",
      ])
    #expect(skipped[5][3].hasPrefix("character 3:"))
    #expect(skipped[6][3] == "90 × 90 pixels are larger than the canvas of 64 × 64")
    #expect(skipped[7][3].hasPrefix("the box is -10 × -10"))
    let names = try FolderContents.names(of: folder.path + "/set") ?? []
    #expect(names.count { $0.hasSuffix(".png") } == 3)
    #expect(
      names.filter { !$0.hasSuffix(".png") } == ["pairs.csv", "rendering.json", "skipped.csv"])
  }

  @Test func `a second run keeps the images and writes the same tables`() throws {
    let table = try folder.write("s,t\n\(one),a\n\(two),b\n", "t.csv")
    try make(table, sign: "s", caption: "t")
    let image = folder.path + "/set/" + SignImageFolder.name(of: one)
    try AtomicFile.write("mine", to: image)
    let pairs = try FileContents.read(folder.path + "/set/pairs.csv")
    try make(table, sign: "s", caption: "t")
    #expect(try FileContents.read(image) == Data("mine".utf8))
    #expect(try FileContents.read(folder.path + "/set/pairs.csv") == pairs)
  }

  @Test func `no pair at all is a failure that says what was passed over`() throws {
    let table = try folder.write("source,target\nnone,a\n\(one),null\n", "t.csv")
    let error = #expect(throws: RunError.self) { try make(table) }
    let text = "\(try #require(error))"
    #expect(text.contains("2 rows passed over: 1 without a caption, 1 without a sign"))
    #expect(try rows("skipped.csv").count == 2)
  }

  @Test func `wrong columns and outputs are told`() throws {
    let table = try folder.write("fsw,target\n\(one),a\n", "t.csv")
    let error = #expect(throws: FileError.self) { try make(table) }
    #expect("\(try #require(error))".contains("has no column \"source\""))
    #expect(throws: OptionError.self) { try make(table, sign: "target") }
    let own = try folder.write("source,target\n\(one),a\n", "set/pairs.csv")
    #expect(throws: OptionError.self) { try make(own) }
  }
}
