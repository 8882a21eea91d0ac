import Runs
import Testing

@testable import Experiments

struct SubmissionTests {
  /// What is wrong with options; nil when nothing is.
  private func problem(
    _ engine: SubmissionEngine, stage: ShardStage? = nil,
    _ change: (inout Submission.Options) -> Void = { _ in }
  ) -> String? {
    var options = Submission.Options()
    change(&options)
    do {
      _ = try Submission(run: "r", engine: engine, stage: stage, report: true, options: options)
      return nil
    } catch {
      return (error as? OptionError)?.description ?? "another error"
    }
  }

  @Test func `an option of another engine is refused`() {
    #expect(
      problem(.local) { $0.pack = 2 } == "--pack belongs to --engine slurm, and this is local")
    #expect(problem(.slurm) { $0.processes = 2 } != nil)
    #expect(problem(.local) { $0.snakemake = true } != nil)
    #expect(problem(.print) { $0.sbatch = ["--time=1"] } != nil)
    #expect(problem(.print) { $0.sbatchOptions = ["--time=1"] } != nil)
    #expect(problem(.print, stage: .analyses) { $0.snakemake = true } != nil)
    #expect(problem(.print) { $0.snakemake = true } == nil)
  }

  @Test(arguments: [0, -1, 100_001, Int.max])
  func `numbers have bounds`(number: Int) {
    #expect(problem(.slurm) { $0.pack = number } == "--pack \(number): expected 1 to 100000")
    #expect(
      problem(.local) { $0.processes = number } == "--processes \(number): expected 1 to 1024")
  }

  @Test(arguments: [
    "--partition=gpu --time=1:00:00", "-p gpu  -t 60", "--gres gpu:1", "--exclusive", "",
    "-pdata", "-Aa", "-HQ", "--account=a", "--chdir=/d",
  ])
  func `sbatch's own options are passed on`(text: String) {
    #expect(problem(.slurm) { $0.sbatch = [text] } == nil)
  }

  @Test(arguments: [
    "script.sh", "--time=1 script.sh", "-p gpu script.sh", "--array=0-3", "-a 0-3", "-a0-3",
    "--dependency=afterok:1", "-d afterok:1", "--wrap=true", "--no-requeue", "--comment=x",
    // As sbatch takes them: cut short, and several behind one dash.
    "--arra=0-9", "--dep=afterok:1", "--comm=x", "-Ha0-9", "-Hd afterok:1",
    // Which another cluster answers than the one that was asked.
    "--clusters=b", "--cluster=b", "-M b", "-HMb",
  ])
  func `a script, or what the submission sets itself, is refused`(text: String) {
    #expect(problem(.slurm) { $0.sbatch = [text] } != nil)
  }

  @Test func `an option with spaces is one word`() {
    #expect(problem(.slurm) { $0.sbatchOptions = ["--mail-user=a b"] } == nil)
    #expect(problem(.slurm) { $0.sbatchOptions = ["a b"] } != nil)
    #expect(problem(.slurm) { $0.sbatchOptions = ["--array=1"] } != nil)
  }
}
