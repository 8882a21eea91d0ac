import Fixtures
import Foundation
import Runs
import Testing

@testable import Experiments

struct LocalSubmissionTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A submission whose program writes down its arguments and then does what is said.
  private func submission(_ body: String, processes: Int = 2) throws -> LocalSubmission {
    let program = try folder.writeProgram(
      """
      #!/bin/bash
      run=$2 stage=$4 index=$8
      echo "$1 $stage $index" >>"$run/calls"
      \(body)
      """, "topoclip")
    return LocalSubmission(
      plan: .example(folder.path, missing: [1, 3, 4], analyses: [0, 4]), program: program,
      processes: processes)
  }

  private var calls: [String] {
    (try? String(contentsOfFile: folder.path + "/calls", encoding: .utf8))?.split(separator: "\n")
      .map(String.init) ?? []
  }

  @Test func `stages follow one another, and the merge comes last`() throws {
    #expect(try submission("").run({ false }).isEmpty)
    let calls = calls
    #expect(calls.count == 6)
    #expect(calls.prefix(3).sorted() == [1, 3, 4].map { "shard embeddings \($0)" })
    #expect(calls[3..<5].sorted() == [0, 4].map { "shard analyses \($0)" })
    #expect(calls[5].hasPrefix("merge"))
  }

  @Test func `no more processes run at a time than were asked for`() throws {
    _ = try submission(
      """
      touch "$run/at-work-$$"
      ls "$run" | grep -c at-work >>"$run/counts"
      sleep 0.05
      rm "$run/at-work-$$"
      """, processes: 1
    ).run { false }
    let counts = try String(contentsOfFile: folder.path + "/counts", encoding: .utf8)
    #expect(Set(counts.split(separator: "\n")) == ["1"])
  }

  @Test func `a shard that fails is named once the others of its stage are done`() throws {
    let submission = try submission("[ $index = 4 ] || exit 9")
    #expect {
      try submission.run { false }
    } throws: {
      "\($0)".contains("of the embeddings, shards 1,3 failed")
    }
    #expect(calls.count == 3)
  }

  @Test func `a failed merge is a failure`() throws {
    let submission = try submission("[ $1 = shard ] || exit 1")
    #expect {
      try submission.run { false }
    } throws: {
      "\($0)".contains("the merge failed")
    }
  }

  @Test func `a signal is passed on, and nothing starts after it`() throws {
    let submission = try submission(
      "trap 'kill %1; echo stopped $index >>\"$run/stopped\"; exit 75' TERM; sleep 60 & touch \"$run/ready-$index\"; wait"
    )
    let ready = [1, 3].map { folder.path + "/ready-\($0)" }
    #expect(throws: RunError.interrupted(finished: 0, of: 0)) {
      try submission.run { ready.allSatisfy(FileManager.default.fileExists(atPath:)) }
    }
    #expect(calls.sorted() == [1, 3].map { "shard embeddings \($0)" })
    let stopped = try String(contentsOfFile: folder.path + "/stopped", encoding: .utf8)
    #expect(stopped.split(separator: "\n").sorted() == ["stopped 1", "stopped 3"])
  }

  @Test func `a shard that was stopped by another stops the rest`() throws {
    let submission = try submission("exit 75", processes: 1)
    #expect(throws: RunError.interrupted(finished: 0, of: 0)) { try submission.run { false } }
    #expect(calls == ["shard embeddings 1"])
  }

  @Test func `a program that is not there is told`() throws {
    let submission = LocalSubmission(plan: .example(folder.path), program: folder.path + "/none")
    #expect {
      try submission.run { false }
    } throws: {
      "\($0)".contains("cannot be started: No such file")
    }
  }

  @Test func `nothing to do is said`() throws {
    let submission = LocalSubmission(
      plan: .example(folder.path, missing: [], isMerged: true), program: "/none")
    #expect(try submission.run { false }.contains("nothing to do"))
  }

  @Test func `where a process cannot be started, those at work are asked for an end`() throws {
    let submission = try submission(
      """
      if [ $index = 1 ]; then
        until [ -e "$run/ready" ]; do sleep 0.01; done
        rm "$0"
        exit
      fi
      trap 'kill %1; echo stopped $index >>"$run/stopped"; exit 75' TERM
      sleep 60 &
      touch "$run/ready"
      wait
      """)
    #expect {
      try submission.run { false }
    } throws: {
      "\($0)".contains("/topoclip cannot be started: No such file or directory")
    }
    #expect(
      try String(contentsOfFile: folder.path + "/stopped", encoding: .utf8) == "stopped 3\n")
    #expect(calls.count == 2)
  }
}
