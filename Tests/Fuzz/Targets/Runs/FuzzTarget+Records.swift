import Embedding
import Files
import Foundation
import LinearAlgebra
import Runs
import Version

@testable import Embedding
@testable import Runs

extension FuzzTarget {
  /// Manifests of all kinds: what is read is the same when written and read again.
  static let manifest = FuzzTarget(
    "manifest",
    seeds: {
      try ScratchFolder.lend("manifest") { folder in
        let path = folder.path + "/manifest.json"
        try Manifest(
          program: .current, arguments: ["topoclip", "sweep"],
          startedAt: Date(timeIntervalSince1970: 1e9),
          configuration: ["model": "builtin", "noise.levels": "0,0.5"],
          configurationDigest: "\(Digest(of: "x"))", noiseSeeds: [0, 1], host: .current(),
          stages: [],
          outputs: ["samples.csv": "\(Digest(of: "y"))"],
          analyses: [
            "geometry": Manifest.AnalysisRecord(conditions: ["clean"], settings: ["a": "b"])
          ]
        ).write(to: path)
        let written = try Data(contentsOf: URL(filePath: path))
        return [
          written,
          Data(
            #"{"arguments": [], "configuration": {}, "stages": [{"stage": "a", "wallSeconds": 1.5, "cpuSeconds": 1, "peakMemoryBytes": 5}], "outputs": {}, "startedAt": "2026-11-30T00:00:00Z"}"#
              .utf8),
        ]
      }
    },
    run: { data in
      try requireSame(Manifest.self, data)
      try requireSame(TrainingManifest.self, data)
      try requireSame(LinkageManifest.self, data)
      try requireSame(ScoreManifest.self, data)
    })

  private static func requireSame<Value: ManifestFile>(_ type: Value.Type, _ data: Data) throws {
    try ScratchFolder.lend("manifest") { folder in
      let path = try folder.write(data, "manifest.json")
      let read: Value?
      do { read = try Value.read(path) } catch is FileError { return }
      guard let read else { return }
      try read.write(to: path)
      let written = try Data(contentsOf: URL(filePath: path))
      guard let again = try Value.read(path) else { fatalError("promise broken: it is gone") }
      try again.write(to: path)
      promise(try Data(contentsOf: URL(filePath: path)) == written, "\(type) changes when written")
    }
  }

  /// What a unit keeps.
  private struct Kept: Codable, Sendable {
    var numbers: [Double] = []
    var words: [String: [Int]] = [:]
  }

  /// A finished unit of an analysis, damaged behind its digest and as a whole.
  static let unit = FuzzTarget(
    "unit",
    seeds: {
      [
        #"{"numbers":[1,-0.5,"inf","nan"],"words":{"a":[1,2],"":[]}}"#,
        "topoclip unit \(unitKey.digest) \(Digest(of: "{}"))\n{}",
      ].map { Data($0.utf8) }
    },
    run: { data in
      try ScratchFolder.lend("unit") { folder in
        let isWhole = data.starts(with: "topoclip".utf8)
        let head = Data("topoclip unit \(unitKey.digest) \(Digest(of: data))\n".utf8)
        _ = try folder.write(isWhole ? data : head + data, "\(unitKey.digest).json")
        let store = UnitStore(folder: nil, readingToo: [folder.path])
        let isThere = store.contains(unitKey)
        promise(isThere || isWhole || data.isEmpty, "a whole unit is not there")
        let kept = try store.value(CachedUnit(unitKey) { Kept() })
        promise(isThere || kept.numbers.isEmpty, "a damaged unit is taken")
      }
    })

  private static let unitKey = UnitKey(
    analysis: "fuzz", version: 1, name: "all", settings: [("a", "b")], reads: [Digest(of: "x")])

  /// A finished cell, damaged before its checksum, and its label.
  static let cell = FuzzTarget(
    "cell",
    seeds: {
      let array = NumPyFile.encode(Matrix<Float>(rows: 2, columns: 3, values: [1, 0, 0, 0, 1, 0]))
      let words =
        "topoclip cell 3\nmodel x\ncondition clean\n"
        + [1, 2].map { "\(ImageChunk.imageWord)\(Digest(of: "\($0)"))\n" }.joined()
      return [array + Data(words.utf8)]
    },
    run: { data in
      let file = data + Data("sha256 \(Digest(of: data))\n".utf8)
      let shape = (rows: 2, columns: 3)
      let size = NumPyFile.encodedSize(rows: 2, columns: 3)
      let key = Digest(of: Data(data.dropFirst(size)))
      let header = NumPyFile.header("<f4", rows: 2, columns: 3)
      try ScratchFolder.lend("cell") { folder in
        let path = try folder.write(file, "c.npy")
        if let label = try CellFile.Label(
          path: path, rowCounts: [header: 2], columns: 3, isWanted: { _ in true })
        {
          promise(label.images.count == 2, "an image a row")
        }
      }
      promise(
        CellFile.problem(data, key: key, shape: shape) != nil,
        "a cell without its checksum is taken")
      if let problem = CellFile.problem(file, key: key, shape: shape) {
        throw FileError("c.npy", problem)
      }
      let matrix = try CellFile.decode(file, shape: shape, file: "c.npy")
      promise(matrix.rows == 2 && matrix.columns == 3, "the shape is another one")
    })

  /// The holder of a lock: read, written and read again he is the same.
  static let lock = FuzzTarget(
    "lock",
    seeds: { [Data("host\n123\n2026-11-30T00:00:00Z\ntopoclip sweep e.yaml\n".utf8)] },
    run: { data in
      guard let holder = RunLock.Holder(String(decoding: data, as: UTF8.self)) else {
        throw FileError("lock", "is none")
      }
      guard let again = RunLock.Holder(holder.text) else { fatalError("promise broken: \(holder)") }
      promise(again.text == holder.text, "\(holder.text) is then \(again.text)")
      _ = (holder.mayBeAlive, holder.words)
    })
}
