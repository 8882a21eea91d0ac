import Files
import Fixtures
import Foundation
import LinearAlgebra
import Testing

@testable import SignWriting

@Suite struct SignFontsTests {
  @Test func `a folder without the fonts is told where they can be had`() throws {
    let folder = try TemporaryFolder()
    for path in [folder.path, folder.path + "/nowhere"] {
      let error = #expect(throws: FileError.self) { try SignFonts(folder: path) }
      #expect("\(try #require(error))".contains("pip download signwriting"))
    }
  }

  @Test func `the fonts are found in the folders that packages have them in`() throws {
    let fonts = try HandmadeSignFonts()
    let folder = try TemporaryFolder()
    for name in ["SuttonSignWritingLine.ttf", "SuttonSignWritingFill.ttf"] {
      let data = try FileContents.read(fonts.path + "/" + name)
      _ = try folder.write(data, "signwriting/visualizer/" + name)
    }
    let found = try SignFonts(folder: folder.path)
    #expect(found.linePath == folder.path + "/signwriting/visualizer/SuttonSignWritingLine.ttf")
    #expect(try SignFonts(folder: folder.path + "/signwriting").fillPath == found.fillPath)
  }

  @Test func `a damaged font is an error and never a crash`() throws {
    let fonts = try HandmadeSignFonts()
    let line = Array(try FileContents.read(fonts.path + "/SuttonSignWritingLine.ttf"))
    let folder = try TemporaryFolder()
    _ = try folder.write(
      FileContents.read(fonts.path + "/SuttonSignWritingFill.ttf"), "SuttonSignWritingFill.ttf")
    let signs = [try Sign(fsw: "M520x520S10000500x500S10001500x500S10002500x500")]
    var random = RandomStream(domain: "tests/damaged-fonts", seed: 0, identity: [])
    for trial in 0..<200 {
      var bytes = line
      for _ in 0..<1 + trial % 8 {
        bytes[Int(random.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: random.next())
      }
      if trial % 5 == 0 { bytes.removeLast(Int(random.next() % UInt64(bytes.count))) }
      _ = try folder.write(Data(bytes), "SuttonSignWritingLine.ttf")
      _ = try? SignRenderer(fonts: folder.path, settings: RenderingSettings()).image(of: signs)
    }
    _ = try folder.write(Data("no font".utf8), "SuttonSignWritingLine.ttf")
    let error = #expect(throws: FileError.self) { try SignFonts(folder: folder.path) }
    #expect("\(try #require(error))".contains("no font that FreeType reads"))
  }
}
