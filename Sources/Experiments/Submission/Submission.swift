import Foundation
import LinearAlgebra
import Runs

/// What `topoclip submit` does: hands what is missing of a plan to an engine.
package struct Submission: Job {
  private let path: String
  private let engine: SubmissionEngine
  private let stage: ShardStage?
  private let report: Bool
  private let options: Options
  private let pack: Int
  private let processes: Int
  /// The user's options of sbatch, a word each.
  private let sbatch: [String]

  /// Options that are nil or empty where they are not given; the first five are of one engine alone.
  package struct Options: Sendable {
    /// The shards of a job of Slurm, one after the other.
    package var pack: Int?
    /// Options of sbatch, several in a text.
    package var sbatch: [String] = []
    /// Options of sbatch, one a text, spaces and all.
    package var sbatchOptions: [String] = []
    /// The processes of this machine at a time.
    package var processes: Int?
    /// Whether a Snakefile is printed.
    package var snakemake = false
    /// The threads of a process.
    package var threads: Int?
    /// The most pixels of an image that is read.
    package var maxPixels: Int?
    /// Whether processes show no progress.
    package var isQuiet = false

    package init() {}
  }

  /// The most shards a task may pack.
  package static let mostPacked = 100_000

  /// A submission of a run.
  ///
  /// - Parameters:
  ///   - run: The folder that `topoclip plan` wrote.
  ///   - engine: Who computes.
  ///   - stage: A stage where it alone is submitted.
  ///   - report: Whether the merge makes figures and page.
  ///   - options: Those of single engines.
  /// - Throws: `OptionError` for numbers out of range and for another engine's options.
  package init(
    run: String, engine: SubmissionEngine, stage: ShardStage?, report: Bool, options: Options
  ) throws {
    path = run
    self.engine = engine
    self.stage = stage
    self.report = report
    pack = options.pack ?? 1
    processes = options.processes ?? max(1, Parallel.workers / 8)
    self.options = options
    try require(
      (1...Self.mostPacked).contains(pack), "--pack \(pack): expected 1 to \(Self.mostPacked)")
    try require((1...1024).contains(processes), "--processes \(processes): expected 1 to 1024")
    sbatch = try Self.words(options)
    let owned: [(String, isGiven: Bool, SubmissionEngine)] = [
      ("--pack", options.pack != nil, .slurm), ("--sbatch", !options.sbatch.isEmpty, .slurm),
      ("--sbatch-option", !options.sbatchOptions.isEmpty, .slurm),
      ("--processes", options.processes != nil, .local), ("--snakemake", options.snakemake, .print),
    ]
    for (name, isGiven, owner) in owned where isGiven {
      try require(
        owner == engine,
        "\(name) belongs to --engine \(owner.rawValue), and this is \(engine.rawValue)"
      )
    }
    try require(
      !options.snakemake || stage == nil, "--snakemake writes rules for all stages, without --stage"
    )
  }

  /// Submits what is missing.
  ///
  /// - Returns: The jobs of Slurm, or the commands.
  /// - Throws: What is wrong with the plan; an engine's refusal.
  package func run() throws -> String {
    var plan = try SubmittedPlan(run: path)
    if let limit = options.maxPixels { plan.options += ["--max-pixels", String(limit)] }
    let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let stages = stage.map { [$0] } ?? ShardStage.allCases
    let merges = stage == nil
    switch engine {
    case .slurm:
      let submission = SlurmSubmission(
        plan: plan, program: program, stages: stages, merges: merges, report: report, pack: pack,
        threads: options.threads, options: sbatch)
      // Half of the jobs would have to be taken out of the queue again.
      return try Interruption.whileFinishing { try submission.run() }
    case .local:
      return try LocalSubmission(
        plan: plan, program: program, stages: stages, merges: merges, report: report,
        processes: processes
      ).run()
    case .print:
      // The engines that start processes themselves say what each of these is to show.
      if options.isQuiet { plan.options.append("--quiet") }
      if options.snakemake {
        return try Snakefile(
          plan: plan, program: program, report: report, threads: options.threads
        ).text()
      }
      if let threads = options.threads { plan.options += ["--threads", String(threads)] }
      return try PrintedSubmission(
        plan: plan, program: program, stages: stages, merges: merges, report: report
      ).run()
    }
  }

  /// The user's options of sbatch, a word each.
  private static func words(_ options: Options) throws -> [String] {
    let words = options.sbatch.flatMap { $0.split(whereSeparator: \.isWhitespace).map(String.init) }
    // A word that is neither an option nor its value would be taken for the script.
    for (place, word) in words.enumerated() where !word.hasPrefix("-") {
      let before = place > 0 ? words[place - 1] : ""
      try require(
        before.hasPrefix("-") && !before.contains("="),
        "--sbatch \(word): expected options, such as --partition=gpu")
    }
    for option in options.sbatchOptions {
      try require(
        option.hasPrefix("-") && !option.utf8.contains(where: { "\n\r".utf8.contains($0) }),
        "--sbatch-option \(option): expected one option, such as --mail-user=NAME")
    }
    let all = words + options.sbatchOptions
    // What decides which shards a job computes, and when.
    let own = [
      "--array", "-a", "--dependency", "-d", "--wrap", "--parsable", "--no-requeue", "--comment",
    ]
    // Which jobs are in the queue, and how large an array may be, is asked of the cluster that is at hand.
    let elsewhere = ["--clusters", "-M"]
    for word in all {
      if let name = own.first(where: { Self.sets(word, $0) }) {
        throw OptionError("--sbatch \(word): topoclip submit sets \(name) itself")
      }
      try require(
        !elsewhere.contains { Self.sets(word, $0) },
        "--sbatch \(word): jobs go to the cluster that scontrol and squeue ask; export SLURM_CLUSTERS for another"
      )
    }
    return all
  }

  /// Whether a word of sbatch's options may set one of them: sbatch takes the beginning of a long option for the whole,
  /// and several short ones behind one dash, of which all but the last have no value.
  private static func sets(_ word: String, _ option: String) -> Bool {
    if word.hasPrefix("--") {
      let name = word.prefix { $0 != "=" }
      return option.hasPrefix("--") && name.count > 2 && option.hasPrefix(name)
    }
    guard word.hasPrefix("-"), let letter = option.last, option.count == 2 else { return false }
    let letters = word.dropFirst()
    let flags = letters.prefix { "hHIkOQsvVW".contains($0) }
    return flags.contains(letter) || letters.dropFirst(flags.count).first == letter
  }
}
