import Files
import Fixtures
import Foundation
import Images
import Testing

/// Names of classes and files as a user has them, through the whole program.
@Suite(.serialized)
struct NamesProgramTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Four images of a class that differ.
  private func addClass(_ name: String, of color: UInt8) throws {
    for index in 0..<4 as Range<UInt8> {
      let pixels = (0..<192).map { UInt8(truncatingIfNeeded: $0 * Int(color + index)) }
      _ = try folder.write(
        RGBImage(width: 8, height: 8, pixels: pixels).pngData(), "ds/\(name)/\(index).png")
    }
  }

  private func sweep(_ more: [String] = []) throws -> ProgramRun {
    try ProgramRun(
      [
        "sweep", "--dataset", "ds", "--model", "builtin", "--levels", "0,1", "--analyses",
        "zeroshot,topology", "--set", "topology.halvings=1", "--output", "run", "--quiet",
      ] + more, in: folder.path)
  }

  private var isUntouched: Bool { !FileManager.default.fileExists(atPath: folder.path + "/run") }

  @Test func `a class of 250 bytes has its diagrams, in the manifest and the report too`() throws {
    let name = String(repeating: "x", count: 250)
    try addClass(name, of: 3)
    try addClass(name.dropLast() + "y", of: 7)
    let outcome = try sweep()
    #expect(outcome.code == 0, "\(outcome)")
    let files = try #require(try FolderContents.names(of: folder.path + "/run/diagrams")).filter {
      $0.hasPrefix("class-xxx")
    }
    #expect(files.count == 4 && files.allSatisfy { $0.utf8.count == 255 })
    let manifest = try FileContents.readText(folder.path + "/run/manifest.json")
    for file in files { #expect(manifest.contains("diagrams/\(file)")) }
    #expect(FileManager.default.fileExists(atPath: folder.path + "/run/report.html"))
  }

  @Test func `a class that is called as a column is reported`() throws {
    try addClass("class", of: 3)
    try addClass("b", of: 7)
    let outcome = try sweep()
    #expect(outcome.code == 0 && !outcome.error.contains("topoclip: "), "\(outcome)")
    #expect(FileManager.default.fileExists(atPath: folder.path + "/run/report.html"))
  }

  @Test func `a class folder whose name is no UTF-8 is refused before any work`() throws {
    try addClass("b", of: 3)
    try folder.makeFolder(named: Array("ds/".utf8) + [0xFF, 0xFE])
    let outcome = try sweep()
    #expect(outcome.code == 1 && outcome.error.contains("ds/\\xff\\xfe: its name is not UTF-8"))
    #expect(isUntouched)
  }

  @Test func `two spellings of a class are refused before any work`() throws {
    for (name, color) in [("\u{E9}", 3), ("e\u{301}", 5), ("z", 7)] as [(String, UInt8)] {
      try addClass(name, of: color)
    }
    let outcome = try sweep()
    #expect(outcome.code == 1 && outcome.error.contains("(bytes 65 cc 81)"), "\(outcome)")
    #expect(outcome.error.contains("(bytes c3 a9)") && isUntouched)
  }

  @Test func `two spellings in labels are refused`() throws {
    _ = try folder.write(
      "row,path,class\n0,a,\u{E9}\n1,b,e\u{301}\n2,c,x\n3,d,x\n", "labels.csv")
    _ = try folder.write("1,0\n0,1\n1,1\n1,2\n", "points.csv")
    let outcome = try ProgramRun(
      ["angles", "points.csv", "--labels", "labels.csv", "--null-draws", "2"], in: folder.path)
    #expect(outcome.code == 1 && outcome.error.contains("at line 3 is spelled otherwise at line 2"))
    #expect(outcome.output.isEmpty)
  }

  @Test func `the limit on pixels is an option`() throws {
    try addClass("a", of: 3)
    try addClass("b", of: 7)
    let over = try sweep(["--max-pixels", "63"])
    #expect(over.code == 1, "\(over)")
    #expect(over.error.contains("8 × 8 pixels are more than the limit of 63"))
    #expect(over.error.contains("raise the limit by --max-pixels"))
    #expect(try sweep(["--max-pixels", "64", "--no-report"]).code == 0)
    for limit in ["0", "-1", "9223372036854775807", "x"] {
      let outcome = try sweep(["--max-pixels", limit])
      #expect(outcome.code == 2 && outcome.error.contains("--max-pixels"), "\(outcome)")
    }
  }
}
