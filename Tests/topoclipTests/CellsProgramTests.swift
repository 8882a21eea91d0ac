import Fixtures
import Foundation
import Testing

/// What the program says of cells and units that it cannot use.
struct CellsProgramTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Embeds 18 generated textures under two conditions; environment settings stand before the program.
  private func embed(_ output: String, _ more: [String] = [], _ environment: [String] = [])
    throws -> (code: Int32, error: String)
  {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    let program = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appending(path: "topoclip").path
    process.arguments =
      environment + [
        program, "embed", "--dataset", "textures", "--model", "builtin", "--limit", "18",
        "--levels", "0,1", "--output", output, "--quiet",
      ] + more
    process.currentDirectoryURL = URL(filePath: folder.path)
    let error = Pipe()
    process.standardOutput = FileHandle.nullDevice
    process.standardError = error
    try process.run()
    let text = try error.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: text, as: UTF8.self))
  }

  private func cells(_ run: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/\(run)/cells").sorted()
  }

  private func clean(_ run: String) throws -> Data {
    try Data(contentsOf: URL(filePath: "\(folder.path)/\(run)/embeddings/clean.npy"))
  }

  @Test func `a damaged cell is named once and computed again`() throws {
    #expect(try embed("run").error == "")
    let before = try clean("run")
    let names = try cells("run")
    #expect(names.count == 2)
    let cell = URL(filePath: "\(folder.path)/run/cells/\(names[0])")
    var bytes = try Data(contentsOf: cell)
    // The signs of the first rows.
    for place in stride(from: 131, to: 128 + 4 * 128 * 10, by: 4) { bytes[place] ^= 0x80 }
    try bytes.write(to: cell)
    let again = try embed("run")
    #expect(again.code == 0)
    #expect(again.error.components(separatedBy: names[0]).count == 2, "\(again.error)")
    #expect(again.error.contains("checksum") && again.error.contains("computed again"))
    #expect(try clean("run") == before)
    #expect(try embed("run").error == "")
  }

  @Test func `other kernels have other cells, and it is said once`() throws {
    let shared = ["--backend", "onednn", "--cache", "shared/cells"]
    #expect(try embed("run", shared).code == 0)
    let names = try cells("shared")
    let older = try embed("older", shared, ["DNNL_MAX_CPU_ISA=SSE41"])
    #expect(older.code == 0)
    #expect(try cells("shared").count == 4)
    #expect(
      older.error.components(separatedBy: "2 cells were made by other kernels").count == 2,
      "\(older.error)")
    #expect(older.error.contains("sse41"))
    // Back with the first: they are there still.
    let again = try embed("again", shared)
    #expect(again.code == 0 && again.error == "", "\(again.error)")
    #expect(try cells("shared").count == 4 && Set(names).isSubset(of: cells("shared")))
    // A run is of one arithmetic.
    let mixed = try embed("run", shared, ["DNNL_MAX_CPU_ISA=SSE41"])
    #expect(mixed.code == 1 && mixed.error.contains("its embeddings are others"), "\(mixed.error)")
  }
}
