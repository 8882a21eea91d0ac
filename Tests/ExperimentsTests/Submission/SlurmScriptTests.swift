import Files
import Fixtures
import Foundation
import Testing

@testable import Experiments

struct SlurmScriptTests {
  private let folder: TemporaryFolder
  /// A path that Bash would take apart, unless quoted.
  private let run: String

  init() throws {
    folder = try TemporaryFolder()
    run = folder.path + "/it's a run $x %j"
    try FileManager.default.createDirectory(atPath: run, withIntermediateDirectories: true)
  }

  /// A program in place of this one, which writes down its arguments and does then what is said.
  private func script(_ body: String) throws -> SlurmScript {
    let program = try folder.writeProgram(
      """
      #!/bin/bash
      run=$2 index=$8
      echo "$@" >>"$run/calls"
      \(body)
      """, "a program/topoclip")
    return SlurmScript(program: program, plan: .example(run))
  }

  /// Runs a script as Slurm does, beside a scontrol that writes down what it is asked.
  private func run(
    _ text: String, _ arguments: String = "", state: String = "RUNNING",
    variables: String = "SLURM_ARRAY_TASK_ID=1 SLURM_ARRAY_JOB_ID=12 SLURM_JOB_ID=13",
    signal: Bool = false
  ) throws -> (result: ProgramResult, calls: [String], scontrol: [String]) {
    let path = try folder.write(text, "batch.sh")
    _ = try folder.writeProgram(
      """
      #!/bin/bash
      echo "$@" >>'\(folder.path)/scontrol.log'
      echo "JobId=13 ArrayJobId=12 JobState=\(state) Reason=None"
      """, "bin/scontrol")
    let start =
      "PATH='\(folder.path)/bin':$PATH; export PATH \(variables); bash '\(path)' \(arguments)"
    let result = try ProgramResult(
      // The threads of a test hear no signals, and what they start would hear none either.
      running: "env",
      [
        "--default-signal", "bash", "-c",
        signal
          ? """
          \(start) & job=$!
          until [ -e '\(folder.path)/ready' ]; do sleep 0.02; done
          kill -TERM $job; wait $job
          """ : start,
      ])
    let lines = { (name: String) in
      (try? String(contentsOfFile: name, encoding: .utf8))?.split(separator: "\n").map(String.init)
        ?? []
    }
    return (result, lines(run + "/calls"), lines(folder.path + "/scontrol.log"))
  }

  private func shard(_ index: Int, _ stage: String = "embeddings") -> String {
    "shard \(run) --stage \(stage) --plan 0123456789ab --index \(index) --quiet --threads 1"
  }

  @Test func `a task computes its shards, past one that fails`() throws {
    let script = try script("[ $index != 4 ] || exit 3")
    let outcome = try run(script.text(.embeddings, pack: 3))
    #expect(outcome.result.code == 3)
    #expect(outcome.calls == [3, 4, 5].map { shard($0) })
    #expect(outcome.scontrol.isEmpty)
  }

  @Test func `an array's offset is added, and the last task has what is left`() throws {
    let outcome = try run(try script("").text(.analyses, pack: 3), "1")
    #expect(outcome.result.code == 0)
    #expect(outcome.calls == [shard(6, "analyses")])
  }

  @Test func `an interrupted task queues itself again, by its own number`() throws {
    let outcome = try run(try script("[ $index != 3 ] || exit 75").text(.embeddings, pack: 2))
    #expect(outcome.result.code == 75)
    #expect(outcome.calls == [2, 3].map { shard($0) })
    #expect(outcome.scontrol == ["show job --oneliner 12_1", "requeue 12_1"])
  }

  @Test func `a job that is being cancelled does not come back`() throws {
    let outcome = try run(
      try script("exit 75").text(.embeddings, pack: 1), state: "CANCELLED")
    #expect(outcome.result.code == 75)
    #expect(outcome.scontrol == ["show job --oneliner 12_1"])
  }

  @Test func `a job comes back a hundred times and no more`() throws {
    let variables = "SLURM_ARRAY_TASK_ID=1 SLURM_ARRAY_JOB_ID=12 SLURM_RESTART_COUNT="
    let text = try script("exit 75").text(.embeddings, pack: 1)
    let last = try run(text, variables: variables + "99")
    #expect(last.scontrol.last == "requeue 12_1")
    let more = try run(text, variables: variables + "100")
    #expect(more.scontrol == last.scontrol)
    #expect(more.result.error.contains("not queued again after 100 times"))
    #expect(more.result.code == 75)
  }

  @Test func `a merge is queued again by its job`() throws {
    let script = try script("exit 75")
    let outcome = try run(script.mergeText(report: false))
    #expect(outcome.calls == ["merge \(run) --plan 0123456789ab --no-report --quiet --threads 1"])
    #expect(outcome.scontrol == ["show job --oneliner 13", "requeue 13"])
  }

  @Test(arguments: [
    // One that takes the signal over, and one that it ends.
    "trap 'kill %1; exit 75' TERM; sleep 60 & touch \"$run/../ready\"; wait",
    "touch \"$run/../ready\"; exec sleep 60",
  ])
  func `the signal is passed on, and the shards after it are left`(body: String) throws {
    let outcome = try run(try script(body).text(.embeddings, pack: 3), signal: true)
    #expect(outcome.result.code == 75)
    #expect(outcome.calls == [shard(3)])
    #expect(outcome.scontrol.last == "requeue 12_1")
  }

  @Test func `a path with a line end is refused`() {
    let script = SlurmScript(program: "/bin/topoclip", plan: .example("/runs/a\nb"))
    #expect(throws: FileError.self) { try script.text(.embeddings, pack: 1) }
    #expect(throws: FileError.self) { try script.mergeText(report: true) }
  }
}
