import CLIP
import Embedding
import Files
import Foundation
import LinearAlgebra
import RunAnalyses
import Runs
import Testing

@testable import Experiments

extension SweepWorkplace {
  /// The cells' files of a run or a cache, in order.
  fileprivate func cells(_ folder: String) throws -> [URL] {
    try FileManager.default.contentsOfDirectory(
      at: URL(filePath: output(folder)), includingPropertiesForKeys: nil
    ).filter { $0.pathExtension == "npy" }.sorted { $0.path < $1.path }
  }

  fileprivate func cached(_ name: String) throws -> [Int?] {
    let cells = try Manifest.read(RunDirectory(output(name)))?.cells
    return [cells?.total, cells?.cached]
  }

  /// The images that a dry run counts as to be embedded and as finished, of all conditions together.
  fileprivate func counted(_ name: String, _ settings: [String] = []) throws -> [Int] {
    let stages = try sweep(name, settings).estimate().stages
      .filter { $0.name.hasPrefix(RunEstimate.embedding) && $0.toDo.hasSuffix("images") }
    return [
      stages.reduce(0) { $0 + (Int($1.toDo.prefix { $0 != " " }) ?? 0) },
      stages.reduce(0) { $0 + (Int($1.finished) ?? 0) },
    ]
  }
}

/// What becomes of cells that something spoilt, and of those that another selection made.
@Suite(.serialized)
struct SweepCellsTests {
  private static let settings = ["analyses=zeroshot", "backend=panels"]

  @Test func `spoilt cells are computed again, to the same tables, as the dry run says`() throws {
    let place = try SweepWorkplace()
    let (settings, path) = (Self.settings, place.output("run"))
    _ = try place.sweep("run", settings).execute()
    let before = try SweepWorkplace.results(path)
    let cells = try place.cells("run/cells")
    let whole = try cells.map { try Data(contentsOf: $0) }
    #expect(cells.count == 3)
    func flipped(_ data: Data, _ byte: Int) -> Data {
      var bytes = [UInt8](data)
      bytes[byte] ^= 0x80
      return Data(bytes)
    }
    let header = 128
    var rows = whole[0]
    rows.replaceSubrange(header..<header + 64, with: whole[0][(header + 64)..<(header + 128)])
    rows.replaceSubrange(header + 64..<header + 128, with: whole[0][header..<(header + 64)])
    // Each: what the files become, and how many of them are spoilt.
    let spoilt: [([Data], Int)] = [
      ([flipped(whole[0], 3)] + whole[1...], 1),  // header
      ([flipped(whole[0], header + 4 * 7 + 3)] + whole[1...], 1),  // a sign
      ([flipped(whole[0], whole[0].count - 500)] + whole[1...], 1),  // words
      ([flipped(whole[0], whole[0].count - 10)] + whole[1...], 1),  // checksum
      ([rows] + whole[1...], 1), ([whole[1], whole[0], whole[2]], 2),
      ([Data(), whole[1].dropLast(1), whole[2] + Data([0])], 3),
    ]
    for (files, count) in spoilt {
      for (cell, data) in zip(cells, files) { try data.write(to: cell) }
      #expect(try place.counted("run", settings) == [18 * count, 18 * (3 - count)])
      _ = try place.sweep("run", settings).execute()
      #expect(try place.cached("run") == [3, 3 - count])
      #expect(try SweepWorkplace.results(path) == before)
      #expect(try cells.map { try Data(contentsOf: $0) } == whole)
    }
  }

  @Test func `cells without their checksum are computed again`() throws {
    let place = try SweepWorkplace()
    let settings = Self.settings
    _ = try place.sweep("run", settings).execute()
    let cells = try place.cells("run/cells")
    // The array alone.
    for cell in cells {
      let data = try Data(contentsOf: cell)
      try data.prefix(128 + 18 * 64).write(to: cell)
    }
    #expect(try place.counted("run", settings) == [54, 0])
    _ = try place.sweep("run", settings).execute()
    #expect(try place.cached("run") == [3, 0])
    #expect(try place.counted("run", settings) == [0, 54])
  }

  @Test(arguments: MatrixBackend.allCases)
  func `a selection of what is embedded gives the bytes of its own run`(
    _ backend: MatrixBackend
  ) throws {
    let place = try SweepWorkplace()
    let base = ["analyses=zeroshot", "backend=\(backend.rawValue)"]
    let cache = ["cache=\(place.output("cache"))"]
    _ = try place.sweep("all", base + cache).execute()
    let selections = [
      "test": ["dataset.split=test"], "limit": ["dataset.limit=7"],
      "classes": ["dataset.classes=grid,banded"], "per": ["dataset.per-class=2"],
    ]
    for (name, selection) in selections.sorted(by: { $0.key < $1.key }) {
      _ = try place.sweep("own-\(name)", base + selection).execute()
      let counted = try place.counted(name, base + cache + selection)
      _ = try place.sweep(name, base + cache + selection).execute()
      let own = try SweepWorkplace.results(place.output("own-\(name)"))
      #expect(try SweepWorkplace.results(place.output(name)) == own, "\(name)")
      let isAllThere = try place.cached(name) == [3, 3]
      #expect((counted[0] == 0) == isAllThere, "\(name)")
      // The program's own kernels compute a row in one way, whatever the rows beside it.
      if backend == .panels { #expect(isAllThere, "\(name)") }
    }
  }

  @Test func `what a selection lacks is embedded, and nothing else`() throws {
    let place = try SweepWorkplace()
    let settings = Self.settings + ["cache=\(place.output("cache"))"]
    _ = try place.sweep("few", settings + ["dataset.classes=grid,dotted"]).execute()
    // Levels 0 and 0.5 of all; of level 2 six images are there.
    _ = try place.sweep(
      "one", settings + ["dataset.classes=banded", "noise.levels=0,0.5"]
    ).execute()
    #expect(try place.counted("all", settings) == [6, 48])
    _ = try place.sweep("all", settings).execute()
    #expect(try place.cached("all") == [3, 2])
    _ = try place.sweep("own", Self.settings).execute()
    #expect(
      try SweepWorkplace.results(place.output("all"))
        == SweepWorkplace.results(place.output("own")))
  }

  @Test func `an image that cannot be decoded any more is not looked at for rows that are there`()
    throws
  {
    let place = try SweepWorkplace()
    let settings = Self.settings + ["cache=\(place.output("cache"))"]
    _ = try place.sweep("all", settings).execute()
    _ = try place.sweep("test", settings + ["dataset.split=test", "dataset.skip-broken=true"])
      .execute()
    #expect(try place.cached("test") == [3, 3])
  }

  @Test func `a dry run counts spoilt units as to compute`() throws {
    let place = try SweepWorkplace()
    _ = try place.sweep("run", Self.settings).execute()
    func counted() throws -> [String] {
      try place.sweep("run", Self.settings).estimate().stages
        .filter { $0.name == ZeroShotAnalysis.name }.flatMap { [$0.toDo, $0.finished] }
    }
    #expect(try counted() == ["0 units", "3"])
    let units = URL(filePath: place.output("run/units"))
    let name = try #require(
      FileManager.default.contentsOfDirectory(atPath: units.path).sorted().first)
    var bytes = try Data(contentsOf: units.appending(path: name))
    bytes[bytes.count - 3] ^= 1
    try bytes.write(to: units.appending(path: name))
    #expect(try counted() == ["1 units", "2"])
    _ = try place.sweep("run", Self.settings).execute()
    #expect(try counted() == ["0 units", "3"])
  }
}
