import ArgumentParser
import Experiments
import Runs

struct SubmitCommand: JobCommand {
  static let configuration = CommandConfiguration(
    commandName: "submit",
    abstract: "Hand the shards of a plan to Slurm, to processes here, or to others as commands.",
    discussion: """
      Submits what is missing of a plan: the shards of the embeddings without a record of being done, then those of the \
      analyses, then the merge. To go on after anything went wrong, submit again: only what is missing is.

      --engine slurm: an array job a stage and a job that merges, each after the end of the one before; sbatch is \
      called a few times in all. A line a job: its stage, its number, its shards. A job waits for the end of those \
      before it, not for their success: what then misses something fails with a message in its log. Before its time \
      limit a job gets SIGTERM, finishes the cell in hand and is queued again, by its own number and \
      at most 100 times. Scripts lie in RUN/shards/slurm, and logs unless sbatch gets another --output. Where the plan has more shards than the cluster's \
      MaxArraySize, or each takes seconds, --pack K computes K of them a job; a stage may be several arrays. The run's \
      folder and this program must have the same paths on every node. Resources are sbatch's own options: \
      --sbatch "--partition=gpu --time=1:00:00".

      --engine local: processes on this machine, --processes at a time, the threads divided among them. It goes on \
      past a shard that fails and names it in the end; Ctrl-C is passed on.

      --engine print: a command a line. All of them in order are a script: pipe them into bash. Those of one --stage \
      may run at the same time: pipe them into parallel --jobs 4, or xargs -d '\\n' -P 4 -I CMD bash -c CMD. --snakemake \
      prints a Snakefile.

      Examples:
        topoclip submit results/dtd --engine slurm --sbatch=--partition=gpu --sbatch=--time=1:00:00
        topoclip submit results/dtd --engine slurm --pack 10
        topoclip submit results/dtd --engine local --processes 4
        topoclip submit results/dtd --engine print
        topoclip submit results/dtd --engine print --stage embeddings
        topoclip submit results/dtd --engine print --snakemake
      """)

  @Argument(help: ArgumentHelp("The folder that topoclip plan wrote.", valueName: "run"))
  var path: String
  @Option(help: "Who computes.")
  var engine: SubmissionEngine
  @Option(help: "One stage alone, and no merge (default all stages, then the merge).")
  var stage: ShardStage?
  @Option(
    help: ArgumentHelp(
      "slurm: the shards of a job, one after the other (default 1).", valueName: "shards"))
  var pack: Int?
  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "slurm: options of sbatch, separated by spaces; may be repeated. Which shards a job computes, and when, is set by submit: array, dependency, wrap, parsable, comment and no-requeue are refused.",
      valueName: "options"))
  var sbatch: [String] = []
  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp(
      "slurm: one option of sbatch, spaces in it and all; may be repeated.", valueName: "option"))
  var sbatchOption: [String] = []
  @Option(
    help: ArgumentHelp(
      "local: processes at a time (default one for each eight cores).", valueName: "count"))
  var processes: Int?
  @Flag(help: "print: a Snakefile in place of commands.")
  var snakemake = false
  @Flag(inversion: .prefixedNo, help: "Draw figures and write report.html after the merge.")
  var report = true
  @OptionGroup var execution: ExecutionOptions

  func job() throws -> Submission {
    var options = Submission.Options()
    options.pack = pack
    options.sbatch = sbatch
    options.sbatchOptions = sbatchOption
    options.processes = processes
    options.snakemake = snakemake
    options.threads = execution.threads
    options.maxPixels = execution.maxPixels
    options.isQuiet = execution.quiet
    return try Submission(
      run: path, engine: engine, stage: stage, report: report, options: options)
  }
}

extension SubmissionEngine: ExpressibleByArgument {}
