import Fixtures
import Foundation
import Runs
import Testing

@testable import Experiments

struct SlurmSubmissionTests {
  private let folder: TemporaryFolder
  private let plan: SubmittedPlan

  init() throws {
    folder = try TemporaryFolder()
    plan = .example(folder.path)
  }

  /// A cluster that numbers jobs from 12 and writes down the calls of sbatch.
  private final class Cluster {
    var calls: [[String]] = []
    var size = 1001
    var queue = ""
    /// What the call with this number, from 0, is answered with.
    var refusal: (call: Int, result: ProgramResult)?

    func call(_ name: String, _ arguments: [String]) -> ProgramResult {
      switch name {
      case "scontrol":
        return ProgramResult(
          code: 0,
          output: "MailProg                = /bin/true\nMaxArraySize            = \(size)\n")
      case "squeue": return ProgramResult(code: 0, output: queue)
      default:
        defer { calls.append(arguments) }
        if let refusal, refusal.call == calls.count { return refusal.result }
        return ProgramResult(code: 0, output: "\(12 + calls.count);topoclip\n")
      }
    }

    /// The arguments that begin with a word.
    func arguments(_ word: String) -> [String] {
      calls.flatMap { $0.filter { $0.hasPrefix(word) } }
    }
  }

  private func submission(_ plan: SubmittedPlan? = nil) -> SlurmSubmission {
    SlurmSubmission(plan: plan ?? self.plan, program: "/bin/topoclip")
  }

  private func message(_ submission: SlurmSubmission, _ cluster: Cluster) -> String {
    do {
      _ = try submission.run(cluster.call)
      return ""
    } catch {
      return "\(error)"
    }
  }

  @Test func `stages and merge are chained`() throws {
    let cluster = Cluster()
    #expect(
      try submission().run(cluster.call) == "embeddings 12 0-6\nanalyses 13 0-6\nmerge 14\n")
    #expect(cluster.arguments("--array") == ["--array=0-6", "--array=0-6"])
    #expect(
      cluster.arguments("--dependency") == [
        "--dependency=afterany:12", "--dependency=afterany:12:13",
      ])
    #expect(cluster.arguments("--requeue").count == 3)
    #expect(cluster.arguments("--signal") == Array(repeating: "--signal=B:TERM@60", count: 3))
    #expect(
      cluster.arguments("--job-name")
        == ["embeddings", "analyses", "merge"].map { "--job-name=dtd-\($0)" })
    #expect(cluster.calls[0].suffix(2) == [folder.path + "/shards/slurm/embeddings.sh", "0"])
    #expect(FileManager.default.fileExists(atPath: folder.path + "/shards/slurm/merge.sh"))
  }

  @Test func `only what is missing is submitted`() throws {
    let cluster = Cluster()
    let text = try submission(.example(folder.path, missing: [], analyses: [5, 2])).run(
      cluster.call)
    #expect(text == "analyses 12 2,5\nmerge 13\n")
    #expect(cluster.arguments("--array") == ["--array=2,5"])
    #expect(cluster.arguments("--dependency") == ["--dependency=afterany:12"])
    let merge = Cluster()
    #expect(try submission(.example(folder.path, missing: [])).run(merge.call) == "merge 12\n")
    #expect(merge.arguments("--dependency").isEmpty)
    let none = Cluster()
    let done = try submission(.example(folder.path, missing: [], isMerged: true)).run(none.call)
    #expect(done.contains("nothing to do"))
    #expect(none.calls.isEmpty)
  }

  @Test func `one stage alone has no merge`() throws {
    let cluster = Cluster()
    var submission = submission()
    (submission.stages, submission.merges) = ([.analyses], false)
    #expect(try submission.run(cluster.call) == "analyses 12 0-6\n")
    #expect(cluster.arguments("--dependency").isEmpty)
  }

  @Test func `a small limit makes several arrays, which the next stage waits for`() throws {
    let cluster = Cluster()
    cluster.size = 5
    #expect(
      try submission().run(cluster.call)
        == "embeddings 12 0-4\nembeddings 13 5-6\nanalyses 14 0-4\nanalyses 15 5-6\nmerge 16\n")
    #expect(cluster.calls.prefix(4).map(\.last) == ["0", "5", "0", "5"])
    #expect(
      cluster.arguments("--dependency") == [
        "--dependency=afterany:12:13", "--dependency=afterany:12:13",
        "--dependency=afterany:12:13:14:15",
      ])
  }

  @Test func `packs are tasks, and the user's options come last`() throws {
    let cluster = Cluster()
    var submission = submission(.example(folder.path, missing: [3, 6]))
    submission.pack = 2
    submission.options = ["--partition=gpu", "--time=1:00:00", "--output=/elsewhere"]
    #expect(
      try submission.run(cluster.call) == "embeddings 12 2-3,6\nanalyses 13 2-3,6\nmerge 14\n")
    #expect(cluster.arguments("--array") == ["--array=1,3", "--array=1,3"])
    #expect(cluster.arguments("--partition").count == 3)
    #expect(cluster.arguments("--output").last == "--output=/elsewhere")
    // One without its value would otherwise take what must hold for it.
    let script = try #require(cluster.calls.first { $0.contains("--partition=gpu") })
    #expect(script.dropLast(2).suffix(3) == submission.options[...])
  }

  @Test func `a folder whose logs Slurm cannot name is refused`() {
    let cluster = Cluster()
    let problem = message(submission(.example(folder.path + #"/a\b"#)), cluster)
    #expect(problem.contains(#"a\b: Slurm cannot name a log"#))
    #expect(problem.contains("--engine local"))
    #expect(cluster.calls.isEmpty)
  }

  @Test func `a folder's percent signs stand for themselves, and names are plain`() throws {
    let cluster = Cluster()
    let run = folder.path + "/50%j"
    _ = try submission(.example(run, name: "a b/%é")).run(cluster.call)
    #expect(
      cluster.arguments("--output").first
        == "--output=\(folder.path)/50%%j/shards/slurm/%x-%A_%a.log")
    #expect(cluster.arguments("--job-name").first == "--job-name=a-b----embeddings")
  }

  @Test func `a refusal is told in sbatch's words, with the jobs that stand`() throws {
    let cluster = Cluster()
    cluster.refusal = (
      1,
      ProgramResult(code: 1, output: "", error: "sbatch: error: invalid partition specified: gpu")
    )
    let problem = message(submission(), cluster)
    #expect(
      problem.contains("the job of the analyses (exit code 1): sbatch: error: invalid partition"))
    #expect(problem.hasSuffix("(scancel takes them out; then submit again): embeddings 12 0-6"))
    cluster.refusal = (2, ProgramResult(code: 0, output: "Submitted\n"))
    #expect(message(submission(), cluster).contains("no job was submitted"))
  }

  @Test func `jobs of the run that are in the queue are not doubled`() {
    let cluster = Cluster()
    cluster.queue = "7 (null)\n8 \(folder.path)\n8 \(folder.path)\n9 \(folder.path)/other\n10\n"
    let problem = message(submission(), cluster)
    #expect(problem.contains("scancel 8"))
    #expect(!problem.contains("\(folder.path)/other"))
    #expect(cluster.calls.isEmpty)
  }

  @Test(arguments: [
    (
      ProgramResult(code: 127, output: "", error: "env: 'scontrol': No such file or directory"),
      "--engine local"
    ),
    (ProgramResult(code: 0, output: "MaxArraySize            = 0\n"), "no MaxArraySize"),
    (ProgramResult(code: 0, output: "MaxArraySize = 99999999999999999999\n"), "no MaxArraySize"),
    (ProgramResult(code: 0, output: ""), "no MaxArraySize"),
  ])
  func `a machine without Slurm, or a cluster without arrays, is told`(
    answer: ProgramResult, problem: String
  ) {
    #expect {
      try submission().run { _, _ in answer }
    } throws: {
      "\($0)".contains(problem)
    }
  }
}
