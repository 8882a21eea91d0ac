import Files
import Fixtures
import Foundation
import LinearAlgebra
import Testing

/// The program with streams that are full, closed or left by their reader, and with the system's limits.
struct StandardStreamsProgramTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    let values = RandomStream(domain: "test/streams", seed: 0).normals(count: 120)
    try AtomicFile.write(
      NumPyFile.encode(Matrix(rows: 60, columns: 2, values: values)), to: path("p60.npy"))
  }

  private func path(_ name: String) -> String { folder.path + "/" + name }

  private func shell(_ script: String) throws -> ProgramRun {
    try ProgramRun(shell: script, in: folder.path)
  }

  private static let sweep =
    "topoclip sweep --classes banded,dotted --limit 12 --levels 0,1 --analyses zeroshot,geometry "
    + "--quiet --output run"

  @Test(arguments: [
    "--help", "--version", "sweep --help", "--licences", "columns", "persistence p60.npy --quiet",
    "tokenize --model builtin <<< '\"a dog\"'",
  ])
  func `a full or closed standard output is a failure with one line`(command: String) throws {
    let full = try shell("topoclip \(command) >/dev/full")
    #expect(full.code == 1, "\(full)")
    #expect(
      full.error
        == "topoclip: standard output cannot be written: No space left on device; make room and run "
        + "again\n")
    let closed = try shell("topoclip \(command) >&-")
    #expect(closed.code == 1, "\(closed)")
    #expect(
      closed.error == "topoclip: standard output is closed; what was to be written there is lost\n")
  }

  @Test(arguments: [">/dev/full", ">&-"])
  func `a full or closed standard error changes nothing`(redirection: String) throws {
    let failed = try shell("topoclip sweep --dataset /nonexist --model builtin 2\(redirection)")
    #expect(failed.code == 1 && failed.output.isEmpty, "\(failed)")
    let usage = try shell("topoclip nonsense 2\(redirection)")
    #expect(usage.code == 2, "\(usage)")
    let whole = try shell("topoclip persistence p60.npy")
    let mute = try shell("topoclip persistence p60.npy 2\(redirection)")
    #expect(mute.code == 0 && mute.output == whole.output && !whole.error.isEmpty, "\(mute)")
  }

  @Test func `no file gets the number of a closed stream`() throws {
    let whole = try shell("topoclip persistence p60.npy --quiet")
    for closed in [">&- 2>&-", "<&- >&- 2>&-", "<&-", "2>&-"] {
      let outcome = try shell("topoclip persistence p60.npy --output c.csv \(closed)")
      #expect(outcome.code == 0, "\(closed): \(outcome)")
      #expect(try FileContents.readText(path("c.csv")) == whole.output, "\(closed)")
      try FileManager.default.removeItem(atPath: path("c.csv"))
    }
  }

  @Test func `a closed standard input is an error, not an empty one`() throws {
    let outcome = try shell("topoclip tokenize --model builtin <&-")
    #expect(outcome.code == 1, "\(outcome)")
    #expect(outcome.error == "topoclip: standard input: cannot be read: Bad file descriptor\n")
    let empty = try shell("topoclip tokenize --model builtin </dev/null")
    #expect(empty.code == 0 && empty.output.isEmpty && empty.error.isEmpty, "\(empty)")
  }

  @Test(arguments: ["--help", "columns", "persistence p60.npy --quiet"])
  func `a reader that has seen enough is no failure`(command: String) throws {
    // The reader is gone before anything is written.
    let outcome = try shell(
      "{ sleep 0.5; topoclip \(command); echo $? >code; } | true; cat code; "
        + "topoclip columns | head -1 | wc -l")
    #expect(outcome.output == "0\n1\n" && outcome.error.isEmpty, "\(outcome)")
  }

  @Test(arguments: [">/dev/full", ">&-"])
  func `a finished sweep writes its report whatever becomes of its summary`(
    redirection: String
  ) throws {
    let outcome = try shell("\(Self.sweep) \(redirection)")
    #expect(outcome.code == 1, "\(outcome)")
    #expect(outcome.error.contains("topoclip: standard output "))
    for file in ["manifest.json", "accuracy.csv", "report.html"] {
      #expect(FileManager.default.fileExists(atPath: path("run/" + file)), "\(file)")
    }
    let piped = try shell("{ \(Self.sweep); echo $? >code; } | true; cat code")
    #expect(piped.output == "0\n" && !piped.error.contains("topoclip: "), "\(piped)")
  }

  @Test func `the limit on a file's size is told, and nothing is left`() throws {
    let outcome = try shell("ulimit -f 2; \(Self.sweep)")
    #expect(outcome.code == 1, "\(outcome)")
    #expect(
      outcome.error.contains(
        ": cannot be written: File too large; raise the limit with ulimit -f"))
    #expect(try FolderContents.leftovers(below: folder.path) == [])
    let whole = try shell("topoclip persistence p60.npy --quiet")
    let small = try shell("ulimit -f 1; topoclip persistence p60.npy --quiet --output c.json")
    #expect(small.code == 1 && !FileManager.default.fileExists(atPath: path("c.json")), "\(small)")
    // Standard output may be a file too.
    let output = try shell("ulimit -f 0; topoclip persistence p60.npy --quiet >c.csv")
    #expect(output.code == 1 && output.error.contains("File too large"), "\(output)\(whole)")
  }

  /// With one descriptor left the loader finds the libraries, and nothing that hears signals can be opened.
  @Test(arguments: 3...6)
  func `too few descriptors for signals are told`(last: Int) throws {
    let taken = (3...last).map { "\($0)</dev/null" }.joined(separator: " ")
    let free = (last + 1...7).map { "\($0)<&-" }.joined(separator: " ")
    let outcome = try shell("exec \(taken) \(free); ulimit -n 8; \(Self.sweep)")
    #expect(outcome.code == 1 && outcome.error.contains("ulimit -n"), "\(outcome)")
  }

  @Test func `too few descriptors stop a run, and leave no image out`() throws {
    try shell("topoclip textures --classes banded,dotted --per-class 10 --size 64 --output set")
      .requireSuccess()
    // libdispatch, which looks at its threads once a second, trapped when images had taken the last.
    for limit in [8, 10, 16, 19, 20, 24] {
      let outcome = try shell(
        "ulimit -n \(limit); topoclip sweep --dataset set --model builtin --levels 0 "
          + "--analyses zeroshot --no-report --skip-broken --threads 4 --output sk\(limit)")
      #expect((outcome.code == 0) == (limit >= 20), "\(limit): \(outcome)")
      // With enough of them for the threads at hand all images are used.
      if outcome.code == 0 {
        #expect(!outcome.error.contains("left out"), "\(outcome)")
        let samples = try CSV(path: path("sk\(limit)/samples.csv"))
        #expect(samples.records.count == 20)
      } else {
        #expect(outcome.code == 1 && outcome.error.contains("ulimit -n"), "\(outcome)")
      }
    }
  }
}

extension FolderContents {
  /// The temporary files and folders below a folder, by the names of this and of earlier versions.
  static func leftovers(below folder: String) throws -> [String] {
    let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return names.filter {
      let name = ($0 as NSString).lastPathComponent
      return name.hasSuffix(".tmp") || name.contains("nosync") || name.hasPrefix(".figures")
    }.sorted()
  }
}

extension ProgramRun {
  /// Throws what it said when it did not end well.
  func requireSuccess() throws {
    try #require(code == 0, "\(self)")
  }
}
