import Files
import Foundation
import Runs

/// What is missing of a plan as jobs of a Slurm cluster: an array a stage and a merge, each after what it needs.
///
/// A stage waits for the end of the one before (`afterany`), not for its success: its jobs then fail by name, where
/// jobs that wait for a success that never comes would stay in the queue for good.
struct SlurmSubmission {
  let plan: SubmittedPlan
  /// This program's path, the same on every machine.
  let program: String
  /// The stages that are submitted.
  var stages = ShardStage.allCases
  /// Whether the shards are merged in the end.
  var merges = true
  /// Whether the merge makes figures and page.
  var report = true
  /// The shards of a task.
  var pack = 1
  /// The threads of a command; nil for as many as Slurm gives cores.
  var threads: Int?
  /// The user's options of sbatch, a word each.
  var options: [String] = []

  /// A program of the system: its name and its arguments.
  typealias Call = (_ program: String, _ arguments: [String]) throws -> ProgramResult

  /// Where the scripts and logs of a run directory's jobs are.
  static func folder(of run: String) -> String { run + "/shards/slurm" }

  private var folder: String { Self.folder(of: plan.run) }

  /// Submits the jobs.
  ///
  /// - Parameter call: Runs `scontrol`, `squeue` and `sbatch`.
  /// - Returns: A line a job: what it does, its number, and its shards.
  /// - Throws: `RunError.failure` when there is no Slurm, when jobs of this run are in the queue already, and when
  ///   sbatch refuses: in its own words, with the jobs that have been submitted.
  func run(_ call: Call = { try ProgramResult(running: $0, $1) }) throws -> String {
    guard !plan.isDone else { return plan.doneText }
    guard !folder.utf8.contains(UInt8(ascii: "\\")) else {
      throw FileError(
        plan.run,
        "Slurm cannot name a log in a folder with a backslash in its path: rename the folder, or use --engine local"
      )
    }
    let size = try mostTasks(call)
    // Of two at once one finds the jobs of the other.
    return try RunLock.hold(folder, remedy: "wait for it") {
      try requireEmptyQueue(call)
      return try submitAll(size, call)
    }
  }

  private func submitAll(_ size: Int, _ call: Call) throws -> String {
    let script = SlurmScript(program: program, plan: plan, threads: threads)
    var lines: [String] = []
    var (earlier, all): ([String], [String]) = ([], [])
    for stage in stages {
      let arrays = SlurmArray.arrays(of: plan.missing[stage] ?? [], pack: pack, size: size)
      guard !arrays.isEmpty else { continue }
      let path = "\(folder)/\(stage.rawValue).sh"
      try AtomicFile.write(script.text(stage, pack: pack), to: path)
      var jobs: [String] = []
      for array in arrays {
        let job = try submit(
          stage.rawValue, log: "%x-%A_%a.log", extra: ["--array=\(array.tasks)"], after: earlier,
          [path, String(array.offset)], lines, call)
        jobs.append(job)
        lines.append("\(stage.rawValue) \(job) \(array.shards(pack: pack, of: plan.shards))\n")
      }
      earlier = jobs
      all += jobs
    }
    if merges {
      let path = folder + "/merge.sh"
      try AtomicFile.write(script.mergeText(report: report), to: path)
      let job = try submit("merge", log: "%x-%j.log", extra: [], after: all, [path], lines, call)
      lines.append("merge \(job)\n")
    }
    return lines.isEmpty
      ? "\(plan.run): nothing to do; every shard asked for is done\n" : lines.joined()
  }

  /// One call of sbatch.
  ///
  /// - Returns: The job's number.
  private func submit(
    _ what: String, log: String, extra: [String], after jobs: [String], _ script: [String],
    _ lines: [String], _ call: Call
  ) throws -> String {
    // Slurm fills % in names; in the folder's own it stands for itself.
    let logs = folder.replacingBytes(of: "%", with: "%%") + "/" + log
    var words = [
      "--parsable", "--requeue", "--open-mode=append", "--signal=B:TERM@60",
      "--job-name=\(jobName)-\(what)", "--comment=\(plan.run)", "--output=\(logs)",
    ]
    words += extra
    if !jobs.isEmpty { words.append("--dependency=afterany:" + jobs.joined(separator: ":")) }
    // The user's last: one without its value then takes the script for it, which sbatch refuses.
    let result = try call("sbatch", words + options + script)
    // With several clusters: number;cluster.
    let job = result.output.prefix { $0 != ";" && !$0.isNewline }
    guard result.code == 0, !job.isEmpty, job.allSatisfy(\.isASCIIDigit) else {
      let said = [result.error, result.output].joined(separator: " ")
        .trimmingCharacters(in: .whitespacesAndNewlines)
      let standing =
        lines.isEmpty
        ? "no job was submitted"
        : "submitted before it and in the queue (scancel takes them out; then submit again): "
          + lines.map { $0.dropLast() }.joined(separator: "; ")
      throw RunError.failure(
        "sbatch does not take the job of the \(what) (exit code \(result.code)): \(said); \(standing)"
      )
    }
    return String(job)
  }

  /// The experiment's name with nothing in it that means something to Slurm or in a path.
  private var jobName: String {
    let name = plan.name.unicodeScalars.prefix(40).map { scalar in
      scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
        || "._-".unicodeScalars.contains(scalar) ? Character(scalar) : "-"
    }
    return name.isEmpty ? "topoclip" : String(name)
  }

  /// What the cluster's array numbers are below.
  private func mostTasks(_ call: Call) throws -> Int {
    let result = try call("scontrol", ["show", "config"])
    guard result.code == 0 else {
      let said = result.error.isEmpty ? "exit code \(result.code)" : result.error
      throw RunError.failure(
        "scontrol does not reach a Slurm cluster: \(said); submit where sbatch works, or use --engine local or print"
      )
    }
    guard let match = result.output.firstMatch(of: /(?m)^MaxArraySize\s*=\s*([0-9]+)\s*$/),
      let size = Int(match.1), size >= 1
    else {
      throw RunError.failure(
        "scontrol show config: no MaxArraySize of 1 or more, so this cluster has no job arrays; use --engine print"
      )
    }
    return size
  }

  /// Jobs that are at work already would be doubled: what they compute has no record yet.
  private func requireEmptyQueue(_ call: Call) throws {
    let result = try call(
      "squeue", ["--noheader", "--user=\(getuid())", "--format=%F %k"])
    guard result.code == 0 else {
      throw RunError.failure("squeue does not list the jobs in the queue: \(result.error)")
    }
    let jobs = result.output.split(separator: "\n").compactMap { line -> Substring? in
      let parts = line.split(separator: " ", maxSplits: 1)
      return parts.count == 2 && parts[1] == plan.run ? parts[0] : nil
    }
    guard jobs.isEmpty else {
      let numbers = IndexRanges(jobs.compactMap { Int($0) }).indices.map(String.init)
      throw RunError.failure(
        "\(plan.run): jobs of this run are in the queue, \(numbers.joined(separator: ", ")); wait for them, or "
          + "take them out first: scancel \(numbers.joined(separator: " "))")
    }
  }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}
