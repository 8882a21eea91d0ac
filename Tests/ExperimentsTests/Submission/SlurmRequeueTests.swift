import Files
import Fixtures
import Foundation
import Testing

@testable import Experiments

/// What is submitted, under a real Slurm, with a program in place of this one.
struct SlurmRequeueTests {
  private let folder: TemporaryFolder
  private let cluster: SlurmCluster

  init() throws {
    folder = try TemporaryFolder()
    cluster = try SlurmCluster.sharedOrCancel()
  }

  private func submission(_ plan: SubmittedPlan, _ body: String) throws -> SlurmSubmission {
    let program = try folder.writeProgram(
      """
      #!/bin/bash
      run=$2 stage=$4 index=$8
      echo "$1 $stage $index" >>"$run/calls"
      first() { mkdir "$run/first-$stage-$index" 2>/dev/null; }
      \(body)
      """, "topoclip")
    return SlurmSubmission(plan: plan, program: program)
  }

  private func call(_ name: String, _ arguments: [String]) throws -> ProgramResult {
    let run = try cluster.shell(ShellWord.line([name] + arguments))
    return ProgramResult(code: run.code, output: run.output, error: run.error)
  }

  /// A file's lines.
  private func lines(_ name: String) -> [String] {
    (try? String(contentsOfFile: name, encoding: .utf8))?.split(separator: "\n").map(String.init)
      ?? []
  }

  @Test func `interrupted tasks are queued again by themselves, and stages wait for them`() throws {
    // Of seven shards in two arrays, one is interrupted by itself, one before its time limit, one is cancelled, and
    // one fails.
    let run = folder.path + "/it's 50%j"
    try FileManager.default.createDirectory(atPath: run, withIntermediateDirectories: true)
    let submission = try submission(
      .example(run),
      """
      case "$stage $index" in
      'embeddings 1') first && exit 75 ;;
      'embeddings 2') first && { trap 'kill $!; exit 75' TERM; sleep 100 & touch "$run/wait-2"; wait; } ;;
      'embeddings 4') trap 'kill $!; exit 75' TERM; sleep 100 & touch "$run/wait-4"; wait ;;
      'embeddings 5') exit 3 ;;
      esac
      exit 0
      """)
    let submitted = try submission.run(call)
    let jobs = submitted.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    #expect(
      jobs.map { [$0[0]] + $0.dropFirst(2) } == [
        ["embeddings", "0-4"], ["embeddings", "5-6"], ["analyses", "0-4"], ["analyses", "5-6"],
        ["merge"],
      ])
    // A second submission while the first is in the queue.
    #expect {
      try submission.run(call)
    } throws: {
      "\($0)".contains("scancel \(jobs[0][1])")
    }
    let place = try ShellWord.quoted(run)
    try #require(try cluster.wait(seconds: 60, until: "[ -e \(place)/wait-2 ]"))
    _ = try cluster.shell("scancel --signal=TERM --batch \(jobs[0][1])_2")
    try #require(try cluster.wait(seconds: 60, until: "[ -e \(place)/wait-4 ]"))
    _ = try cluster.shell("scancel \(jobs[0][1])_4")
    try #require(try cluster.wait(seconds: 120, until: "grep -q ^merge \(place)/calls"))
    let calls = lines(run + "/calls")
    let shards = { (stage: String) in
      calls.filter { $0.hasPrefix("shard \(stage) ") }.compactMap { $0.split(separator: " ").last }
        .sorted()
    }
    #expect(shards("embeddings") == ["0", "1", "1", "2", "2", "3", "4", "5", "6"])
    #expect(shards("analyses") == ["0", "1", "2", "3", "4", "5", "6"])
    // No stage begins before the one before it has ended, tasks that came back among it.
    #expect(calls.firstIndex { $0.hasPrefix("shard analyses") } == 9)
    #expect(calls.last?.hasPrefix("merge") == true && calls.count == 17)
    let log = "\(run)/shards/slurm/dtd-embeddings-\(jobs[0][1])_2.log"
    #expect(FileManager.default.fileExists(atPath: log))
  }

  @Test func `a partial submission in packs computes what it names`() throws {
    let submission = try submission(.example(folder.path, missing: [6, 1], analyses: []), "exit 0")
    var packed = submission
    packed.pack = 3
    let jobs = try packed.run(call)
    #expect(jobs.split(separator: "\n").first?.hasSuffix(" 0-2,6") == true)
    try #require(
      try cluster.wait(seconds: 120, until: "grep -q ^merge '\(folder.path)/calls'"))
    #expect(
      lines(folder.path + "/calls").filter { $0.hasPrefix("shard") }.sorted()
        == [0, 1, 2, 6].map { "shard embeddings \($0)" })
  }

  @Test func `what sbatch refuses is told in its words`() throws {
    var submission = try submission(.example(folder.path), "exit 0")
    submission.options = ["--partition=none"]
    #expect {
      try submission.run(call)
    } throws: {
      "\($0)".contains("invalid partition specified: none")
        && "\($0)".contains("no job was submitted")
    }
  }
}
