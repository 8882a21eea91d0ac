import Files
import Fixtures
import Foundation
import Fuzzing
import Testing

/// A short run of every target of the fuzzer, always alike, each in a process of its own.
///
/// What a run finds is told with its seed and number and kept in a file, which the message names. `make fuzz` runs them
/// long, and under sanitizers.
struct FuzzTests {
  private static let corpus = Checkout.folder.appending(path: "Tests/Fuzz/Corpus")

  @Test(arguments: FuzzTarget.all)
  func `damaged inputs are refused in words, or are what was promised`(target: FuzzTarget) throws {
    let run = try ProgramRun(
      shell: "ulimit -c 0; export SWIFT_BACKTRACE=enable=no; exec fuzz \(target) --slowest 10")
    #expect(run.code == 0 && run.output.contains(" runs"), "\(run)")
  }

  @Test(arguments: FuzzTarget.all)
  func `a target takes one of its seeds at least`(target: FuzzTarget) throws {
    let seeds = try target.seeds(corpus: Self.corpus)
    #expect(seeds.contains { target.execute($0) == nil })
    #expect(seeds.allSatisfy { $0.count < 1 << 20 })
  }

  @Test func `every target has its own name, and every folder of the corpus its target`() throws {
    let names = FuzzTarget.all.map(\.name)
    #expect(names.count > 40 && Set(names).count == names.count)
    for folder in try FolderContents.names(of: Self.corpus.path) ?? [] {
      #expect(names.contains(folder), "\(folder)")
    }
  }

  @Test func `what ends the process is told, kept and found again by its number`() throws {
    let folder = try TemporaryFolder()
    let shell =
      "ulimit -c 0; export SWIFT_BACKTRACE=enable=no FUZZ_FOLDER='\(folder.path)'; exec fuzz"
    let run = try ProgramRun(shell: "\(shell) self-test --runs 10000 --seed 3")
    #expect(run.code != 0)
    let told = try #require(
      run.error.firstMatch(
        of: /self-test ended in execution (\d+) of seed 3, of (\d+) bytes, kept in (.+): fuzz/),
      "\(run)")
    let kept = try Data(contentsOf: URL(filePath: String(told.3)))
    #expect(kept.count == Int(told.2) && kept.contains(0xFF))
    let again = try ProgramRun(shell: "\(shell) self-test --seed 3 --only \(told.1)")
    #expect(again.code != 0 && again.error.contains("in execution \(told.1) of seed 3"), "\(again)")
    let onward = try ProgramRun(shell: "\(shell) self-test --seed 3 --first \(told.1) --runs 1")
    #expect(onward.error.contains("in execution \(told.1) of seed 3"), "\(onward)")
    #expect(try ProgramRun(shell: "\(shell) self-test '\(told.3)'").code != 0)
  }

  @Test func `an option that is none is refused`() throws {
    for words in ["absent", "json --runs x", "json --absent 1", "json --cover"] {
      let run = try ProgramRun(shell: "exec fuzz \(words)")
      #expect(run.code == 1 && run.error.hasPrefix("fuzz: "), "\(run)")
    }
  }
}
