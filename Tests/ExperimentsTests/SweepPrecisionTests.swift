import CLIP
import Experiments
import Files
import Fixtures
import Foundation
import LinearAlgebra
import Testing

@testable import Runs

extension SweepWorkplace {
  fileprivate func run(_ name: String, _ settings: [String]) throws -> String {
    let base = ["noise.levels=0,2", "analyses=zeroshot", "backend=panels"]
    return try sweep(name, base + settings).execute()
  }

  fileprivate func record(_ name: String) throws -> PrecisionRecord? {
    try Manifest.read(RunDirectory(output(name)))?.precision
  }

  fileprivate func embeddings(_ name: String) throws -> [Matrix<Double>] {
    try ["clean", "gaussian-2-s0"].map {
      try MatrixFile.read(output(name) + "/embeddings/\($0).npy")
    }
  }
}

/// bfloat16 sweeps of a tiny checkpoint and 18 images, with their comparison to float32.
@Suite(.serialized)
struct SweepPrecisionTests {
  @Test func `the figures are those of the embeddings themselves`() throws {
    let place = try SweepWorkplace()
    _ = try place.run("exact", [])
    let summary = try place.run("rounded", ["precision=bfloat16", "certify=all"])
    var largest = 0.0
    for (a, b) in try zip(place.embeddings("exact"), place.embeddings("rounded")) {
      for row in 0..<a.rows {
        let squares = zip(a.row(row), b.row(row)).reduce(0.0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        largest = max(largest, squares.squareRoot())
      }
    }
    let record = try #require(try place.record("rounded"))
    let check = try #require(record.check)
    #expect(record.precision == "bfloat16" && record.kernels.hasPrefix("panels"))
    #expect(check.compared == 36 && check.isCertificate)
    #expect(abs(check.largestDifference - largest) < 1e-7 && largest > 0)
    #expect(summary.contains(check.statement))
    let exact = try #require(try place.record("exact"))
    #expect(exact.precision == "float32" && exact.check == nil)
  }

  @Test func `a sample is the same for any number of threads, and is found again`() throws {
    let place = try SweepWorkplace()
    let workers = Parallel.workers
    defer { Parallel.workers = workers }
    let settings = ["precision=bfloat16", "certify=7"]
    var checks: [PrecisionRecord.Check?] = []
    var embeddings: [[Matrix<Double>]] = []
    for count in [1, 2, 3] {
      Parallel.workers = count
      _ = try place.run("threads\(count)", settings)
      checks.append(try place.record("threads\(count)")?.check)
      embeddings.append(try place.embeddings("threads\(count)"))
    }
    #expect(checks[0]?.compared == 7 && checks[0]?.total == 36)
    #expect(checks[1] == checks[0] && checks[2] == checks[0])
    #expect(embeddings[1] == embeddings[0] && embeddings[2] == embeddings[0])
    _ = try place.run("threads1", settings)
    #expect(try place.record("threads1")?.check == checks[0])
    // Another seed draws others.
    _ = try place.run("seed", settings + ["seed=1"])
    #expect(try place.record("seed")?.check != checks[0])
  }

  @Test func `a difference above the tolerance stops the run with the figures`() throws {
    let place = try SweepWorkplace()
    do {
      _ = try place.run("run", ["precision=bfloat16", "precision-tolerance=1e-6"])
      Issue.record("ran")
    } catch {
      let message = "\(error)"
      #expect(message.contains("36 of 36 embeddings") && message.contains("largest difference"))
      #expect(message.contains("--precision float32"))
    }
    #expect(try place.record("run") == nil)
    #expect(!FileManager.default.fileExists(atPath: place.output("run") + "/accuracy.csv"))
  }

  @Test func `precisions do not share cells`() throws {
    let place = try SweepWorkplace()
    for precision in ["float32", "bfloat16", "bfloat16"] {
      _ = try place.run(
        "run-\(precision)", ["precision=\(precision)", "cache=\(place.output("cells"))"])
    }
    func cached(_ name: String) throws -> Int? {
      try Manifest.read(RunDirectory(place.output(name)))?.cells?.cached
    }
    #expect(try cached("run-float32") == 0)
    #expect(try cached("run-bfloat16") == 2)  // the second time
    #expect(try place.embeddings("run-float32") != place.embeddings("run-bfloat16"))
  }
}
