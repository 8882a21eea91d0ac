import Files
import Fixtures
import Foundation
import LinearAlgebra
import ModelFixtures
import Testing

/// A signal ends every command that works for long with 75, and nothing half done is left.
@Suite(.serialized)
struct InterruptionTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A command on made-up inputs that would take it many seconds.
  enum LongCommand: String, CaseIterable {
    case angles, zeroshot, persistence, distance, layout, neighbors, similarity, link, textures
    case benchmark
  }

  private func path(_ name: String) -> String { folder.path + "/" + name }

  /// Writes normal numbers as an array of float32.
  private func points(_ name: String, _ rows: Int, _ columns: Int) throws -> String {
    let values = RandomStream(domain: "test/\(name)", seed: 0).normals(count: rows * columns)
    try AtomicFile.write(
      NumPyFile.encode(Matrix(rows: rows, columns: columns, values: values)), to: path(name))
    return path(name)
  }

  /// Random distances: no geometry, the hardest input there is.
  private func distances(_ count: Int) throws -> String {
    var generator = RandomStream(domain: "test/random distances", seed: 0)
    var matrix = Matrix<Float>(rows: count, columns: count)
    for i in 0..<count {
      for j in 0..<i {
        let distance = Float(generator.uniform())
        matrix[i, j] = distance
        matrix[j, i] = distance
      }
    }
    try AtomicFile.write(NumPyFile.encode(matrix), to: path("distances.npy"))
    return path("distances.npy")
  }

  private func diagram(_ name: String, bars: Int) throws -> String {
    var generator = RandomStream(domain: "test/\(name)", seed: 0)
    let lines = (0..<bars).map { _ in
      let birth = generator.uniform()
      return "1,\(birth),\(birth + generator.uniform())\n"
    }
    return try folder.write("dimension,birth,death\n" + lines.joined(), name)
  }

  private func labels(_ rows: Int, classes: Int) throws -> String {
    let lines = (0..<rows).map { "\($0),c\($0 % classes)\n" }
    return try folder.write("row,class\n" + lines.joined(), "labels.csv")
  }

  private func arguments(_ command: LongCommand) throws -> [String] {
    let output = path("never")
    switch command {
    case .angles:
      return [
        try points("x.npy", 200, 32), "--labels", try labels(200, classes: 12), "--null-draws",
        "1000000", "--output", output,
      ]
    case .zeroshot:
      return [
        "--embeddings", try points("x.npy", 300_000, 16), "--text", try points("t.npy", 200, 16),
        "--labels", try labels(300_000, classes: 200), "--output", output,
      ]
    case .persistence:
      return [try distances(700), "--distances", "--max-dimension", "3", "--output", output]
    case .distance:
      return [
        try diagram("a.csv", bars: 20000), try diagram("b.csv", bars: 20000), "--metric",
        "wasserstein", "--order", "2", "--output", output,
      ]
    case .layout:
      return [
        try points("x.npy", 200, 8), "--method", "tsne", "--iterations", "1000000", "--output",
        output,
      ]
    case .neighbors:
      return [try points("x.npy", 60000, 128), "--output", output]
    case .similarity:
      return [try points("x.npy", 60000, 128), "--output", output]
    case .link:
      let lines = (0..<40000).map { "\($0).jpg,x\n" }
      return [
        try folder.write("image_path,text\n" + lines.joined(), "pairs.csv"), "--inputs", "image",
        "--image-embeddings", try points("x.npy", 40000, 64), "--threshold", "0.1", "--output",
        output,
      ]
    case .textures: return ["--per-class", "3000", "--output", output]
    case .benchmark:
      return [
        "topology", "--data", path("data"), "--workloads", "circle3000", "--rounds", "1000",
        "--output", output,
      ]
    }
  }

  @Test(arguments: LongCommand.allCases)
  func `Ctrl-C ends it with 75 and nothing half done`(command: LongCommand) throws {
    let running = try RunningProgram([command.rawValue] + arguments(command))
    running.waitUntilInterruptible()
    Thread.sleep(forTimeInterval: 0.5)
    running.interrupt()
    let outcome = running.wait()
    #expect(outcome.code == 75 && outcome.output.isEmpty, "\(outcome)")
    #expect(outcome.error.hasSuffix("interrupted; run the same command again to go on\n"))
    #expect(!FileManager.default.fileExists(atPath: path("never")))
  }

  @Test func `a step that does not end is cut off, and the program says how to go on`() throws {
    // A pipe that nobody reads: opening it for writing waits for ever.
    let pipe = path("pipe")
    let made = unsafe mkfifo(pipe, 0o600)
    try #require(made == 0)
    let running = try RunningProgram([
      "layout", try points("x.npy", 20, 3), "--method", "pca", "--output", pipe,
    ])
    running.waitUntilInterruptible()
    Thread.sleep(forTimeInterval: 0.5)
    running.interrupt()
    let outcome = running.wait()
    #expect(outcome.code == 75, "\(outcome)")
    #expect(outcome.error.hasSuffix("interrupted; run the same command again to go on\n"))
  }

  @Test func `an end at once leaves no lock and no empty folder`() throws {
    let running = try RunningProgram(["zeroshot"] + arguments(.zeroshot))
    running.waitUntilInterruptible()
    let patience = Date.now.addingTimeInterval(120)
    while !FileManager.default.fileExists(atPath: path("never/lock")), Date.now < patience {
      Thread.sleep(forTimeInterval: 0.005)
    }
    running.interrupt()
    Thread.sleep(forTimeInterval: 0.05)
    running.interrupt()
    let outcome = running.wait()
    // By the second signal or, on a machine that is slow to bring it, by the first.
    #expect([75, 128 + SIGINT].contains(outcome.code), "\(outcome)")
    #expect(!FileManager.default.fileExists(atPath: path("never")))
  }

  @Test func `a report that is stopped writes no page`() throws {
    let (model, dataset) = try (TinyModel(), TinyDataset())
    defer {
      model.remove()
      dataset.remove()
    }
    let sweep = try ProgramRun([
      "sweep", "--model", model.folder.path, "--dataset", dataset.folder.path, "--levels",
      "0,0.5,1",
      "--set", "angles.rank=2", "--output", path("run"), "--no-report", "--quiet",
    ])
    #expect(sweep.code == 0, "\(sweep)")
    let running = try RunningProgram(["report", path("run"), "--threads", "1"])
    running.waitUntilInterruptible()
    running.interrupt()
    let outcome = running.wait()
    #expect(outcome.code == 75, "\(outcome)")
    #expect(!FileManager.default.fileExists(atPath: path("run/report.html")))
  }

  @Test func `a comparison of large runs that is stopped says nothing`() throws {
    for run in ["a", "b"] {
      _ = try folder.write("row,path,class,split\n0,x.png,c,\n", "\(run)/samples.csv")
      _ = try folder.write("name,noise,level,seed\nclean,none,0,\n", "\(run)/conditions.csv")
      for name in ["one", "two", "three"] {
        // Files without contents that take their time to read.
        let file = try folder.write("", "\(run)/\(name).npy")
        try #require(FileHandle(forWritingAtPath: file)).truncate(atOffset: 4 << 30)
      }
    }
    let running = try RunningProgram(["diff", path("a"), path("b"), "--output", path("never")])
    running.waitUntilInterruptible()
    running.interrupt()
    let outcome = running.wait()
    #expect(outcome.code == 75 && outcome.output.isEmpty, "\(outcome)")
    #expect(!FileManager.default.fileExists(atPath: path("never")))
  }
}
