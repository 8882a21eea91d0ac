import Fixtures
import Foundation
import Runs
import Testing

/// A sweep that is planned as shards, and handed to a cluster or to processes, has the tables of one that was left
/// alone, byte for byte.
struct SlurmSweepTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let experiment = [
    "--dataset", "textures", "--model", "builtin", "--classes", "3", "--per-class", "6",
    "--levels", "0,0.5,1", "--seeds", "0..2", "--set", "dataset.texture-size=32", "--set",
    "angles.null-draws=5",
    "--analyses", "zeroshot,angles,topology", "--quiet", "--output",
  ]

  private func path(_ name: String) -> String { folder.path + "/" + name }

  /// The program's standard output.
  private func topoclip(_ arguments: [String], _ environment: [String: String] = [:]) throws
    -> String
  {
    let run = try RunningProgram(arguments, in: folder.path, environment: environment).wait()
    try #require(run.code == 0, "\(arguments): \(run)")
    return run.output
  }

  /// The digests of a run's files, but for those of the plan.
  private func digests(_ run: String) throws -> [String: String] {
    let manifest = try #require(try Manifest.read(RunDirectory(path(run))))
    return manifest.outputs.filter { !$0.key.hasPrefix("plan") }
  }

  private func whole() throws -> [String: String] {
    _ = try topoclip(["sweep", "--no-report"] + Self.experiment + ["whole"])
    let digests = try digests("whole")
    #expect(digests.count > 10)
    return digests
  }

  @Test func `one shard, computed by processes here`() throws {
    let whole = try whole()
    _ = try topoclip(["plan", "--shards", "1"] + Self.experiment + ["one"])
    _ = try topoclip(["submit", "one", "--engine", "local", "--no-report", "--quiet"])
    #expect(try digests("one") == whole)
    let again = try topoclip(["submit", "one", "--engine", "local"])
    #expect(again.contains("nothing to do"))
  }

  @Test func `three shards, computed by the printed script`() throws {
    let whole = try whole()
    _ = try topoclip(["plan", "--shards", "3"] + Self.experiment + ["it's three"])
    let script = try topoclip(["submit", "it's three", "--engine", "print", "--no-report"])
    #expect(script.split(separator: "\n").filter { !$0.hasPrefix("#") }.count == 7)
    let file = try folder.write(script, "commands.sh")
    let run = try ProgramRun(shell: "bash -e '\(file)'", in: folder.path)
    #expect(run.code == 0, "\(run)")
    #expect(try digests("it's three") == whole)
  }

  @Test func `seven shards through Slurm, a job of which is killed and queued again`() throws {
    let cluster = try SlurmCluster.sharedOrCancel()
    _ = try topoclip(["plan", "--shards", "7"] + Self.experiment + ["seven"])
    let submitted = try topoclip(
      ["submit", "seven", "--engine", "slurm", "--no-report", "--sbatch", "--hold --time=10"],
      cluster.environment)
    let jobs = submitted.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    #expect(
      jobs.map(\.first) == ["embeddings", "embeddings", "analyses", "analyses", "merge"],
      "\(submitted)")
    // The first shard that is met before its record is there, and held so that none is written. Whoever looks starts no
    // processes: on a loaded machine a shard would come and go between two looks.
    let kill = try cluster.shell(
      """
      # Not to be found in this line itself.
      verb=shard
      for job in \(jobs.map { $0[1] }.joined(separator: " ")); do scontrol release $job; done
      for ((i = 0; i < 6000; i++)); do
        for process in /proc/[0-9]*; do
          { mapfile -d '' -t words <$process/cmdline; } 2>/dev/null || continue
          words="${words[*]}"
          case $words in *"topoclip $verb "*'\(path("seven"))'*' --index '*) ;; *) continue ;; esac
          index=${words#* --index }; index=${index%% *}
          kill -STOP ${process#/proc/}
          if [ -e '\(path("seven"))'/shards/$index/embeddings.json ]; then
            kill -CONT ${process#/proc/}
          else
            job=\(jobs[0][1]); [ $index -lt 5 ] || job=\(jobs[1][1])
            scontrol requeue ${job}_$((index % 5)) && kill -KILL ${process#/proc/} && echo $index
            exit 0
          fi
        done
        sleep 0.01
      done
      """)
    #expect(kill.output.split(separator: "\n").count == 1, "\(kill)")
    let whole = try whole()
    // The merge is the last job, and nothing is missing when it ends.
    let isOver = try cluster.wait(
      seconds: 300, until: "[ -z \"$(squeue --noheader --jobs=\(jobs[4][1]) 2>/dev/null)\" ]")
    let logs = try cluster.shell("tail -n 3 '\(path("seven"))'/shards/slurm/*.log; squeue")
    #expect(isOver, "\(logs)")
    try #require(try Manifest.read(RunDirectory(path("seven"))) != nil, "\(logs)")
    #expect(try digests("seven") == whole, "\(logs)")
    #expect(try ProgramRun(["status", path("seven")]).code == 0)
    #expect(try topoclip(["submit", "seven", "--engine", "slurm"]).contains("nothing to do"))
  }
}
