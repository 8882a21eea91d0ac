import Datasets
import Files
import Fixtures
import Foundation
import Images
import Testing
import Textures

/// `textures` as a user meets it.
@Suite(.serialized)
struct TexturesCommandTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func files(_ path: String) throws -> [String: Data] {
    let root = URL(filePath: folder.path + "/" + path)
    let names = try FileManager.default.subpathsOfDirectory(atPath: root.path)
    return Dictionary(
      uniqueKeysWithValues: names.compactMap { name in
        (try? Data(contentsOf: root.appending(path: name))).map { (name, $0) }
      })
  }

  @Test func `a set of all classes is the same for any number of threads`() throws {
    let base = ["textures", "--classes", "all", "--per-class", "3", "--size", "24", "--quiet"]
    for threads in ["1", "3"] {
      let run = try ProgramRun(
        base + ["--threads", threads, "--output", folder.path + "/" + threads])
      #expect(run.code == 0 && run.output.isEmpty && run.error.isEmpty, "\(run)")
    }
    let (one, three) = (try files("1"), try files("3"))
    #expect(one == three && one.count == 47 * 3 + 3 + 1)
    let dataset = try Dataset(.files(folder.path + "/1"))
    #expect(dataset.classes == Texture.describable.map(\.name))
    #expect(dataset.samples.count == 141)
  }

  @Test func `a contact sheet is a page of its own`() throws {
    let file = folder.path + "/sheet.png"
    let run = try ProgramRun(
      ["textures", "--classes", "grid,lined", "--columns", "2", "--contact-sheet", file])
    #expect(run.code == 0, "\(run)")
    let page = try RGBImage(decoding: FileContents.read(file), file: file)
    #expect(page.width == 2 * 116 + 4 && page.height == 2 * 116 + 4)
  }

  @Test func `a folder that holds files is refused, and nothing changes`() throws {
    _ = try folder.write("mine", "old/a.txt")
    let run = try ProgramRun(
      ["textures", "--classes", "grid", "--output", folder.path + "/old", "--quiet"])
    #expect(run.code == 1 && run.error.contains("holds files already"), "\(run)")
    #expect(try files("old") == ["a.txt": Data("mine".utf8)])
  }

  @Test func `a signal ends it with 75 and leaves nothing behind`() throws {
    let running = try RunningProgram([
      "textures", "--per-class", "3000", "--output", folder.path + "/set", "--quiet",
    ])
    for _ in 0..<500 {
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      if !names.isEmpty { break }
      Thread.sleep(forTimeInterval: 0.01)
    }
    running.interrupt()
    let run = running.wait()
    #expect(run.code == 75, "\(run)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  @Test(arguments: [
    [], ["--output", "o", "--classes", "stripped"], ["--output", "o", "--per-class", "0"],
    ["--output", "o", "--size", "8"], ["--output", "o", "--columns", "3"],
    ["--output", "o", "--class-seed", "1"], ["--output", ""],
    ["--output", "o", "--contact-sheet", "o"],
  ])
  func `usage errors exit with 2`(arguments: [String]) throws {
    let run = try ProgramRun(["textures"] + arguments)
    #expect(run.code == 2 && run.output.isEmpty && !run.error.isEmpty, "\(run)")
  }
}
