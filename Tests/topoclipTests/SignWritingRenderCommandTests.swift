import Fixtures
import Foundation
import Testing

/// `signwriting render` and `signwriting dataset` as a user meets them.
@Suite(.serialized)
struct SignWritingRenderCommandTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let sign = "M518x529S14c20481x471S27106503x489"

  @Test(arguments: [
    [],
    ["render", "--fonts", "f", "--output", "o"],
    ["render", sign],
    ["render", sign, "--input", "x.txt", "--fonts", "f", "--output", "o"],
    ["render", sign, "--fonts", "f", "--output", "o", "--line-color", "black"],
    ["render", sign, "--fonts", "f", "--output", "o", "--shift", "1,2"],
    ["render", sign, "--fonts", "f", "--output", "o", "--canvas", "9", "--shift", "x"],
    ["render", sign, "--fonts", "f", "--output", "o", "--scale", "nan"],
    ["dataset", "a.csv", "--fonts", "f", "--output", "o", "--sign-column", "target"],
    ["dataset", "o/pairs.csv", "--fonts", "f", "--output", "o"],
  ])
  func `usage errors exit with 2 and write nothing`(arguments: [String]) throws {
    let outcome = try ProgramRun(["signwriting"] + arguments, in: folder.path)
    #expect(outcome.code == (arguments.isEmpty ? 0 : 2), "\(outcome)")
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/o"))
  }

  @Test func `without the fonts one learns where they can be had`() throws {
    let outcome = try ProgramRun(
      ["signwriting", "render", Self.sign, "--fonts", folder.path, "--output", "o"], in: folder.path
    )
    #expect(outcome.code == 1, "\(outcome)")
    #expect(outcome.error.contains("SuttonSignWritingLine.ttf"))
    #expect(outcome.error.contains("pip download signwriting"))
  }

  @Test func `a malformed sign is told with its place`() throws {
    let outcome = try ProgramRun(
      ["signwriting", "render", "M518x529S14c20481x4", "--fonts", folder.path, "--output", "o"],
      in: folder.path)
    #expect(outcome.code == 1, "\(outcome)")
    #expect(outcome.error.contains("the sign: character "))
  }
}
